"""Rules of progress beside the linear one, interim values, forecasts: against independent computations."""

from __future__ import annotations

import math
import random
from itertools import pairwise

import duckdb
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from oracles.open_sdg import method_2
from rendered import computed, rendered

Z95 = 1.959963984540054
above_zero = st.floats(min_value=1, max_value=99)


def cagr_ratio(actual: float, baseline: float, target: float, gone: int, whole: int) -> float | None:
    found: float | None = computed(
        "cagr_ratio('a', 'b', 't', 'g', 'w')", a=actual, b=baseline, t=target, g=gone, w=whole
    )
    return found


@pytest.mark.parametrize(
    ("baseline", "actual", "target", "expected"),
    [(24.0, 21.0, 16.0, 0.7931792), (40.0, 45.0, 60.0, 0.6935983)],
)
def test_growth_ratio_has_the_published_values(
    baseline: float, actual: float, target: float, expected: float
) -> None:
    """SPEC 4.13, 2018, 2023, 2030."""
    assert cagr_ratio(actual, baseline, target, 5, 12) == pytest.approx(expected, abs=5e-8)


@settings(deadline=None, max_examples=40)
@given(above_zero, above_zero, above_zero, st.integers(1, 9), st.integers(1, 15))
def test_growth_ratio_is_that_of_open_sdg_where_the_target_is_the_better_value(
    baseline: float, actual: float, target: float, gone: int, whole: int
) -> None:
    assume(abs(target - baseline) > 0.01)
    direction = 1 if target > baseline else -1
    expected = method_2(baseline, actual, target, gone, whole, direction)
    assert cagr_ratio(actual, baseline, target, gone, whole) == pytest.approx(expected, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(
    ("baseline", "actual", "target"),
    [(0.0, 3.0, 10.0), (10.0, 3.0, 0.0), (10.0, 3.0, 10.0), (-4.0, 3.0, 8.0)],
)
def test_growth_that_does_not_exist_is_not_replaced_by_a_number(
    baseline: float, actual: float, target: float
) -> None:
    assert cagr_ratio(actual, baseline, target, 5, 10) is None


def test_target_the_other_way_does_not_hide_behind_an_absolute_value() -> None:
    """Lower is better, but the target allows a rise from 20 to 24: at 22 Open SDG denies any way to it."""
    assert method_2(20, 22, 24, 5, 10, direction=-1) < 0
    assert (cagr_ratio(22.0, 20.0, 24.0, 5, 10) or 0) > 1


@pytest.mark.parametrize(("baseline", "actual", "target"), [(34.0, 31.0, 26.0), (20.0, 24.0, 30.0)])
def test_interval_of_the_growth_ratio_covers_the_truth_in_19_of_20_simulated_cases(
    baseline: float, actual: float, target: float
) -> None:
    """40,000 draws of baseline and actual value, each with a standard error of 0.9 points."""
    rng, error = random.Random(7), 0.9  # noqa: S311 - a simulation, not a secret
    truth = cagr_ratio(actual, baseline, target, 4, 6)
    draws = [(rng.gauss(baseline, error), rng.gauss(actual, error)) for _ in range(40_000)]
    half = Z95 * error
    limits = [
        rendered(
            f"cagr_ratio_limit('a', '(a - {half})', '(a + {half})', 'b', '(b - {half})', '(b + {half})',"
            f" {target}, 4, 6, '{side}')"
        )
        for side in ("lower", "upper")
    ]
    with duckdb.connect(":memory:") as connection:
        row = connection.execute(
            "with draws as (select unnest(?::double[]) as b, unnest(?::double[]) as a)"
            f" select avg((coalesce({limits[0]}, -1e9) <= {truth}"
            f" and coalesce({limits[1]}, 1e9) >= {truth})::integer) from draws",
            [[b for b, _ in draws], [a for _, a in draws]],
        ).fetchone()
    assert row is not None
    assert 0.935 <= row[0] <= 0.965


def test_growth_ratio_has_no_interval_where_the_baseline_may_be_the_target() -> None:
    call = "cagr_ratio_limit('31.0', '30.0', '32.0', '34.0', '32.0', '36.0', '32.5', '3', '6', 'lower')"
    assert computed(call) is None


def sustainability(actual: float, earlier: float, target: float, left: int) -> float | None:
    found: float | None = computed(
        "sustainability_ratio('a', 'e', 't', 'l')", a=actual, e=earlier, t=target, l=left
    )
    return found


@settings(deadline=None, max_examples=40)
@given(st.lists(st.floats(0, 100), min_size=6, max_size=6), st.floats(0, 100), st.integers(0, 12))
def test_german_rule_projects_the_mean_of_the_last_five_changes(
    values: list[float], target: float, left: int
) -> None:
    assume(abs(target - values[-1]) > 0.1)
    mean = sum(later - earlier for earlier, later in pairwise(values)) / 5
    projected = values[-1] + mean * left
    miss = (target - projected) / (target - values[-1])
    assert 1 - (sustainability(values[-1], values[0], target, left) or 0) == pytest.approx(miss, abs=1e-6)


@pytest.mark.parametrize(
    ("miss", "expected"),
    [
        (0.0, "on_track"),
        (0.049, "on_track"),
        (0.051, "acceleration_needed"),
        (0.199, "acceleration_needed"),
        (0.201, "insufficient"),
        (1.0, "insufficient"),
        (1.001, "moving_away"),
    ],
)
def test_german_rule_has_its_own_boundaries(miss: float, expected: str) -> None:
    """Miss below 5 % of the distance, up to 20 %, above, and the wrong way."""
    assert computed("progress_class('r', \"'sustainability'\")", r=1 - miss) == expected


def test_german_rule_is_uncertain_where_its_interval_spans_a_boundary() -> None:
    def limits(error: float) -> list[float | None]:
        return [
            computed(
                f"sustainability_ratio_limit('a', 'e', 't', '5', 's', 's', '{side}')",
                a=15.0, e=20.0, t=10.0, s=error,
            )
            for side in ("lower", "upper")
        ]  # fmt: skip

    assert sustainability(15.0, 20.0, 10.0, 5) == pytest.approx(1)
    lower, upper = limits(0.01)
    assert lower is not None and upper is not None and 0.95 < lower < 1 < upper
    wide = limits(0.5)
    assert wide[0] is not None and wide[0] < 0.95
    assert limits(4.0) == [None, None]  # the distance that is left is noise


# Paths.


def path(kind: str, year: int, interim: dict[int, float]) -> float:
    return float(
        computed(
            "target_path('k', 'b', 't', 2020, 2026, 'y', 'ys', 'vs')",
            k=kind, b=34.0, t=28.0, y=year, ys=[float(one) for one in interim], vs=list(interim.values()),
        )
    )  # fmt: skip


@pytest.mark.parametrize("kind", ["linear", "geometric"])
def test_interim_values_override_the_path_and_are_joined_by_straight_lines(kind: str) -> None:
    interim = {2022: 33.0, 2024: 30.0}
    found = [path(kind, year, interim) for year in range(2019, 2028)]
    assert found == pytest.approx([34, 34, 33.5, 33, 31.5, 30, 29, 28, 28])


def test_steps_stand_still_between_the_interim_values() -> None:
    found = [path("steps", year, {2022: 33.0, 2024: 30.0}) for year in range(2019, 2028)]
    assert found == [34, 34, 34, 33, 33, 30, 30, 28, 28]
    assert [path("steps", year, {}) for year in (2020, 2025, 2026)] == [34, 34, 28]


# The chance that a target is met.


@pytest.mark.parametrize(
    ("degrees", "quantile"),
    [(2, 4.302652729749464), (3, 3.182446305283708), (4, 2.776445105197793), (5, 2.570581835636314),
     (6, 2.446911851144969)],
)  # fmt: skip
def test_t_distribution_is_975_of_1000_at_the_tabulated_quantile(degrees: int, quantile: float) -> None:
    assert computed("t_distribution('x', 'd')", x=quantile, d=degrees) == pytest.approx(0.975, abs=1e-9)
    assert computed("t_distribution('x', 'd')", x=-quantile, d=degrees) == pytest.approx(0.025, abs=1e-9)
    assert computed("t_distribution('x', 'd')", x=0.0, d=degrees) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (-math.inf, 20.0, "likely"),
        (-math.inf, 14.0, "toss_up"),
        (-math.inf, 9.0, "unlikely"),
        (13.0, math.inf, "likely"),
        (14.5, math.inf, "toss_up"),
        (10.0, 18.0, "likely"),
        (19.0, 21.0, "unlikely"),
    ],
)
def test_forecast_says_in_one_word_how_likely_the_target_is(low: float, high: float, expected: str) -> None:
    call = "forecast_class(chance_within('14.0', '2.0', 'l', 'h', '4'))"
    assert computed(call, l=low, h=high) == expected


def test_line_without_any_error_is_certain() -> None:
    call = "chance_within('14.0', '0.0', 'l', 'h', '4')"
    assert computed(call, l=-math.inf, h=14.1) == pytest.approx(1)
    assert computed(call, l=-math.inf, h=13.9) == pytest.approx(0)


@pytest.mark.parametrize(
    ("share", "expected"), [(0.0, -math.inf), (1.0, math.inf), (0.5, 0.0), (-0.1, -math.inf)]
)
def test_no_line_in_log_odds_reaches_nothing_or_all(share: float, expected: float) -> None:
    assert computed("log_odds_bound('s')", s=share) == expected
