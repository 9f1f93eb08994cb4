"""What the offices' lists hold becomes supply per area and distances: recomputed from the delivered files.

Lives here: claims about the small city. Must not live here: single rules, which dbt's unit tests hold.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterator

import duckdb
import pytest
from command_line import City
from pyproj import Geod, Transformer

from orchestration.settings import DBT_PROJECT

PROJECTION = 2e-3  # metres of UTM at the rim of its zone differ from those of the ellipsoid


@pytest.fixture(scope="module")
def built(small_city: City) -> Iterator[duckdb.DuckDBPyConnection]:
    """What the build computed before publishing."""
    with duckdb.connect(str(small_city.home / "state" / "sozialraum.duckdb"), read_only=True) as connection:
        yield connection


def test_places_for_children_are_those_of_the_office_file(
    built: duckdb.DuckDBPyConnection, small_city: City
) -> None:
    places: dict[str, int] = defaultdict(int)
    unknown: dict[str, int] = defaultdict(int)
    offers: dict[str, int] = defaultdict(int)
    spaces: dict[str, list[str]] = defaultdict(list)
    with (small_city.workspace / "geography" / "shares.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle, delimiter=";"):
            spaces[row["member_code"]].append(f"sozialraum-{row['code']}")
    with (small_city.inbox / "kitas_jugendamt.csv").open(encoding="windows-1252", newline="") as handle:
        for row in csv.DictReader(handle, delimiter=";"):
            if row["Zielgruppe"] == "Kinder":
                code = row["Stadtteil-Nr"]
                tree = ("stadt-0", f"stadtbezirk-{code[0]}", f"stadtteil-{code}")
                for area in (*tree, *spaces.get(code, ())):
                    offers[area] += 1
                    unknown[area] += row["Plätze"] == ""
                    places[area] += int(row["Plätze"] or 0)
    rows = built.execute(
        "select area_id, n_offers, n_capacity_unknown, supply from intermediate.int_inventory__supplied"
        " where service_type = 'childcare_centre' and target_group = 'children'"
    ).fetchall()
    assert len(rows) == 1 + 2 + 9 + len({space for found in spaces.values() for space in found})
    for area, n_offers, n_unknown, supply in rows:
        assert (n_offers, n_unknown) == (offers[area], unknown[area]), area
        expected = None if n_offers and n_offers == n_unknown else places[area]
        assert supply == expected, area


def test_supply_per_1000_and_fair_share_follow_from_their_parts(built: duckdb.DuckDBPyConnection) -> None:
    wrong = built.execute(
        "select * from intermediate.int_inventory__supplied"
        " where (supply_per_1000 is null) <> (supply is null or coalesce(population, 0) = 0)"
        " or abs(supply_per_1000 * population - 1000 * supply) > 1e-6 * supply"
        " or (population is null) = (value_status = 'ok')"
    ).fetchall()
    assert wrong == []
    shares = built.execute(
        "select service_type, level, sum(fair_share), any_value(whole)"
        " from intermediate.int_inventory__supplied inner join (select service_type, target_group,"
        " supply as whole from intermediate.int_inventory__supplied where level = 'stadt')"
        " using (service_type, target_group)"
        " where population_variable_id is not null and level <> 'sozialraum'"  # spaces are a part of the city
        " group by service_type, target_group, level having count(*) = count(fair_share)"
    ).fetchall()
    assert len(shares) > 20
    assert [row for row in shares if abs(row[2] - row[3]) > 1e-6 * row[3]] == [], "shares add up to the city"


def test_distance_is_that_of_the_ellipsoid_to_the_nearest_school(
    small_release: duckdb.DuckDBPyConnection, built: duckdb.DuckDBPyConnection, small_city: City
) -> None:
    delivered = json.loads((small_city.inbox / "schulen_schulamt.json").read_text(encoding="utf-8"))
    schools = {
        f"schulen_schulamt:{feature['attributes']['OBJECTID']}": tuple(feature["geometry"].values())
        for feature in delivered["features"]
        if feature["attributes"]["SCHULART"] == "Förderschule"
    }
    to_degrees = Transformer.from_crs("EPSG:32631", "EPSG:4326", always_xy=True)
    areas = built.execute("select area_id, x_m, y_m from intermediate.int_areas__versioned").fetchall()
    centres = {area: to_degrees.transform(x, y) for area, x, y in areas if x is not None}
    rows = small_release.execute(
        "select area_id, nearest_offer_id, distance_m from fct_accessibility"
        " where service_type = 'special_needs_school'"
    ).fetchall()
    with (small_city.workspace / "geography" / "areas.csv").open(encoding="utf-8", newline="") as handle:
        finest = {
            f"quartier-{row['code']}"
            for row in csv.DictReader(handle, delimiter=";")
            if row["level"] == "quartier" and not row["valid_to"]
        }
    assert {area for area, _, _ in rows} == finest
    for area, nearest, distance in rows:
        metres = {
            offer: Geod(ellps="WGS84").inv(*centres[area], *place)[2] for offer, place in schools.items()
        }
        assert distance == pytest.approx(metres[nearest], rel=PROJECTION, abs=1), area
        assert min(metres.values()) == pytest.approx(metres[nearest], rel=PROJECTION, abs=1), area


def test_only_allowed_rules_have_distances(small_release: duckdb.DuckDBPyConnection) -> None:
    rows = small_release.execute(
        "select is_allowed, median_diameter_m <= catchment_m / 2, service_type in"
        " (select service_type from fct_accessibility), count(*) from fct_accessibility_rule group by all"
    ).fetchall()
    assert {row[:3] for row in rows} == {(True, True, True), (False, False, False)}


def test_names_of_service_types_fit_the_sentences_they_stand_in() -> None:
    with (DBT_PROJECT / "seeds" / "service_types.csv").open(encoding="utf-8", newline="") as handle:
        types = list(csv.DictReader(handle))
    for row in types:
        first = row["name_de"].split()[0]
        assert first.endswith(("n", "s")), f"von {row['name_de']}: the dative has another form"
        assert row["definition_de"].endswith(".") and row["definition_en"].endswith("."), row["service_type"]
