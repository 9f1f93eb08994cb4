"""Every published number of the small city has what makes it one that can be trusted, or a reason why not."""

from __future__ import annotations

import duckdb
import pytest


def lacking(release: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[object, ...]]:
    return release.execute(sql + " LIMIT 5").fetchall()


@pytest.fixture(scope="module")
def shown(small_release: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    found = small_release.execute("SELECT count(*) FROM fct_indicator_value WHERE value_status = 'ok'")
    count = found.fetchone()
    assert count and count[0] > 10_000, "the claims below are about many numbers"
    return small_release


def test_every_number_has_an_interval_or_says_why_it_has_none(shown: duckdb.DuckDBPyConnection) -> None:
    assert not lacking(
        shown,
        """
        SELECT indicator_id, area_id, period_id, breakdown_id, interval_reason FROM fct_indicator_value
        WHERE (value IS NULL) <> (value_status <> 'ok')
            OR (interval_reason IS NULL) <> (ci_lower IS NOT NULL AND ci_upper IS NOT NULL)
            OR (interval_reason = 'no_value') <> (value IS NULL)
        """,
    )


def test_every_number_names_a_delivery_it_rests_on(shown: duckdb.DuckDBPyConnection) -> None:
    assert not lacking(
        shown,
        """
        SELECT DISTINCT v.indicator_id, v.period_id FROM fct_indicator_value v
        ANTI JOIN (
            SELECT * FROM fct_indicator_delivery SEMI JOIN dim_delivery USING (delivery_id)
        ) d ON v.indicator_id = d.indicator_id AND v.period_id = d.period_id
        WHERE v.value_status = 'ok'
        """,
    )


def test_a_sum_over_years_names_the_deliveries_of_all_its_years(shown: duckdb.DuckDBPyConnection) -> None:
    found = shown.execute(
        """
        SELECT d.period_id, list(DISTINCT o.year ORDER BY o.year)
        FROM fct_indicator_delivery d
        JOIN fct_observation o ON o.delivery_id = d.delivery_id AND o.variable_id = 'deaths_under_65'
        WHERE d.indicator_id = 'premature_mortality_rate'
        GROUP BY d.period_id
        """
    ).fetchall()
    assert found, "the small city has an indicator over three years"
    for period, years in found:
        first, last = (int(year) for year in period.split(".."))
        assert set(range(first, last + 1)) <= set(years)


def test_every_number_has_a_definition_in_both_languages(shown: duckdb.DuckDBPyConnection) -> None:
    assert not lacking(
        shown,
        """
        SELECT DISTINCT v.indicator_id FROM fct_indicator_value v
        LEFT JOIN dim_indicator i ON i.indicator_id = v.indicator_id
        WHERE coalesce(i.definition_de, '') = '' OR coalesce(i.definition_en, '') = ''
        """,
    )


def test_every_missing_number_says_which_part_is_missing(shown: duckdb.DuckDBPyConnection) -> None:
    assert not lacking(
        shown,
        """
        SELECT indicator_id, area_id, period_id, missing_part FROM fct_indicator_value
        WHERE (value_status = 'not_available') <> (missing_part IS NOT NULL)
        """,
    )


def test_indicators_come_by_sex_and_by_life_phase(shown: duckdb.DuckDBPyConnection) -> None:
    found = shown.execute(
        """
        SELECT breakdown_id, count(DISTINCT indicator_id) FROM fct_indicator_value
        WHERE value_status = 'ok' GROUP BY breakdown_id
        """
    ).fetchall()
    indicators = dict(found)
    for phase in ("age=0-17", "age=18-34", "age=35-64", "age=65+", "sex=f", "sex=m"):
        assert indicators.get(phase, 0) > 0, phase
