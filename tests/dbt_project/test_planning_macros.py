"""The macros of targets and evaluations against published numbers and independent computations."""

from __future__ import annotations

import math
import random
import statistics

import duckdb
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from rendered import computed, rendered

GOLDEN = 1e-9

finite = st.floats(min_value=-100, max_value=100, allow_nan=False)


# Targets.


@pytest.mark.parametrize(
    ("baseline", "actual", "target", "expected"),
    [(24, 21, 16, 0.375), (40, 45, 60, 0.25), (24, 25, 16, -0.125), (24, 15, 16, 1.125)],
)
def test_attainment_has_the_published_values(
    baseline: float, actual: float, target: float, expected: float
) -> None:
    assert computed("attainment('a', 'b', 't')", a=actual, b=baseline, t=target) == pytest.approx(expected)


def test_attainment_of_a_target_that_is_the_baseline_does_not_exist() -> None:
    assert computed("attainment('a', 'b', 't')", a=5.0, b=4.0, t=4.0) is None


def test_linear_path_begins_at_the_baseline_and_stays_at_the_target() -> None:
    def path(year: int) -> float:
        return float(computed("linear_path('b', 't', 2020, 2026, 'y')", b=34.0, t=28.0, y=year))

    assert [path(year) for year in (2019, 2020, 2023, 2026, 2030)] == [34, 34, 31, 28, 28]


def test_geometric_path_grows_by_the_same_factor_every_year() -> None:
    path = [
        computed("geometric_path('b', 't', 2020, 2024, 'y')", b=10.0, t=160.0, y=year)
        for year in range(2020, 2025)
    ]
    assert path == pytest.approx([10, 20, 40, 80, 160])


def test_linear_ratio_says_the_same_of_a_share_and_its_complement() -> None:
    """SPEC 4.10: 24 -> 21 towards 16 (2018, 2023, 2030) and 76 -> 79 towards 84 both give 0.9."""
    for actual, baseline, target in ((21.0, 24.0, 16.0), (79.0, 76.0, 84.0)):
        path = computed("linear_path('b', 't', 2018, 2030, 2023)", b=baseline, t=target)
        ratio = computed("attainment('a', 'b', 'p')", a=actual, b=baseline, p=path)
        assert ratio == pytest.approx(0.9)


def ratio_limits(
    actual: float, baseline: float, target: float, share: float, actual_se: float, baseline_se: float
) -> tuple[float | None, float | None]:
    lower, upper = (
        computed(
            f"progress_ratio_limit('a', 'b', 't', 's', 'sa', 'sb', '{side}')",
            a=actual, b=baseline, t=target, s=share, sa=actual_se, sb=baseline_se,
        )
        for side in ("lower", "upper")
    )  # fmt: skip
    return lower, upper


def test_interval_of_the_ratio_covers_the_truth_in_19_of_20_simulated_cases() -> None:
    """40,000 draws of baseline and actual value, each with a standard error of 0.9 points."""
    rng = random.Random(5)  # noqa: S311 - a simulation, not a secret
    baseline, actual, target, share, error = 34.0, 32.0, 26.0, 2 / 3, 0.9
    true_ratio = (actual - baseline) / (share * (target - baseline))
    limits = {
        side: rendered(f"progress_ratio_limit('a', 'b', {target}, {share}, {error}, {error}, '{side}')")
        for side in ("lower", "upper")
    }
    draws = [(rng.gauss(baseline, error), rng.gauss(actual, error)) for _ in range(40_000)]
    with duckdb.connect(":memory:") as connection:
        row = connection.execute(
            f"with draws as (select unnest(?::double[]) as b, unnest(?::double[]) as a)"
            f" select avg((coalesce({limits['lower']}, -1e9) <= {true_ratio}"
            f" and coalesce({limits['upper']}, 1e9) >= {true_ratio})::integer) from draws",
            [[b for b, _ in draws], [a for _, a in draws]],
        ).fetchone()
    assert row is not None
    assert 0.945 <= row[0] <= 0.955


def test_ratio_has_no_interval_where_the_distance_to_the_path_is_noise() -> None:
    assert ratio_limits(33.5, 34.0, 33.0, 0.5, 1.0, 1.0) == (None, None)


@settings(deadline=None)
@given(actual=finite, baseline=finite, target=finite, share=st.floats(0.1, 1))
def test_interval_of_the_ratio_holds_the_ratio(
    actual: float, baseline: float, target: float, share: float
) -> None:
    assume(abs(target - baseline) > 1)
    lower, upper = ratio_limits(actual, baseline, target, share, 0.1, 0.1)
    assert lower is not None and upper is not None
    ratio = (actual - baseline) / (share * (target - baseline))
    assert lower - 1e-6 <= ratio <= upper + 1e-6


@pytest.mark.parametrize(
    ("ratio", "lower", "upper", "expected"),
    [
        (0.95, 0.95, 1.2, "on_track"),
        (0.94, 0.7, 0.94, "acceleration_needed"),
        (0.6, 0.6, 0.9, "acceleration_needed"),
        (0.59, 0.1, 0.59, "insufficient"),
        (0.0, 0.0, 0.5, "insufficient"),
        (-0.01, -2.0, -0.01, "moving_away"),
        (0.7, 0.5, 0.9, "acceleration_needed_uncertain"),
        (0.2, -0.3, 0.7, "insufficient_uncertain"),
        (0.2, None, None, "insufficient_uncertain"),
        (None, None, None, "not_assessable"),
    ],
)
def test_status_changes_exactly_at_its_boundaries(
    ratio: float | None, lower: float | None, upper: float | None, expected: str
) -> None:
    call = "progress_status('r', 'l', 'u', 'false', 'false')"
    assert computed(call, r=ratio, l=lower, u=upper) == expected


