"""The stock side of Köln: schools against children, distances, and points that are only a layer of the map.

Lives here: the inventory recomputed from the delivered files, on the ellipsoid instead of the projection.
"""

from __future__ import annotations

import csv
import json
import math
import statistics
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
import shapely
from pyproj import Geod
from shapely.geometry import shape

from orchestration.extracts.ingest import check
from orchestration.settings import Settings

pytestmark = pytest.mark.real_data

KOELN = Path(__file__).resolve().parents[2] / "seeds" / "koeln"
ELLIPSOID = Geod(ellps="GRS80")
PROJECTION = 1e-3  # metres of UTM differ from those of the ellipsoid by up to 4 in 10,000
OSM = (
    "school",
    "kindergarten",
    "youth_centre",
    "community_centre",
    "social_facility",
    "doctors",
    "hospital",
    "library",
)


@pytest.fixture(scope="module")
def built(koeln_home: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """What the build computed before publishing: the supply is published by the tables that rest on it."""
    with duckdb.connect(str(koeln_home / "state" / "sozialraum.duckdb"), read_only=True) as connection:
        yield connection


def features(inbox: Path, name: str) -> list[dict[str, Any]]:
    content: list[dict[str, Any]] = json.loads((inbox / name).read_text(encoding="utf-8"))["features"]
    return content


def outlines(inbox: Path) -> dict[str, Any]:
    """Number of the Stadtteil -> outline in degrees."""
    delivered = features(inbox, "geo/stadtteile.geojson")
    return {f["properties"]["STT_NR"]: shapely.make_valid(shape(f["geometry"])) for f in delivered}


def schools(inbox: Path, kind: str) -> list[tuple[str, str, float, float]]:
    """(OBJECTID, number of the Stadtteil in whose outline it lies, longitude, latitude)."""
    found = []
    areas = outlines(inbox)
    for feature in features(inbox, "schulen/schulen-in-koeln.arcgis.json"):
        if feature["attributes"]["SCHULART"] == kind:
            x, y = feature["geometry"]["x"], feature["geometry"]["y"]
            (code,) = (code for code, outline in areas.items() if outline.contains(shapely.Point(x, y)))
            found.append((str(feature["attributes"]["OBJECTID"]), code, x, y))
    return found


def children_6_to_9(inbox: Path) -> dict[str, float]:
    """Area -> residents of 6 to under 10 years at the end of 2012."""
    levels = {"000": "stadt-0"} | {f"00{number}": f"stadtbezirk-{number}" for number in range(1, 10)}
    with (inbox / "bevoelkerung/bevoelkerung.csv").open(encoding="utf-8", newline="") as handle:
        return {
            levels.get(row["raum_id"], f"stadtteil-{row['raum_id']}"): float(row["zahl"])
            for row in csv.DictReader(handle)
            if (row["tab_id"], row["jahr"], row["zeile"]) == ("020", "2012", "06 - < 10")
        }


def right_of_the_rhine(code: str) -> bool:
    return code[0] in "789" or code == "105"  # Deutz


def test_number_of_schools_per_neighbourhood_is_that_of_the_file(
    koeln_release: duckdb.DuckDBPyConnection, koeln_inbox: Path
) -> None:
    said = Counter(
        f["attributes"]["NR_STADTTEIL"] for f in features(koeln_inbox, "schulen/schulen-in-koeln.arcgis.json")
    )
    said["716"] -= 1  # school 122 carries the number of Finkenberg and lies in Westhoven
    said["702"] += 1
    rows = koeln_release.execute(
        "select area_id, count(*) from dim_offer where is_register_complete group by area_id"
    ).fetchall()
    assert dict(rows) == {f"stadtteil-{code}": number for code, number in said.items() if number}


def test_primary_schools_per_1000_children_are_those_of_the_files(
    built: duckdb.DuckDBPyConnection, koeln_inbox: Path
) -> None:
    children = children_6_to_9(koeln_inbox)
    number: Counter[str] = Counter()
    for _, code, _, _ in schools(koeln_inbox, "Grundschule"):
        number.update(["stadt-0", f"stadtbezirk-{code[0]}", f"stadtteil-{code}"])
    rows = built.execute(
        "select area_id, population, n_offers, supply, supply_per_1000, fair_share"
        " from intermediate.int_inventory__supplied where service_type = 'primary_school'"
    ).fetchall()
    assert {row[0] for row in rows} == set(children)
    assert len(rows) == 1 + 9 + 86
    for area, population, n_offers, supply, ratio, fair_share in rows:
        assert (population, n_offers, supply) == (children[area], number[area], number[area]), area
        assert ratio == pytest.approx(1000 * number[area] / children[area]), area
        assert fair_share == pytest.approx(146 * children[area] / children["stadt-0"]), area
    ratios = {row[0]: row[4] for row in rows}
    assert ratios["stadt-0"] == pytest.approx(4.2446, abs=5e-5)


def test_stock_and_population_name_their_periods_status_and_definition(
    built: duckdb.DuckDBPyConnection,
) -> None:
    rows = built.execute(
        "select distinct inventory_period_id, period_id, year, value_status, supplied.supply_measure,"
        " supplied.supply_unit, population_name_de, definition_de"
        " from intermediate.int_inventory__supplied as supplied"
        " inner join main.dim_service_type using (service_type) where service_type = 'primary_school'"
    ).fetchall()
    assert [row[:6] for row in rows] == [("2014", "2012", 2012, "ok", "offers", "offers")]
    assert rows[0][6] == "Einwohner*innen von 6 bis unter 10 Jahren"
    assert "6 bis unter 10" in rows[0][7]


def test_quarters_get_no_supply_because_schools_are_placed_in_neighbourhoods(
    built: duckdb.DuckDBPyConnection,
) -> None:
    levels = built.execute("select distinct level from intermediate.int_inventory__supplied").fetchall()
    assert sorted(levels) == [("stadt",), ("stadtbezirk",), ("stadtteil",)]
    (published,) = built.execute(
        "select count(*) from main.fct_indicator_value where level = 'stadtviertel'"
    ).fetchall()
    assert published == (0,)


def test_reachability_of_primary_schools_is_refused_with_the_measured_width(
    koeln_release: duckdb.DuckDBPyConnection, koeln_inbox: Path
) -> None:
    widths = [
        2 * math.sqrt(abs(ELLIPSOID.geometry_area_perimeter(outline)[0]) / math.pi)
        for outline in outlines(koeln_inbox).values()
    ]
    row = koeln_release.execute(
        "select median_diameter_m, largest_diameter_m, is_allowed, reason_de, reason_en"
        " from fct_accessibility_rule where service_type = 'primary_school'"
    ).fetchone()
    assert row is not None
    assert row[0] == pytest.approx(statistics.median(widths), rel=PROJECTION)
    assert row[1] == pytest.approx(max(widths), rel=PROJECTION)
    assert row[2] is False
    assert row[3] == (
        "Erreichbarkeit von Grundschulen wird nicht berechnet: Einwohnerzahlen liegen höchstens für "
        "Stadtteile vor, deren mittlerer Durchmesser 2.183 m beträgt; zulässig wären 500 m, die Hälfte "
        "des Einzugsbereichs von 1.000 m. "
        "Für Stadtviertel (mittlerer Durchmesser 693 m) liegen keine Einwohnerzahlen vor."
    )
    assert row[4] == (
        "Reachability of primary schools is not computed: population figures exist at best for "
        "neighbourhoods, whose median diameter is 2,183 m; up to 500 m would be allowed, half the catchment "
        "of 1,000 m. "
        "There are no population figures for quarters (median diameter 693 m)."
    )
    refused = "select count(*) from fct_accessibility where service_type = 'primary_school'"
    assert koeln_release.execute(refused).fetchone() == (0,)


@pytest.mark.parametrize(
    ("kind", "service_type", "n_reached"),
    [
        ("Förderschule", "special_needs_school", 86),
        ("Berufskolleg", "vocational_college", 86),
        ("Freie Waldorfschule", "waldorf_school", 51),  # both stand on the left bank
        ("2. Bildungsweg", "second_chance_education", 86),
    ],
)
def test_nearest_school_is_nearest_on_the_ellipsoid_and_on_this_bank(
    kind: str,
    service_type: str,
    n_reached: int,
    koeln_release: duckdb.DuckDBPyConnection,
    koeln_inbox: Path,
) -> None:
    offers = schools(koeln_inbox, kind)
    centres = {code: inside(outline) for code, outline in outlines(koeln_inbox).items()}
    rows = koeln_release.execute(
        "select area_id, nearest_offer_id, distance_m, year, inventory_period_id from fct_accessibility"
        " where service_type = ? and level = 'stadtteil'",
        [service_type],
    ).fetchall()
    assert {(row[3], row[4]) for row in rows} == {(2012, "2014")}
    assert len(rows) == 86
    assert sum(row[2] is not None for row in rows) == n_reached
    for area, nearest, distance, _, _ in rows:
        code = area.removeprefix("stadtteil-")
        reached = {
            f"schools:{offer}": metres(centres[code], (x, y))
            for offer, place, x, y in offers
            if right_of_the_rhine(place) == right_of_the_rhine(code)
        }
        assert (nearest is None) == (not reached), area
        if nearest is not None:
            assert distance == pytest.approx(reached[nearest], rel=PROJECTION, abs=1), area
            assert min(reached.values()) == pytest.approx(reached[nearest], rel=PROJECTION, abs=1), area


def inside(outline: Any) -> tuple[float, float]:
    """The point that the product takes, in degrees: found in the projected outline, as shapely finds it."""
    from pyproj import Transformer

    there = Transformer.from_crs("EPSG:4326", "EPSG:25832", always_xy=True)
    parts = [part for part in getattr(outline, "geoms", [outline]) if part.area > 0]
    flat = shapely.transform(shapely.union_all(parts), there.transform, interleaved=False)
    point = flat.representative_point()
    x, y = there.transform(point.x, point.y, direction="INVERSE")
    assert outline.contains(shapely.Point(x, y))
    return x, y


def metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    return float(ELLIPSOID.inv(*one, *other)[2])


@pytest.mark.parametrize("amenity", OSM)
def test_openstreetmap_points_in_the_city_are_a_layer_marked_incomplete(
    amenity: str, koeln_release: duckdb.DuckDBPyConnection, koeln_inbox: Path
) -> None:
    city = shapely.union_all(list(outlines(koeln_inbox).values()))
    nodes = features(koeln_inbox, f"osm_einrichtungen/amenity_{amenity}.geojson")
    within = {f"osm_{amenity}:{node['id']}" for node in nodes if city.covers(shape(node["geometry"]))}
    assert 0 < len(within) < len(nodes)
    rows = koeln_release.execute(
        "select offer_id, is_register_complete, licence, dim_offer.title = '' from dim_offer"
        " inner join dim_delivery using (delivery_id) where dim_offer.extract_id = ?",
        [f"osm_{amenity}"],
    ).fetchall()
    assert {row[0] for row in rows} == within
    assert {row[1:] for row in rows} == {(False, "ODbL 1.0", False)}


def test_points_outside_the_city_are_left_out_and_reported(koeln_inbox: Path, tmp_path: Path) -> None:
    findings = check(Settings.resolve(KOELN, koeln_inbox, tmp_path))
    outside = [f for f in findings if f.rule == "points_outside"]
    assert sorted(f.file for f in outside) == sorted(
        f"osm_einrichtungen/amenity_{amenity}.geojson" for amenity in OSM
    )


def test_incomplete_layers_are_counted_nowhere(
    built: duckdb.DuckDBPyConnection, koeln_release: duckdb.DuckDBPyConnection
) -> None:
    layers = "select distinct service_type from main.dim_offer where extract_id like 'osm_%'"
    counted = f"select count(*) from intermediate.int_inventory__supplied where service_type in ({layers})"
    assert built.execute(counted).fetchone() == (0,)
    distances = "select count(*) from fct_accessibility where nearest_offer_id like 'osm_%'"
    assert koeln_release.execute(distances).fetchone() == (0,)
    rows = koeln_release.execute(
        "select rules.is_allowed, rules.reason_de like '%unvollständig (nur Punkte aus OpenStreetMap%',"
        " summary.n_offers > 0"
        " from fct_inventory_summary as summary"
        " inner join fct_accessibility_rule as rules using (service_type)"
        " where summary.extract_id like 'osm_%'"
    ).fetchall()
    assert rows == [(False, True, True)] * len(OSM)


def test_names_of_practices_are_not_read(koeln_release: duckdb.DuckDBPyConnection) -> None:
    titles = koeln_release.execute(
        "select distinct title from dim_offer where service_type = 'doctors_practice'"
    ).fetchall()
    assert titles == [("Arztpraxis",)]
