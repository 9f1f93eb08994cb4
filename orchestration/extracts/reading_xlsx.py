"""One sheet of a workbook as rows of text.

Lives here: choosing the sheet and writing typed cells as text. Must not live here: protection against hostile
archives (packed.py) and the meaning of columns.
"""

from __future__ import annotations

import datetime
import difflib
import re
from decimal import Decimal

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from orchestration.extracts.contract import FileFormat
from orchestration.extracts.packed import SheetFacts, fits_memory, repacked, sheet_facts, sheet_part, unpacked
from orchestration.extracts.rows import Rows, column_letter
from orchestration.extracts.signs import localised, plain_text
from orchestration.extracts.table import INVISIBLE, Complaints

MAX_CELL_CHARACTERS = 32_767  # what a spreadsheet program itself allows in one cell
_ERROR_VALUE = re.compile(r"#(DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|GETTING_DATA|SPILL!|CALC!)")
CellValue = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta


def read_xlsx(data: bytes, form: FileFormat, complaints: Complaints) -> Rows | None:
    """The rows of the declared sheet, blank rows left out; lines are row numbers of the sheet.

    Numbers are written with the contract's decimal sign, dates as ISO, so that a workbook and its CSV twin
    give the same table. Returns None when there is no such sheet or the file is refused.
    """
    parts = unpacked(data, form.max_bytes, complaints)
    if parts is None:
        return None
    try:
        book = CalamineWorkbook.from_filelike(repacked(parts))
        name = _sheet_name(book, form.sheet, complaints)
        if name is None:
            return None
        part = sheet_part(parts, name)
        if part is None or not fits_memory(part, complaints):
            if part is None:
                complaints.add("damaged_workbook", f"sheet {name!r} is not in the archive.", "an .xlsx file")
            return None
        values = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except CalamineError as error:
        complaints.add("damaged_workbook", f"the workbook cannot be read ({error}).", "an .xlsx file")
        return None
    return _rows(values, name, sheet_facts(part), form, complaints)


def _sheet_name(book: CalamineWorkbook, declared: str | None, complaints: Complaints) -> str | None:
    names = book.sheet_names
    if declared in names:
        return declared
    visible = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
    ]
    if declared is None and len(visible) == 1:
        return visible[0]
    wanted = f"no sheet {declared!r}" if declared else f"{len(visible)} visible sheets and none declared"
    near = difflib.get_close_matches(declared or "", names, n=1)
    hint = f"; the nearest name is {near[0]!r}" if near else ""
    complaints.add(
        "sheet_missing", f"{wanted}.", f"file.sheet names one of {', '.join(map(repr, names))}{hint}"
    )
    return None


def _rows(
    values: list[list[CellValue]], name: str, facts: SheetFacts, form: FileFormat, complaints: Complaints
) -> Rows | None:
    texts = [[_text(cell, form.decimal) for cell in row] for row in values]
    while texts and not any(texts[-1]):
        texts.pop()
    if not texts:
        complaints.add("empty_file", f"sheet {name!r} is empty.", "a table with header and rows")
        return None
    first_data = form.title_lines + form.header_lines
    header = texts[form.title_lines : first_data]
    if len(header) < form.header_lines:
        complaints.add(
            "no_header", f"sheet {name!r} ends before its header does.", f"{first_data} lines above"
        )
        return None
    rows = Rows(header, first_data, [], [], sheet=name)
    footer_found = False
    for line, row in enumerate(texts[first_data:], start=first_data + 1):
        if form.footer_starts_with and row and row[0].startswith(form.footer_starts_with):
            footer_found = True
            break
        if any(row):
            rows.cells.append(row)
            rows.lines.append(line)
    if form.footer_starts_with and not footer_found:
        complaints.add(
            "footer_missing",
            f"no row starts with {form.footer_starts_with!r}: the sheet may be incomplete.",
            "the footer that the contract declares",
        )
    _drop_blank_columns(rows)
    _complain_about_cells(rows, name, complaints)
    _complain_about_sheet(rows, name, facts, complaints)
    return rows


def _text(cell: CellValue, decimal: str) -> str:
    """A typed cell as text."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, int | float):
        return localised(plain_text(Decimal(repr(cell))), decimal) if abs(cell) < 1e300 else str(cell)
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == datetime.time() else cell.isoformat(sep=" ")
    if isinstance(cell, datetime.date | datetime.time):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def _drop_blank_columns(rows: Rows) -> None:
    """Formatted but empty columns right of the table are no columns."""
    everything = [*rows.header, *rows.cells]
    width = max((at + 1 for row in everything for at, cell in enumerate(row) if cell), default=0)
    rows.header = [row[:width] for row in rows.header]
    rows.cells = [row[:width] for row in rows.cells]


def _complain_about_cells(rows: Rows, sheet: str, complaints: Complaints) -> None:
    for line, row in zip(rows.lines, rows.cells, strict=True):
        for at, cell in enumerate(row):
            if not cell or cell.isdigit():
                continue
            place = f"{sheet}!{column_letter(at)}{line}"
            if len(cell) > MAX_CELL_CHARACTERS:
                complaints.add(
                    "cell_too_long", f"{len(cell)} characters.", "a shorter text", line=line, cell=place
                )
                row[at] = ""
            elif INVISIBLE.search(cell):
                complaints.add(
                    "control_character", f"{cell[:60]!r}.", "printable text", line=line, cell=place
                )
                row[at] = INVISIBLE.sub("", cell)
            elif cell[0] == "#" and _ERROR_VALUE.fullmatch(cell):
                complaints.add("formula_error", f"the cell shows {cell}.", "a value", line=line, cell=place)
                row[at] = ""


def _complain_about_sheet(rows: Rows, sheet: str, facts: SheetFacts, complaints: Complaints) -> None:
    data_lines = set(rows.lines)
    for address in facts.without_value:
        line = int(re.sub(r"\D", "", address) or 0)
        if line in data_lines:
            complaints.add(
                "formula_without_value",
                "the cell holds a formula whose result was never saved.",
                "values; open and save the workbook in a spreadsheet program",
                line=line,
                cell=f"{sheet}!{address}",
            )
    calculated = [a for a in facts.formulas if int(re.sub(r"\D", "", a) or 0) in data_lines]
    if calculated:
        complaints.add(
            "formula",
            f"{len(calculated)} cells hold formulas (first {calculated[0]}); the saved results are used.",
            "values",
            severity="warning",
            cell=f"{sheet}!{calculated[0]}",
        )
    for line in sorted(set(facts.hidden_rows) & data_lines):
        complaints.add(
            "hidden_row",
            "the row is hidden in the workbook; its values are used.",
            "no hidden rows in a delivery",
            line=line,
            severity="warning",
        )
