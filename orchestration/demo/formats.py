"""Writes tables in the formats of authentic deliveries, byte for byte reproducible.

Lives here: bytes. Must not live here: what is delivered.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from shapely.geometry import Polygon, mapping
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

Cell = str | int
FIXED_MOMENT = (2025, 1, 1, 0, 0, 0)  # every member of a workbook carries it instead of the wall clock


def german(value: float, decimals: int = 0, thousands: str = "") -> str:
    """A number with decimal comma and the given thousands sign."""
    text = f"{value:,.{decimals}f}"
    return text.replace(",", "\0").replace(".", ",").replace("\0", thousands)


def write_text(path: Path, text: str, encoding: str = "utf-8", newline: str = "\n") -> None:
    """Text in the declared encoding with the declared line ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.replace("\n", newline).encode(encoding))


def write_csv(
    path: Path, rows: Sequence[Sequence[Cell]], encoding: str = "utf-8", newline: str = "\r\n"
) -> None:
    """Rows joined by semicolons; cells with a semicolon or quote are quoted."""
    lines = [";".join(_quoted(str(cell)) for cell in row) for row in rows]
    write_text(path, "\n".join(lines) + "\n", encoding, newline)


def _quoted(cell: str) -> str:
    if any(sign in cell for sign in ';"\n'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def write_yaml(path: Path, content: Mapping[str, Any], comment: str) -> None:
    """A mapping in the order given, readable, below a line of comment."""
    body = yaml.safe_dump(dict(content), allow_unicode=True, sort_keys=False, width=110)
    write_text(path, f"# {comment}\n{body}")


def write_xlsx(
    path: Path,
    sheet: str,
    titles: Sequence[str],
    header: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    footer: Sequence[str],
) -> None:
    """A sheet with title lines, a header of two lines with merged cells ("top | bottom"), rows and notes."""
    book = Workbook()
    book.remove(book.worksheets[0])
    page = book.create_sheet(sheet)
    for title in titles:
        page.append([title])
    _write_header(page, header, len(titles) + 1)
    for row in rows:
        page.append(list(row))
    for note in footer:
        page.append([note])
    buffer = io.BytesIO()
    book.save(buffer)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_settled(buffer.getvalue()))


def _write_header(page: Any, header: Sequence[str], line: int) -> None:
    tops = [name.split(" | ")[0] for name in header]
    for at, name in enumerate(header, start=1):
        top, _, bottom = name.partition(" | ")
        new_group = at == 1 or tops[at - 2] != top
        page.cell(line, at, top if new_group else None).font = Font(bold=True)
        page.cell(line + 1, at, bottom or None).alignment = Alignment(wrap_text=True)
        if not bottom:
            page.merge_cells(start_row=line, end_row=line + 1, start_column=at, end_column=at)
        elif new_group:
            width = sum(1 for name_ in tops[at - 1 :] if name_ == top)
            if width > 1:
                page.merge_cells(start_row=line, end_row=line, start_column=at, end_column=at + width - 1)


def _settled(data: bytes) -> bytes:
    """The workbook with fixed moments, uncompressed: neither clock nor compression library leaves a trace."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as copy:
        for name in sorted(source.namelist()):
            content = source.read(name)
            if name == "docProps/core.xml":
                moment = rb"\g<1>2025-01-01T00:00:00Z\g<2>"
                content = re.sub(rb"(<dcterms:\w+[^>]*>)[^<]*(</dcterms)", moment, content)
            info = zipfile.ZipInfo(name, FIXED_MOMENT)
            info.compress_type = zipfile.ZIP_STORED
            info.create_system = 3
            copy.writestr(info, content)
    return target.getvalue()


def write_geojson(path: Path, features: Sequence[tuple[Mapping[str, Cell], BaseGeometry]]) -> None:
    """A feature collection in WGS84 with six decimals, rings after RFC 7946."""
    found = [
        {"type": "Feature", "properties": dict(properties), "geometry": mapping(_wound(geometry))}
        for properties, geometry in features
    ]
    _write_json(path, {"type": "FeatureCollection", "features": found})


def _wound(geometry: BaseGeometry) -> BaseGeometry:
    return orient(geometry) if isinstance(geometry, Polygon) else geometry


def write_esri_points(
    path: Path, aliases: Mapping[str, str], rows: Sequence[tuple[Mapping[str, Cell | None], float, float]]
) -> None:
    """An Esri feature set of points in WGS84; `aliases` name the fields in their order."""
    first = next(iter(aliases))
    fields = [
        {"name": name, "type": "esriFieldTypeOID" if name == first else "esriFieldTypeString", "alias": alias}
        for name, alias in aliases.items()
    ]
    content = {
        "displayFieldName": "NAME",
        "fieldAliases": dict(aliases),
        "geometryType": "esriGeometryPoint",
        "spatialReference": {"wkid": 4326},
        "fields": fields,
        "features": [{"attributes": dict(row), "geometry": {"x": x, "y": y}} for row, x, y in rows],
    }
    _write_json(path, content)


def _write_json(path: Path, content: Any) -> None:
    write_text(path, json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n")
