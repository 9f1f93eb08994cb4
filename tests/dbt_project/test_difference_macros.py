"""Differences of proportions, standardised rates and rank correlations against a second computation."""

from __future__ import annotations

import math

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from oracles import exact
from rendered import computed, rendered

GOLDEN = 1e-9  # the expected numbers are given with ten decimals
COUNTS = st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


# Differences.


def newcombe(x1: float | None, n1: float, x2: float, n2: float, effect: float = 1) -> list[float]:
    return [
        computed(
            f"newcombe_limit('cast(a as double)', 'n', 'b', 'm', {effect}, z95(), '{side}')",
            a=x1,
            n=n1,
            b=x2,
            m=n2,
        )
        for side in ("lower", "upper")
    ]


def test_difference_of_56_of_70_and_48_of_80_has_the_published_limits() -> None:
    assert newcombe(56, 70, 48, 80) == pytest.approx([0.0524314724, 0.3338726540], abs=GOLDEN)


@given(first=COUNTS, second=COUNTS)
@settings(max_examples=60, deadline=None)
def test_limits_of_a_difference_are_those_of_two_score_tests(
    first: tuple[int, int], second: tuple[int, int]
) -> None:
    assert newcombe(*first, *second) == pytest.approx(exact.newcombe(*first, *second), abs=1e-9)


@given(first=COUNTS, second=COUNTS)
@settings(max_examples=40, deadline=None)
def test_difference_lies_in_its_interval_which_turns_with_the_question(
    first: tuple[int, int], second: tuple[int, int]
) -> None:
    lower, upper = newcombe(*first, *second)
    difference = first[0] / first[1] - second[0] / second[1]
    assert -1 - 1e-12 <= lower <= difference <= upper <= 1 + 1e-12
    assert lower < upper
    assert newcombe(*second, *first) == pytest.approx([-upper, -lower], abs=1e-12)
    clustered = newcombe(*first, *second, effect=2)
    assert clustered[1] - clustered[0] > upper - lower


def test_difference_to_nothing_is_null() -> None:
    assert newcombe(5, 0, 3, 10) == [None, None]
    assert newcombe(5, 10, 3, 0) == [None, None]
    assert newcombe(None, 10, 3, 10) == [None, None]


# Direct standardisation.


def standardised(events: list[float], years: list[float], weights: list[float]) -> list[float | None]:
    columns = {"o": events, "n": years, "w": weights}
    limits = [f"dobson_limit('o', 'n', 'w', z95(), '95', '{side}')" for side in ("lower", "upper")]
    return [computed(call, **columns) for call in ("standardised_rate('o', 'n', 'w')", *limits)]


STRATA = st.lists(
    st.tuples(st.integers(0, 60), st.integers(100, 90_000), st.integers(1, 20_000)), min_size=2, max_size=19
).filter(lambda strata: sum(events for events, _, _ in strata) >= 10)


@given(strata=STRATA)
@example(strata=[(1, 100, 12), (9, 109, 1)])  # the scaled limit would be below 0
@settings(max_examples=60, deadline=None)
def test_standardised_rate_and_its_limits_are_those_of_fractions(strata: list[tuple[int, int, int]]) -> None:
    events, years, weights = (list(column) for column in zip(*strata, strict=True))
    rate, lower, upper = standardised(*([float(v) for v in column] for column in (events, years, weights)))
    expected, variance = exact.standardised(events, years, weights)
    total = sum(events)
    scale = math.sqrt(variance / total)
    assert rate == pytest.approx(float(expected), rel=1e-12)
    for limit, side in ((lower, "lower"), (upper, "upper")):
        of_total = computed(f"poisson_limit('x', z95(), '95', '{side}')", x=total)
        scaled = float(expected) + scale * (of_total - total)
        assert limit == pytest.approx(max(0.0, scaled), rel=1e-9, abs=1e-15)
    assert lower is not None and rate is not None and upper is not None
    assert 0 <= lower <= rate <= upper


def test_area_with_the_age_structure_of_the_standard_has_its_crude_rate_and_byar_limits() -> None:
    weights = [5000.0, 55000.0, 40000.0]
    rate, lower, upper = standardised([2.0, 8.0, 28.0], [weight / 10 for weight in weights], weights)
    byar = [computed(f"poisson_limit('x', z95(), '95', '{side}')", x=38) for side in ("lower", "upper")]
    assert rate == pytest.approx(38 / 10_000, rel=1e-12)
    assert [lower, upper] == pytest.approx([limit / 10_000 for limit in byar], rel=1e-9)


