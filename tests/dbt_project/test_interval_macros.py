"""Intervals as promises: how often they hold the truth, and how they move with what is counted."""

from __future__ import annotations

import csv
import math
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles import exact
from rendered import computed, rendered

SEEDS = Path(__file__).resolve().parents[2] / "dbt_project" / "seeds"


def wilson_limits(trials: int, z: str = "z95", effect: float = 1) -> list[tuple[float, float]]:
    """Limits of every possible count of so many trials."""
    sides = ", ".join(
        rendered(f"wilson_limit('x', {trials}, {effect}, {z}(), '{side}')") for side in ("lower", "upper")
    )
    return duckdb.execute(f"select {sides} from range({trials + 1}) as counts(x) order by x").fetchall()


@pytest.mark.parametrize("trials", [1, 7, 50])
def test_wilson_limits_are_where_the_score_test_turns(trials: int) -> None:
    for x, limits in enumerate(wilson_limits(trials)):
        assert limits == pytest.approx(exact.wilson(x, trials), abs=1e-9)


@pytest.mark.parametrize(("trials", "z"), [(30, "z95"), (200, "z95"), (200, "z998")])
def test_wilson_limits_grow_with_the_count_and_a_design_effect_widens_them(trials: int, z: str) -> None:
    limits = wilson_limits(trials, z)
    for (lower, upper), (next_lower, next_upper) in pairwise(limits):
        assert lower < next_lower or lower == next_lower == 0
        assert upper < next_upper or upper == next_upper == 1
    for (lower, upper), (wider_lower, wider_upper) in zip(limits, wilson_limits(trials, z, 2.1), strict=True):
        assert wider_lower <= lower and upper <= wider_upper
        assert wider_upper - wider_lower > upper - lower


@pytest.mark.parametrize(("z", "promised"), [("z95", 0.95), ("z998", 0.998)])
def test_wilson_interval_holds_the_truth_as_often_as_it_promises(z: str, promised: float) -> None:
    """Exactly, over all outcomes of 100 trials: on average over shares from 1 to 99 % within half a point."""
    limits = wilson_limits(100, z)
    covered = []
    for percent in range(1, 100):
        p = percent / 100
        covered.append(
            sum(
                math.comb(100, x) * p**x * (1 - p) ** (100 - x)
                for x, (lower, upper) in enumerate(limits)
                if lower <= p <= upper
            )
        )
    assert sum(covered) / len(covered) == pytest.approx(promised, abs=0.005)
    assert min(covered) > promised - 0.1


def test_interval_of_a_count_holds_the_truth_as_often_as_it_promises() -> None:
    """Means from 1 to 40 events: below ten the interval is exact and never holds it less often than 95 %."""
    lower, upper = (rendered(f"poisson_limit('x', z95(), '95', '{side}')") for side in ("lower", "upper"))
    limits = duckdb.execute(f"select {lower}, {upper} from range(121) as counts(x) order by x").fetchall()
    covered = {
        mean: sum(
            math.exp(-mean + x * math.log(mean) - math.lgamma(x + 1))
            for x, (low, high) in enumerate(limits)
            if low <= mean <= high
        )
        for mean in range(1, 41)
    }
    assert min(covered.values()) > 0.94
    assert sum(covered.values()) / len(covered) == pytest.approx(0.96, abs=0.01)
    assert all(covered[mean] >= 0.95 for mean in range(1, 4))


@given(x=st.integers(0, 400), years=st.integers(1, 10**6), factor=st.integers(2, 30))
@settings(max_examples=40, deadline=None)
def test_interval_of_a_rate_narrows_with_its_basis(x: int, years: int, factor: int) -> None:
    def width(events: int, basis: int) -> float:
        low, high = (
            computed(f"poisson_limit('x', z95(), '95', '{s}')", x=events) for s in ("lower", "upper")
        )
        return float(high - low) / basis

    assert width(factor * x, factor * years) < width(x, years)


def test_european_standard_population_covers_all_ages_once_with_100000_persons() -> None:
    with (SEEDS / "standard_population_esp2013.csv").open(encoding="utf-8") as file:
        bands = list(csv.DictReader(file))
    assert sum(int(band["weight"]) for band in bands) == 100_000
    assert [int(band["first_age"]) for band in bands] == [0, *(int(b["last_age"]) + 1 for b in bands[:-1])]
    assert bands[-1]["last_age"] == ""
    assert [band["band"] for band in bands[:-1]] == [f"{b['first_age']}-{b['last_age']}" for b in bands[:-1]]
