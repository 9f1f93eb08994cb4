"""Writes the planning register as one workbook that explains itself: a sheet per table, lists to choose from.

Lives here: sheets, marks, lists and typed cells. Must not live here: which tables and columns there are
(tables.py), what words mean (words.py), reading the workbook back (workbook.py).

No cell is a formula: a text that begins with =, +, - or @ stays the text it is.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from orchestration.extracts.rows import column_letter
from orchestration.register.cells import expected_in
from orchestration.register.columns import AREA, INDICATOR, Column, RegisterTable
from orchestration.register.tables import REGISTER
from orchestration.register.words import SHEETS, WORDS
from orchestration.register.workbook import (
    AREAS,
    COLUMNS,
    GUIDE,
    INDICATORS,
    NEEDED_MARK,
    WORDS_SHEET,
    as_text,
)
from orchestration.workspace_files import Tables
from orchestration.workspace_values import day_of, is_number

ROOM = 2000  # rows below the filled ones for which lists are prepared
LONGEST_CELL = 32_767  # characters: what a spreadsheet program allows
FIRST_DAY = date(1900, 3, 1)  # before it, spreadsheet programs count days differently
TEXT_FORMAT, DAY_FORMAT = "@", "yyyy-mm-dd"
WIDEST, NARROWEST = 60, 12  # characters of a column
NEEDED_FILL, OPTIONAL_FILL = "FFE699", "E7E6E6"
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # spreadsheet programs read _x000D_ as a line feed
BOOLEANS = ("true", "false")
GUIDE_LINES = (
    "Planungsregister",
    "Diese Mappe ist das Planungsregister als eine Datei. Gespeichert als planning/register.xlsx im "
    "Ordner der Stadt wird sie bei jedem `sozialraum check` und `sozialraum build` gelesen wie die "
    "CSV-Dateien planning/*.csv. Jede Tabelle steht an einem Ort: im Blatt oder in der CSV-Datei. Ein"
    " leeres Blatt zählt nicht.",
    f"Zeile 1 eines Blatts nennt die Spalten. Ein {NEEDED_MARK} hinter dem Namen heißt: In jeder Zeile"
    " gefüllt. Alle anderen dürfen leer bleiben; Spalten, die ganz leer sind, dürfen fehlen.",
    "Ein Schlüssel (etwa goal_id) benennt die Zeile, einmal im Blatt und ohne Leerzeichen, | und @. "
    "Andere Zeilen verweisen mit ihm auf sie.",
    "Mehrere Einträge in einer Zelle werden mit | verbunden, ohne Leerzeichen: Z-2022-01|Z-2022-02.",
    "Ein Datum ist ein Datum der Tabellenkalkulation oder der Text 2024-12-31. Ein Zeitraum ist Text:"
    " 2024, 2024-07, 2023/24 oder 2021..2023.",
    "Zahlen stehen als Zahlen da; ihre Anzeige mit Komma oder Punkt ist gleichgültig. Ja und nein "
    "heißen true und false.",
    "release ist die Nummer einer Veröffentlichung (`sozialraum release list`) oder das Wort quoted "
    "für Angaben, die älter sind als die erste.",
    "Wo es eine Liste gibt, bietet die Zelle sie an. Was die Wörter heißen, steht im Blatt "
    f"{WORDS_SHEET}, was in welche Spalte gehört, im Blatt {COLUMNS}; Gebiete und Kennzahlen stehen in"
    f" {AREAS} und {INDICATORS}.",
    "Keine verbundenen Zellen, keine Formeln, keine weiteren Blätter. Namen von Personen gehören "
    "nicht hinein: Rollen, Ämter und Organisationen genügen.",
    "Der Stand eines Eintrags ist die letzte Zeile zu ihm in status_events. Zeilen dort werden "
    "angefügt, nie geändert.",
    "Was nicht stimmt, sagt `sozialraum check` mit Blatt und Zelle, alles auf einmal.",
)


class CellUnwritable(ValueError):
    """A text that no workbook can hold; says where it stands."""


@dataclass
class _Lists:
    """Ranges that drop-down lists are made of. words: vocabulary -> its range on the sheet of words."""

    last_row: int
    words: dict[tuple[str, ...], str] = field(default_factory=dict)

    def of(self, column: Column) -> str | None:
        """The range a cell of that column is chosen from; None where there is no single one."""
        if column.kind == "boolean":
            return self.words[BOOLEANS]
        if column.kind == "choice":
            return self.words[column.vocabulary]
        if column.kind == "list" or len(column.to) != 1:
            return None
        sheet = {AREA: AREAS, INDICATOR: INDICATORS}.get(column.to[0], column.to[0])
        return f"'{sheet}'!$A$2:$A${self.last_row}"


def register_workbook(tables: Tables, indicators: Mapping[str, str], is_filled: bool) -> bytes:
    """The workbook as bytes of an .xlsx file.

    tables: those of a workspace; its areas are listed, and with is_filled its register stands in the sheets.
    indicators: id -> German name. Raises CellUnwritable.
    """
    book = Workbook()
    guide = book.active
    if not isinstance(guide, Worksheet):  # a new workbook has one
        raise TypeError("a workbook without a sheet")
    guide.title = GUIDE
    longest = max(len(tables.lines[table.name]) for table in REGISTER.values())
    lists = _Lists(ROOM + max(longest, len(tables.lines["areas"]), len(indicators)))
    sheets = {table.stem: book.create_sheet(table.stem) for table in REGISTER.values()}
    _write_words(book.create_sheet(WORDS_SHEET), lists)
    for table in REGISTER.values():
        _write_table(sheets[table.stem], table, lists, tables if is_filled else None)
    _write_guide(guide)
    _write_rows(book.create_sheet(COLUMNS), ("Blatt", "Spalte", "Pflicht", "Was hineingehört"), _columns())
    areas = sorted({(f"{row['level']}-{row['code']}", row["name"]) for _, row in tables.rows("areas")})
    _write_rows(book.create_sheet(AREAS), ("area_id", "Name"), areas)
    _write_rows(book.create_sheet(INDICATORS), ("indicator_id", "Name"), sorted(indicators.items()))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _columns() -> Iterator[tuple[str, str, str, str]]:
    for table in REGISTER.values():
        for column in table.columns:
            yield table.stem, column.name, "ja" if column.needed else "", expected_in(column)


def _write_words(sheet: Worksheet, lists: _Lists) -> None:
    """Every vocabulary once, as a range of its words, with what they mean and where they are used."""
    used: dict[tuple[str, ...], list[str]] = {BOOLEANS: []}
    for table in REGISTER.values():
        for column in table.columns:
            words = BOOLEANS if column.kind == "boolean" else column.vocabulary
            if words:
                used.setdefault(words, []).append(f"{table.stem}.{column.name}")
    rows: list[tuple[str, str, str]] = []
    for words, places in used.items():
        first = len(rows) + 2
        rows += [(word, WORDS[word], ", ".join(places)) for word in words]
        lists.words[words] = f"'{WORDS_SHEET}'!$A${first}:$A${len(rows) + 1}"
    _write_rows(sheet, ("Wort", "Bedeutung", "Spalten"), rows)


def _write_table(sheet: Worksheet, table: RegisterTable, lists: _Lists, tables: Tables | None) -> None:
    for at, column in enumerate(table.columns, start=1):
        head = sheet.cell(1, at, column.name + (NEEDED_MARK if column.needed else ""))
        head.font = Font(bold=True)
        head.fill = PatternFill("solid", fgColor=NEEDED_FILL if column.needed else OPTIONAL_FILL)
        letter = column_letter(at - 1)
        dimension = sheet.column_dimensions[letter]
        dimension.width = min(WIDEST, max(NARROWEST, len(column.name) + 4))
        dimension.number_format = _format(column)
        if (words := lists.of(column)) is not None:
            choice = DataValidation("list", formula1=words, allow_blank=True, showErrorMessage=True)
            # An id may be written before the row that it names; a word that is not in its list never fits.
            choice.errorStyle = "warning" if column.to else "stop"
            choice.errorTitle, choice.error = column.name, f"Erwartet: {expected_in(column)}"[:250]
            choice.add(f"{letter}2:{letter}{lists.last_row}")
            sheet.add_data_validation(choice)
    sheet.freeze_panes = "B2"
    for line, (source, row) in enumerate(tables.rows(table.name) if tables else (), start=2):
        for at, column in enumerate(table.columns, start=1):
            if text := row[column.name]:
                where = f"Tabelle {table.stem}, Zeile {source}"
                _write(sheet.cell(line, at), text, column, f"{where}, Spalte {column.name!r}")


def _format(column: Column) -> str:
    """The number format of a column: what is typed into a text cell stays as it was typed."""
    if column.kind == "date":
        return DAY_FORMAT
    return "General" if column.kind in {"number", "integer", "year", "release"} else TEXT_FORMAT


def _write(cell: Cell | MergedCell, text: str, column: Column, where: str) -> None:
    """A text as a typed cell where it would be read back as the very same text, else as it is."""
    day = day_of(text) if column.kind == "date" else None
    cell.number_format = _format(column)
    if day is not None and day >= FIRST_DAY:
        cell.value = day
        cell.number_format = DAY_FORMAT
    elif cell.number_format == "General" and is_number(text) and as_text(float(text)) == text:
        cell.value = float(text)
    else:
        _write_text(cell, text, where)


def _write_text(cell: Cell | MergedCell, text: str, where: str) -> None:
    if len(text) > LONGEST_CELL:
        raise CellUnwritable(f"{where}: {len(text)} characters; a cell of a workbook holds {LONGEST_CELL}.")
    if ILLEGAL_CHARACTERS_RE.search(text):
        raise CellUnwritable(f"{where}: {text[:60]!r} holds a control character, which no workbook can hold.")
    cell.value = _ESCAPE.sub("_x005F_", text)
    cell.data_type = "s"  # else =1+1 would be a formula
    cell.quotePrefix = True
    cell.number_format = TEXT_FORMAT


def _write_rows(sheet: Worksheet, header: Sequence[str], rows: Iterable[tuple[str, ...]]) -> None:
    """A sheet that only explains: header, rows of text, readable widths."""
    widths = [len(name) for name in header]
    for at, name in enumerate(header, start=1):
        sheet.cell(1, at, name).font = Font(bold=True)
    for line, row in enumerate(rows, start=2):
        for at, text in enumerate(row, start=1):
            _write_text(sheet.cell(line, at), text[:LONGEST_CELL], f"{sheet.title}, Zeile {line}")
            widths[at - 1] = max(widths[at - 1], len(text))
    for at, width in enumerate(widths):
        sheet.column_dimensions[column_letter(at)].width = min(WIDEST, width + 2)
    sheet.freeze_panes = "A2"


def _write_guide(sheet: Worksheet) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 26, 110
    sheet.cell(1, 1, GUIDE_LINES[0]).font = Font(bold=True, size=14)
    line = 2
    for text in GUIDE_LINES[1:]:
        cell = sheet.cell(line, 2, text)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        line += 1
    for at, name in enumerate(("Blatt", "Was darin steht", "Spalten, die gefüllt sein müssen"), start=1):
        sheet.cell(line + 1, at, name).font = Font(bold=True)
    sheet.column_dimensions["C"].width = WIDEST
    for row, table in enumerate(REGISTER.values(), start=line + 2):
        sheet.cell(row, 1, table.stem)
        sheet.cell(row, 2, SHEETS[table.stem]).alignment = Alignment(wrap_text=True, vertical="top")
        needed = ", ".join(column.name for column in table.columns if column.needed)
        sheet.cell(row, 3, needed).alignment = Alignment(wrap_text=True, vertical="top")
