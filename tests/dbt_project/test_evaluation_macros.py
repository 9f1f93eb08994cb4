"""The macros of interrupted time series, of the placebo test's standard error and of costs."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles.regression import interrupted
from rendered import computed

T0 = 2018.0
YEARS = [float(year) for year in range(2010, 2022)]


def macro(ts: list[float], ys: list[float], t0: float = T0) -> dict[str, tuple[float, float, float]]:
    """Level and slope by the macros, each with its error by Newey-West and by least squares."""
    residuals = computed("its_residuals('ts', 'ys', 't0')", ts=ts, ys=ys, t0=t0)
    left_out = computed("left_out_residuals('ts', 'rs', 't0')", ts=ts, rs=residuals, t0=t0)
    found = {}
    for coefficient in ("level", "slope"):
        weights = computed(f"its_weights('ts', 't0', '{coefficient}')", ts=ts, t0=t0)
        found[coefficient] = (
            computed("products('ws', 'ys')", ws=weights, ys=ys),
            computed("newey_west_error('ws', 'rs', 'ts')", ws=weights, rs=left_out, ts=ts),
            computed("least_squares_error('ws', 'rs')", ws=weights, rs=residuals),
        )
    return found


def close(found: dict[str, tuple[float, float, float]], other: dict[str, tuple[float, float, float]]) -> bool:
    return all(found[name] == pytest.approx(other[name], abs=1e-6) for name in ("level", "slope"))


# Interrupted time series.


@settings(deadline=None, max_examples=40)
@given(st.lists(st.floats(-50, 50), min_size=12, max_size=12))
def test_level_and_slope_with_their_errors_are_those_of_the_full_model(ys: list[float]) -> None:
    assert close(macro(YEARS, ys), interrupted(YEARS, ys, T0))


def test_a_year_without_a_value_is_no_neighbour() -> None:
    rng = random.Random(3)  # noqa: S311 - invented figures
    ts = [year for year in YEARS if year not in (2013.0, 2020.0)]
    ys = [rng.gauss(0, 1) for _ in ts]
    assert close(macro(ts, ys), interrupted(ts, ys, T0))
    closed = [float(2010 + at) for at in range(len(ts))]
    assert not close(macro(closed, ys), macro(ts, ys))


def test_two_exact_lines_give_the_jump_and_the_bend_without_any_error() -> None:
    ys = [10 + 0.5 * (t - 2010) + (t >= T0) * (-3 - 0.25 * (t - T0)) for t in YEARS]
    assert close(macro(YEARS, ys), {"level": (-3.0, 0.0, 0.0), "slope": (-0.25, 0.0, 0.0)})


@pytest.mark.parametrize(
    ("freedom", "quantile"), [(7, 2.364624), (8, 2.306004), (10, 2.228139), (15, 2.131450), (30, 2.042272)]
)
def test_quantile_of_student_is_the_published_one(freedom: int, quantile: float) -> None:
    assert computed("student_975('f')", f=float(freedom)) == pytest.approx(quantile, abs=1e-3)


# The standard error that the placebo test ranks by.


def test_areas_that_stray_no_further_than_counting_have_no_variance_beyond_it() -> None:
    assert computed("stray_variance('es', 'cs')", es=[0.5, -0.5], cs=[1.0, 1.0]) == 0
    assert computed("stray_variance('es', 'cs')", es=[3.0, -1.0], cs=[1.0, 2.0]) == pytest.approx(2.5)


def test_standard_error_is_counting_and_straying_together() -> None:
    assert computed("placebo_error('c', 'v')", c=3.0, v=16.0) == pytest.approx(5.0)
    assert computed("placebo_error('c', 'v')", c=3.0, v=0.0) == pytest.approx(3.0)


# Costs.


@pytest.mark.parametrize(
    ("cost", "reached", "expected"), [(1000.0, 40.0, 25.0), (1000.0, 0.0, None), (1000.0, -3.0, None)]
)
def test_nothing_has_no_price(cost: float, reached: float, expected: float | None) -> None:
    assert computed("unit_cost('c', 'n')", c=cost, n=reached) == expected


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_missing_amount_has_a_reason(language: str) -> None:
    reasons = ("design", "scope", "not_assessable", "indistinguishable", "against", "costs")
    sentences = [computed(f"cost_wording('r', '{language}')", r=name) for name in reasons]
    assert all(sentences) and len(set(sentences)) == len(reasons)
