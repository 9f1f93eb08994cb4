"""What is wrong with an input, said so that the person who delivered it can repair it.

Lives here: the one shape of a finding. Must not live here: rules that produce findings.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]
Language = Literal["en", "de"]
WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "error": "ERROR",
        "warning": "WARNING",
        "info": "INFO",
        "cell": "cell",
        "line": "line",
        "column": "column",
        "expected": "Expected",
    },
    "de": {
        "error": "FEHLER",
        "warning": "WARNUNG",
        "info": "HINWEIS",
        "cell": "Zelle",
        "line": "Zeile",
        "column": "Spalte",
        "expected": "Erwartet",
    },
}


@dataclass(frozen=True, order=True)
class Finding:
    """One defect of one input.

    file: path relative to the inbox or the workspace. line: 1-based line of a text file or row of a
    sheet; None when the whole file is meant. column: delivered column name. cell: sheet and cell of
    a workbook ("Tabelle1!C7"). rule: short stable id, lower case with underscores. message: what is
    wrong, with the value. expected: what the contract wanted and what to do.
    An error refuses the file, a warning does not, an info is only listed. language: in which the message
    is written, and in which the sentence is therefore printed.
    """

    file: str
    line: int | None
    column: str | None
    rule: str
    severity: Severity
    message: str
    expected: str = ""
    cell: str | None = None
    language: Language = "en"

    def sentence(self) -> str:
        """The finding as one printed line."""
        words = WORDS[self.language]
        place = self.file
        if self.cell:
            place += f", {words['cell']} {self.cell}"
        elif self.line is not None:
            place += f", {words['line']} {self.line}"
        if self.column:
            place += f", {words['column']} {self.column!r}"
        expected = f" {words['expected']}: {self.expected}" if self.expected else ""
        return f"{words[self.severity]} [{self.rule}] {place}: {self.message}{expected}"

    def as_dict(self) -> dict[str, object]:
        """The finding for JSON output."""
        return asdict(self)


def in_reading_order(findings: Iterable[Finding]) -> list[Finding]:
    """Errors first, then by file, line, column and rule: the same order for the same input."""
    rank = {"error": 0, "warning": 1, "info": 2}
    return sorted(
        findings,
        key=lambda f: (rank[f.severity], f.file, f.line or 0, f.column or "", f.rule, f.message),
    )


def count_of(findings: Iterable[Finding], severity: Severity) -> int:
    """Number of findings of one severity."""
    return sum(1 for finding in findings if finding.severity == severity)
