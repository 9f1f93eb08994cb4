"""Rows of text as a file format hands them over, before the contract names the columns."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Rows:
    """header: the header lines, cell by cell. header_line: line of the last of them, None for JSON.

    cells and lines: data rows and their 1-based lines. sheet, crs: as in `Table`.
    """

    header: list[list[str]]
    header_line: int | None
    cells: list[list[str]]
    lines: list[int]
    sheet: str | None = None
    crs: str | None = None
    not_additional: frozenset[str] = field(default_factory=frozenset)


def column_letter(at: int) -> str:
    """The letter of a 0-based sheet column: 0 -> A, 26 -> AA."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
