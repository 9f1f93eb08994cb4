"""The statistical macros against published numbers, and against what a statistician would swear to."""

from __future__ import annotations

import math

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rendered import computed, rendered

GOLDEN = 1e-9  # the expected numbers are given with ten decimals


def wilson(
    numerator: float, denominator: float, level: str = "z95", effect: float = 1
) -> tuple[float, float]:
    lower, upper = (
        computed(f"wilson_limit('x', 'n', {effect}, {level}(), '{side}')", x=numerator, n=denominator)
        for side in ("lower", "upper")
    )
    return lower, upper


def poisson(events: float, level: str = "95") -> tuple[float, float]:
    z = "z95()" if level == "95" else "z998()"
    lower, upper = (
        computed(f"poisson_limit('x', {z}, '{level}', '{side}')", x=events) for side in ("lower", "upper")
    )
    return lower, upper


# Proportions.


@pytest.mark.parametrize(
    ("numerator", "denominator", "lower", "upper"),
    [
        (0, 50, 0, 0.0713475991),
        (5, 50, 0.0434757649, 0.2136023144),
        (50, 50, 0.9286524009, 1),
        (212, 1840, 0.1014235238, 0.1306145708),
    ],
)
def test_wilson_interval_has_the_published_limits(
    numerator: int, denominator: int, lower: float, upper: float
) -> None:
    assert wilson(numerator, denominator) == pytest.approx((lower, upper), abs=GOLDEN)


def test_wilson_interval_of_998_permille_is_wider_and_solves_its_equation() -> None:
    for x, n in ((5, 50), (212, 1840)):
        narrow, wide = wilson(x, n), wilson(x, n, "z998")
        assert wide[0] < narrow[0] < x / n < narrow[1] < wide[1]
        for limit in wide:  # the score test at the limit just reaches the quantile
            assert abs(x / n - limit) / math.sqrt(limit * (1 - limit) / n) == pytest.approx(
                3.090232306, rel=1e-8
            )


def test_design_effect_shrinks_the_sample() -> None:
    assert wilson(40, 100, effect=2) == pytest.approx(wilson(20, 50), abs=1e-12)


@pytest.mark.parametrize(("numerator", "denominator"), [(0, 0), (None, 5), (3, None)])
def test_wilson_of_nothing_is_null(numerator: int | None, denominator: int | None) -> None:
    sql = "wilson_limit('cast(x as integer)', 'cast(n as integer)', 1, z95(), 'lower')"
    assert computed(sql, x=numerator, n=denominator) is None


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_wilson_lies_within_0_and_1_and_holds_the_share(data: st.DataObject) -> None:
    n = data.draw(st.integers(1, 2_000_000))
    x = data.draw(st.integers(0, n))
    lower, upper = wilson(
        x, n, data.draw(st.sampled_from(["z95", "z998"])), data.draw(st.sampled_from([1, 1.5, 4]))
    )
    assert 0 <= lower <= x / n <= upper <= 1
    assert upper - lower > 0


@given(x=st.integers(0, 1000), rest=st.integers(0, 1000), factor=st.integers(2, 50))
@settings(max_examples=40, deadline=None)
def test_wilson_is_narrower_the_more_is_counted_and_turns_with_the_question(
    x: int, rest: int, factor: int
) -> None:
    n = max(x + rest, 1)
    lower, upper = wilson(x, n)
    more = wilson(factor * x, factor * n)
    assert more[1] - more[0] < upper - lower
    assert wilson(n - x, n) == pytest.approx((1 - upper, 1 - lower), abs=1e-12)


# Counts and rates.


@pytest.mark.parametrize(
    ("events", "per", "lower", "upper"),
    [
        (10, 4000, 1.1968624785, 4.5978646514),
        (38, 9120, 2.9482092633, 5.7192361218),
        (250, 60000, 3.6661147375, 4.7164753121),
    ],
)
def test_byar_limits_have_the_published_values(events: int, per: int, lower: float, upper: float) -> None:
    limits = tuple(limit / per * 1000 for limit in poisson(events))
    assert limits == pytest.approx((lower, upper), abs=GOLDEN)


def poisson_cumulated(events: int, mean: float) -> float:
    return sum(math.exp(-mean) * mean**k / math.factorial(k) for k in range(events + 1))


@pytest.mark.parametrize(("level", "tail"), [("95", 0.025), ("998", 0.001)])
@pytest.mark.parametrize("events", range(10))
def test_limits_below_ten_events_are_exact(events: int, level: str, tail: float) -> None:
    """At the upper limit so few events are just so improbable, at the lower limit so many."""
    lower, upper = poisson(events, level)
    assert poisson_cumulated(events, upper) == pytest.approx(tail, rel=1e-6)
    if events == 0:
        assert lower == 0
    else:
        assert 1 - poisson_cumulated(events - 1, lower) == pytest.approx(tail, rel=1e-6)


