"""Turnout, density and the neighbour that is not part of the city."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import pytest

pytestmark = pytest.mark.real_data

LEVELS = {"stadt": 1, "stadtbezirk": 9, "stadtteil": 86}


def delivered_turnout(inbox: Path, level: str) -> dict[str, tuple[int, int, float]]:
    file = inbox / f"wahl/bundestagswahl2013_{level}_source.csv"
    with file.open(encoding="utf-8", newline="") as handle:
        return {
            row["Name"]: (
                int(row["Wahlberechtigte"]),
                int(row["abgegeben"]),
                float(row["Wahlbeteiligung"].replace(",", ".")),
            )
            for row in csv.DictReader(handle, delimiter=";")
            if row["Name"] != "Leverkusen"
        }


@pytest.mark.parametrize("level", sorted(LEVELS))
def test_turnout_2013_equals_the_published_value(
    level: str, koeln_release: duckdb.DuckDBPyConnection, koeln_inbox: Path
) -> None:
    rows = koeln_release.execute(
        "SELECT a.name, v.denominator, v.numerator, v.value FROM fct_indicator_value v "
        "JOIN dim_area a USING (area_version_id) WHERE v.indicator_id = 'turnout_federal_election' "
        "AND v.year = 2013 AND a.level = ? AND v.breakdown_id = 'total' "
        "AND NOT coalesce(a.is_remainder, false)",
        [level],
    ).fetchall()
    found = {row[0]: (int(row[1]), int(row[2]), round(float(row[3]), 2)) for row in rows}
    assert len(found) == LEVELS[level]
    assert found == delivered_turnout(koeln_inbox, level)


def test_districts_of_the_election_carry_the_citys_numbers_not_the_files(
    koeln_release: duckdb.DuckDBPyConnection,
) -> None:
    voters = koeln_release.execute(
        "SELECT value FROM fct_observation WHERE variable_id = 'eligible_voters_federal' "
        "AND area_id = 'stadtbezirk-6'"
    ).fetchall()
    assert [int(row[0]) for row in voters] == [52_542]  # Chorweiler, number 5 in the file


def test_leverkusen_is_in_no_table(each_koeln_release: duckdb.DuckDBPyConnection) -> None:
    release = each_koeln_release
    columns = release.execute(
        "SELECT table_name, column_name FROM duckdb_columns() "
        "WHERE database_name = 'sozialraum' AND data_type LIKE 'VARCHAR%'"
    ).fetchall()
    assert len(columns) > 20
    for table, column in columns:
        query = f'SELECT count(*) FROM "{table}" WHERE CAST("{column}" AS VARCHAR) ILIKE \'%leverkusen%\''
        found = release.execute(query).fetchone()
        assert found == (0,), (table, column)
    city = release.execute(
        "SELECT value FROM fct_observation WHERE variable_id = 'eligible_voters_federal' "
        "AND area_id = 'stadt-0'"
    ).fetchall()
    assert [int(row[0]) for row in city] == [722_435]


def test_density_of_the_city_counts_settlement_and_traffic_area_in_hectares(
    koeln_release: duckdb.DuckDBPyConnection,
) -> None:
    row = koeln_release.execute(
        "SELECT numerator, denominator, value, value_status FROM fct_indicator_value "
        "WHERE indicator_id = 'pop_density' AND area_id = 'stadt-0' AND year = 2012"
    ).fetchone()
    assert row is not None
    assert (float(row[0]), float(row[1]), row[3]) == (1_044_555, 24_644.03, "ok")
    assert float(row[2]) == pytest.approx(1_044_555 / 24_644.03, rel=1e-9)


def test_months_without_a_figure_are_not_available(koeln_release: duckdb.DuckDBPyConnection) -> None:
    rows = koeln_release.execute(
        "SELECT period_id, value, value_status FROM fct_observation "
        "WHERE variable_id = 'unemployed_monthly' AND breakdown_id = 'total' ORDER BY period_id"
    ).fetchall()
    assert len(rows) == 180
    assert (rows[0][0], int(rows[0][1])) == ("2000-01", 56_175)
    assert [row[0] for row in rows if row[2] != "ok"] == [f"2014-{month:02d}" for month in range(7, 13)]
    assert {row[2] for row in rows[-6:]} == {"not_available"}
    assert {row[1] for row in rows[-6:]} == {None}
