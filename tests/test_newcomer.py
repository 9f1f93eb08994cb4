"""A town that nobody has seen before, brought in by the README's guide and the command line alone.

Lives here: that every published figure is the one that a clerk works out from the written ones. Must not live
here: the town (fixtures/newcomer_city.py) and the working out (fixtures/newcomer_figures.py).
"""

from __future__ import annotations

import math
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pytest
from command_line import COMMAND, City, answered, opened
from fixtures import newcomer_figures as by_hand
from fixtures.newcomer_city import CLUBS, REGISTER, WEIGHTS, write

PATIENCE = 900  # seconds: a build on a machine that has other work to do
pytestmark = pytest.mark.timeout(PATIENCE)
OWN = ("garden_share", "injury_rate", "members_per_club", "noise_level")
STARRED = [("quartier-12", 2023), ("quartier-23", 2022)]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [COMMAND, *arguments], capture_output=True, text=True, timeout=PATIENCE, check=False
    )


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> City:
    """Lindenfurt, checked without a finding and built."""
    folder = tmp_path_factory.mktemp("newcomer")
    workspace = write(folder / "lindenfurt")
    city = City(workspace, workspace / "inbox", folder / "home")
    checked = run("check", *city.arguments)
    assert (checked.returncode, checked.stdout.splitlines()[-1]) == (0, "0 errors, 0 warnings")
    built = run("build", *city.arguments)
    assert built.returncode == 0, built.stderr
    return city


@pytest.fixture(scope="module")
def release(town: City) -> Iterator[duckdb.DuckDBPyConnection]:
    with opened(town.home) as connection:
        yield connection


def published(release: duckdb.DuckDBPyConnection, indicator: str) -> dict[by_hand.Cell, by_hand.Figure]:
    rows = release.execute(
        "select area_id, year, numerator, denominator, value, ci_lower, ci_upper"
        " from fct_indicator_value where indicator_id = ?",
        [indicator],
    ).fetchall()
    return {(area, year): by_hand.Figure(*figure) for area, year, *figure in rows}


def flat(cells: Mapping[by_hand.Cell, by_hand.Figure]) -> dict[tuple[str, int, str], float]:
    """Every number by itself; not a number where there is none."""
    return {
        (*cell, name): math.nan if number is None else number
        for cell, figure in cells.items()
        for name, number in figure._asdict().items()
    }


@pytest.mark.parametrize("indicator", ["garden_share", "injury_rate", "members_per_club"])
def test_own_indicator_has_the_values_and_limits_of_a_clerk_on_all_levels(
    indicator: str, release: duckdb.DuckDBPyConnection
) -> None:
    worked_out = getattr(by_hand, indicator)()
    assert {cell[0].split("-")[0] for cell in worked_out} == {"stadt", "bezirk", "quartier"}
    assert flat(published(release, indicator)) == pytest.approx(flat(worked_out), rel=1e-9, nan_ok=True)


def test_published_mean_is_neither_added_up_nor_carried(release: duckdb.DuckDBPyConnection) -> None:
    rows = release.execute(
        "select area_id, year, value, value_status from fct_indicator_value"
        " where indicator_id = 'noise_level'"
    ).fetchall()
    assert {(area, year): value for area, year, value, _ in rows if value is not None} == by_hand.noise()
    assert {(area, year): status for area, year, _, status in rows if status != "ok"} == {
        **{(f"bezirk-{code}", year): "not_available" for code in "12" for year in (2021, 2022, 2023)},
        **{(f"quartier-{code}", 2021): "not_comparable" for code in WEIGHTS},
    }


def test_star_of_the_office_hides_the_cell_and_all_that_is_computed_from_it(
    release: duckdb.DuckDBPyConnection,
) -> None:
    hidden = release.execute(
        "select area_id, year from fct_indicator_value where value_status = 'suppressed_source'"
        " and coalesce(numerator, denominator, value, ci_lower, ci_upper, rank) is null"
        " and coalesce(ci_lower_998, ci_upper_998) is null order by all"
    ).fetchall()
    assert hidden == [("bezirk-1", 2023), ("bezirk-2", 2022), *STARRED]
    counts = release.execute(
        "select area_id, year, value from fct_observation where variable_id = 'gardeners'"
        " and not is_remainder and value_status = 'suppressed_source' order by all"
    ).fetchall()
    assert counts == [
        ("bezirk-1", 2023, None),
        ("bezirk-2", 2022, None),
        *((*cell, None) for cell in STARRED),
    ]
    (components,) = release.execute(
        "select list([value, z, transformed_value, contribution]) from fct_index_component"
        " where area_id = 'quartier-12' and indicator_id = 'garden_share'"
    ).fetchall()
    assert components == ([[None] * 4],)