@given(events=st.integers(0, 100_000), level=st.sampled_from(["95", "998"]))
@settings(max_examples=60, deadline=None)
def test_poisson_limits_hold_the_count_and_grow_with_it(events: int, level: str) -> None:
    lower, upper = poisson(events, level)
    assert 0 <= lower <= events < upper
    next_lower, next_upper = poisson(events + 1, level)
    assert lower < next_lower
    assert upper < next_upper


def test_limits_of_no_count_are_null() -> None:
    assert computed("poisson_limit('cast(x as double)', z95(), '95', 'lower')", x=None) is None


# Comparison.


def compared(benchmark: float | None, lower: float | None, upper: float | None, polarity: str) -> str:
    call = "compare_with_benchmark('cast(b as double)', 'cast(l as double)', 'cast(u as double)', 'p')"
    return str(computed(call, b=benchmark, l=lower, u=upper, p=polarity))


@pytest.mark.parametrize(
    ("benchmark", "polarity", "word"),
    [
        (10, "higher_better", "better"),
        (10, "higher_worse", "worse"),
        (10, "neutral", "higher"),
        (30, "higher_better", "worse"),
        (30, "higher_worse", "better"),
        (30, "neutral", "lower"),
        (20, "higher_better", "similar"),
        (15, "higher_worse", "similar"),
        (25, "neutral", "similar"),
        (None, "neutral", "not_compared"),
    ],
)
def test_area_with_interval_15_to_25_is_compared(benchmark: float | None, polarity: str, word: str) -> None:
    """The limits themselves belong to the interval."""
    assert compared(benchmark, 15, 25, polarity) == word


def test_without_an_interval_nothing_is_compared() -> None:
    assert compared(20, None, None, "higher_better") == "not_compared"


# Trend over five years.

TRIALS = [1500.0, 1510.0, 1525.0, 1530.0, 1545.0]
RISING = [180.0, 195.0, 214.0, 238.0, 260.0]


def five(series: str) -> list[str]:
    """The five years of a list column, as the macros take them."""
    return [f"{series}[{t}]" for t in range(1, 6)]


@pytest.mark.parametrize(
    ("events", "trials", "chi_square"),
    [
        (RISING, TRIALS, 18.8253037),
        ([180.0, 176.0, 185.0, 179.0, 183.0], TRIALS, 0.0103191),
        ([180.0, 180.0, 181.0, 179.0, 260.0], [1500.0] * 5, 14.8371964),
    ],
)
def test_trend_of_proportions_has_the_published_chi_square(
    events: list[float], trials: list[float], chi_square: float
) -> None:
    found = computed(f"trend_chi_square_proportion({five('o')}, {five('n')})", o=events, n=trials)
    assert found == pytest.approx(chi_square, abs=5e-8)


def test_weighted_trend_has_the_published_chi_square() -> None:
    values = [20, 21.5, 23.1, 24.4, 26]
    low, high = [18, 19.5, 21, 22.3, 23.8], [22.2, 23.7, 25.4, 26.7, 28.4]
    weights = [1 / ((upper - lower) / 3.92) ** 2 for lower, upper in zip(low, high, strict=True)]
    found = computed(
        f"trend_chi_square_weighted({five('v')}, {five('w')})", v=[float(v) for v in values], w=weights
    )
    assert found == pytest.approx(17.8095348, abs=5e-8)


def slope(measured: list[float], weights: list[float], left_out: int) -> float:
    """Least squares on the years t = 1 to 5 without one of them, up to a positive factor."""
    points = [(w, t, v) for t, (v, w) in enumerate(zip(measured, weights, strict=True), 1) if t != left_out]
    total = sum(w for w, _, _ in points)
    sum_t, sum_v = sum(w * t for w, t, _ in points), sum(w * v for w, _, v in points)
    return total * sum(w * t * v for w, t, v in points) - sum_t * sum_v


def direction(measured: list[float], weights: list[float] | None = None) -> int:
    call = f"trend_direction({five('v')}, {five('w') if weights else 'none'})"
    found: int = computed(call, v=measured, **({"w": weights} if weights else {}))
    return found


def test_trend_carried_by_a_single_year_is_found_out() -> None:
    """180, 180, 181, 179, 260 of 1500: without the last year the slope has another sign or none."""
    logits = [math.log(o / (1500 - o)) for o in (180, 180, 181, 179, 260)]
    assert slope(logits, [1.0] * 5, 0) > 0 > slope(logits, [1.0] * 5, 5)
    assert direction(logits) == 0
    assert direction([math.log(o / (n - o)) for o, n in zip(RISING, TRIALS, strict=True)]) == 1


