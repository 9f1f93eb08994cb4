"""The coverage matrix: every living condition and life phase is a row, and an empty one says so."""

from __future__ import annotations

import re
from collections import defaultdict

import duckdb

PHASES = {
    "childhood_youth": (0, 17),
    "young_adult": (18, 34),
    "middle_adult": (35, 64),
    "senior": (65, 150),
}
CONDITIONS = {
    "health", "education", "employment", "income", "housing", "environment", "mobility", "inclusion",
}  # fmt: skip
Cell = tuple[str, str, str]


def phases_of(own_phase: str, breakdown: str) -> list[str]:
    """The phases that a value speaks of: its indicator's own, or the one its age band lies in."""
    if breakdown == "total":
        return [own_phase] if own_phase in PHASES else []
    band = re.fullmatch(r"age=(\d+)(?:-(\d+)|\+)", breakdown)
    if band is None:
        return []
    first, last = int(band[1]), int(band[2] or 150)
    return [phase for phase, (low, high) in PHASES.items() if low <= first and last <= high]


def test_every_cell_is_a_row_and_demography_is_none(small_release: duckdb.DuckDBPyConnection) -> None:
    levels = [row[0] for row in small_release.execute("select level from dim_level").fetchall()]
    cells = set(
        small_release.execute("select level, living_condition, life_phase from fct_coverage").fetchall()
    )
    assert cells == {(level, one, phase) for level in levels for one in CONDITIONS for phase in PHASES}


def test_cell_names_the_indicators_with_a_value_and_no_other(
    small_release: duckdb.DuckDBPyConnection,
) -> None:
    values = small_release.execute(
        "select distinct indicator_id, level, breakdown_id, year, living_condition, life_phase"
        " from fct_indicator_value inner join dim_indicator using (indicator_id) where value_status = 'ok'"
    ).fetchall()
    named: dict[Cell, set[str]] = defaultdict(set)
    years: dict[Cell, int] = defaultdict(int)
    for indicator, level, breakdown, year, condition, own_phase in values:
        for phase in phases_of(own_phase, breakdown):
            cell = (level, condition, phase)
            named[cell].add(indicator)
            years[cell] = max(years[cell], year)
    found = small_release.execute(
        "select level, living_condition, life_phase, indicator_ids, n_indicators, latest_year"
        " from fct_coverage"
    ).fetchall()
    for level, condition, phase, indicators, n_indicators, latest_year in found:
        cell = (level, condition, phase)
        assert indicators == sorted(named[cell]) and n_indicators == len(indicators), cell
        assert latest_year == (years[cell] or None), cell


def test_empty_cell_says_that_there_is_no_data(small_release: duckdb.DuckDBPyConnection) -> None:
    said = small_release.execute(
        "select distinct status, status_de, status_en, n_indicators = 0, latest_year is null"
        " from fct_coverage order by all"
    ).fetchall()
    assert said == [
        ("covered", "Daten", "data", False, False),
        ("no_data", "keine Daten", "no data", True, True),
    ]
