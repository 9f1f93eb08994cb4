"""The text table between reading and validation, and the list of complaints about it.

Lives here: the shape of a read table, joining of header lines, the cap on repeated findings. Must not
live here: knowledge of a file format or of a contract.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from orchestration.findings import Finding, Severity

LINE = "__line__"
REPEATED_FINDINGS = 20  # findings of one rule and file that are listed; the rest is counted
HELD_FINDINGS = 500  # findings of one rule that wait in memory to be sorted before only the first are kept
MAX_MESSAGE = 2000  # characters of a message; a delivered cell may be a whole book
# C0, C1, zero width and direction marks: invisible in a listing, so a name with one is not the name it seems.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060-\u206f\ufeff\ufffe\uffff]"
)
# Beside these, what would break a finding into several lines.
_UNPRINTABLE = re.compile(INVISIBLE.pattern[:-1] + "\t\n\r]")


@dataclass(frozen=True)
class Table:
    """A delivered file as text.

    frame: one row per data row, every column `str` ("" = empty cell), plus `__line__` (int, 1-based line of
    a text file, row of a sheet, number of a feature). Columns carry the contract's spelling.
    header_line: line of the (last) header line; None for JSON. letters: column name -> sheet column letter.
    crs: the coordinate reference system that the file itself names, if it does.
    """

    frame: pd.DataFrame
    header_line: int | None = None
    sheet: str | None = None
    letters: dict[str, str] = field(default_factory=dict)
    crs: str | None = None
    _stripped: dict[str, np.ndarray] = field(default_factory=dict, repr=False, compare=False)

    def texts(self, column: str) -> np.ndarray:
        """The cells of a column without blanks around them, as an array of str; made once."""
        if column not in self._stripped:
            cells = [text.strip() for text in self.frame[column].tolist()]
            self._stripped[column] = np.array(cells, dtype=object)
        return self._stripped[column]

    def distinct(self, column: str) -> Iterator[tuple[str, int, int]]:
        """Each distinct cell of a column as delivered, its first line and the number of its rows."""
        codes, unique = pd.factorize(self.frame[column])
        first = np.full(len(unique), len(codes))
        np.minimum.at(first, codes, np.arange(len(codes)))
        lines = self.frame[LINE].to_numpy()
        for text, at, count in zip(unique.tolist(), first, np.bincount(codes, minlength=0), strict=True):
            yield text, int(lines[at]), int(count)

    def cell(self, line: int | None, column: str | None) -> str | None:
        """The address of a cell in a workbook ("Tabelle1!C7"); None for every other file."""
        if self.sheet is None or line is None or column not in self.letters:
            return None
        return f"{self.sheet}!{self.letters[column]}{line}"


@dataclass
class _Group:
    """The findings of one rule and severity: the first ones, and how many more there were on which lines."""

    held: list[Finding] = field(default_factory=list)
    rest: int = 0
    lines: tuple[int, int] | None = None

    def trim(self) -> None:
        """Keep the first findings in reading order and count the others."""
        self.held.sort(key=lambda f: (f.line or 0, f.column or "", f.message))
        beyond = self.held[REPEATED_FINDINGS:]
        del self.held[REPEATED_FINDINGS:]
        self.rest += len(beyond)
        lines = [finding.line for finding in beyond if finding.line is not None]
        if lines:
            known = self.lines or (lines[0], lines[0])
            self.lines = min(known[0], *lines), max(known[1], *lines)


class Complaints:
    """Collects the findings of one file: the first of each rule, the others only as a number."""

    def __init__(self, file_name: str, table: Table | None = None) -> None:
        self.file_name = visible(file_name)
        self.table = table
        self._groups: dict[tuple[str, Severity], _Group] = {}

    def add(
        self,
        rule: str,
        message: str,
        expected: str = "",
        *,
        line: int | None = None,
        column: str | None = None,
        severity: Severity = "error",
        cell: str | None = None,
    ) -> None:
        """Record one finding; the address in a workbook is looked up from line and column."""
        if cell is None and self.table is not None:
            cell = self.table.cell(line, column)
        group = self._groups.setdefault((rule, severity), _Group())
        said, wanted = _one_line(message), _one_line(expected)
        group.held.append(Finding(self.file_name, line, column, rule, severity, said, wanted, cell))
        if len(group.held) >= HELD_FINDINGS:
            group.trim()

    def take(self, other: Complaints) -> None:
        """Take over the findings of a first look at the same file."""
        self._groups |= other._groups

    def count(self, rule: str) -> int:
        """How many findings of a rule there are, the ones that are only counted included."""
        return sum(len(g.held) + g.rest for (name, _), g in self._groups.items() if name == rule)

    def lines(self, rule: str) -> set[int | None]:
        """The lines of the findings of a rule that are still held; all of them while they are few."""
        return {f.line for (name, _), g in self._groups.items() if name == rule for f in g.held}

    @property
    def findings(self) -> list[Finding]:
        """The first findings of each rule and severity, then one that counts the others."""
        kept: list[Finding] = []
        for (rule, severity), group in self._groups.items():
            group.trim()
            kept.extend(group.held)
            if group.rest:
                where = f", lines {group.lines[0]} to {group.lines[1]}" if group.lines else ""
                message = f"and {group.rest} more findings of this rule{where}."
                advice = "see the findings before"
                kept.append(Finding(self.file_name, None, None, rule, severity, message, advice))
        return kept

    @property
    def has_errors(self) -> bool:
        return any(severity == "error" for _, severity in self._groups)


def _one_line(text: str) -> str:
    return visible(text if len(text) <= MAX_MESSAGE else text[: MAX_MESSAGE - 3] + "...")


def visible(text: str) -> str:
    """The text on one line, with every invisible or control character written as its code point."""
    return _UNPRINTABLE.sub(lambda match: f"<U+{ord(match.group()):04X}>", text)


def plain_number(number: float, signed: bool = False) -> str:
    """A number with all its digits, up to six after the point and never with an exponent."""
    text = f"{number:+.6f}" if signed else f"{number:.6f}"
    text = text.rstrip("0").rstrip(".")
    return text.lstrip("+-") if text in {"-0", "+0"} else text


def clean_header(text: str) -> str:
    """A header as it is compared: composed Unicode, blanks of any kind collapsed and trimmed."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def joined_header(lines: Sequence[Sequence[str]]) -> list[str]:
    """One name per column from one or several header lines.

    A blank cell of an upper line takes the text on its left as long as the lines above agree (a merged
    cell); the lines are joined with " | ", equal neighbours once. A column without any text is `column_<n>`.
    """
    width = max((len(line) for line in lines), default=0)
    filled = [[clean_header(cell) for cell in line] + [""] * (width - len(line)) for line in lines]
    for depth, line in enumerate(filled[:-1]):
        for at in range(1, width):
            same_group = all(filled[above][at] == filled[above][at - 1] for above in range(depth))
            if not line[at] and same_group:
                line[at] = line[at - 1]
    names = []
    for at in range(width):
        parts: list[str] = []
        for line in filled:
            if line[at] and (not parts or parts[-1] != line[at]):
                parts.append(line[at])
        names.append(" | ".join(parts) or f"column_{at + 1}")
    return names


def frame_of(columns: Sequence[str], rows: Sequence[Sequence[str]], lines: Sequence[int]) -> pd.DataFrame:
    """Rows of text with their line numbers as a frame; all columns are `str`."""
    by_column = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
    frame = pd.DataFrame({at: pd.Series(values, dtype="str") for at, values in enumerate(by_column)})
    frame.columns = pd.Index(list(columns), dtype="str")
    frame[LINE] = pd.Series(list(lines), dtype="int64")
    return frame
