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
OPEN_LINE = "pop_65plus_share"  # its levels and years are left open in indicators.csv
LEVELS = {"stadt", "stadtbezirk", "sozialraum", "stadtteil"}


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
    lines = [f"{OPEN_LINE};;;" if line.startswith(OPEN_LINE) else line for line in lines]
    listed.write_text("\n".join(lines) + "\n", encoding="utf-8")
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
