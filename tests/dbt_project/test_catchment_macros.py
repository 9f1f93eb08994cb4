"""Distances and floating catchment areas: macros and models against invented places.

Lives here: what holds for any places. Must not live here: the published numbers, which are dbt's unit tests
of int_inventory__rated and int_inventory__scored.
"""

from __future__ import annotations

import math
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rendered import MACROS, computed, model_sql

MODELS = MACROS.parent / "models" / "intermediate"
CATCHMENT = 900
coordinate = st.integers(min_value=-1000, max_value=1000).map(float)
place = st.tuples(coordinate, coordinate)
areas = st.lists(st.tuples(place, st.integers(min_value=0, max_value=5000)), min_size=1, max_size=8)
offers = st.lists(st.tuples(place, st.integers(min_value=1, max_value=200)), min_size=1, max_size=6)

TABLES = {
    "int_inventory__reached": "service_type varchar, area_version_id varchar, area_id varchar, level varchar,"
    " inventory_period_id varchar, period_id varchar, value_status varchar, nearest_offer_id varchar,"
    " distance_method varchar, year integer, population double, distance_m double",
    "int_inventory__distances": "service_type varchar, area_version_id varchar, offer_id varchar,"
    " distance_m double",
    "int_inventory__dated": "service_type varchar, offer_id varchar, target_group varchar,"
    " capacity decimal(18, 2), x_m double, y_m double, is_counted boolean",
    "int_inventory__counted": "service_type varchar, supply_measure varchar, supply_unit varchar",
    "service_types": "service_type varchar, target_group varchar, catchment_m integer",
    "int_areas__versioned": "area_version_id varchar, x_m double, y_m double",
    "int_areas__bordered": "from_x_m double, from_y_m double, to_x_m double, to_y_m double",
}
Places = list[tuple[tuple[float, float], int]]


def scored(homes: Places, services: Places) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """(score, weighted score) per area and (supply, status) per offer, from the SQL of the two models."""
    with duckdb.connect(":memory:") as connection:
        for table, columns in TABLES.items():
            connection.execute(f"create table {table} ({columns})")
        insert = connection.execute
        insert(f"insert into service_types values ('pool', 'all', {CATCHMENT})")
        insert("insert into int_inventory__counted values ('pool', 'capacity', 'places')")
        for at, ((x, y), persons) in enumerate(homes):
            insert("insert into int_areas__versioned values (?, ?, ?)", [f"a{at}", x, y])
            insert(
                "insert into int_inventory__reached (service_type, area_version_id, population)"
                " values ('pool', ?, ?)",
                [f"a{at}", persons],
            )
            for number, (where, _) in enumerate(services):
                insert(
                    "insert into int_inventory__distances values ('pool', ?, ?, ?)",
                    [f"a{at}", f"o{number}", math.dist((x, y), where)],
                )
        for number, ((x, y), capacity) in enumerate(services):
            insert(
                "insert into int_inventory__dated values ('pool', ?, 'all', ?, ?, ?, true)",
                [f"o{number}", capacity, x, y],
            )
        names = {table: table for table in TABLES} | {"int_inventory__rated": "int_inventory__rated"}
        rated = model_sql(MODELS / "int_inventory__rated.sql", names, {})
        connection.execute(f"create table int_inventory__rated as {rated}")
        found = model_sql(MODELS / "int_inventory__scored.sql", names, {})
        return (
            connection.execute(
                f"select population, score_2sfca, score_e2sfca, accessibility_status from ({found})"
            ).fetchall(),
            connection.execute("select supply, ratio_status from int_inventory__rated").fetchall(),
        )


@settings(max_examples=12, deadline=None)
@given(homes=areas, services=offers)
def test_population_times_score_is_the_supply_that_somebody_reaches(homes: Places, services: Places) -> None:
    """SPEC 4.9: sum of P * A over areas = sum of S over facilities with demand in reach, for both methods."""
    scores, ratios = scored(homes, services)
    supply = sum(amount for amount, status in ratios if status == "ok")
    assert len(ratios) == len(services)
    assert {status for _, status in ratios} <= {"ok", "no_demand_in_reach"}
    for method in (1, 2):
        shared = sum(row[0] * row[method] for row in scores if row[method] is not None)
        assert shared == pytest.approx(supply)
    reached = [
        any(persons and math.dist(home, where) <= CATCHMENT for home, persons in homes)
        for where, _ in services
    ]
    assert sorted(status == "ok" for _, status in ratios) == sorted(reached)


@settings(deadline=None)
@given(point=place, start=place, end=place, along=st.floats(min_value=0, max_value=1))
def test_no_point_of_a_piece_is_nearer_than_the_distance_from_it(
    point: tuple[float, float], start: tuple[float, float], end: tuple[float, float], along: float
) -> None:
    distance = computed(
        "distance_from_piece('x', 'y', 'x1', 'y1', 'x2', 'y2')",
        x=point[0], y=point[1], x1=start[0], y1=start[1], x2=end[0], y2=end[1],
    )  # fmt: skip
    other = (start[0] + along * (end[0] - start[0]), start[1] + along * (end[1] - start[1]))
    assert distance <= math.dist(point, other) + 1e-6
    assert distance <= min(math.dist(point, start), math.dist(point, end)) + 1e-6


def test_piece_is_as_far_as_its_foot_or_its_end() -> None:
    def distance(x: float, y: float) -> float:
        call = "distance_from_piece('x', 'y', '0.0', '0.0', '10.0', '0.0')"
        return float(computed(call, x=x, y=y))

    assert [distance(5, 3), distance(13, 4), distance(-3, -4)] == [3, 5, 5]


@pytest.mark.parametrize(
    ("distance", "weight"),
    [(0, 1), (500, 1), (501, 0.68), (1000, 0.68), (1001, 0.22), (1500, 0.22), (1501, 0)],
)
def test_zones_are_thirds_of_the_catchment_their_limits_included(distance: float, weight: float) -> None:
    assert float(computed("zoned_catchment_weight('d', '1500')", d=distance)) == weight
    assert float(computed("catchment_weight('d', '1500')", d=distance)) == (1 if weight else 0)
