"""The planning register in memory: rows with their lines, found by id, and the history of each item.

Lives here: looking things up. Must not live here: saying what is wrong with them (cells.py, rules_*.py).
A cell that cannot be read counts as absent here; cells.py has told it by then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from orchestration.findings import Finding, Severity
from orchestration.register.areas import Areas
from orchestration.register.columns import WORKBOOK, RegisterTable
from orchestration.register.tables import ITEMS, REGISTER
from orchestration.workspace_catalogue import Catalogue
from orchestration.workspace_files import Tables
from orchestration.workspace_values import day_of, is_number


@dataclass(frozen=True)
class Row:
    """One row of a planning file; letters: its columns' letters where it stands in the workbook."""

    table: RegisterTable
    line: int
    cells: dict[str, str]
    letters: Mapping[str, str] | None = None

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    @property
    def id(self) -> str:
        return self.cells[self.table.key[0]]

    @property
    def place(self) -> str:
        """Where the row stands, for a sentence about another row."""
        return f"{self.table.place(self.letters is not None)}, Zeile {self.line}"

    def parts(self, column: str) -> list[str]:
        """The parts of a list."""
        return [part for part in self.cells[column].split("|") if part]

    def day(self, column: str) -> date | None:
        return day_of(self.cells[column])

    def number(self, column: str) -> Decimal | None:
        return Decimal(self.cells[column]) if is_number(self.cells[column]) else None

    def names(self, column: str, item: str) -> bool:
        """Whether a cell, or a part of a list, names an item."""
        return item in self.cells[column].split("|")

    def wrong(
        self, rule: str, message: str, expected: str, column: str | None = None, severity: Severity = "error"
    ) -> Finding:
        """A finding of this row, in German."""
        file, cell = self.table.file, None
        if self.letters is not None:
            letter = self.letters.get(column or self.table.key[0], "A")
            file, cell = WORKBOOK, f"{self.table.stem}!{letter}{self.line}"
        return Finding(file, self.line, column, rule, severity, message, expected, cell, language="de")


@dataclass(frozen=True)
class Register:
    """All rows of the planning files, beside the geography and the catalogue that they name."""

    tables: Tables
    catalogue: Catalogue

    @cached_property
    def areas(self) -> Areas:
        return Areas.of(self.tables)

    @cached_property
    def _rows(self) -> dict[str, list[Row]]:
        return {
            stem: [
                Row(table, line, cells, self.tables.letters.get(table.name))
                for line, cells in self.tables.rows(table.name)
            ]
            for stem, table in REGISTER.items()
        }

    @cached_property
    def _by_id(self) -> dict[str, dict[str, Row]]:
        found: dict[str, dict[str, Row]] = {}
        for stem, rows in self._rows.items():
            found[stem] = {row.id: row for row in reversed(rows)}  # of doubled ids the first
        return found

    @cached_property
    def _histories(self) -> dict[tuple[str, str], list[Row]]:
        found = defaultdict(list)
        for row in self.rows("status_events"):
            found[row["entity"], row["entity_id"]].append(row)
        return dict(found)

    def place(self, stem: str) -> str:
        """Where the rows of a table stand, for a sentence."""
        return REGISTER[stem].place(REGISTER[stem].name in self.tables.letters)

    def rows(self, stem: str) -> list[Row]:
        """The rows of a planning file, in its order."""
        return self._rows[stem]

    def row(self, stem: str, key: str) -> Row | None:
        """The row of that id."""
        return self._by_id[stem].get(key)

    def ids(self, stem: str) -> set[str]:
        return set(self._by_id[stem])

    def item(self, kind: str, key: str) -> Row | None:
        """The goal, need, ... of that id."""
        return self.row(ITEMS[kind], key) if kind in ITEMS else None

    def naming(self, stem: str, column: str, item: str) -> Iterator[Row]:
        """The rows of a file that name an item in a cell or a list."""
        return (row for row in self.rows(stem) if row.names(column, item))

    def history(self, kind: str, key: str) -> list[Row]:
        """The changes of state of one item, in the order of the file."""
        return self._histories.get((kind, key), [])

    def histories(self) -> list[tuple[str, str, list[Row]]]:
        """(kind, id, changes) of all items that have any."""
        return [(kind, key, events) for (kind, key), events in self._histories.items()]

    def state(self, kind: str, key: str) -> str:
        """The state of an item now; empty where it has no history."""
        events = self.history(kind, key)
        return events[-1]["to_state"] if events else ""

    def reached(self, kind: str, key: str, state: str) -> Row | None:
        """The first change that brought an item into a state."""
        return next((event for event in self.history(kind, key) if event["to_state"] == state), None)

    def is_reached_by(self, kind: str, key: str, state: str, on: date | None) -> bool:
        """Whether an item had been brought into a state by a day; True where a day cannot be read."""
        event = self.reached(kind, key, state)
        at = event.day("at") if event else None
        return event is not None and (at is None or on is None or at <= on)