def test_count_below_the_threshold_of_an_own_profile_is_hidden(release: duckdb.DuckDBPyConnection) -> None:
    assert 0 < (REGISTER[2023]["24"].gardeners or 0) < by_hand.FEWEST_GARDENERS
    assert 0 < CLUBS[2022]["22"].injured < by_hand.FEWEST_INJURED
    rows = release.execute(
        "select variable_id, area_id, year from fct_observation"
        " where value_status = 'suppressed' and value is null order by all"
    ).fetchall()
    assert rows == [
        ("gardeners", "quartier-24", 2023),
        ("injured", "quartier-24", 2022),
        ("injured", "quartier-25", 2022),
    ]


def test_counts_of_the_old_quarter_are_carried_to_the_new_ones_and_say_so(
    release: duckdb.DuckDBPyConnection,
) -> None:
    rows = release.execute(
        "select area_id, year, value, value_flags, is_recast from fct_observation"
        " where variable_id = 'club_members' and level = 'quartier' and not is_remainder"
    ).fetchall()
    worked_out = by_hand.carried("members")
    quarters = {cell: count for cell, count in worked_out.items() if cell[0].startswith("quartier")}
    assert {(area, year): value for area, year, value, *_ in rows} == pytest.approx(quarters, rel=1e-12)
    new = {(f"quartier-{code}", year) for code in WEIGHTS for year in (2021, 2022, 2023)}
    assert {(area, year) for area, year, _, flags, _ in rows if "estimated" in flags} == new
    assert {(area, year) for area, year, *_, is_recast in rows if is_recast} == {
        c for c in new if c[1] == 2021
    }


@pytest.mark.parametrize(
    ("index", "scores", "cuts", "partial"),
    [
        ("belastung", by_hand.harm, (-0.5, 0.5), set()),
        ("gruenmangel", by_hand.missing_green, (25,), {"quartier-12", "quartier-24"}),
    ],
)
def test_index_has_the_scores_classes_and_ranks_of_a_clerk(
    index: str, scores: Any, cuts: tuple[float, ...], partial: set[str], release: duckdb.DuckDBPyConnection
) -> None:
    rows = release.execute(
        "select area_id, status_score, status_class, rank, rank_of, partial from fct_index_value"
        " where index_id = ? and eligible",
        [index],
    ).fetchall()
    worked_out = scores()
    assert {area: score for area, score, *_ in rows} == pytest.approx(worked_out, rel=1e-9)
    listed = sorted(worked_out.values(), reverse=True)
    for area, _, told_class, rank, rank_of, is_partial in rows:
        assert told_class == str(1 + sum(worked_out[area] > cut for cut in cuts))
        assert (rank, rank_of) == (1 + listed.index(worked_out[area]), len(listed))
        assert is_partial is (area in partial)


def test_excluded_quarter_has_no_score_and_says_why(release: duckdb.DuckDBPyConnection) -> None:
    rows = release.execute(
        "select index_id, area_id, status_score, rank, exclusion_reason_en from fct_index_value"
        " where not eligible"
    ).fetchall()
    assert rows == [("belastung", "quartier-23", None, None, "Below 600 persons.")]


@pytest.mark.parametrize("level", ["stadt", "bezirk", "quartier"])
def test_query_gives_the_number_of_the_table(
    level: str, town: City, release: duckdb.DuckDBPyConnection
) -> None:
    asked = answered("query", *OWN, "--by", "area,year", "--level", level, "--home", str(town.home))
    told = {
        (name, row["area"], row["year"]): row[name]
        for row in asked["rows"]
        for name in OWN
        if row[name] is not None
    }
    rows = release.execute(
        "select indicator_id, area_id, year, value from fct_indicator_value"
        " where level = ? and value is not null and not is_recast and indicator_id <> 'pop_total'",
        [level],
    ).fetchall()
    assert told == pytest.approx({(name, area, year): value for name, area, year, value in rows}, rel=1e-9)
    assert not {("garden_share", *cell) for cell in STARRED} & set(told)


