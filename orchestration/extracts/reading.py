"""A delivered file as a table of text, exactly as its contract declares it. Nothing is guessed.

Lives here: the one entry, the limits of size, the choice of format. Must not live here: what a value means
(signs.py, validation.py). To add a file format, write `read_<format>(data, form, complaints) -> Rows | None`
in a module of its own, add one line to READERS and the name to `FileFormat.format`.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from orchestration.extracts.beginning import HEAD_BYTES, MAX_LINE_BYTES, LineLengths, is_other_file
from orchestration.extracts.columns import matched_columns
from orchestration.extracts.contract import Contract, FileFormat
from orchestration.extracts.reading_csv import likely_delimiter, read_csv
from orchestration.extracts.reading_features import read_features
from orchestration.extracts.reading_xlsx import read_xlsx
from orchestration.extracts.rows import Rows, column_letter
from orchestration.extracts.table import Complaints, Table, frame_of, joined_header
from orchestration.findings import Finding

READERS: dict[str, Callable[[bytes, FileFormat, Complaints], Rows | None]] = {
    "csv": read_csv,
    "xlsx": read_xlsx,
    "geojson": read_features,
    "esri_json": read_features,
}


def read_table(path: Path, contract: Contract, file_name: str) -> tuple[Table | None, list[Finding]]:
    """Read one delivered file.

    path: where the bytes lie now. file_name: how the inbox calls them, for the findings. Result: the table
    with the contract's column spelling, and all findings about the file's form; the table is None when
    nothing can be read. A file with errors is read as far as possible, so that the rest is checked as well.
    """
    complaints = Complaints(file_name)
    data = bytes_of(path, contract, complaints)
    if data is None:
        return None, complaints.findings
    rows = READERS[contract.file.format](data, contract.file, complaints)
    table = None if rows is None else _table(rows, contract, complaints)
    return table, complaints.findings


def bytes_of(path: Path, contract: Contract, complaints: Complaints) -> bytes | None:
    """The bytes of a regular file within the size limit (bytes); symbolic links are never followed.

    A long delimited file is given up as soon as it is plain that it is not the declared one.
    """
    max_bytes = contract.file.max_bytes
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        complaints.add(
            "unreadable", f"the file cannot be opened ({error.strerror}).", "a readable regular file"
        )
        return None
    with os.fdopen(descriptor, "rb") as file:
        facts = os.fstat(file.fileno())
        if not stat.S_ISREG(facts.st_mode):
            complaints.add("unreadable", "this is not a regular file.", "a regular file")
            return None
        if facts.st_size > max_bytes:
            complaints.add(
                "too_large",
                f"{facts.st_size} bytes.",
                f"at most {max_bytes} bytes (file.max_bytes of the contract)",
            )
            return None
        data = _read_on(file, facts.st_size, contract, complaints)
    if data is None:
        return None
    if not data:
        complaints.add("empty_file", "the file has 0 bytes.", "a table; an empty file does not mean zero")
        return None
    return data


def _read_on(file: BinaryIO, size: int, contract: Contract, complaints: Complaints) -> bytes | None:
    """All bytes, up to one more than allowed; None when the file is refused before its end."""
    limit = contract.file.max_bytes + 1
    if contract.file.format != "csv" or size <= HEAD_BYTES:
        return file.read(limit)
    lengths = LineLengths()
    seen = 0
    while piece := file.read(HEAD_BYTES):
        if not seen and is_other_file(piece, contract, complaints):
            return None
        if lengths.too_long(piece):
            complaints.add(
                "line_too_long",
                f"the line has more than {MAX_LINE_BYTES} bytes.",
                "a table with one row per line",
                line=lengths.line,
            )
            return None
        seen += len(piece)
        if seen >= limit:
            break
    file.seek(0)
    return file.read(limit)


def _table(rows: Rows, contract: Contract, complaints: Complaints) -> Table | None:
    header = joined_header(rows.header)
    if not rows.cells and not contract.file.format.endswith("json"):
        _complain_no_rows(contract, complaints, rows.header_line)
    hint = ""
    if len(header) == 1 and contract.file.format == "csv":
        other = likely_delimiter(header[0], contract.file.delimiter)
        hint = f"; the header seems to be separated by {other}" if other else ""
    ignorable = rows.not_additional | _blank_columns(header, rows)
    if not header and not rows.cells:
        _complain_no_rows(contract, complaints, rows.header_line)
        return None
    names = matched_columns(header, contract, complaints, rows.header_line, hint, ignorable)
    if names is None:
        return None
    frame = frame_of(names, rows.cells, rows.lines)
    letters = {name: column_letter(at) for at, name in enumerate(names)} if rows.sheet else {}
    return Table(frame, rows.header_line, rows.sheet, letters, rows.crs)


def _complain_no_rows(contract: Contract, complaints: Complaints, line: int | None) -> None:
    if contract.checks.min_rows > 0:
        complaints.add(
            "no_rows",
            "the file has no data rows.",
            f"at least {contract.checks.min_rows}; no rows does not mean zero",
            line=line,
        )


def _blank_columns(header: list[str], rows: Rows) -> frozenset[str]:
    """Columns without header and without any value, as a trailing delimiter makes them."""
    blank = {at for at, name in enumerate(header) if name == f"column_{at + 1}"}
    for row in rows.cells:
        if not blank:
            break
        blank = {at for at in blank if not row[at]}
    return frozenset(header[at] for at in blank)
