"""Rank intervals of composite indices, computed a second time in Python from the same keys, in any order.

Lives here: the model int_indices__redrawn as a whole. Must not live here: formulas (test_index_macros.py).
"""

from __future__ import annotations

import hashlib
import math
import statistics
from pathlib import Path

import duckdb
import pytest
from rendered import model_sql

MODEL = Path(__file__).resolve().parents[2] / "dbt_project/models/intermediate/int_indices__redrawn.sql"
DRAWS, AREAS, WEIGHTS = 200, 30, (0.5, 0.3, 0.2)
NORMAL = statistics.NormalDist()
Z95 = NORMAL.inv_cdf(0.975)
Interval = tuple[float, float, float]  # value, lower and upper limit


def measured(area: int, component: int) -> Interval:
    """An invented share with a lopsided interval; some are so small that draws would fall below zero."""
    value = 0.4 + ((area * 37 + component * 11) % 29) / (2 + component)
    return value, value * 0.6, value * 1.5 + 0.3


def intervals(
    transform: str, threads: int = 1, order: str = "area", seed: int = 1
) -> dict[str, tuple[int, int]]:
    """Area -> limits of its rank as the model draws them."""
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"set threads = {threads}; set preserve_insertion_order = false")
        rows = [
            (f"a{area:02}", f"c{component}", WEIGHTS[component], *measured(area, component))
            for area in range(AREAS)
            for component in range(len(WEIGHTS))
        ]
        connection.execute(
            "create table cells (area varchar, component varchar, w double, v double, l double, u double)"
        )
        connection.executemany("insert into cells values (?, ?, ?, ?, ?, ?)", rows)
        connection.execute(
            "create table components as select 'i' as index_id, 'e' as edition, area as area_version_id,"
            " area as area_id, '2020' as period_id, component as component_id, component as indicator_id,"
            f" 'status' as part, '{transform}' as transform, 23.0 as transform_constant, 1 as direction,"
            " w as weight_used, avg(v) over (partition by component) as mean,"
            " stddev_pop(v) over (partition by component) as deviation,"
            " v as value, l as ci_lower, u as ci_upper, false as is_reference_fixed,"
            " 1.0 as contribution, true as is_published"
            f" from cells order by {order}"
        )
        sql = model_sql(
            MODEL, {"int_indices__components": "components"}, {"index_draws": DRAWS, "index_seed": seed}
        )
        return {area: (low, high) for _, _, area, low, high in connection.execute(sql).fetchall()}


def drawn(seed: int, draw: int, area: int, component: int) -> float:
    """The same draw from the same key, by hashlib and the normal distribution of the standard library."""
    digest = hashlib.md5(
        f"{seed}@{draw}@c{component}@a{area:02}@2020".encode(), usedforsecurity=False
    ).digest()
    uniform = ((int.from_bytes(digest[8:], "little") >> 11) + 0.5) / 2**53
    normal = NORMAL.inv_cdf(uniform)
    value, lower, upper = measured(area, component)
    return max(value + normal * ((upper - value) if normal >= 0 else (value - lower)) / Z95, 0)


def combined(values: list[list[float]], transform: str) -> list[float]:
    """The index of each area: values[component][area]."""
    total = [0.0] * AREAS
    for weight, listed in zip(WEIGHTS, values, strict=True):
        mean, deviation = statistics.fmean(listed), statistics.pstdev(listed)
        for area, value in enumerate(listed):
            if transform == "z":
                total[area] += weight * (value - mean) / deviation
            else:
                rank = 1 + sum(other > value for other in listed) + (listed.count(value) - 1) / 2
                share = (AREAS - rank + 1) / AREAS
                total[area] -= weight * 23 * math.log(1 - share * (1 - math.exp(-100 / 23)))
    return [round(score, 8) for score in total]


@pytest.mark.parametrize("transform", ["z", "rank_exponential"])
def test_rank_intervals_are_those_of_the_same_draws_in_python(transform: str) -> None:
    ranks: list[list[int]] = [[] for _ in range(AREAS)]
    for draw in range(1, DRAWS + 1):
        components = range(len(WEIGHTS))
        values = [[drawn(1, draw, area, component) for area in range(AREAS)] for component in components]
        scores = combined(values, transform)
        for area, score in enumerate(scores):
            ranks[area].append(1 + sum(other > score for other in scores))
    expected = {f"a{area:02}": (sorted(own)[4], sorted(own)[-5]) for area, own in enumerate(ranks)}
    assert intervals(transform) == expected
    assert any(low < high for low, high in expected.values())


def test_rank_intervals_depend_on_the_seed_and_on_nothing_else() -> None:
    first = intervals("z")
    assert intervals("z", threads=2, order="hash(area || component)") == first
    assert intervals("z", threads=4, order="component desc, area desc") == first
    assert intervals("z", seed=2) != first
