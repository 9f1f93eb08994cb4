"""Delimited text as rows of text with their exact line numbers.

Lives here: lines, quotes, title, header and footer lines of CSV. Must not live here: what the columns mean.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

from orchestration.extracts.contract import FileFormat
from orchestration.extracts.decoding import decoded
from orchestration.extracts.rows import Rows
from orchestration.extracts.table import Complaints

MAX_COLUMNS = 4096
MAX_CELL_CHARACTERS = 128 * 1024  # Python's own default; an address or note is far shorter
MAX_RAGGED_ROWS = 1000  # after so many rows of another width this is not the declared table
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
CANDIDATES = {";": "semicolon", ",": "comma", "\t": "tab", "|": "bar"}


def read_csv(data: bytes, form: FileFormat, complaints: Complaints) -> Rows | None:
    """The rows of a delimited file.

    data: the delivered bytes. form: how the contract says they are to be read. Returns None when there is
    no table to speak of; everything else that is wrong is reported and reading goes on.
    """
    text = decoded(data, form.encoding, complaints)
    if text is None:
        return None
    if not text.strip():
        complaints.add("empty_file", "the file holds nothing but blanks.", "a table with header and rows")
        return None
    if form.final_newline == "required" and not text.endswith(("\n", "\r")):
        complaints.add(
            "final_newline",
            f"the file ends with {text[-20:]!r} and no line break: it may be cut off inside a value.",
            "a line break at the end (final_newline: required); deliver the file again, completely",
            line=text.count("\n") + text.count("\r") - text.count("\r\n") + 1,
        )
    records = _records(text, form, complaints)
    header = _header(records, form, complaints)
    if header is None:
        return None
    rows = _body(records, header, form, complaints)
    return None if complaints.count("ragged_row") >= MAX_RAGGED_ROWS else rows


def header_of(text: str, form: FileFormat, complaints: Complaints) -> Rows | None:
    """The header of a file's beginning without any data row; None, with a finding, when there is none.

    text: the beginning up to a line end, or as far as it was read when the first line is longer than that.
    """
    return _header(_records(text, form, complaints), form, complaints)


def _header(
    records: Iterator[tuple[int, list[str], int]], form: FileFormat, complaints: Complaints
) -> Rows | None:
    header_lines, header_end = [], form.title_lines
    for _ in range(form.header_lines):
        _, header, end = next(records, (0, None, header_end))
        if header is None:
            complaints.add("no_header", "the file ends before its header does.", _header_place(form))
            return None
        header_lines.append(header)
        header_end = end
    if max(len(line) for line in header_lines) > MAX_COLUMNS:
        complaints.add("too_many_columns", f"more than {MAX_COLUMNS} columns.", "a table", line=header_end)
        return None
    return Rows(header_lines, header_end, [], [])


def _header_place(form: FileFormat) -> str:
    return f"{form.title_lines} title lines, then {form.header_lines} header lines"


def _body(
    records: Iterator[tuple[int, list[str], int]], rows: Rows, form: FileFormat, complaints: Complaints
) -> Rows:
    """Data rows up to the footer; a row with another number of cells is reported and left out."""
    width = max(len(line) for line in rows.header)
    footer_found = False
    for line, row, _ in records:
        if form.footer_starts_with and row and row[0].startswith(form.footer_starts_with):
            footer_found = True
            break
        if not any(row) and len(row) in {0, 1, width}:
            continue  # an empty line holds nothing
        if len(row) != width:
            complaints.add(
                "ragged_row",
                f"{len(row)} cells ({';'.join(row)[:60]!r}).",
                f"{width} cells, as in the header; text after the table needs footer_starts_with",
                line=line,
            )
            if complaints.count("ragged_row") >= MAX_RAGGED_ROWS:
                return rows
            continue
        rows.cells.append(row)
        rows.lines.append(line)
    if form.footer_starts_with and not footer_found:
        complaints.add(
            "footer_missing",
            f"no line starts with {form.footer_starts_with!r}: the file may be cut off.",
            "the footer that the contract declares",
        )
    return rows


def _records(text: str, form: FileFormat, complaints: Complaints) -> Iterator[tuple[int, list[str], int]]:
    """(first line, cells, last line) of each record after the title lines; unreadable ones are reported."""
    source = (found.group() for found in _LINE.finditer(text))
    for _ in range(form.title_lines):
        next(source, "")
    csv.field_size_limit(MAX_CELL_CHARACTERS)
    if form.quote:
        reader = csv.reader(source, delimiter=form.delimiter, quotechar=form.quote, strict=True)
    else:
        reader = csv.reader(source, delimiter=form.delimiter, quoting=csv.QUOTE_NONE, strict=True)
    while True:
        first = form.title_lines + reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            rule = "cell_too_long" if "field larger" in str(error) else "csv_syntax"
            complaints.add(
                rule,
                f"the line cannot be read ({error}).",
                f"cells separated by {form.delimiter!r}, quoted with {form.quote!r}, "
                f"at most {MAX_CELL_CHARACTERS} characters",
                line=first,
            )
            continue
        yield first, row, form.title_lines + reader.line_num


def likely_delimiter(header: str, declared: str) -> str | None:
    """The name of a usual delimiter that stands in a header which the declared one does not split."""
    counts = {sign: header.count(sign) for sign in CANDIDATES if sign != declared}
    best = max(counts, key=lambda sign: counts[sign])
    return f"{CANDIDATES[best]} ({best!r})" if counts[best] else None