@given(
    measured=st.lists(st.integers(-1000, 1000), min_size=5, max_size=5),
    weights=st.none() | st.lists(st.integers(1, 50), min_size=5, max_size=5),
)
@settings(max_examples=60, deadline=None)
def test_direction_is_that_of_all_six_least_squares_lines(
    measured: list[int], weights: list[int] | None
) -> None:
    values = [float(value) for value in measured]
    given_weights = [float(weight) for weight in weights] if weights else None
    slopes = [slope(values, given_weights or [1.0] * 5, left_out) for left_out in range(6)]
    assert direction(values, given_weights) == (min(slopes) > 0) - (max(slopes) < 0)
    assert direction([-value for value in values], given_weights) == -direction(values, given_weights)


@pytest.mark.parametrize(
    ("trend", "polarity", "word"),
    [
        ("increasing", "higher_better", "better"),
        ("increasing", "higher_worse", "worse"),
        ("increasing", "neutral", "higher"),
        ("decreasing", "higher_better", "worse"),
        ("decreasing", "higher_worse", "better"),
        ("decreasing", "neutral", "lower"),
        ("no_significant_change", "higher_worse", "similar"),
        ("cannot_be_calculated", "higher_worse", "not_compared"),
    ],
)
def test_trend_is_evaluated_by_polarity(trend: str, polarity: str, word: str) -> None:
    assert computed("evaluate_trend('t', 'p')", t=trend, p=polarity) == word


def test_quantiles_belong_to_their_levels() -> None:
    def outside(quantile: float) -> float:
        return math.erfc(float(quantile) / math.sqrt(2))

    assert outside(computed("z95()")) == pytest.approx(0.05, rel=1e-12)
    assert outside(computed("z998()")) == pytest.approx(0.002, rel=1e-12)
    assert outside(math.sqrt(computed("chi_square_998()"))) == pytest.approx(0.002, rel=1e-9)


# Rounding and periods.


@given(value=st.floats(-1e12, 1e12, allow_nan=False).filter(lambda v: v == 0 or abs(v) > 1e-9))
@settings(max_examples=60, deadline=None)
def test_published_number_keeps_twelve_significant_digits(value: float) -> None:
    found = computed("round_significant('cast(v as double)')", v=value)
    assert found == float(f"{value:.11e}") or found == pytest.approx(value, rel=1e-11)
    assert computed("round_significant('cast(v as double)')", v=found) == found


@pytest.mark.parametrize(
    ("period", "year"), [("2024", 2024), ("2024-07", 2024), ("2023/24", 2023), ("2021..2023", 2023)]
)
def test_year_of_a_period(period: str, year: int) -> None:
    assert computed("period_year('p')", p=period) == year


@pytest.mark.parametrize(
    ("statuses", "strongest"),
    [
        (["ok", "ok"], "ok"),
        (["ok", "not_available"], "not_available"),
        (["pending", "not_available"], "pending"),
        (["suppressed_source", "pending", "ok"], "suppressed_source"),
        (["suppressed_primary", "suppressed_source"], "suppressed_primary"),
        (["ok", "not_applicable"], "not_applicable"),
    ],
)
def test_sum_says_the_strongest_reason_of_its_parts(statuses: list[str], strongest: str) -> None:
    aggregate = rendered("strongest_status('s')")
    sql = f"select {aggregate} from (select unnest($all) as s)"
    assert duckdb.connect().execute(sql, {"all": statuses}).fetchone() == (strongest,)


# Distances.


@given(st.lists(st.floats(-7e6, 7e6), min_size=4, max_size=4))
@settings(max_examples=60, deadline=None)
def test_straight_distance_is_that_of_euclid(c: list[float]) -> None:
    found = computed("straight_distance('a', 'b', 'c', 'd')", a=c[0], b=c[1], c=c[2], d=c[3])
    assert found == pytest.approx(math.dist(c[:2], c[2:]), rel=1e-12, abs=1e-6)


def test_cells_may_be_half_as_wide_as_the_catchment() -> None:
    assert computed("widest_cell('c')", c=1000) == 500
    assert computed("widest_cell('c')", c=799) == 399.5
    assert computed("widest_cell('cast(c as integer)')", c=None) is None


@pytest.mark.parametrize(
    ("width", "german", "english"),
    [(2183.08, "2.183 m", "2,183 m"), (499.5, "500 m", "500 m"), (1234567, "1.234.567 m", "1,234,567 m")],
)
def test_metres_are_written_as_readers_write_them(width: float, german: str, english: str) -> None:
    assert computed("metres('w', '.')", w=width) == german
    assert computed("metres('w', ',')", w=width) == english
