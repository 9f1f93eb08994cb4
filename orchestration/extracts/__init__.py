"""From a delivered file to landed rows: contract, reading, validation, landing."""
