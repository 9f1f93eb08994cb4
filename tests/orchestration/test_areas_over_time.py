"""Areas that are cut anew, social spaces that cut through areas, files of an older state: one small city.

Lives here: claims about what is published of it. Must not live here: single rules (dbt's unit tests) and what
is wrong with shares and crosswalks (test_territories.py).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from changing_city import STATE, residents, write_city
from command_line import City, answered, opened, sozialraum


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> City:
    """The changing city with one release."""
    folder = tmp_path_factory.mktemp("changing")
    workspace = write_city(folder / "city")
    built = City(workspace, workspace / "inbox", folder / "home")
    done = sozialraum("build", *built.arguments, "--quiet")
    assert done.returncode == 0, done.stderr
    return built


@pytest.fixture(scope="module")
def release(city: City) -> Iterator[duckdb.DuckDBPyConnection]:
    connection = opened(city.home)
    yield connection
    connection.close()


def observed(release: duckdb.DuckDBPyConnection, variable: str, area: str) -> dict[str, tuple[Any, ...]]:
    """Period -> value, status, flags, whether recast."""
    rows = release.execute(
        "select period_id, value, value_status, value_flags, is_recast from fct_observation"
        " where variable_id = ? and area_id = ? and breakdown_id = 'total' order by period_id",
        [variable, area],
    ).fetchall()
    return {row[0]: row[1:] for row in rows}


def test_counts_of_an_older_state_are_carried_by_weight_and_called_estimates(
    release: duckdb.DuckDBPyConnection,
) -> None:
    west = observed(release, "housing_benefit_households", "stadtteil-04")
    assert west["2020"] == (0.6 * 50, "ok", ["estimated"], False)
    assert observed(release, "housing_benefit_households", "stadtteil-05")["2020"][0] == 0.4 * 50 + 10
    assert observed(release, "housing_benefit_households", "stadtteil-02")["2020"] == (20, "ok", [], False)
    city = observed(release, "housing_benefit_households", "stadt-0")
    assert [city[year][0] for year in ("2019", "2020", "2021")] == [70, 80, 83], "nothing is lost on the way"


def test_estimate_that_rests_on_a_hidden_count_is_hidden(release: duckdb.DuckDBPyConnection) -> None:
    east = observed(release, "housing_benefit_households", "stadtteil-05")["2021"]
    assert east[:2] == (None, "suppressed"), "27 households, of which 3 lived in the old area 03"


def test_median_is_never_carried(release: duckdb.DuckDBPyConnection) -> None:
    assert observed(release, "asking_rent_median", "stadtteil-04")["2020"][:2] == (None, "not_comparable")
    assert observed(release, "asking_rent_median", "stadtteil-02")["2020"][:2] == (9.5, "ok")
    status = release.execute(
        "select distinct value_status from fct_indicator_value"
        " where indicator_id = 'asking_rent_median' and area_id = 'stadtteil-04'"
    ).fetchall()
    assert status == [("not_comparable",)]


def test_rates_are_computed_from_carried_counts_and_not_averaged(release: duckdb.DuckDBPyConnection) -> None:
    value, numerator, denominator, flags = release.execute(
        "select value, numerator, denominator, value_flags from fct_indicator_value where period_id = '2020'"
        " and indicator_id = 'housing_benefit_rate' and area_id = 'stadtteil-05'"
    ).fetchall()[0]
    assert (numerator, denominator, flags) == (30, 1600, ["estimated"])
    assert value == pytest.approx(1000 * 30 / 1600)
    assert value != pytest.approx(1000 * (50 / 2500 + 10 / 600) / 2, rel=0.01)


def test_new_area_has_a_series_before_it_existed_and_a_trend(release: duckdb.DuckDBPyConnection) -> None:
    rows = release.execute(
        "select period_id, value, is_recast, value_flags, rank, trend from fct_indicator_value"
        " where indicator_id = 'pop_under_18_share' and area_id = 'stadtteil-05' and breakdown_id = 'total'"
        " order by year"
    ).fetchall()
    assert [row[0] for row in rows if row[2]] == ["2016", "2017", "2018", "2019"]
    for period, value, is_recast, flags, rank, _ in rows:
        if is_recast:
            old = residents(int(period))
            share = (0.4 * old["01"][1] + old["03"][1]) / (0.4 * old["01"][0] + old["03"][0])
            assert value == pytest.approx(100 * share)
            assert (flags, rank) == (["estimated"], None)
    assert [row[5] for row in rows][-1] == "increasing"


def test_recast_areas_enter_no_sum_no_rank_and_no_remainder(release: duckdb.DuckDBPyConnection) -> None:
    city = observed(release, "population", "stadt-0")
    assert {row[0] for row in city.values()} == {10000}
    assert release.execute("select count(*) from dim_area where is_remainder").fetchall() == [(0,)]
    ranked = release.execute(
        "select distinct rank_of from fct_indicator_value where indicator_id = 'pop_under_18_share'"
        " and level = 'stadtteil' and rank is not null"
    ).fetchall()
    assert ranked == [(3,)]
    counted = release.execute(
        "select distinct n_areas from fct_indicator_summary where indicator_id = 'pop_under_18_share'"
        " and level = 'stadtteil'"
    ).fetchall()
    assert counted == [(3,)]


def test_query_adds_up_the_areas_of_each_year(city: City) -> None:
    asked = answered("query", "pop_total", "--by", "year", "--level", "stadtteil", "--home", str(city.home))
    assert [row["pop_total"] for row in asked["rows"]] == [10000] * 6


def test_social_space_of_whole_quarters_is_exact_where_quarters_are_counted(
    release: duckdb.DuckDBPyConnection,
) -> None:
    assert observed(release, "population", "sozialraum-B")["2021"] == (3000 + 1500, "ok", [], False)
    old, new = residents(2019), residents(2021)
    assert observed(release, "population", "sozialraum-A")["2019"] == (
        0.5 * old["01"][0] + old["02"][0],
        "ok",
        ["estimated"],
        False,
    )
    assert observed(release, "population_under_18", "sozialraum-B")["2021"] == (
        new["04"][1] + 0.4 * new["02"][1],
        "ok",
        ["estimated"],
        False,
    ), "children are counted by neighbourhood only"
    assert list(observed(release, "population", "sozialraum-A")) == ["2016", "2017", "2018", "2019"]
    assert list(observed(release, "population", "sozialraum-B")) == ["2020", "2021"]


def test_estimate_names_the_rows_it_rests_on(release: duckdb.DuckDBPyConnection) -> None:
    rows = release.execute(
        "select area_id, period_id, list_sort(list(row_number)) from fct_observation_source"
        " where variable_id = 'housing_benefit_households' and area_id in ('stadtteil-05', 'stadt-0')"
        " group by all order by all"
    ).fetchall()
    assert rows == [
        ("stadt-0", "2019", [2, 3, 4]),
        ("stadt-0", "2020", [5, 6, 7]),
        ("stadt-0", "2021", [8, 9, 10]),
        ("stadtteil-05", "2019", [2, 4]),
        ("stadtteil-05", "2020", [5, 7]),
        ("stadtteil-05", "2021", [8, 10]),
    ]


def test_both_states_and_the_weights_between_them_are_published(release: duckdb.DuckDBPyConnection) -> None:
    codes = release.execute("select code from dim_area where level = 'stadtteil' order by code").fetchall()
    assert codes == [("01",), ("02",), ("03",), ("04",), ("05",)]
    assert release.execute(
        "select from_area_version_id, to_area_version_id, weight, weight_basis from fct_area_crosswalk"
        " where kind = 'crosswalk' and weight < 1 order by weight"
    ).fetchall() == [
        ("stadtteil-01@always", "stadtteil-05@2020-01-01", 0.4, "Einwohner am 31.12.2019"),
        ("stadtteil-01@always", "stadtteil-04@2020-01-01", 0.6, "Einwohner am 31.12.2019"),
    ]
    shares = release.execute("select count(*) from fct_area_crosswalk where kind = 'share'").fetchall()
    assert shares == [(6,)]


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (
            "geography/crosswalks.csv",
            "stadtteil;03;;stadtteil;05;2020-01-01;1;ganz\n",
            "",
            "wohngeld.csv, line 7, column 'Nr': stadtteil-03 (Campus) is an area of 2019-12-31; its values"
            " for 2020 belong to the areas of 2020-12-31, and no crosswalk leads to them. Expected: rows"
            " stadtteil;03;;... in geography/crosswalks.csv to areas that are valid on 2020-12-31,"
            " with weights that add up to 1",
        ),
        (
            "extracts/wohngeld.yml",
            f', area_state: "{STATE}"',
            "",
            "wohngeld.csv, line 5, column 'Nr': stadtteil-01 (Altenberg) does not exist in 2020.",
        ),
        (
            "geography/areas.csv",
            "stadtteil;03;Campus;stadt;0;;2020-01-01",
            "stadtteil;03;Campus;stadt;0;;2019-07-01",
            "einwohner.csv, line 17, column 'Nr': stadtteil-03 (Campus) does not exist on 2019-12-31, and the"
            " areas of that day count for 2019.",
        ),
    ],
)
def test_area_of_another_state_without_a_crosswalk_is_refused_with_a_sentence(
    file: str, old: str, new: str, said: str, tmp_path: Path, city: City
) -> None:
    shutil.copytree(city.workspace, tmp_path / "city")
    path = tmp_path / "city" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    done = sozialraum("check", "--workspace", str(tmp_path / "city"), "--home", str(tmp_path / "home"))
    assert done.returncode == 1
    assert said in done.stdout, done.stdout
