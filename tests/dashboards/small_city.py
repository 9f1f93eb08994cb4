"""An invented city as a home with releases: what dashboards need to be tried without a build.

Lives here: areas, the other published tables of a release, and publishing them. Must not live here: figures
(small_city_figures.py), columns (small_city.sql), indicators (small_city_indicators.json).
"""

from __future__ import annotations

import hashlib
import json
import math
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import shapely
import shapely.affinity
from shapely.geometry import Point, mapping
from shapely.geometry.polygon import orient
from small_city_figures import LAST_YEAR, summary_rows, value_rows
from small_city_register import register

HERE = Path(__file__).parent
INDICATORS: list[dict[str, Any]] = json.loads(
    (HERE / "small_city_indicators.json").read_text(encoding="utf-8")
)
FRONT = [
    "Nord",
    "Süd",
    "Ost",
    "West",
    "Alt",
    "Neu",
    "Ober",
    "Unter",
    "Linden",
    "Eichen",
    "Mühl",
    "Hohen",
    "Wald",
]
BACK = ["heim", "feld", "dorf", "rath", "hausen", "bach", "weiler", "hof", "tal", "berg", "kirchen"]
LICENCE = "Datenlizenz Deutschland Namensnennung 2.0"
Row = dict[str, Any]


@dataclass(frozen=True)
class City:
    """Knobs of the invented city: its size, what moved since the last release, what is broken on purpose."""

    n_districts: int = 3
    n_areas: int = 12
    drift: float = 0.0
    without_licence: str = ""
    with_geometry: bool = True
    with_register: bool = True
    knows_register: bool = True


def cells(n_areas: int) -> list[Any]:
    """Voronoi cells of seeded points inside an egg-shaped outline, in longitude and latitude."""
    rng = random.Random(7)  # noqa: S311 - a seed, not a secret
    outline = shapely.affinity.scale(Point(8.0, 50.5).buffer(0.1, 32), 1.25, 0.9)
    points: list[Point] = []
    while len(points) < n_areas:
        point = Point(8.0 + rng.uniform(-0.13, 0.13), 50.5 + rng.uniform(-0.1, 0.1))
        if outline.contains(point) and all(point.distance(q) > 0.1 / math.sqrt(n_areas) for q in points):
            points.append(point)
    voronoi = shapely.voronoi_polygons(shapely.MultiPoint(points), extend_to=outline).geoms
    clipped = [cell.intersection(outline) for cell in voronoi]
    return sorted(clipped, key=lambda c: math.atan2(c.centroid.y - 50.5, c.centroid.x - 8.0))


