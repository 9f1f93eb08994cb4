"""What a review of the inventory may say: two entries of different lists are one offer, or they are not.

Lives here: checks of inventory_matches.csv against the contracts and against itself. Must not live here:
finding entries that look alike (the model int_inventory__matched) and checks of single cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from orchestration.extracts.contract import Contract
from orchestration.findings import Finding
from orchestration.workspace_files import TABLES, Tables, wrong


def check_matches(tables: Tables, contracts: Mapping[str, Contract]) -> Iterator[Finding]:
    """Both lists exist and differ, no pair is judged twice, and who counts for another counts himself."""
    file = TABLES["inventory_matches"][0]
    lists = sorted(name for name, contract in contracts.items() if contract.produces == "offers")
    seen: dict[frozenset[tuple[str, str]], int] = {}
    dropped: dict[tuple[str, str], int] = {}
    for line, row in tables.rows("inventory_matches"):
        kept, other = (row["extract_id"], row["offer_id"]), (row["other_extract_id"], row["other_offer_id"])
        for column in ("extract_id", "other_extract_id"):
            if row[column] not in lists:
                text = f"{column} {row[column]!r} is no list of offers."
                yield wrong(file, "unknown_extract", text, f"one of {', '.join(lists)}", line, column)
        if kept[0] == other[0]:
            text = f"both entries are of {kept[0]!r}."
            yield wrong(file, "same_extract", text, "entries of two lists; one list keeps each once", line)
        pair = frozenset({kept, other})
        if pair in seen and (kept, other) != (other, kept):
            text = f"{':'.join(kept)} and {':'.join(other)} are judged on line {seen[pair]} already."
            yield wrong(file, "judged_twice", text, "one row per pair, whichever is named first", line)
        seen.setdefault(pair, line)
        if row["decision"] == "same":
            dropped.setdefault(other, line)
    for line, row in tables.rows("inventory_matches"):
        kept = (row["extract_id"], row["offer_id"])
        if row["decision"] == "same" and kept in dropped:
            text = f"{':'.join(kept)} is to count here, but line {dropped[kept]} counts another for it."
            yield wrong(
                file, "counts_for_another", text, "the same first entry in all rows of an offer", line
            )
