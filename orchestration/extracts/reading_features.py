"""GeoJSON and Esri JSON as rows of text: attributes, and the geometry as numbers or GeoJSON text.

Lives here: the two JSON formats. Must not live here: whether a geometry is valid or where it lies.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any

from orchestration.extracts.contract import GEOMETRY_COLUMNS, FileFormat
from orchestration.extracts.decoding import decoded
from orchestration.extracts.rows import Rows
from orchestration.extracts.signs import localised
from orchestration.extracts.table import Complaints

MAX_DEPTH = 60  # a feature collection nests 8 deep; the parser itself would fail at about 1000
MAX_COLUMNS = 4096
WEB_MERCATOR = {"102100", "102113", "900913"}


class _Number(str):
    """A JSON number kept exactly as it was written."""

    __slots__ = ()


def read_features(data: bytes, form: FileFormat, complaints: Complaints) -> Rows | None:
    """One row per feature in file order; line = number of the feature, from 1.

    A GeoJSON id gives the column feature.id. Points give the columns geometry.x and geometry.y, every other
    geometry `geometry` (GeoJSON text).
    Numbers get the contract's decimal sign. Returns None when the file is no feature collection.
    """
    text = decoded(data, form.encoding, complaints)
    if text is None:
        return None
    if not text.strip():
        complaints.add("empty_file", "the file is empty.", "a feature collection")
        return None
    document = _parsed(text, complaints)
    features = document.get("features") if isinstance(document, dict) else None
    if document is None:
        return None
    if not isinstance(features, list):
        complaints.add("no_features", "there is no list `features`.", f"a file of the format {form.format}")
        return None
    attributes_key = "properties" if form.format == "geojson" else "attributes"
    records = []
    for number, feature in enumerate(features, start=1):
        record = _record(feature, attributes_key, form, number, complaints)
        if record is not None:
            records.append((number, record))
    names = list(dict.fromkeys(name for _, record in records for name in record))
    if len(names) > MAX_COLUMNS:
        complaints.add("too_many_columns", f"more than {MAX_COLUMNS} attributes.", "a table")
        return None
    cells = [[record.get(name, "") for name in names] for _, record in records]
    found = Rows([names], None, cells, [number for number, _ in records], crs=_crs(document))
    found.not_additional = frozenset(GEOMETRY_COLUMNS)
    return found


def _parsed(text: str, complaints: Complaints) -> Any:
    def refuse(name: str) -> Any:
        raise ValueError(f"{name} is not JSON")

    try:
        return json.loads(text, parse_float=_Number, parse_int=_Number, parse_constant=refuse)
    except json.JSONDecodeError as error:
        complaints.add(
            "json_syntax",
            f"the file cannot be read from character {error.colno} on ({error.msg}); it may be cut off.",
            "complete JSON; deliver the file again",
            line=error.lineno,
        )
    except (RecursionError, ValueError) as error:
        complaints.add("json_syntax", f"the file cannot be read ({error}).", "JSON with finite numbers")
    return None


def _record(
    feature: Any, attributes_key: str, form: FileFormat, number: int, complaints: Complaints
) -> dict[str, str] | None:
    """The attributes and geometry of one feature as text."""
    attributes = feature.get(attributes_key) if isinstance(feature, dict) else None
    if not isinstance(attributes, dict):
        complaints.add(
            "no_attributes",
            f"feature {number} has no `{attributes_key}`.",
            "an object per feature",
            line=number,
        )
        return None
    record = {str(name): _text(value, form.decimal) for name, value in attributes.items()}
    if isinstance(feature.get("id"), str):  # numbers are kept as they are written, as text
        record["feature.id"] = str(feature["id"])
    geometry = feature.get("geometry")
    if not isinstance(geometry, dict):
        return record
    try:
        if form.format == "esri_json":
            geometry = _from_esri(geometry)
        if geometry.get("type") == "Point":
            x, y = geometry["coordinates"][:2]
            record |= {"geometry.x": _text(x, form.decimal), "geometry.y": _text(y, form.decimal)}
        else:
            record["geometry"] = json.dumps(_as_floats(geometry, 0))
    except (TypeError, ValueError, KeyError) as error:
        complaints.add(
            "geometry",
            f"the geometry of feature {number} cannot be read ({error}).",
            "coordinates",
            line=number,
        )
    return record


def _text(value: Any, decimal: str) -> str:
    if value is None:
        return ""
    if isinstance(value, _Number):
        return localised(str(value), decimal)
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _as_floats(value: Any, depth: int) -> Any:
    """The same structure with real numbers; raises ValueError for infinite numbers or absurd nesting."""
    if depth > MAX_DEPTH:
        raise ValueError("nested too deeply")
    if isinstance(value, _Number):
        number = float(value)
        if not math.isfinite(number):
            raise ValueError("a coordinate is not finite")
        return number
    if isinstance(value, list):
        return [_as_floats(member, depth + 1) for member in value]
    if isinstance(value, dict):
        return {key: _as_floats(member, depth + 1) for key, member in value.items()}
    return value


def _from_esri(geometry: dict[str, Any]) -> dict[str, Any]:
    """An Esri geometry as a GeoJSON one; rings that run clockwise are outlines, the others holes."""
    if "x" in geometry:
        return {"type": "Point", "coordinates": [geometry["x"], geometry["y"]]}
    if "points" in geometry:
        return {"type": "MultiPoint", "coordinates": geometry["points"]}
    if "paths" in geometry:
        return {"type": "MultiLineString", "coordinates": geometry["paths"]}
    polygons: list[list[Any]] = []
    for ring in _as_floats(geometry["rings"], 0):
        area = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True))
        if area <= 0 or not polygons:
            polygons.append([ring])
        else:
            polygons[-1].append(ring)  # holes follow their outline
    return {"type": "MultiPolygon", "coordinates": polygons}


def _crs(document: dict[str, Any]) -> str | None:
    """The coordinate reference system that the file names, as "EPSG:<number>"; None when it names none."""
    reference = document.get("spatialReference")
    if isinstance(reference, dict):
        number = str(reference.get("latestWkid") or reference.get("wkid") or "")
        if number in WEB_MERCATOR:
            return "EPSG:3857"
        return f"EPSG:{number}" if number else None
    try:
        name = str(document["crs"]["properties"]["name"])
    except (KeyError, TypeError):
        return None
    if name.upper().endswith("CRS84"):
        return "EPSG:4326"
    found = re.fullmatch(r"(?:urn:ogc:def:crs:)?EPSG:(?:[0-9.]*:)?([0-9]+)", name, re.IGNORECASE)
    return f"EPSG:{found.group(1)}" if found else name
