"""What the demo city shows once it is built: core indicators, life phases, quarters, the boundary change."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import pytest
from command_line import City

# Fields of life in the order of the domain; demography is context and no field.
FILLED_FOR_THE_CITY, FILLED_BY_NEIGHBOURHOOD = 24, 16  # of 8 fields x 4 life phases
PHASES = """
    (values ('age=0-17', 'childhood_youth'), ('age=18-34', 'young_adult'), ('age=35-64', 'middle_adult'),
        ('age=65+', 'senior')) as phases (breakdown_id, life_phase)
"""


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source, delimiter=";"))


def test_every_expected_indicator_has_values_at_every_level_it_names(
    small_release: duckdb.DuckDBPyConnection, small_city: City
) -> None:
    expected = {
        (row["indicator_id"], level)
        for row in rows_of(small_city.workspace / "indicators.csv")
        for level in row["levels"].split("|")
    }
    found = small_release.execute(
        "select distinct indicator_id, level from fct_indicator_value where value_status = 'ok'"
    ).fetchall()
    assert expected - set(found) == set()


def test_demo_holds_every_core_indicator_of_the_domain(small_city: City, shared_data: Path) -> None:
    with (shared_data.parent / "domain" / "indicators.csv").open(encoding="utf-8", newline="") as source:
        core = {row["indicator_id"] for row in csv.DictReader(source) if row["tier"] == "core"}
    assert len(core) == 56
    assert core - {row["indicator_id"] for row in rows_of(small_city.workspace / "indicators.csv")} == set()


@pytest.mark.parametrize(
    ("level", "fewest"), [("stadt", FILLED_FOR_THE_CITY), ("stadtteil", FILLED_BY_NEIGHBOURHOOD)]
)
def test_fields_of_life_are_filled_for_the_life_phases(
    small_release: duckdb.DuckDBPyConnection, level: str, fewest: int
) -> None:
    filled = small_release.execute(
        f"""
        select distinct living_condition, coalesce(phases.life_phase, dim_indicator.life_phase)
        from fct_indicator_value as v
        join dim_indicator using (indicator_id)
        left join {PHASES} on v.breakdown_id = phases.breakdown_id
        where value_status = 'ok' and level = ? and living_condition <> 'demography'
            and (
                phases.breakdown_id is not null
                or v.breakdown_id = 'total' and dim_indicator.life_phase <> 'all'
            )
        """,
        [level],
    ).fetchall()
    assert len(filled) >= fewest, sorted(filled)


def test_quarters_have_values_since_2018_only(small_release: duckdb.DuckDBPyConnection) -> None:
    assert small_release.execute(
        "select min(year), max(year) from fct_indicator_value where level = 'quartier'"
    ).fetchall() == [(2018, 2024)]


def test_ended_neighbourhoods_have_values_until_2019_and_new_ones_measured_since_2020(
    small_release: duckdb.DuckDBPyConnection, small_city: City
) -> None:
    rows = rows_of(small_city.workspace / "geography" / "crosswalks.csv")
    old = {f"{row['from_level']}-{row['from_code']}" for row in rows}
    new = {f"{row['to_level']}-{row['to_code']}" for row in rows}
    assert (len(rows), len(old), len(new)) == (3, 2, 2)
    found = small_release.execute(
        "select area_id, min(year), max(year) from fct_indicator_value"
        " where indicator_id = 'pop_total' and breakdown_id = 'total' and not is_recast group by 1"
    ).fetchall()
    spans = {area: (first, last) for area, first, last in found}
    assert {spans[area] for area in old} == {(2012, 2019)}
    assert {spans[area] for area in new} == {(2020, 2024)}
