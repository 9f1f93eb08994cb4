"""Adding an indicator touches one entry: it is then in dictionary, mart, query, downloads and on the page."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from command_line import City, answered, copy_of, sozialraum
from command_line import opened as opened_release
from opening import opened, texts
from subjects import subject

from dashboards import release as releases
from dashboards import tables
from dashboards.release import ReleaseStore

NAME = "households_per_resident"
ENTRY = {
    "name": NAME,
    "label": "Haushalte je 100 Einwohner*innen",
    "description": "Zähler: Haushalte insgesamt. Nenner: Einwohner*innen mit Hauptwohnsitz. Je 100.",
    "type": "ratio",
    "type_params": {"numerator": "households", "denominator": "population"},
    "config": {
        "meta": {
            "name_en": "Households per 100 residents",
            "definition_en": "Numerator: All households. Denominator: All residents. Per 100.",
            "living_condition": "demography",
            "statistic": "ratio",
            "unit": "per_100",
            "multiplier": 100,
            "decimals": 1,
            "polarity": "neutral",
            "ci_method": "none",
            "no_interval_reason": "full_count",
            "min_denominator": 30,
            "disclosure_profile": "std_lt5",
            "source": "Haushaltegenerierung",
            "synonyms_de": ["Haushaltsdichte"],
        }
    },
}
MOVEMENTS = """
title: Sterbefälle und Wanderungen
group: statistics
owner: Einwohnermeldeamt
publisher: Einwohnermeldeamt
licence: DL-DE BY 2.0
purpose: Bevölkerungsbewegung
legal_basis: Auswertung des Melderegisters zu Zählern, ohne Personenbezug
due: {days_after_period: 365, last_period: '2024'}
file: {pattern: bewegungen.csv, format: csv, encoding: utf-8, delimiter: ;, decimal: ',', thousands: ''}
columns:
  - {name: Jahr, type: year}
  - {name: Nr, type: code}
  - {name: Gestorbene, type: count, min: 0}
  - {name: Saldo, type: decimal}
  - {name: Umzüge, type: count, min: 0}
area: {by: code, column: Nr, patterns: [{match: '0', level: stadt}, {match: '[12]', level: stadtbezirk}]}
period: {column: Jahr, first: '2012'}
produces: observations
observations:
  - {column: Gestorbene, variable: deaths_under_65}
  - {column: Saldo, variable: net_moves_under_18}
  - {column: Umzüge, variable: moves_across_boundary}