@given(strata=STRATA, factor=st.sampled_from([0.5, 2.0, 1000.0]))
@settings(max_examples=20, deadline=None)
def test_only_the_proportions_of_the_weights_count(strata: list[tuple[int, int, int]], factor: float) -> None:
    events, years, weights = ([float(v) for v in column] for column in zip(*strata, strict=True))
    assert standardised(events, years, [weight * factor for weight in weights]) == pytest.approx(
        standardised(events, years, weights), rel=1e-9
    )


@pytest.mark.parametrize(
    ("events", "years"),
    [([4.0, 5.0], [100.0, 200.0]), ([9.0, 9.0], [100.0, 0.0])],
    ids=["9 events", "a stratum without people"],
)
def test_rate_on_few_events_or_an_empty_stratum_is_null(events: list[float], years: list[float]) -> None:
    assert standardised(events, years, [1.0, 2.0]) == [None, None, None]


def test_ten_events_are_enough() -> None:
    assert None not in standardised([5.0, 5.0], [100.0, 200.0], [1.0, 2.0])


# Rank correlation.


def correlated(pairs: list[tuple[int, int]]) -> float | None:
    ranks = ", ".join(f"{rendered(call)} as {name}" for call, name in (
        ("doubled_rank('a', 'pair')", "r"), ("doubled_rank('b', 'pair')", "s")))  # fmt: skip
    rho = rendered("spearman_rho('count(*)', 'sum(r * s)', 'sum(r * r)', 'sum(s * s)')")
    sql = (
        f"select {rho} from (select {ranks} from"
        " (select 1 as pair, unnest($a) as a, unnest($b) as b))"
    )  # fmt: skip
    row = duckdb.execute(sql, {"a": [a for a, _ in pairs], "b": [b for _, b in pairs]}).fetchone()
    assert row is not None
    found: float | None = row[0]
    return found


@given(pairs=st.lists(st.tuples(st.integers(-9, 9), st.integers(-50, 50)), min_size=2, max_size=40))
@settings(max_examples=60, deadline=None)
def test_rank_correlation_with_ties_is_that_of_average_ranks(pairs: list[tuple[int, int]]) -> None:
    expected = exact.spearman([a for a, _ in pairs], [b for _, b in pairs])
    found = correlated(pairs)
    assert found == (None if expected is None else pytest.approx(expected, abs=1e-12))
    assert correlated(pairs[::-1]) == found
    if found is not None:
        assert correlated([(a, -b) for a, b in pairs]) == pytest.approx(-found, abs=1e-12)
        assert correlated([(a**3, b) for a, b in pairs]) == found, "only the order counts"


def test_rank_correlation_of_a_textbook_example() -> None:
    """Intelligence and hours of television of ten persons: 1 - 6 * 194 / (10 * 99)."""
    iq = [106, 100, 86, 101, 99, 103, 97, 113, 112, 110]
    hours = [7, 27, 2, 50, 28, 29, 20, 12, 6, 17]
    assert correlated(list(zip(iq, hours, strict=True))) == pytest.approx(1 - 6 * 194 / 990, abs=1e-12)


def limits(rho: float, n: int) -> list[float]:
    return [computed(f"spearman_limit('r', 'n', z95(), '{s}')", r=rho, n=n) for s in ("lower", "upper")]


def test_interval_of_a_rank_correlation_is_that_of_fisher_with_the_error_of_bonett_and_wright() -> None:
    """rho 0.5 of 28 areas: error sqrt(1.125 / 25) = 0.2121320344 around artanh 0.5 = 0.5493061443."""
    middle, error = 0.5493061443340549, 0.21213203435596426
    expected = [math.tanh(middle - exact.Z95 * error), math.tanh(middle + exact.Z95 * error)]
    assert limits(0.5, 28) == pytest.approx(expected, abs=1e-12)


@given(rho=st.integers(-99, 99).map(lambda r: r / 100), n=st.integers(4, 600))
@settings(max_examples=40, deadline=None)
def test_interval_of_a_rank_correlation_holds_it_and_narrows(rho: float, n: int) -> None:
    lower, upper = limits(rho, n)
    assert -1 <= lower < rho < upper <= 1
    more = limits(rho, 4 * n)
    assert more[1] - more[0] < upper - lower
    assert limits(-rho, n) == pytest.approx([-upper, -lower], abs=1e-12)


@pytest.mark.parametrize(("rho", "n"), [(1.0, 20), (-1.0, 20), (0.5, 3)])
def test_perfect_order_or_three_areas_have_no_interval(rho: float, n: int) -> None:
    assert limits(rho, n) == [None, None]


def test_correlation_is_never_without_its_sentence() -> None:
    assert computed("ecological_note('de')") == "Gebietszusammenhang, kein Schluss auf Personen"
    assert "persons" in computed("ecological_note('en')")
