"""Reads the planning register from one workbook: the same tables as from its CSV files, cell for cell.

Lives here: sheets and typed cells as text, and what is wrong with them, in German. Must not live here:
protection against hostile archives (extracts/packed.py), what a cell may say (cells.py), and writing the
workbook (template.py).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.extracts.rows import column_letter
from orchestration.extracts.signs import plain_text
from orchestration.findings import Finding, Severity
from orchestration.register.columns import WORKBOOK, RegisterTable
from orchestration.register.tables import REGISTER
from orchestration.workspace_files import Tables

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

# Sheets that explain and list; nothing is read from them.
GUIDE, COLUMNS, WORDS_SHEET, AREAS, INDICATORS = "Anleitung", "Spalten", "Wörter", "Gebiete", "Kennzahlen"
HELP = (GUIDE, COLUMNS, WORDS_SHEET, AREAS, INDICATORS)
NEEDED_MARK = "*"  # behind the name of a column that is never empty; not part of the name
MAX_BYTES = 64 * 1024 * 1024  # of an unpacked register; ten thousand rows take four
DIGITS = 15  # that a spreadsheet shows of a number; what lies behind is noise of its arithmetic
LARGEST = 1e300  # a number beyond is shown as it is and told by the check of its cell
# Cells that hold an error such as #REF!; the reader hands them over as empty ones.
_ERROR_CELL = re.compile(rb"""<(?:\w+:)?c\b(?=[^>]*\st=["']e["'])[^>]*\sr=["']([A-Z]{1,3}[0-9]{1,7})["']""")
# What the archive itself may be refused for -> the same in German: (message, expected).
REFUSED: dict[str, tuple[str, str]] = {
    "damaged_workbook": ("Die Arbeitsmappe ist nicht lesbar.", "eine .xlsx-Datei ohne Kennwort"),
    "zip_limits": (
        "Die Arbeitsmappe ist ungewöhnlich groß gepackt.",
        f"entpackt höchstens {MAX_BYTES} Bytes",
    ),
    "xml_entities": (
        "Die Arbeitsmappe enthält XML-Entitäten.",
        "eine Datei, wie Tabellenprogramme sie schreiben",
    ),
    "sheet_too_large": (
        "Ein Blatt reicht bis weit neben die Tabelle.",
        "keine einzelnen Zellen fern der Tabelle",
    ),
}
Value = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta


@dataclass
class _Sheet:
    """One sheet while it is read. columns: name -> 0-based position."""

    table: RegisterTable
    values: list[list[Value]]
    columns: dict[str, int]

    def said(
        self,
        rule: str,
        message: str,
        expected: str,
        at: str = "A1",
        column: str | None = None,
        severity: Severity = "error",
    ) -> Finding:
        """A finding of a cell of this sheet."""
        line = int(re.sub(r"\D", "", at) or 1)
        cell = f"{self.table.stem}!{at}"
        return Finding(WORKBOOK, line, column, rule, severity, message, expected, cell, language="de")


def as_text(value: Value) -> str:
    """A typed cell as the CSV file would hold it: 1.0 is 1, 17.300000000000001 is 17.3, a day 2024-12-31."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        if not abs(value) < LARGEST:
            return str(value)
        return plain_text(Decimal(format(value, f".{DIGITS}g")))
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(sep=" ")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value).strip()


def read_workbook(path: Path, tables: Tables, findings: list[Finding]) -> None:
    """Add the tables of the register's workbook at `path`, if there is one, to those read from CSV files.

    A sheet without rows is no table. A table that stands in a CSV file too is a finding.
    """
    findings += _misnamed(path)
    if not (path / WORKBOOK).exists():
        return
    opened = _opened(path / WORKBOOK, findings)
    if opened is None:
        return
    book, parts = opened
    for name in book.sheet_names:
        if name in REGISTER:
            findings += _read_sheet(book, parts, REGISTER[name], path, tables)
        elif name not in HELP:
            findings.append(_unknown_sheet(name))


def _misnamed(path: Path) -> Iterator[Finding]:
    for file in sorted((path / WORKBOOK).parent.glob("*.[xX][lL][sS]*")):
        name = file.relative_to(path).as_posix()
        if name != WORKBOOK and not file.name.startswith("~$"):
            text = "Diese Arbeitsmappe wird nicht gelesen."
            yield Finding(name, None, None, "other_workbook", "error", text, WORKBOOK, language="de")


def _refused(rule: str) -> Finding:
    message, expected = REFUSED[rule]
    return Finding(WORKBOOK, None, None, rule, "error", message, expected, language="de")


def _opened(file: Path, findings: list[Finding]) -> tuple[CalamineWorkbook, dict[str, bytes]] | None:
    from python_calamine import CalamineError, CalamineWorkbook

    from orchestration.extracts.packed import repacked, unpacked
    from orchestration.extracts.table import Complaints

    complaints = Complaints(WORKBOOK)
    try:
        parts = unpacked(file.read_bytes(), MAX_BYTES, complaints)
        if parts is not None:
            return CalamineWorkbook.from_filelike(repacked(parts)), parts
        findings += [_refused(rule) for rule in dict.fromkeys(one.rule for one in complaints.findings)]
    except (CalamineError, OSError):
        findings.append(_refused("damaged_workbook"))
    return None


def _unknown_sheet(name: str) -> Finding:
    near = get_close_matches(name.lower(), list(REGISTER), n=1)
    hint = f" Meinten Sie {near[0]!r}?" if near else ""
    text = f"Ein Blatt {name[:60]!r} gibt es im Register nicht.{hint}"
    expected = f"eines von {', '.join(REGISTER)}; Notizen gehören in eine andere Datei"
    return Finding(WORKBOOK, None, None, "unknown_sheet", "error", text, expected, language="de")


def _read_sheet(
    book: CalamineWorkbook, parts: dict[str, bytes], table: RegisterTable, path: Path, tables: Tables
) -> list[Finding]:
    from python_calamine import CalamineError

    from orchestration.extracts.packed import fits_memory, sheet_facts, sheet_part
    from orchestration.extracts.table import Complaints

    part = sheet_part(parts, table.stem)
    if part is None:
        return [_refused("damaged_workbook")]
    if not fits_memory(part, Complaints(WORKBOOK)):
        return [_refused("sheet_too_large")]
    try:
        content = book.get_sheet_by_name(table.stem)
        sheet = _Sheet(table, content.to_python(skip_empty_area=False), {})
    except CalamineError:
        return [_refused("damaged_workbook")]
    found = [*_header(sheet), *_merged(sheet, content)]
    facts = sheet_facts(part)
    found += _formulas(sheet, facts.formulas, facts.without_value)
    for at in _ERROR_CELL.findall(part):
        text = "Die Zelle zeigt einen Fehler der Tabellenkalkulation, etwa #NV oder #BEZUG!."
        found.append(sheet.said("formula_error", text, "einen Wert", at.decode()))
    for line in facts.hidden_rows:
        text = "Die Zeile ist ausgeblendet; sie wird gelesen wie jede andere."
        found.append(
            sheet.said("hidden_row", text, "keine ausgeblendeten Zeilen", f"A{line}", None, "warning")
        )
    if any(one.severity == "error" for one in found):
        return found
    return [*found, *_add(sheet, path, tables)]


def _header(sheet: _Sheet) -> Iterator[Finding]:
    """Finds the columns by their names, in any order."""
    known = sheet.table.header
    for at, value in enumerate(sheet.values[0] if sheet.values else []):
        name, place = as_text(value).removesuffix(NEEDED_MARK).strip(), f"{column_letter(at)}1"
        if not name:
            if any(len(row) > at and as_text(row[at]) for row in sheet.values[1:]):
                text = "Die Spalte ist gefüllt, hat aber keinen Namen."
                yield sheet.said("unnamed_column", text, "den Namen der Spalte in Zeile 1", place)
        elif name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f" Meinten Sie {near[0]!r}?" if near else ""
            text = f"Eine Spalte {name[:60]!r} gibt es hier nicht.{hint}"
            yield sheet.said("unknown_column", text, f"Spalten aus {', '.join(known)}", place)
        elif name in sheet.columns:
            yield sheet.said("doubled_column", f"Die Spalte {name!r} steht zweimal da.", "jede einmal", place)
        else:
            sheet.columns[name] = at
    missing = [one.name for one in sheet.table.columns if one.needed and one.name not in sheet.columns]
    if missing:
        text = f"Es fehlt die Spalte {', '.join(missing)}."
        yield sheet.said("missing_column", text, f"in Zeile 1 die Namen {', '.join(known)}")


def _merged(sheet: _Sheet, content: CalamineSheet) -> Iterator[Finding]:
    for (top, left), (bottom, right) in content.merged_cell_ranges or ():
        area = f"{column_letter(left)}{top + 1}:{column_letter(right)}{bottom + 1}"
        text = f"Die Zellen {area} sind verbunden."
        yield sheet.said(
            "merged_cells", text, "einzelne Zellen, jede gefüllt", f"{column_letter(left)}{top + 1}"
        )


def _formulas(sheet: _Sheet, formulas: tuple[str, ...], without: tuple[str, ...]) -> Iterator[Finding]:
    for at in without:
        text = "Die Zelle enthält eine Formel, deren Ergebnis nie gespeichert wurde."
        expected = "einen Wert; oder die Mappe in einem Tabellenprogramm öffnen und speichern"
        yield sheet.said("formula_without_value", text, expected, at)
    calculated = [at for at in formulas if at not in without]
    if calculated:
        text = f"{len(calculated)} Zellen enthalten Formeln; gelesen werden die gespeicherten Ergebnisse."
        yield sheet.said("formula", text, "Werte", calculated[0], None, "warning")


def _add(sheet: _Sheet, path: Path, tables: Tables) -> Iterator[Finding]:
    """The rows of the sheet as the table's frame, lines and letters."""
    import pandas as pd

    table, rows, lines = sheet.table, [], []
    kinds = {column.name: column.kind for column in table.columns}
    for line, values in enumerate(sheet.values[1:], start=2):
        row = {name: as_text(values[at]) if at < len(values) else "" for name, at in sheet.columns.items()}
        for name, text in row.items():
            if kinds[name] == "boolean" and text.lower() in {"true", "false"}:
                row[name] = text.lower()
        if any(row.values()):
            rows.append([row.get(name, "") for name in table.header])
            lines.append(line)
    if rows and (path / table.file).exists():
        text = f"Diese Tabelle steht in der Arbeitsmappe und in {table.file}."
        yield sheet.said(
            "table_twice", text, f"eines von beiden: {table.file} löschen, oder das Blatt leeren"
        )
    elif rows:
        tables.frames[table.name] = pd.DataFrame(rows, columns=list(table.header), dtype="str")
        tables.lines[table.name] = lines
        tables.letters[table.name] = {name: column_letter(at) for name, at in sheet.columns.items()}
