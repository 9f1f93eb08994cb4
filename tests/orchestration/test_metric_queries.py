"""`sozialraum query`: the metrics layer answers with the numbers of the mart, and NULL where it has none."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import duckdb
import pytest
from command_line import City, answered, opened, opened_file, sozialraum
from corrected_city import expected_changes
from small_release import date_release

from orchestration.metric_conditions import WrongQuery
from orchestration.metric_list import list_metrics
from orchestration.metric_queries import Answer, Question, _check_shape, _Metric, _metrics, answer
from orchestration.queried_release import ReleaseAltered, published_files
from orchestration.release.pointer import PRUNED
from orchestration.settings import Audience, Settings

LEVELS = ("stadt", "stadtbezirk", "sozialraum", "stadtteil")
ALL_LEVELS = "stadt, stadtbezirk, sozialraum, stadtteil, quartier"
METRICS_PER_QUERY = 8  # one query costs about half a second whatever it asks
Cell = tuple[str, str, int]


@pytest.fixture(scope="session")
def settings(small_city: City) -> Settings:
    return Settings(small_city.workspace, small_city.inbox, small_city.home)


def rows(small_city: City, sql: str, *values: Any, audience: str = "public") -> list[tuple[Any, ...]]:
    with opened(small_city.home, audience) as release:
        found: list[tuple[Any, ...]] = release.execute(sql, list(values)).fetchall()
    return found


def published_cells(small_city: City, sql: str, *values: Any) -> dict[Cell, float | None]:
    """(metric, area, year) -> value as it stands in the release; sql selects these four."""
    return {(metric, area, year): value for metric, area, year, value in rows(small_city, sql, *values)}


def answered_cells(
    settings: Settings,
    metrics: Sequence[str],
    level: str,
    audience: Audience = "public",
    breakdown: str = "total",
) -> dict[Cell, float | None]:
    """(metric, area, year) -> value for all areas and years of one level; asked in groups."""
    cells: dict[Cell, float | None] = {}
    for start in range(0, len(metrics), METRICS_PER_QUERY):
        asked = metrics[start : start + METRICS_PER_QUERY]
        found = answer(settings, Question(asked, ("area", "year"), level, breakdown), audience)
        assert found.columns == ["area", "year", *asked]
        for area, year, *values in found.rows:
            for metric, value in zip(asked, values, strict=True):
                assert (metric, area, year) not in cells, "one row per area and year"
                cells[metric, area, year] = value
    return cells


def differences(
    expected: dict[Cell, float | None], found: dict[Cell, float | None]
) -> dict[Cell, tuple[float | None, float | None]]:
    """Cells in which the two disagree; a row that is absent from the answer counts as NULL."""
    return {
        cell: (value, found.get(cell))
        for cell, value in expected.items()
        if value != found.get(cell)  # equal to the last bit, NULL only with NULL
    }


@pytest.mark.parametrize("level", LEVELS)
def test_every_indicator_equals_the_mart_in_every_area_year_and_breakdown(
    level: str, settings: Settings, small_city: City
) -> None:
    """All that is expected at the level; a window such as 2021..2023 is the value of its last year."""
    breakdowns = rows(
        small_city,
        "select distinct breakdown_id from fct_indicator_value where level = ? order by all",
        level,
    )
    assert ("total",) in breakdowns
    for (breakdown,) in breakdowns:
        mart = published_cells(
            small_city,
            "select indicator_id, area_id, year, value from fct_indicator_value"
            " where level = ? and breakdown_id = ? and not is_recast",  # estimates enter no sum
            level,
            breakdown,
        )
        indicators = sorted({indicator for indicator, _, _ in mart})
        found = answered_cells(settings, indicators, level, breakdown=breakdown)
        assert differences(mart, found) == {}, breakdown
        if breakdown == "total":
            assert len(indicators) >= 20
            assert any(value is None for value in mart.values()) or level == "stadt"


@pytest.mark.parametrize("level", LEVELS)
def test_every_variable_equals_the_observations_and_nothing_is_added(
    level: str, settings: Settings, small_city: City
) -> None:
    mart = published_cells(
        small_city,
        "select variable_id, area_id, year, value from fct_observation"
        " where level = ? and breakdown_id = 'total' and not is_remainder and not is_recast",
        level,
    )
    variables = sorted({variable for variable, _, _ in mart})
    found = answered_cells(settings, variables, level)
    assert differences(mart, found) == {}
    shown = {cell for cell, value in found.items() if value is not None}
    assert shown == {cell for cell, value in mart.items() if value is not None}


def test_internal_audience_is_answered_with_the_same_protected_values(settings: Settings) -> None:
    names = ["sgb2_quota", "school_entry_overweight_share", "youth_unemployment_share"]
    public = answered_cells(settings, names, "stadtteil")
    assert answered_cells(settings, names, "stadtteil", "internal") == public


def test_indicator_alone_and_among_others_has_the_same_values(settings: Settings) -> None:
    alone = answer(settings, Question(["sgb2_quota"], ("area", "year"), "stadtteil"))
    among = answer(settings, Question(["pop_total", "sgb2_quota"], ("area", "year"), "stadtteil"))
    values = {row[:2]: row[3] for row in among.rows}
    assert {row[:2]: row[2] for row in alone.rows} == {
        key: values[key] for key in (r[:2] for r in alone.rows)
    }


# Sums and what must not enter them.


def hidden_and_shown(small_city: City, table: str, name: str, status: str) -> tuple[str, str, int, str, str]:
    """Metric, level, year, an area that is hidden there and one that is shown."""
    found = rows(
        small_city,
        f"select {name}, level, year, any_value(area_id) filter (value_status = $1),"
        f" any_value(area_id) filter (value_status = 'ok') from {table}"
        " semi join dim_area on dim_area.area_id = "
        f"{table}.area_id and not dim_area.is_remainder"
        " where level <> 'stadt' and breakdown_id = 'total' group by all"
        " having bool_or(value_status = $1) and bool_or(value_status = 'ok') order by all limit 1",
        status,
    )
    assert found, f"the small city has no cell with {status} beside a shown one"
    metric, level, year, hidden, shown = found[0]
    return str(metric), str(level), int(year), str(hidden), str(shown)


@pytest.mark.parametrize("status", ["suppressed", "suppressed_source"])
@pytest.mark.parametrize(
    ("table", "name"), [("fct_observation", "variable_id"), ("fct_indicator_value", "indicator_id")]
)
def test_hidden_cell_makes_the_sum_over_areas_null(
    table: str, name: str, status: str, settings: Settings, small_city: City
) -> None:
    metric, level, year, hidden, shown = hidden_and_shown(small_city, table, name, status)

    def asked(by: tuple[str, ...], *areas: str) -> list[tuple[Any, ...]]:
        listed = ", ".join(f"'{area}'" for area in areas)
        where = f"year = {year} and area in ({listed})"
        return answer(settings, Question([metric], by, level, where=where)).rows

    assert asked((), hidden, shown) == [(None,)]
    assert asked(("year",), hidden, shown) == [(year, None)]
    ((alone,),) = asked((), shown)
    assert alone is not None, "the other cell alone has a value"


def test_hidden_cell_makes_the_sum_over_all_areas_null(settings: Settings, small_city: City) -> None:
    variable, level, year, _, _ = hidden_and_shown(
        small_city, "fct_observation", "variable_id", "suppressed_source"
    )
    found = answer(settings, Question([variable], level=level, where=f"year = {year}"))
    assert found.rows == [(None,)]


def test_sum_over_areas_is_the_city_where_nothing_is_hidden(settings: Settings) -> None:
    parts = answer(settings, Question(["population"], ("year",), "stadtteil"))
    whole = answer(settings, Question(["population"], ("year",), "stadt"))
    assert parts.rows == whole.rows
    assert len(whole.rows) == 13


def test_share_over_several_areas_is_the_ratio_of_sums_not_the_mean_of_shares(settings: Settings) -> None:
    where = "year = 2024 and area in ('stadtteil-101', 'stadtteil-102')"
    (share,) = answer(settings, Question(["pop_65plus_share"], level="stadtteil", where=where)).rows[0]
    counts = answer(
        settings, Question(["population_65plus", "population"], ("area",), "stadtteil", where=where)
    ).rows
    assert len(counts) == 2
    ratio = 100 * sum(row[1] for row in counts) / sum(row[2] for row in counts)
    mean = sum(100 * row[1] / row[2] for row in counts) / 2
    assert share == pytest.approx(ratio, rel=1e-11)
    assert share != pytest.approx(mean, rel=1e-3)


def test_small_denominator_is_not_answered(settings: Settings, small_city: City) -> None:
    found = rows(
        small_city,
        "select indicator_id, area_id, year from fct_indicator_value"
        " where value_status = 'below_min_denominator' order by all limit 1",
    )
    assert found, "the small city has an area below a minimum denominator"
    indicator, area, year = found[0]
    question = Question([indicator], ("area", "year"), area.split("-")[0], where=f"year = {year}")
    assert (area, year, None) in answer(settings, question).rows


@pytest.mark.parametrize("by", [(), ("area",), ("year",)])
def test_median_is_never_aggregated(by: tuple[str, ...], settings: Settings) -> None:
    with pytest.raises(WrongQuery, match="median and is never aggregated"):
        answer(settings, Question(["asking_rent_median"], by, "stadtteil"))


def test_what_does_not_add_up_over_areas_is_never_aggregated() -> None:
    """Moves between two areas count in both, effective respondents not at all: neither is a sum of parts."""
    moves = _Metric("turnover", "rate", 1000, "population_mid_year", 30, is_additive=False)
    for by in ((), ("area",), ("year",)):
        with pytest.raises(WrongQuery, match="turnover rests on counts that do not add up over areas"):
            _check_shape(Question(["turnover"], by, "stadtteil"), [moves])
    _check_shape(Question(["turnover"], ("year", "area"), "stadtteil"), [moves])


def test_parts_of_an_indicator_decide_whether_it_may_be_added_up(settings: Settings) -> None:
    number, database, _ = published_files(settings, None, "public")
    assert number == 1
    with opened_file(database) as connection:
        additive = {m.name: m.is_additive for m in _metrics(connection, ["sgb2_quota", "asking_rent_median"])}
    assert additive == {"sgb2_quota": True, "asking_rent_median": False}


# What can be asked, and how.


@pytest.mark.parametrize("grain", ["month", "quarter"])
def test_grain_finer_than_the_data_is_refused_with_a_sentence(grain: str, settings: Settings) -> None:
    with pytest.raises(WrongQuery, match=f"pop_total is not known by {grain}: a release holds one"):
        answer(settings, Question(["pop_total"], grain=grain))
    by_year = answer(settings, Question(["pop_total"], ("year",), grain="year"))
    assert len(by_year.rows) == 13


def test_without_a_year_the_last_one_with_data_is_taken_and_named(settings: Settings) -> None:
    found = answer(settings, Question(["turnout_federal_election"]))
    assert found.notes[-1] == "Year 2021, the last with data."
    named = answer(settings, Question(["turnout_federal_election"], where="year = 2021"))
    assert found.rows == named.rows
    assert found.rows[0][0] is not None


def test_metrics_that_end_in_different_years_are_not_mixed(settings: Settings) -> None:
    with pytest.raises(WrongQuery, match="end in different years"):
        answer(settings, Question(["pop_total", "turnout_federal_election"]))


@pytest.mark.parametrize(
    ("where", "years"),
    [
        ("year >= 2022", [2022, 2023, 2024]),
        ("year in (2013, 2015)", [2013, 2015]),
        ("year > 2012 AND year <= 2014", [2013, 2014]),
        ("year != 2012 and year < 2015", [2013, 2014]),
    ],
)
def test_where_filters_years(where: str, years: list[int], settings: Settings) -> None:
    found = answer(settings, Question(["pop_total"], ("year",), where=where))
    assert [year for year, _ in found.rows] == years


def test_breakdown_is_asked_one_at_a_time(settings: Settings, small_city: City) -> None:
    mart = rows(
        small_city,
        "select area_id, value from fct_observation where variable_id = 'population' and year = 2020"
        " and breakdown_id = 'age=0-2' and level = 'stadtbezirk' and not is_remainder order by area_id",
    )
    question = Question(["population"], ("area",), "stadtbezirk", "age=0-2", "year = 2020")
    assert answer(settings, question).rows == mart
    assert len(mart) == 2


def test_as_of_answers_from_the_release_of_that_day(settings: Settings) -> None:
    today = answer(settings, Question(["pop_total"], as_of=date.today() + timedelta(days=1)))
    assert today.release == 1
    with pytest.raises(WrongQuery, match="No release was published by 2001-01-01"):
        answer(settings, Question(["pop_total"], as_of=date(2001, 1, 1)))


def test_of_two_releases_of_one_day_the_later_one_answers(corrected_city: City) -> None:
    settings = Settings(corrected_city.workspace, corrected_city.inbox, corrected_city.home)
    question = Question(["turnout_municipal_election"], as_of=date.today() + timedelta(days=1))
    assert answer(settings, question).release == 2


def test_as_of_finds_the_values_before_a_correction(own_corrected_city: City) -> None:
    """The first release is made one of 2021; what it said then is what is answered, to the last digit."""
    city = own_corrected_city
    folder = city.home / "releases" / "000001"
    date_release(folder, "2021-03-05")
    settings = Settings(city.workspace, city.inbox, city.home)

    def said(as_of: date | None) -> tuple[int, dict[str, float]]:
        question = Question(["turnout_municipal_election"], ("area",), "stadtteil", as_of=as_of)
        given = answer(settings, question)
        return given.release, dict(given.rows)

    before, after = expected_changes(city.inbox)["stadtteil-201"]
    release, values = said(date(2021, 3, 5))
    assert (release, values["stadtteil-201"]) == (1, pytest.approx(before, rel=1e-11))
    release, values = said(None)
    assert (release, values["stadtteil-201"]) == (2, pytest.approx(after, rel=1e-11))
    (folder / PRUNED).touch()
    with pytest.raises(WrongQuery, match="Release 1, the last one published by 2021-03-05, was pruned"):
        said(date(2021, 3, 5))


def test_list_names_every_metric_with_its_unit(settings: Settings, small_city: City) -> None:
    found: Answer = list_metrics(settings)
    listed = {row[0]: row for row in found.rows}
    assert len(listed) == len(found.rows)
    indicators = rows(small_city, "select indicator_id, unit, name_de from dim_indicator")
    assert {row[0] for row in indicators} == {row[0] for row in found.rows if row[1] == "indicator"}
    for indicator, unit, name in indicators:
        assert listed[indicator] == (indicator, "indicator", unit, name)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (Question([]), ["No metric was named", "pop_total"]),
        (Question(["pop_totl"]), ["pop_totl", "Did you mean pop_total"]),
        (Question(["zzzzzz"]), ["zzzzzz", "--list"]),
        (Question(["pop_total"], ("region",)), ["region", "area and year"]),
        (
            Question(["pop_total"], ("area",)),
            ["--level", ALL_LEVELS],
        ),
        (Question(["pop_total"], level="stadtteile"), ["Did you mean stadtteil"]),
        (Question(["pop_total"], breakdown="ages=0-2"), ["Did you mean", "age=0-2"]),
        (Question(["pop_total"], grain="monat"), ["monat", "--grain takes year"]),
        (
            Question(["pop_total"], where="area = 'stadtteil-999'"),
            ["stadtteil-999", "Did you mean stadtteil-"],
        ),
        (Question(["pop_total"], where="year = 20x0"), ["20x0", "four digits"]),
        (Question(["pop_total"], where="value > 3"), ["value > 3", "not understood"]),
        (Question(["pop_total"], where="year = 2020; drop table x"), ["not understood"]),
        (Question(["pop_total"], where="area = 'x' or 1=1"), ["not understood"]),
        (Question(["pop_total"], where="year = (2020, 2021)"), ["year"]),
        (Question(["pop_total"], ("area", "area"), "stadt"), ["area"]),
    ],
)
def test_wrong_question_is_told_what_to_ask_instead(
    question: Question, words: list[str], settings: Settings
) -> None:
    with pytest.raises(WrongQuery) as told:
        answer(settings, question)
    for word in words:
        assert word in str(told.value)


def test_quote_in_an_area_is_text_not_sql(settings: Settings) -> None:
    for area in ("'stadt-0'' or ''1''=''1'", "('stadt-0', 'x'' or 1=1 --')"):
        with pytest.raises(WrongQuery):
            answer(
                settings,
                Question(["pop_total"], where=f"area in {area}" if "(" in area else f"area = {area}"),
            )


# The command.


def test_command_prints_rows_and_what_was_chosen(small_city: City) -> None:
    done = sozialraum(
        "query", "pop_total", "--by", "area,year", "--level", "stadtbezirk", "--home", str(small_city.home)
    )
    assert done.returncode == 0, done.stderr
    header, *lines = done.stdout.splitlines()
    assert header == "area\tyear\tpop_total"
    assert len(lines) == 2 * 13
    assert all(re.fullmatch(r"stadtbezirk-[12]\t20\d\d\t\d+", line) for line in lines)
    assert "Level stadtbezirk, breakdown total, release 1." in done.stderr


def test_command_answers_in_json_with_null(small_city: City) -> None:
    metric, level, year, hidden, _ = hidden_and_shown(
        small_city, "fct_indicator_value", "indicator_id", "suppressed"
    )
    where = f"year = {year} and area = '{hidden}'"
    content = answered("query", metric, "--level", level, "--where", where, "--home", str(small_city.home))
    assert content["release"] == 1
    assert content["rows"] == [{metric: None}]
    assert json.dumps(content).count("NaN") == 0


def test_command_leaves_with_2_and_a_sentence(small_city: City) -> None:
    done = sozialraum("query", "pop_total", "--by", "area", "--home", str(small_city.home))
    assert done.returncode == 2
    assert done.stderr == f"--by area needs --level, exactly one of: {ALL_LEVELS}.\n"
    assert done.stdout == ""


@pytest.mark.parametrize("as_of", [(), ("--as-of", "2100-01-01")])
@pytest.mark.parametrize("asked", [("pop_total",), ("--list",)])
def test_altered_release_is_not_answered_from(
    asked: tuple[str, ...], as_of: tuple[str, ...], own_city: City
) -> None:
    file = own_city.home / "releases" / "000001" / "public.duckdb"
    file.chmod(0o644)
    with duckdb.connect(str(file)) as connection:
        connection.execute("update fct_observation set value = value + 1")
    done = sozialraum("query", *asked, *as_of, "--home", str(own_city.home))
    assert (done.returncode, done.stdout) == (3, "")
    assert "does not match the hash in" in done.stderr
    assert "sozialraum release verify" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_altered_definitions_are_not_answered_from(own_city: City) -> None:
    file = own_city.home / "releases" / "000001" / "semantic_manifest.json"
    file.chmod(0o644)
    file.write_text(file.read_text(encoding="utf-8") + " ", encoding="utf-8")
    settings = Settings(own_city.workspace, own_city.inbox, own_city.home)
    with pytest.raises(ReleaseAltered, match="semantic_manifest"):
        answer(settings, Question(["pop_total"]))
