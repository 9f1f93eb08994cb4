"""The few kinds of cells that the planning register knows, and the shape of a table.

Lives here: what a column is. Must not live here: the columns themselves (tables.py) and reading a cell
(cells.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "id", "text", "list", "date", "number", "integer", "boolean", "period", "year", "release", "choice"
]
# What a reference may lead to besides the key of a planning table.
AREA = "area"
INDICATOR = "indicator"
# Cells of a `release` column: the number of a published release, or this word.
QUOTED = "quoted"
# The whole register as one workbook, a sheet per table, instead of a CSV file per table or beside some.
WORKBOOK = "planning/register.xlsx"


@dataclass(frozen=True)
class Column:
    """One column of a planning file.

    needed: never empty. vocabulary: the words that a choice, or each part of a list, may say. to: what the
    cell, or each part of a list, names: stems of planning tables (any of them), AREA or INDICATOR. to_by:
    another column of the row whose word says which table is named. body_kinds: kinds of the body named.
    low, high: bounds of a number, both included; above: a bound that is not. at_least: shortest text, in
    characters.
    """

    name: str
    kind: Kind
    needed: bool = False
    vocabulary: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    to_by: str = ""
    body_kinds: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None
    above: int | None = None
    at_least: int = 0


@dataclass(frozen=True)
class RegisterTable:
    """One planning file: `one_row` completes the sentence "One row per ..."; key names a row."""

    stem: str
    one_row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def file(self) -> str:
        return f"planning/{self.stem}.csv"

    def place(self, is_in_workbook: bool) -> str:
        """Where its rows stand: its file, or its sheet of the workbook."""
        return f"{WORKBOOK}, Blatt {self.stem}" if is_in_workbook else self.file

    @property
    def name(self) -> str:
        """The name among the tables of the workspace."""
        return f"planning_{self.stem}"

    @property
    def header(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


def table(stem: str, one_row: str, *columns: Column, key: tuple[str, ...] = ()) -> RegisterTable:
    """A planning table; its key is the first column unless told otherwise."""
    return RegisterTable(stem, one_row, key or (columns[0].name,), columns)


def ident(name: str) -> Column:
    """The id of the row itself."""
    return Column(name, "id", needed=True)


def text(name: str, needed: bool = False, at_least: int = 0) -> Column:
    """Free text."""
    return Column(name, "text", needed, at_least=at_least)


def ref(name: str, *to: str, needed: bool = False, body_kinds: tuple[str, ...] = ()) -> Column:
    """The id of a row of another table, of an area or an indicator."""
    return Column(name, "text", needed, to=to, body_kinds=body_kinds)


def ref_by(name: str, kind_column: str, needed: bool = False) -> Column:
    """The id of an item whose kind stands in another column."""
    return Column(name, "text", needed, to_by=kind_column)


def refs(name: str, *to: str, needed: bool = False) -> Column:
    """Ids joined by |."""
    return Column(name, "list", needed, to=to)


def texts(name: str, needed: bool = False) -> Column:
    """Words joined by |, of no fixed list."""
    return Column(name, "list", needed)


def choice(name: str, words: str, needed: bool = True) -> Column:
    """One of a fixed list of words."""
    return Column(name, "choice", needed, tuple(words.split()))


def choices(name: str, words: str, needed: bool = False) -> Column:
    """Words of a fixed list, joined by |."""
    return Column(name, "list", needed, tuple(words.split()))


def day(name: str, needed: bool = False) -> Column:
    """A date such as 2024-12-31."""
    return Column(name, "date", needed)


def number(name: str, needed: bool = False, low: int | None = None, above: int | None = None) -> Column:
    """A number with a decimal point."""
    return Column(name, "number", needed, low=low, above=above)


def whole(name: str, needed: bool = False, low: int = 0, high: int | None = None) -> Column:
    """A whole number."""
    return Column(name, "integer", needed, low=low, high=high)


def truth(name: str) -> Column:
    """true or false."""
    return Column(name, "boolean", needed=True)


def flag(name: str) -> Column:
    """true or false; empty is false."""
    return Column(name, "boolean")


def period(name: str, needed: bool = False) -> Column:
    """A period id such as 2024 or 2021..2023."""
    return Column(name, "period", needed)


def year(name: str, needed: bool = False) -> Column:
    """A calendar year."""
    return Column(name, "year", needed)


def release(name: str, needed: bool = False) -> Column:
    """The number of a published release, or the word `quoted`."""
    return Column(name, "release", needed)
