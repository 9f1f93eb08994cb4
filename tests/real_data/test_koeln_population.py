"""The published population of Köln against the published files and recomputed shares."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import pytest

pytestmark = pytest.mark.real_data

YEARS = list(range(2005, 2013))
# The comparison file rounds to 4 decimals: half of the last place, and a hair for binary fractions.
ROUNDING = 0.00005 + 1e-9
SHARES = {
    "pop_under_18_share": ("unter18", "unter18_quote"),
    "pop_65plus_share": ("ab65", "ab65_quote"),
    "international_family_history_share": ("mh", "mh_quote"),
    "non_german_share": ("auslaender", "auslaender_quote"),
}


def area_id(delivered: str) -> str:
    """000, 006, 602 of the comparison file as area ids."""
    if delivered == "000":
        return "stadt-0"
    return f"stadtbezirk-{delivered[2]}" if delivered.startswith("00") else f"stadtteil-{delivered}"


def recomputed(inbox: Path) -> dict[tuple[str, int], dict[str, str]]:
    with (inbox / "koeln_indikatoren_2005_2012.csv").open(encoding="utf-8", newline="") as handle:
        return {(area_id(row["raum_id"]), int(row["jahr"])): row for row in csv.DictReader(handle)}


def published(release: duckdb.DuckDBPyConnection, indicator: str) -> dict[tuple[str, int], tuple[float, ...]]:
    rows = release.execute(
        "SELECT v.area_id, v.year, v.numerator, v.denominator, v.value, v.value_status "
        "FROM fct_indicator_value v "
        "JOIN dim_area a USING (area_version_id) WHERE v.indicator_id = ? AND v.breakdown_id = 'total' "
        "AND NOT coalesce(a.is_remainder, false)",
        [indicator],
    ).fetchall()
    assert {row[5] for row in rows} == {"ok"}
    assert len({row[:2] for row in rows}) == len(rows)
    # A count has no denominator.
    return {
        (row[0], row[1]): tuple(float("nan") if v is None else float(v) for v in row[2:5]) for row in rows
    }


def test_city_has_1044555_inhabitants_in_2012(koeln_release: duckdb.DuckDBPyConnection) -> None:
    assert published(koeln_release, "pop_total")["stadt-0", 2012][2] == 1_044_555


def test_neighbourhoods_sum_to_districts_sum_to_city_in_all_years(
    koeln_release: duckdb.DuckDBPyConnection,
) -> None:
    values = {key: value[2] for key, value in published(koeln_release, "pop_total").items()}
    parents = dict(koeln_release.execute("SELECT area_id, parent_area_id FROM dim_area").fetchall())
    assert len(values) == 96 * len(YEARS)
    for year in YEARS:
        for parent, expected_parts in [("stadt-0", 9)] + [(f"stadtbezirk-{n}", None) for n in range(1, 10)]:
            parts = [v for (area, y), v in values.items() if y == year and parents[area] == parent]
            assert sum(parts) == values[parent, year], (parent, year)
            assert expected_parts is None or len(parts) == expected_parts
        assert sum(1 for area, y in values if y == year and area.startswith("stadtteil-")) == 86


@pytest.mark.parametrize("indicator", sorted(SHARES))
def test_share_equals_recomputed_for_every_area_and_year(
    indicator: str, koeln_release: duckdb.DuckDBPyConnection, koeln_inbox: Path
) -> None:
    count_column, share_column = SHARES[indicator]
    expected = recomputed(koeln_inbox)
    found = published(koeln_release, indicator)
    assert len(expected) == 96 * len(YEARS)
    assert found.keys() == expected.keys()
    for key, row in expected.items():
        numerator, denominator, value = found[key]
        assert numerator == float(row[count_column]), key
        assert denominator == float(row["einwohner"]), key
        assert value == pytest.approx(float(row[share_column]), abs=ROUNDING), key


def test_old_age_dependency_counts_18_to_64_below_the_line(
    koeln_release: duckdb.DuckDBPyConnection, koeln_inbox: Path
) -> None:
    found = published(koeln_release, "old_age_dependency")
    expected = recomputed(koeln_inbox)
    assert found.keys() == expected.keys()
    for key, row in expected.items():
        assert found[key][2] == pytest.approx(float(row["altenquotient"]), abs=ROUNDING), key


def test_shares_of_the_city_in_2012_are_the_known_ones(koeln_release: duckdb.DuckDBPyConnection) -> None:
    known = {
        "pop_under_18_share": 15.51,
        "pop_65plus_share": 17.72,
        "international_family_history_share": 34.45,
        "non_german_share": 17.27,
    }
    for indicator, value in known.items():
        assert round(published(koeln_release, indicator)["stadt-0", 2012][2], 2) == value


def test_absent_rows_of_marital_status_are_not_available_and_not_zero(
    koeln_release: duckdb.DuckDBPyConnection, koeln_inbox: Path
) -> None:
    with (koeln_inbox / "bevoelkerung/bevoelkerung.csv").open(encoding="utf-8", newline="") as handle:
        delivered = {
            (area_id(row["raum_id"]), int(row["jahr"]), row["zeile"])
            for row in csv.DictReader(handle)
            if row["tab_id"] == "040"
        }
    lines = {line for _, _, line in delivered}
    partner = next(line for line in lines if line.startswith("verpartnert"))
    grid = {(area, year) for area, year in recomputed(koeln_inbox)}
    absent = {key for key in grid if (*key, partner) not in delivered}
    assert len(lines) * len(grid) == 3840 and len(absent) == 49
    rows = koeln_release.execute(
        "SELECT area_id, year, breakdown_id, value, value_status FROM fct_observation "
        "WHERE variable_id = 'population' AND breakdown_id LIKE 'marital_status=%' "
        "AND NOT contains(area_id, '-nz')"
    ).fetchall()
    assert len(rows) == 3840
    without = {(row[0], row[1]) for row in rows if row[4] == "not_available"}
    assert without == absent
    for row in rows:
        assert (row[3] is None) == (row[4] != "ok"), row
        if row[4] == "not_available":
            assert row[2] == "marital_status=registered_partnership"


def test_second_age_publication_agrees_in_its_totals_and_keeps_its_bands_apart(
    koeln_release: duckdb.DuckDBPyConnection,
) -> None:
    rows = koeln_release.execute(
        "WITH phases AS (SELECT unnest(['age=0-17', 'age=18-34', 'age=35-64', 'age=65+'])) "
        "SELECT area_id, sum(value) FILTER (WHERE breakdown_id LIKE 'age_edition_2012=%'), "
        "sum(value) FILTER (WHERE breakdown_id LIKE 'age=%' AND breakdown_id NOT IN (FROM phases)), "
        "sum(value) FILTER (WHERE breakdown_id = 'total'), "
        "count(*) FILTER (WHERE breakdown_id LIKE 'age_edition_2012=%'), "
        "count(*) FILTER (WHERE breakdown_id LIKE 'age=%' AND breakdown_id NOT IN (FROM phases)) "
        "FROM fct_observation WHERE variable_id = 'population' AND year = 2012 "
        "AND NOT contains(area_id, '-nz') GROUP BY area_id"
    ).fetchall()
    assert len(rows) == 96
    for area, second, yearly, total, second_bands, yearly_bands in rows:
        assert second == yearly == total, area
        assert (second_bands, yearly_bands) == (11, 13), area
