"""Rank intervals of the priority score: drawn from weights and from values, the same on any machine."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest
from rendered import MACROS, computed, model_sql

MODEL = MACROS.parent / "models" / "intermediate" / "int_priorities__redrawn.sql"
COLUMNS = (
    "weighting_id varchar, component varchar, area_version_id varchar, urgency integer, weight double,"
    " score double, raw_value double, value double, ci_lower double, ci_upper double"
)
AREAS = "abcde"


def redrawn(rows: list[tuple[Any, ...]], threads: int = 1, draws: int = 60) -> dict[str, tuple[int, ...]]:
    """Area -> (best, worst) rank over weights and (best, worst) over values."""
    sql = model_sql(
        MODEL, {"int_priorities__scored": "int_priorities__scored"}, {"index_draws": draws, "index_seed": 1}
    )
    with duckdb.connect(":memory:", config={"threads": threads}) as connection:
        connection.execute(f"create table int_priorities__scored ({COLUMNS})")
        connection.executemany(
            "insert into int_priorities__scored values ('w', ?, ?, 1, ?, ?, ?, ?, ?, ?)", rows
        )
        found = connection.execute(
            "select area_version_id, rank_lower_weights, rank_upper_weights, rank_lower_values,"
            f" rank_upper_values from ({sql})"
        ).fetchall()
    return {row[0]: tuple(row[1:]) for row in found}


def need(width: float) -> list[tuple[Any, ...]]:
    """Need of five areas, 10 points apart, each value known as well as the width says."""
    return [
        ("need_intensity", area, 0.5, 25.0 * at, 10.0 * at, 10.0 * at, 10 * at - width, 10 * at + width)
        for at, area in enumerate(AREAS)
    ]


def gap(scores: list[float]) -> list[tuple[Any, ...]]:
    return [
        ("supply_gap", area, 0.5, score, score, None, None, None)
        for area, score in zip(AREAS, scores, strict=True)
    ]


def test_certain_values_and_agreeing_components_leave_no_doubt_about_a_rank() -> None:
    found = redrawn([*need(0), *gap([0, 25, 50, 75, 100])])
    assert found == {area: (5 - at,) * 4 for at, area in enumerate(AREAS)}


def test_opposite_components_change_ranks_with_the_weights_only() -> None:
    found = redrawn([*need(0), *gap([100, 75, 50, 25, 0])])
    assert {ranks[:2] for area, ranks in found.items() if area in "ae"} == {(1, 5)}
    assert {ranks[2:] for ranks in found.values()} == {(1, 1)}, "all scores are 50"


def test_uncertain_values_change_ranks_and_wider_intervals_change_more() -> None:
    narrow, wide = redrawn(need(6)), redrawn(need(30))
    assert {ranks[0] - ranks[1] for ranks in narrow.values()} == {0}, "one component has one weight"

    def width(found: dict[str, tuple[int, ...]]) -> int:
        return sum(ranks[3] - ranks[2] for ranks in found.values())

    assert 0 < width(narrow) < width(wide)


def test_draws_depend_on_nothing_but_the_rows() -> None:
    rows = [*need(8), *gap([3, 1, 4, 1, 5])]
    assert redrawn(rows, threads=1) == redrawn([*rows[::2], *rows[1::2]][::-1], threads=4)


@pytest.mark.parametrize(("u", "weight"), [(0.0, 0.3), (0.5, 0.4), (1.0, 0.5)])
def test_weights_are_drawn_up_to_a_quarter_away(u: float, weight: float) -> None:
    assert computed("drawn_weight('w', 'u')", w=0.4, u=u) == pytest.approx(weight)


@pytest.mark.parametrize(
    ("rank", "tied", "n", "percentile"),
    [(1, 1, 5, 0), (5, 1, 5, 100), (2, 2, 4, 50), (1, 3, 3, 50), (1, 1, 1, None)],
)
def test_percentile_rank_counts_ties_half(rank: int, tied: int, n: int, percentile: float | None) -> None:
    found = computed("percentile_rank('r', 't', 'n')", r=rank, t=tied, n=n)
    assert found == (None if percentile is None else pytest.approx(percentile))