checks: {unique: [Jahr, Nr], expected_areas: {stadt: 1, stadtbezirk: 2}}
"""
OF_MOVEMENTS = ("premature_mortality_rate", "family_net_migration_rate", "residential_turnover_rate")
DISTRICTS = ("stadtbezirk-1", "stadtbezirk-2")
YEARS = range(2012, 2025)
OPEN_LINE = "pop_65plus_share"  # its levels and years are left open in indicators.csv
LEVELS = {"stadt", "stadtbezirk", "sozialraum", "stadtteil", "quartier"}


def movements(year: int) -> dict[str, tuple[int, int, int]]:
    """Area -> deaths under 65, moves in minus moves out of under-18s, moves across the boundary.

    No balance is from 1 to 4, which is hidden. What moves between the two districts crosses their boundaries
    and not that of the city.
    """
    first = (40 + year % 7, -8 - year % 7, 900 + year % 10)
    second = (60 + year % 5, 20 + year % 11, 1100 - year % 10)
    both = (first[0] + second[0], first[1] + second[1], 1500)
    return dict(zip((*DISTRICTS, "stadt-0"), (first, second, both), strict=True))


def deliver_movements(workspace: Path) -> None:
    """One file more, and the indicators that rest on it expected from 2012."""
    lines = ["Jahr;Nr;Gestorbene;Saldo;Umzüge"]
    for year in YEARS:
        for area, counts in movements(year).items():
            lines.append(";".join([str(year), area.rsplit("-", 1)[1], *map(str, counts)]))
    (workspace / "inbox" / "bewegungen.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (workspace / "extracts" / "bewegungen.yml").write_text(MOVEMENTS, encoding="utf-8")
    for extract in ("sterbefaelle", "wanderungen"):  # the city's own figures give way
        (workspace / "extracts" / f"{extract}.yml").unlink()
        (workspace / "inbox" / f"{extract}.csv").unlink()
    listed = workspace / "indicators.csv"
    others = [line for line in listed.read_text("utf-8").splitlines() if not line.startswith(OF_MOVEMENTS)]
    rows = [f"{name};stadt|stadtbezirk;2012-2024;" for name in OF_MOVEMENTS]
    listed.write_text("\n".join([*others, *rows]) + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory, small_city: City) -> City:
    """The small city with one more entry and one line that leaves levels and years open, built."""
    own = copy_of(small_city, tmp_path_factory.mktemp("own_indicator"))
    (own.workspace / "metrics").mkdir()
    entry = yaml.safe_dump({"version": 2, "metrics": [ENTRY]}, allow_unicode=True)
    (own.workspace / "metrics" / "eigene.yml").write_text(entry, encoding="utf-8")
    listed = own.workspace / "indicators.csv"
    lines = listed.read_text(encoding="utf-8").splitlines()
    assert not any(line.startswith(NAME) for line in lines)
    lines = [*(line for line in lines if not line.startswith(OPEN_LINE)), f"{OPEN_LINE};;;"]
    listed.write_text("\n".join(lines) + "\n", encoding="utf-8")
    deliver_movements(own.workspace)
    done = sozialraum("build", *own.arguments)
    assert done.returncode == 0, done.stderr
    return own


@pytest.fixture
def served(city: City, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("SOZIALRAUM_HOME", str(city.home))
    monkeypatch.delenv("SOZIALRAUM_AUDIENCE", raising=False)
    releases._store.cache_clear()
    yield city.home
    releases._store.cache_clear()


def test_entry_is_in_the_dictionary(city: City) -> None:
    with opened_release(city.home) as release:
        (row,) = release.execute(
            "select name_de, definition_de, numerator_variable_id, first_year, last_year,"
            " breakdown_dimensions, window_years, synonyms_de, synonyms_en from dim_indicator"
            " where indicator_id = ?",
            [NAME],
        ).fetchall()
    assert row[:3] == (ENTRY["label"], ENTRY["description"], "households")
    assert row[3:] == (2012, 2024, [], 1, ["Haushaltsdichte"], [])


@pytest.mark.parametrize("indicator", [NAME, OPEN_LINE])
def test_it_is_expected_and_computed_wherever_its_numerator_is(indicator: str, city: City) -> None:
    with opened_release(city.home) as release:
        expected = release.execute(
            "select distinct level, year from fct_observation"
            " inner join dim_indicator on variable_id = numerator_variable_id"
            " where indicator_id = ? and breakdown_id = 'total' and value_status <> 'not_available'"
            " and not is_remainder order by all",
            [indicator],
        ).fetchall()
        found = release.execute(
            "select distinct level, year from fct_indicator_value"
            " where indicator_id = ? and breakdown_id = 'total' order by all",
            [indicator],
        ).fetchall()
        wrong = release.execute(
            "select v.area_id, v.value from fct_indicator_value v"
            " where indicator_id = ? and (value is null) <> (value_status <> 'ok')"
            " or indicator_id = ? and abs(value * denominator - 100 * numerator) > 1e-6 * numerator",
            [indicator, indicator],
        ).fetchall()
    assert found == expected
    assert {level for level, _ in found} == LEVELS
    assert wrong == []


def test_query_and_search_answer_for_it(city: City) -> None:
    home = ["--home", str(city.home)]
    asked = answered("query", NAME, "--by", "area,year", "--level", "stadtbezirk", *home)["rows"]
    with opened_release(city.home) as release:
        mart = release.execute(
            "select area_id, year, value from fct_indicator_value"
            " where indicator_id = ? and level = 'stadtbezirk' and breakdown_id = 'total' order by all",
            [NAME],
        ).fetchall()
    assert [(row["area"], row["year"], row[NAME]) for row in asked] == mart
    assert len(mart) == 2 * 13 and all(value for _, _, value in mart)
    listed = answered("query", "--list", "haushaltsdichte", *home)["rows"]
    assert [row["metric"] for row in listed] == [NAME]


def test_downloads_hold_it(city: City) -> None:
    release = ReleaseStore(city.home, "public").current().release
    shown = subject(release, NAME)
    exported = tables.export_rows(shown.values, shown.indicator, shown.meta(), shown.language)
    data = tables.csv_bytes(exported).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(data), delimiter=";"))
    assert len(rows) == 9 and {row["Kennzahl"] for row in rows} == {ENTRY["label"]}
    assert all(float(row["Wert"].replace(",", ".")) > 0 for row in rows)


@pytest.mark.usefixtures("served")
def test_page_shows_it() -> None:
    page = opened("analyse", indicator=NAME, level="stadtteil", lang="de")
    assert not page.exception
    assert page.title[0].value.replace("\\", "") == ENTRY["label"]
    assert "Zähler" in texts(page) and "Haushalte insgesamt" in texts(page)


# Years together: what is counted in a year is relative to its middle, what is rare to three years.


def population(city: City, variable: str) -> dict[tuple[str, int], float]:
    """(area, year) -> residents at the end of the year, as published."""
    with opened_release(city.home) as release:
        found = release.execute(
            "select area_id, year, value from fct_observation where variable_id = ?"
            " and level in ('stadt', 'stadtbezirk') and breakdown_id = 'total' and not is_remainder",
            [variable],
        ).fetchall()
    return {(area, year): value for area, year, value in found}


def published(city: City, indicator: str) -> dict[tuple[str, int], tuple[str, str, float | None]]:
    """(area, year) -> period, status and value."""
    with opened_release(city.home) as release:
        found = release.execute(
            "select area_id, year, period_id, value_status, value from fct_indicator_value"
            " where indicator_id = ? and breakdown_id = 'total'",
            [indicator],
        ).fetchall()
    return {(area, year): (period, status, value) for area, year, period, status, value in found}


@pytest.mark.parametrize(
    ("indicator", "part", "variable"),
    [("family_net_migration_rate", 1, "population_under_18"), ("residential_turnover_rate", 2, "population")],
)
def test_rate_of_a_year_is_relative_to_its_middle(
    indicator: str, part: int, variable: str, city: City
) -> None:
    residents, found = population(city, variable), published(city, indicator)
    assert len(found) == 3 * len(YEARS)
    for (area, year), (period, status, value) in found.items():
        assert period == str(year)
        if year == YEARS[0]:  # nobody counted at the end of 2011
            assert (status, value) == ("not_available", None)
        else:
            middle = (residents[area, year - 1] + residents[area, year]) / 2
            assert value == pytest.approx(1000 * movements(year)[area][part] / middle, rel=1e-11)


def test_rate_of_three_years_is_relative_to_their_person_years(city: City) -> None:
    residents = population(city, "population_under_65")
    found = published(city, "premature_mortality_rate")
    assert len(found) == 3 * len(YEARS)
    for (area, year), (period, status, value) in found.items():
        window = range(year - 2, year + 1)
        assert period == f"{window[0]}..{year}"
        if year - 3 < YEARS[0]:
            assert (status, value) == ("not_available", None)
        else:
            deaths = sum(movements(one)[area][0] for one in window)
            person_years = sum((residents[area, one - 1] + residents[area, one]) / 2 for one in window)
            assert value == pytest.approx(100_000 * deaths / person_years, rel=1e-11)


@pytest.mark.parametrize("indicator", OF_MOVEMENTS)
@pytest.mark.parametrize("level", ["stadt", "stadtbezirk"])
def test_query_answers_for_windows_and_mid_years(indicator: str, level: str, city: City) -> None:
    home = ["--home", str(city.home)]
    asked = answered("query", indicator, "--by", "area,year", "--level", level, *home)["rows"]
    mart = {
        cell: value
        for cell, (_, _, value) in published(city, indicator).items()
        if cell[0].startswith(f"{level}-")
    }
    found = {(row["area"], row["year"]): row[indicator] for row in asked}
    assert {cell: found.get(cell) for cell in mart} == mart
    assert sum(value is not None for value in mart.values()) >= 10


def test_moves_of_districts_are_not_added_up_to_the_city(city: City) -> None:
    home = ["--home", str(city.home)]
    done = sozialraum("query", "residential_turnover_rate", "--by", "year", "--level", "stadtbezirk", *home)
    assert (done.returncode, done.stdout) == (2, "")
    assert "rests on counts that do not add up over areas" in done.stderr
