"""One row per delivered area outline.

Lives here: the mapping of features to areas of the workspace. Must not live here: geometry (polygons.py).
"""

from __future__ import annotations

import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from orchestration.extracts.contract import AreaFields, Contract
from orchestration.extracts.geography import Geography, folded
from orchestration.extracts.polygons import (
    METRE_DECIMALS,
    WGS84,
    map_outlines,
    measured,
    metric_border,
    neighbours,
    polygonal,
    reprojected,
)
from orchestration.extracts.table import LINE, Complaints, Table, plain_number

MEASURES = ("x_m", "y_m", "diameter_m")
NEIGHBOURS = "neighbour_ids"  # area ids joined by |, of the same file
COLUMNS = [
    "row_number",
    "level",
    "area_code",
    "area_id",
    "name",
    "geometry_wkt",
    "geometry_geojson",
    *MEASURES,
    "border_m",
    NEIGHBOURS,
]
WKT_DECIMALS = 7  # about one centimetre


def outlines(table: Table, contract: Contract, geography: Geography, complaints: Complaints) -> pd.DataFrame:
    """One row per area with an outline, columns as COLUMNS; outlines that cannot be used are reported."""
    fields = contract.areas
    if fields is None:
        raise ValueError("outlines needs a contract with the section `areas`")
    empty = pd.DataFrame({name: pd.Series(dtype="object") for name in COLUMNS})
    if not {fields.code, fields.name} <= set(table.frame.columns):
        return empty
    if "geometry" not in table.frame:
        complaints.add("geometry", "no feature has an outline.", "polygons")
        return empty
    rows: list[dict[str, object]] = []
    shapes: list[BaseGeometry] = []
    first_line: dict[str, int] = {}
    wanted = table.frame[[fields.code, fields.name, "geometry", LINE]]
    for raw_code, name, text, line in wanted.itertuples(index=False, name=None):
        code = raw_code.strip()
        if not _known(code, name, int(line), fields, geography, first_line, complaints):
            continue
        geometry = _outline(text, code, int(line), fields, complaints)
        if geometry is not None:
            shapes.append(geometry)
            area_id = f"{fields.level}-{code}"
            rows.append(
                {
                    "row_number": int(line),
                    "level": fields.level,
                    "area_code": code,
                    "area_id": area_id,
                    "name": name,
                }
            )
    if not rows:
        return empty
    frame = pd.DataFrame(rows)
    frame["geometry_wkt"] = [shapely.to_wkt(shape, rounding_precision=WKT_DECIMALS) for shape in shapes]
    frame["geometry_geojson"] = map_outlines(shapes, fields.simplify_m, geography.crs)
    cells = [measured(shape, geography.crs) for shape in shapes]
    for name in MEASURES:
        frame[name] = [f"{getattr(cell, name):.{METRE_DECIMALS}f}" for cell in cells]
    frame["border_m"] = [metric_border(shape, fields.simplify_m, geography.crs) for shape in shapes]
    area_ids = frame["area_id"].tolist()
    frame[NEIGHBOURS] = [
        "|".join(sorted(area_ids[at] for at in beside)) for beside in neighbours(shapes, geography.crs)
    ]
    return frame[COLUMNS]


def _known(
    code: str,
    name: str,
    line: int,
    fields: AreaFields,
    geography: Geography,
    first_line: dict[str, int],
    complaints: Complaints,
) -> bool:
    """Whether the code is an area of the level that has not come before; its name is compared."""
    key = (fields.level, code)
    if key not in geography.versions:
        near = geography.proposals(code, fields.level) or geography.proposals(name, fields.level)
        advice = f"; the nearest are {', '.join(near)}" if near else ""
        complaints.add(
            "unknown_area",
            f"code {code!r} ({name}) is no area of level {fields.level!r}.",
            f"an area of geography/areas.csv{advice}",
            line=line,
            column=fields.code,
        )
        return False
    if code in first_line:
        complaints.add(
            "duplicate_key",
            f"area {code!r} stands in lines {first_line[code]} and {line}.",
            "one feature per area",
            line=line,
            column=fields.code,
        )
        return False
    first_line[code] = line
    if name.strip() and folded(name) not in {folded(version.name) for version in geography.versions[key]}:
        complaints.add(
            "area_conflict",
            f"code {code!r} is {geography.name(key)!r} in the workspace, but the feature is named {name!r}.",
            "the same name; ask the office which one is right",
            line=line,
            column=fields.name,
            severity="warning",
        )
    return True


def _outline(
    text: str, code: str, line: int, fields: AreaFields, complaints: Complaints
) -> BaseGeometry | None:
    """The usable outline of one feature in WGS84, None when there is none (reported)."""
    try:
        geometry, repaired = polygonal(text)
    except ValueError as error:
        complaints.add(
            "geometry", f"area {code!r}: {error}.", "a polygon or several", line=line, column="geometry"
        )
        return None
    geometry = reprojected(geometry, fields.crs, WGS84)
    west, south, east, north = geometry.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        corner = [plain_number(number) for number in (west, south, east, north)]
        complaints.add(
            "geometry",
            f"area {code!r}: coordinates from ({corner[0]}, {corner[1]}) to ({corner[2]}, {corner[3]}) "
            "are no degrees.",
            f"coordinates in {fields.crs} (areas.crs of the contract)",
            line=line,
            column="geometry",
        )
        return None
    if repaired:
        complaints.add(
            "geometry_repaired",
            f"area {code!r} had an invalid outline ({repaired}); it was repaired.",
            line=line,
            column="geometry",
            severity="info",
        )
    return geometry
