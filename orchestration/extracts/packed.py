"""A workbook's zip container, unpacked under limits before any parser sees it.

Lives here: protection against archives that lie, explode or carry XML entities, and what a sheet hides
(formulas without value, hidden rows). Must not live here: the meaning of cells.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from orchestration.extracts.table import Complaints

MAX_ENTRIES = 2000  # a workbook with a sheet per Stadtteil has a few hundred parts
MAX_RATIO = 100  # real sheets compress 5 to 25 times, a bomb several hundred times
RATIO_FROM_BYTES = 4 * 1024 * 1024  # a small part may be very repetitive without harm
MAX_CELLS = 20_000_000  # a sheet is laid out densely in memory: 0.5 GiB at 24 bytes a cell
CHUNK = 1024 * 1024
_REFERENCE = re.compile(rb"""[\s]r=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True)
class SheetFacts:
    """What a sheet's XML says beyond values: addresses of formulas, of those without value, hidden rows."""

    formulas: tuple[str, ...] = ()
    without_value: tuple[str, ...] = ()
    hidden_rows: tuple[int, ...] = ()


def unpacked(data: bytes, max_bytes: int, complaints: Complaints) -> dict[str, bytes] | None:
    """All parts of the archive, or None when it is refused.

    max_bytes: limit for the sum of all parts; checked against the declared sizes first and against the bytes
    that really come out while unpacking.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if not _plausible(entries, max_bytes, complaints):
                return None
            return _parts(archive, entries, max_bytes, complaints)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        complaints.add(
            "damaged_workbook",
            f"the workbook cannot be unpacked ({error}).",
            "an .xlsx file without password",
        )
        return None


def _plausible(entries: list[zipfile.ZipInfo], max_bytes: int, complaints: Complaints) -> bool:
    total = sum(entry.file_size for entry in entries)
    worst = max(
        (e.file_size / max(e.compress_size, 1) for e in entries if e.file_size > RATIO_FROM_BYTES),
        default=0.0,
    )
    problem = None
    if len(entries) > MAX_ENTRIES:
        problem = f"the archive has {len(entries)} parts (at most {MAX_ENTRIES})."
    elif total > max_bytes:
        problem = f"the archive unpacks to {total} bytes (at most {max_bytes})."
    elif worst > MAX_RATIO:
        problem = f"a part is compressed {worst:.0f} times (at most {MAX_RATIO})."
    if problem:
        complaints.add("zip_limits", problem, "an ordinary workbook")
    return problem is None


def _parts(
    archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], max_bytes: int, complaints: Complaints
) -> dict[str, bytes] | None:
    parts: dict[str, bytes] = {}
    total = 0
    for entry in entries:
        out = bytearray()
        with archive.open(entry) as source:
            while chunk := source.read(CHUNK):
                out += chunk
                total += len(chunk)
                if total > max_bytes:
                    complaints.add(
                        "zip_limits", f"the archive unpacks to more than {max_bytes} bytes.", "less"
                    )
                    return None
        if entry.filename.endswith((".xml", ".rels", ".vml")) and _declares_entities(bytes(out)):
            complaints.add(
                "xml_entities",
                f"the part {entry.filename!r} declares XML entities or is not UTF-8.",
                "a workbook as spreadsheet programs write it",
            )
            return None
        parts[entry.filename] = bytes(out)
    return parts


def _declares_entities(part: bytes) -> bool:
    return (
        b"<!DOCTYPE" in part
        or b"<!ENTITY" in part
        or part[:2] in {b"\xff\xfe", b"\xfe\xff"}
        or b"\0" in part[:64]
    )


def repacked(parts: dict[str, bytes]) -> io.BytesIO:
    """The checked parts as an uncompressed archive: the reader sees only bytes that were counted."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    out.seek(0)
    return out


def sheet_part(parts: dict[str, bytes], sheet: str) -> bytes | None:
    """The XML of a sheet by its name; None when the workbook's own index does not lead to it."""
    try:
        book = _tree(parts["xl/workbook.xml"])
        relations = _tree(parts["xl/_rels/workbook.xml.rels"])
    except (KeyError, ElementTree.ParseError, DefusedXmlException):
        return None
    wanted = next((s.get(_RELATION) for s in book.iter(f"{_MAIN}sheet") if s.get("name") == sheet), None)
    target = next((r.get("Target") for r in relations if r.get("Id") == wanted), None)
    if target is None:
        return None
    return parts.get(target.lstrip("/") if target.startswith("/") else f"xl/{target}")


def _tree(part: bytes) -> Element:
    root: Element = ElementTree.fromstring(part, forbid_dtd=True)
    return root


def fits_memory(part: bytes, complaints: Complaints) -> bool:
    """False, with a finding, when the addresses used in a sheet span more cells than memory should hold."""
    columns, last_row = set(), 0
    for letters, row in _REFERENCE.findall(part):
        columns.add(letters)
        last_row = max(last_row, int(row))
    width = max((_column_number(letters) for letters in columns), default=0)
    if width * last_row > MAX_CELLS:
        complaints.add(
            "sheet_too_large",
            f"the sheet spans {last_row} rows and {width} columns.",
            f"at most {MAX_CELLS} cells; delete stray cells far from the table",
        )
        return False
    return True


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def sheet_facts(part: bytes) -> SheetFacts:
    """Formulas and hidden rows of a sheet; parsed only when the XML mentions one."""
    if b"<f" not in part and b"hidden=" not in part:
        return SheetFacts()
    formulas, without_value, hidden = [], [], []
    try:
        for _, element in ElementTree.iterparse(io.BytesIO(part), forbid_dtd=True):
            if element.tag == f"{_MAIN}c" and element.find(f"{_MAIN}f") is not None:
                address = element.get("r", "?")
                formulas.append(address)
                value = element.find(f"{_MAIN}v")
                if value is None or not value.text:
                    without_value.append(address)
            elif element.tag == f"{_MAIN}row":
                if element.get("hidden") in {"1", "true"} and element.get("r", "").isdigit():
                    hidden.append(int(element.get("r", "0")))
                element.clear()
    except (ElementTree.ParseError, DefusedXmlException):
        return SheetFacts()
    return SheetFacts(tuple(formulas), tuple(without_value), tuple(hidden))
