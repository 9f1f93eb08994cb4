"""The first MiB of a long delimited file, looked at before the rest is read into memory.

Lives here: refusal of what is plainly another file: a line without end, too many columns, another header.
Must not live here: anything about short files; these are read whole, so that every finding is listed.
"""

from __future__ import annotations

import codecs
import csv

from orchestration.extracts.columns import matched_columns
from orchestration.extracts.contract import Contract
from orchestration.extracts.decoding import decoded
from orchestration.extracts.reading_csv import MAX_COLUMNS, header_of, likely_delimiter
from orchestration.extracts.table import Complaints, joined_header

HEAD_BYTES = 1024 * 1024
MAX_LINE_BYTES = 1024 * 1024  # the widest table of a statistics office has lines of some thousand bytes
WIDE = ("utf-16", "utf-32")  # codecs in which a line end is more than one byte


class LineLengths:
    """Counts the bytes since the last line end of a file that is read in pieces."""

    def __init__(self) -> None:
        self.line = 1
        self._open = 0

    def too_long(self, piece: bytes) -> bool:
        """Whether the next piece makes a line longer than the limit; `line` then is its number."""
        ends = piece.count(b"\n") or piece.count(b"\r")
        sign = b"\n" if b"\n" in piece else b"\r"
        if not ends:
            self._open += len(piece)
            return self._open > MAX_LINE_BYTES
        if self._open + piece.index(sign) > MAX_LINE_BYTES:
            return True
        self._open = len(piece) - piece.rindex(sign) - 1
        self.line += ends
        return False


def is_other_file(head: bytes, contract: Contract, complaints: Complaints) -> bool:
    """Whether the first MiB of a longer file shows that it is not the declared one; the reason is reported.

    Only then anything is reported: a file that may be the declared one is read from its start again.
    """
    found = Complaints(complaints.file_name)
    if not _is_other(head, contract, found):
        return False
    complaints.take(found)
    return True


def _is_other(head: bytes, contract: Contract, found: Complaints) -> bool:
    text = _text(head, contract.file.encoding, found)
    if text is None:
        return True
    if found.count("wrong_encoding"):
        return False  # read whole, with the proposal
    form = contract.file
    first = text.split("\n", form.title_lines + form.header_lines)[form.title_lines :]
    if first and max(line.count(form.delimiter) for line in first[: form.header_lines]) >= MAX_COLUMNS:
        in_quotes = form.quote and any(form.quote in line for line in first)
        if not in_quotes:
            found.add("too_many_columns", f"more than {MAX_COLUMNS} columns.", "a table", line=1)
            return True
    try:
        rows = header_of(text, form, found)
    except csv.Error:
        return False
    if rows is None:
        return True
    header = joined_header(rows.header)
    other = likely_delimiter(header[0], form.delimiter) if len(header) == 1 else None
    hint = f"; the header seems to be separated by {other}" if other else ""
    return matched_columns(header, contract, found, rows.header_line, hint) is None


def _text(head: bytes, encoding: str, found: Complaints) -> str | None:
    """The whole lines of the beginning, or all of it when it holds no line end."""
    if codecs.lookup(encoding).name.startswith(WIDE):
        return head.decode(encoding, "replace")
    end = max(head.rfind(b"\n"), head.rfind(b"\r")) + 1
    return decoded(head[:end], encoding, found) if end else head.decode(encoding, "replace")
