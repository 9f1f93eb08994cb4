"""Reads the workspace's own YAML and CSV files as they are written, with the line of each row.

Lives here: the columns of the workspace's tables. Must not live here: what the cells may say
(workspace_values.py), what they point at (workspace_checks.py) and the columns of planning/*.csv
(register/tables.py). To add a table, add one line to TABLES and describe it in the README section
"Your own city".
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from orchestration.findings import Finding, Language
from orchestration.register.tables import REGISTER

if TYPE_CHECKING:
    import pandas as pd
    from pydantic import ValidationError

# libyaml where it is there: ten times as quick.
YAML_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# table -> (file, columns, required). An absent optional file is an empty table: readers find every table.
TABLES: dict[str, tuple[str, tuple[str, ...], bool]] = {
    "levels": (
        "geography/levels.csv",
        ("level", "name_de", "name_en", "plural_de", "plural_en", "rank", "parent_level"),
        True,
    ),
    "areas": (
        "geography/areas.csv",
        ("level", "code", "name", "parent_level", "parent_code", "valid_from", "valid_to"),
        True,
    ),
    "shares": (
        "geography/shares.csv",
        ("level", "code", "member_level", "member_code", "share", "valid_from", "valid_to"),
        False,
    ),
    "crosswalks": (
        "geography/crosswalks.csv",
        (
            "from_level",
            "from_code",
            "from_valid_from",
            "to_level",
            "to_code",
            "to_valid_from",
            "weight",
            "weight_basis",
        ),
        False,
    ),
    "barriers": ("geography/barriers.csv", ("barrier_id", "name", "side", "level", "code"), False),
    "bridges": ("geography/bridges.csv", ("barrier_id", "name", "x_m", "y_m"), False),
    "special_populations": (
        "geography/special_populations.csv",
        ("level", "code", "kind", "note_de", "note_en", "valid_from", "valid_to"),
        False,
    ),
    "indicators": ("indicators.csv", ("indicator_id", "levels", "years", "note"), True),
    "disclosure_profiles": (
        "disclosure/profiles.csv",
        (
            "profile_id",
            "threshold",
            "protects_complement",
            "min_denominator",
            "hides",
            "note_de",
            "note_en",
        ),
        True,
    ),
    "disclosure_variables": ("disclosure/variables.csv", ("variable_id", "profile_id"), False),
    "corrections": (
        "corrections.csv",
        (
            "extract_id",
            "variable_id",
            "level",
            "code",
            "period_id",
            "breakdown_id",
            "expected_wrong_value",
            "corrected_value",
            "reason",
        ),
        False,
    ),
    "series_breaks": (
        "series_breaks.csv",
        ("break_id", "indicator_id", "period_id", "kind", "reason_de", "reason_en", "bridged", "area_ids"),
        False,
    ),
    "inventory_matches": (
        "inventory_matches.csv",
        (
            "extract_id",
            "offer_id",
            "other_extract_id",
            "other_offer_id",
            "decision",
            "reason",
            "decided_by",
            "decided_on",
        ),
        False,
    ),
    "context_events": (
        "context_events.csv",
        ("event_id", "period_id", "kind", "label_de", "label_en", "area_ids"),
        False,
    ),
    **{table.name: (table.file, table.header, False) for table in REGISTER.values()},
}


# Columns that a file may leave out; every row then has an empty cell there. A planning file needs only those
# columns that are never empty: what a workspace does not use, it does not write.
MAY_BE_ABSENT: dict[str, tuple[str, ...]] = {
    "series_breaks": ("area_ids",),
    **{
        table.name: tuple(column.name for column in table.columns if not column.needed)
        for table in REGISTER.values()
    },
}

PLANNING = "planning/"  # files of planners, who read about them in German
# What is said of a table that cannot be read: (message, expected), filled in by _said.
SENTENCES: dict[Language, dict[str, tuple[str, str]]] = {
    "en": {
        "csv_unreadable": ("cannot be read: {problem}.", "CSV with ';' in UTF-8"),
        "columns": ("header is {header!r}.", "{columns}"),
        "ragged_row": ("{n} cells.", "{wanted} cells, as the header"),
    },
    "de": {
        "csv_unreadable": ("ist nicht lesbar ({problem}).", "eine CSV-Datei mit ';' in UTF-8"),
        "columns": ("Die Kopfzeile ist {header!r}.", "{columns}"),
        "ragged_row": (
            "{n} Zellen.",
            "{wanted} Zellen wie in der Kopfzeile; Text mit ; in Anführungszeichen",
        ),
    },
}


def wrong(
    file: str, rule: str, message: str, expected: str, line: int | None = None, column: str | None = None
) -> Finding:
    """An error of a workspace file."""
    return Finding(file, line, column, rule, "error", message, expected)


def _said(file: str, rule: str, line: int | None = None, **words: object) -> Finding:
    """An error in reading a table, in the language of those who keep it."""
    language: Language = "de" if file.startswith(PLANNING) else "en"
    message, expected = (part.format(**words) for part in SENTENCES[language][rule])
    return Finding(file, line, None, rule, "error", message, expected, language=language)


def explained(
    name: str, rule: str, problem: ValidationError, section: str = "Your own city"
) -> list[Finding]:
    """One finding per key of a YAML file that has not the shape its section of the README describes.

    A list that is empty because its entries are wrong is no finding of its own.
    """
    found, errors = [], problem.errors()
    for error in errors:
        inner = [one for one in errors if len(one["loc"]) > len(error["loc"])]
        if error["type"] == "too_short" and any(
            one["loc"][: len(error["loc"])] == error["loc"] for one in inner
        ):
            continue
        where = ".".join(str(part) for part in error["loc"]) or "(whole file)"
        said = error["msg"].removeprefix("Value error, ")
        found.append(wrong(name, rule, f"{where}: {said}.", f"the shape described in '{section}'"))
    return found


@dataclass
class Tables:
    """frames: table -> its rows as text. lines: table -> the line in the file of each of these rows.

    letters: table that was read from the register's workbook -> column -> its letter in the sheet.
    """

    frames: dict[str, pd.DataFrame] = field(default_factory=dict)
    lines: dict[str, list[int]] = field(default_factory=dict)
    letters: dict[str, dict[str, str]] = field(default_factory=dict)

    def rows(self, table: str) -> Iterator[tuple[int, dict[str, str]]]:
        """(line, column -> cell) of each row of a table."""
        records: list[dict[Any, Any]] = self.frames[table].to_dict("records")
        yield from zip(self.lines[table], records, strict=True)

    def values(self, table: str, column: str) -> set[str]:
        """The different cells of a column."""
        return {str(cell) for cell in self.frames[table][column]}


def read_yaml(path: Path, name: str, findings: list[Finding]) -> dict[str, Any]:
    """The mapping in a YAML file; an empty one, and a finding with the line, where there is none."""
    expected = "valid YAML in UTF-8"
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=YAML_LOADER)  # noqa: S506  a safe loader
    except UnicodeDecodeError as problem:
        line = path.read_bytes()[: problem.start].count(b"\n") + 1
        findings.append(wrong(name, "yaml_unreadable", "cannot be read: it is not UTF-8.", expected, line))
        return {}
    except (yaml.YAMLError, ValueError, RecursionError) as problem:  # ValueError: a date such as 2024-13-45
        mark = getattr(problem, "problem_mark", None)
        why = str(getattr(problem, "problem", None) or problem)
        at = None if mark is None else int(mark.line) + 1
        findings.append(wrong(name, "yaml_unreadable", f"cannot be read: {why}.", expected, at))
        return {}
    except OSError as problem:
        findings.append(wrong(name, "yaml_unreadable", f"cannot be read: {problem.strerror}.", expected))
        return {}
    if not isinstance(content, dict):
        text = "holds no mapping."
        findings.append(wrong(name, "yaml_unreadable", text, "a YAML mapping of keys to values"))
        return {}
    return content


def _read_rows(file: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    with file.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.reader(handle, delimiter=";", strict=True)
        header = next(reader, [])
        rows, begins = [], reader.line_num + 1
        for row in reader:
            if row:
                rows.append((begins, row))
            begins = reader.line_num + 1
    return header, rows


def read_table(path: Path, table: str, tables: Tables, findings: list[Finding]) -> None:
    """Add one table of the workspace at `path`; where its file is absent or unreadable, an empty one."""
    import pandas as pd

    name, columns, required = TABLES[table]
    good: list[list[str]] = []
    lines: list[int] = []
    header: list[str] = list(columns)
    rows: list[tuple[int, list[str]]] = []
    if (path / name).exists():
        try:
            header, rows = _read_rows(path / name)
        except (csv.Error, UnicodeDecodeError, OSError) as problem:
            findings.append(_said(name, "csv_unreadable", problem=problem))
    elif required:
        expected = f"a CSV with the columns {';'.join(columns)}"
        findings.append(wrong(name, "file_missing", "is missing.", expected))
    absent = MAY_BE_ABSENT.get(table, ())
    if tuple(header) != tuple(column for column in columns if column in header or column not in absent):
        findings.append(_said(name, "columns", 1, header=";".join(header), columns=";".join(columns)))
        rows = []
    for line, row in rows:
        if len(row) == len(header):
            cells = dict(zip(header, row, strict=True))
            good.append([cells.get(column, "").strip() for column in columns])
            lines.append(line)
        else:
            findings.append(_said(name, "ragged_row", line, n=len(row), wanted=len(header)))
    tables.frames[table] = pd.DataFrame(good, columns=list(columns), dtype="str")
    tables.lines[table] = lines