def test_a_target_is_surely_achieved_only_when_both_limits_are() -> None:
    assert computed("progress_status('1.3', '1.1', '1.4', 'true', 'true')") == "achieved"
    assert computed("progress_status('1.0', '0.7', '1.4', 'true', 'false')") == "achieved_uncertain"


@pytest.mark.parametrize(
    ("attained", "expected"),
    [(1.0, "attained"), (0.999, "partly"), (0.6, "partly"), (0.59, "not_attained"), (None, "not_assessable")],
)
def test_verdict_changes_exactly_at_its_boundaries(attained: float | None, expected: str) -> None:
    assert computed("attainment_verdict('z')", z=attained) == expected


# Projections.


@settings(deadline=None)
@given(st.lists(st.floats(-5, 5), min_size=4, max_size=8), st.integers(1, 6))
def test_projection_is_the_prediction_of_a_straight_line(ys: list[float], ahead: int) -> None:
    ts = [2015.0 + i for i in range(len(ys))]
    at = ts[-1] + ahead
    middle, lower, upper = (
        computed(f"projection('ys', 'ts', 'later', '{side}')", ys=ys, ts=ts, later=at)
        for side in ("middle", "lower", "upper")
    )
    slope, intercept = statistics.linear_regression(ts, ys)
    assert middle == pytest.approx(intercept + slope * at, abs=1e-6)
    residuals = [y - intercept - slope * t for y, t in zip(ys, ts, strict=True)]
    s = math.sqrt(sum(r * r for r in residuals) / (len(ys) - 2))
    quantile = {4: 4.30265273, 5: 3.182446305, 6: 2.776445105, 7: 2.570581836, 8: 2.446911851}[len(ys)]
    mean = statistics.mean(ts)
    spread = sum((t - mean) ** 2 for t in ts)
    half = quantile * s * math.sqrt(1 + 1 / len(ys) + (at - mean) ** 2 / spread)
    assert (upper - lower) / 2 == pytest.approx(half, abs=1e-4)


def test_log_odds_and_back_is_the_same_share() -> None:
    assert computed("from_log_odds(log_odds('p'))", p=0.34) == pytest.approx(0.34, abs=1e-12)


# Evaluation.

COUNTS = {"t0x": 310, "t0n": 1000, "t1x": 255, "t1n": 980, "c0x": 900, "c0n": 3600, "c1x": 880, "c1n": 3640}
PAIRS = "[('t0x', 't0n'), ('t1x', 't1n'), ('c0x', 'c0n'), ('c1x', 'c1n')]"


def test_difference_in_differences_has_the_published_value_and_counting_error() -> None:
    names = ", ".join(f"'{name}'" for name in COUNTS)
    effect = computed(f"difference_in_differences({names})", **COUNTS)
    error = computed(f"counting_error({PAIRS})", **COUNTS)
    assert effect == pytest.approx(-0.0416, abs=5e-5)
    assert error == pytest.approx(0.0226, abs=5e-5)
    assert (effect - 1.959963984540054 * error, effect + 1.959963984540054 * error) == pytest.approx(
        (-0.0859, 0.0028), abs=5e-5
    )


def test_placebo_p_is_the_rank_among_all_areas() -> None:
    placebos = [0.5, -1.5, 2.5, -3.5, 0.1] * 4
    assert computed("placebo_p('e', 'ps')", e=-3.0, ps=placebos) == pytest.approx(5 / 21)
    assert computed("placebo_p('e', 'ps')", e=4.0, ps=placebos) == pytest.approx(1 / 21)


@settings(deadline=None)
@given(st.lists(st.floats(-9, 9), min_size=20, max_size=90), st.floats(-20, 20))
def test_interval_is_the_set_of_effects_that_the_placebo_test_does_not_reject(
    placebos: list[float], effect: float
) -> None:
    half = computed("placebo_half_width('ps')", ps=placebos)

    def p_of(difference: float) -> float:
        return (1 + sum(abs(e) >= abs(difference) for e in placebos)) / (1 + len(placebos))

    assert p_of(half) > 0.05
    beyond = half + 1e-9
    assert p_of(beyond) <= 0.05
    assert computed("placebo_p('e', 'ps')", e=effect, ps=placebos) == pytest.approx(p_of(effect))


def test_fewer_than_twenty_untreated_areas_give_no_interval() -> None:
    assert computed("placebo_half_width('ps')", ps=[1.0] * 19) is None
    assert computed("placebo_half_width('ps')", ps=[1.0] * 20) == 1.0


@pytest.mark.parametrize(
    ("lower", "upper", "favourable", "expected"),
    [
        (-3.0, -1.0, -1, "consistent"),
        (1.0, 3.0, 1, "consistent"),
        (1.0, 3.0, -1, "against"),
        (-3.0, 0.0, -1, "indistinguishable"),
        (None, None, -1, "not_assessable"),
        (1.0, 3.0, None, "not_assessable"),
    ],
)
def test_effect_class_follows_interval_and_polarity(
    lower: float | None, upper: float | None, favourable: int | None, expected: str
) -> None:
    assert computed("effect_class('l', 'u', 'f')", l=lower, u=upper, f=favourable) == expected


@pytest.mark.parametrize("language", ["de", "en"])
def test_wording_holds_no_causal_word(language: str) -> None:
    classes = (
        *("consistent", "indistinguishable", "indistinguishable_course", "against", "not_assessable"),
        *("description", "description_course", "appraisal"),
    )
    sentences = [computed(f"effect_wording('c', '{language}')", c=name) for name in classes]
    assert all(sentences)
    assert len(set(sentences)) == len(classes)
    for word in ("bewirkt", "verursacht", "weil", "caused", "because", "led to"):
        assert not any(word in sentence for sentence in sentences)