def test_indicator_named_in_no_table_of_expectations_is_published(
    town: City, release: duckdb.DuckDBPyConnection
) -> None:
    assert "members_per_club" not in (town.workspace / "indicators.csv").read_text(encoding="utf-8")
    assert len(published(release, "members_per_club")) == len(by_hand.carried("members"))


def test_dictionary_knows_the_own_indicators_and_every_column(release: duckdb.DuckDBPyConnection) -> None:
    rows = release.execute(
        "select indicator_id, name_de, unit, statistic, ci_method, numerator_variable_id,"
        " denominator_variable_id, disclosure_profile, first_year, last_year from dim_indicator order by 1"
    ).fetchall()
    years = (2021, 2023)
    assert [row for row in rows if row[0] in OWN] == [
        ("garden_share", "Anteil der Pächter*innen", "percent", "proportion", "wilson", "gardeners",
         "population", "garden_lt20", *years),
        ("injury_rate", "Verunglückte im Verkehr", "per_1000", "rate", "byar_exact", "injured",
         "population", "traffic_lt3", *years),
        ("members_per_club", "Mitglieder je Verein", "members", "ratio", "none", "club_members",
         "clubs", "std_lt5", *years),
        ("noise_level", "Mittlerer Lärmpegel", "decibel", "published", "none", "noise_db",
         None, "none", *years),
    ]  # fmt: skip
    for table in ("fct_indicator_value", "fct_index_value", "fct_observation"):
        own = release.execute(f"select column_name from (describe {table}) order by 1").fetchall()
        told = release.execute(
            "select column_name from dim_column where table_name = ? and description <> '' order by 1",
            [table],
        ).fetchall()
        assert own == told, table


# What a newcomer does wrong.


def spoilt(town: City, folder: Path, file: str, right: str, wrong: str) -> City:
    """The town with one wrong word in one file, not built yet."""
    workspace = Path(shutil.copytree(town.workspace, folder / "lindenfurt"))
    text = (workspace / file).read_text(encoding="utf-8")
    assert right in text
    (workspace / file).write_text(text.replace(right, wrong), encoding="utf-8")
    return City(workspace, workspace / "inbox", folder / "home")


@pytest.mark.parametrize(
    ("file", "right", "wrong", "said"),
    [
        ("geography/areas.csv", ";2022-01-01\n", ";01.01.2022\n", "line 8, column 'valid_to'"),
        ("metrics/lindenfurt.yml", "'Gemessener Lärmpegel'", "'Mittlerer Lärmpegel'", "already that of"),
        ("indices/belastung.yml", "    classes:", "    klassen:", "editions.0.klassen: Extra inputs"),
    ],
)
def test_slip_of_a_newcomer_is_told_by_check_in_sentences_about_this_file(
    file: str, right: str, wrong: str, said: str, town: City, tmp_path: Path
) -> None:
    checked = run("check", *spoilt(town, tmp_path, file, right, wrong).arguments)
    assert (checked.returncode, checked.stderr) == (1, "")
    told = [line for line in checked.stdout.splitlines() if line.startswith("ERROR")]
    assert said in told[0]
    assert all(file in line for line in told), told


def test_what_only_dbt_finds_in_own_metrics_is_told_in_its_words(town: City, tmp_path: Path) -> None:
    slip = ("metrics/lindenfurt.yml", "agg_time_dimension: year_start", "agg_time_dimension: year_begin")
    built = run("build", *spoilt(town, tmp_path, *slip).arguments)
    assert built.returncode == 3
    assert built.stderr.startswith("dbt cannot read the definitions.")
    assert "In semantic model 'lindenfurt', measure 'gardeners'" in built.stderr
    assert "year_begin" in built.stderr and "Internal error" not in built.stderr