def make_areas(city: City) -> list[Row]:
    """The city, its districts and their parts; `size` is the number of residents of a part."""
    rng = random.Random(8)  # noqa: S311 - a seed, not a secret
    names = [front + back for front in FRONT for back in BACK]
    rng.shuffle(names)
    shapes, areas = (
        cells(city.n_areas),
        [{"level": "stadt", "code": "0", "name": "Musterstadt", "polygon": None}],
    )
    for d in range(1, city.n_districts + 1):
        first, last = ((d - k) * city.n_areas // city.n_districts for k in (1, 0))
        group = shapes[first:last]
        district = {
            "level": "stadtbezirk",
            "code": str(d),
            "name": f"Bezirk {names.pop()}",
            "parent": "stadt-0",
        }
        areas.append(district | {"polygon": shapely.union_all(group)})
        for s, cell in enumerate(group, start=1):
            part = {
                "level": "stadtteil",
                "code": f"{d}{s:02d}",
                "name": names.pop(),
                "parent": f"stadtbezirk-{d}",
            }
            areas.append(part | {"polygon": cell, "size": rng.randint(900, 26000)})
    return [area | {"area_id": f"{area['level']}-{area['code']}"} for area in areas]


def geojson(polygon: Any) -> str | None:
    """GeoJSON text with the exterior clockwise, as d3 wants it."""
    if polygon is None:
        return None
    turned = orient(polygon, sign=-1.0) if polygon.geom_type == "Polygon" else polygon
    return json.dumps(mapping(turned))


def dimensions(city: City, release: int, areas: list[Row]) -> dict[str, list[Row]]:
    """Everything that is not a figure."""
    levels = [
        ("stadt", "Stadt", "City", "Stadt", "City", None),
        ("stadtbezirk", "Stadtbezirk", "District", "Stadtbezirke", "Districts", "stadt"),
    ]
    levels.append(("stadtteil", "Stadtteil", "Neighbourhood", "Stadtteile", "Neighbourhoods", "stadtbezirk"))
    names = ("level", "name_de", "name_en", "plural_de", "plural_en", "parent_level")
    return {
        "dim_workspace": [
            {
                "workspace_id": "musterstadt",
                "name_de": "Musterstadt am Strom",
                "name_en": "Musterstadt am Strom",
                "is_demo": True,
                "demo_label_de": "Demodaten – frei erfunden",
                "demo_label_en": "Demo data – entirely fictional",
                "city_area_id": "stadt-0",
                "crs": "EPSG:25832",
                "contact_office": "Amt für Statistik",
                "feedback_address": "sozialplanung@musterstadt.example",
            }
        ],
        "dim_level": [dict(zip(names, row, strict=True)) | {"rank": rank} for rank, row in enumerate(levels)],
        "dim_area": [
            a
            | {
                "area_version_id": f"{a['area_id']}@2010",
                "parent_area_id": a.get("parent"),
                "valid_from": "2010-01-01",
                "is_remainder": False,
                "geometry_geojson": geojson(a["polygon"]) if city.with_geometry else None,
            }
            for a in areas
        ],
        "dim_indicator": [
            i
            | {
                "licence": None if i["indicator_id"] == city.without_licence else LICENCE,
                "last_year": LAST_YEAR,
                "last_period_id": str(LAST_YEAR),
                "publisher": "Stadt Musterstadt",
                "numerator_variable_id": f"{i['indicator_id']}_numerator",
                "denominator_variable_id": f"{i['indicator_id']}_denominator",
            }
            for i in INDICATORS
        ],
        "dim_release": [
            {
                "release_number": release,
                "built_at": f"2025-03-{10 + release:02d} 08:30:00",
                "product_version": "0.1.0",
                "workspace_id": "musterstadt",
                "is_not_for_publication": True,
                "previous_release": release - 1 or None,
                "disclosure_note_de": "Nur primäre Geheimhaltung.",
                "disclosure_note_en": "Primary suppression only.",
            }
        ],
        "dim_delivery": [
            {
                "delivery_id": "stock-1",
                "extract_id": "kitas",
                "file_name": "kitas_2024.csv",
                "received_at": "2025-02-20 09:00:00",
                "publisher": "Jugendamt Musterstadt",
                "licence": LICENCE,
            },
            {
                "delivery_id": "register-1",
                "extract_id": "register",
                "file_name": "register_2024.csv",
                "received_at": "2025-02-14 09:00:00",
                "publisher": "Stadt Musterstadt",
                "licence": None if city.without_licence else LICENCE,
            },
        ],
        "fct_release_change": []
        if release == 1
        else [{"indicator_id": "sgb2_quota", "n_changed": 12, "n_new": 0, "n_vanished": 1}],
        "fct_series_break": [
            {
                "break_id": "b1",
                "indicator_id": "childcare_u3_participation",
                "period_id": "2022",
                "kind": "definition",
                "reason_de": "Stichtag geändert",
                "reason_en": "Reference date changed",
                "is_bridged": False,
            }
        ],
        "dim_special_population": [
            {
                "special_population_id": "stadtteil-102-student_residence@2019-10-01",
                "area_id": "stadtteil-102",
                "kind": "student_residence",
                "note_de": "Wohnheim am Ring, etwa 400 Plätze",
                "note_en": "Hall of residence at the ring road, about 400 places",
                "valid_from": "2019-10-01",
                "valid_to": None,
            }
        ],
        "fct_context_event": [
            {
                "event_id": "e2",
                "period_id": "2023-01",
                "kind": "law",
                "label_de": "Bürgergeld",
                "label_en": "Citizen's benefit",
            }
        ],
    }


def tables(city: City, release: int) -> dict[str, list[Row]]:
    """All published tables of one release."""
    areas = make_areas(city)
    values = value_rows(INDICATORS, areas, city.drift)
    delivered = {(v["indicator_id"], v["period_id"]) for v in values}
    return (
        dimensions(city, release, areas)
        | (register(values, areas) if city.with_register else {})
        | {
            "fct_indicator_value": values,
            "fct_indicator_summary": summary_rows(values),
            "fct_indicator_delivery": [
                {"indicator_id": i, "period_id": p, "delivery_id": "register-1"} for i, p in sorted(delivered)
            ],
        }
    )


def write_database(path: Path, content: dict[str, list[Row]], *, knows_register: bool = True) -> str:
    """Write the tables into a new DuckDB file; returns its sha256."""
    connection = duckdb.connect(str(path))
    for columns in ("small_city.sql", "small_city_register.sql")[: 2 if knows_register else 1]:
        connection.execute((HERE / columns).read_text(encoding="utf-8"))
    for name, rows in content.items():
        types = dict(row[:2] for row in connection.execute(f"describe {name}").fetchall())
        plain = [{column: row.get(column) for column in types} for row in rows]
        source = path.with_suffix(".json")
        source.write_text(json.dumps(plain), encoding="utf-8")
        columns = ", ".join(f"\"{column}\": '{kind}'" for column, kind in types.items())
        connection.execute(f"insert into {name} select * from read_json('{source}', columns = {{{columns}}})")
        source.unlink()
    connection.close()
    return hashlib.sha256(path.read_bytes()).hexdigest()


def publish(home: Path, city: City | None = None, release: int = 1) -> Path:
    """Write release N of the city for both audiences below home and point current.json at it."""
    content, known = tables(city or City(), release), (city or City()).knows_register
    folder = home / "releases" / f"{release:06d}"
    folder.mkdir(parents=True)
    public = {name: rows for name, rows in content.items() if not name.startswith("fct_priority")}
    hashes = {
        f"{a}.duckdb": write_database(folder / f"{a}.duckdb", shown, knows_register=known)
        for a, shown in (("public", public), ("internal", content))
    }
    (folder / "manifest.json").write_text(json.dumps({"sequence": release, "file_hashes": hashes}))
    point_at(home, release, hashes)
    return home


def point_at(home: Path, release: int, hashes: dict[str, str]) -> None:
    """Make a release current in one step."""
    audiences = {
        name.split(".")[0]: {"file": f"releases/{release:06d}/{name}", "sha256": sha256}
        for name, sha256 in hashes.items()
    }
    pointer = home / "current.json.tmp"
    pointer.write_text(json.dumps({"release": release, "audiences": audiences}))
    pointer.replace(home / "current.json")
