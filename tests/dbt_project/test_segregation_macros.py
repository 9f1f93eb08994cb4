"""Segregation and peer areas against published numbers, sums over all outcomes, and a shuffled city."""

from __future__ import annotations

from statistics import fmean, stdev

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles import exact
from rendered import computed, rendered

GROUP, TOTAL = [120, 300, 80, 40, 260], [1000, 1200, 900, 1500, 1400]
PARTS = {
    "dissimilarity": "dissimilarity_part('a', 't', 'a_all', 't_all')",
    "dissimilarity_expected": "dissimilarity_expected_part('t', 'a_all', 't_all')",
    "isolation": "isolation_part('a', 't', 'a_all')",
    "gini": "gini_part('a', 't', 'cumulated', 'a_all', 't_all')",
    "theil": "theil_part('a', 't', 'a_all', 't_all')",
}


def measured(measure: str, group: list[int], total: list[int]) -> float:
    part = rendered(f"exact_sum({PARTS[measure]})")
    sql = f"""
        select {part} from (
            select *, sum(a) over () as a_all, sum(t) over () as t_all,
                sum(t) over (order by a / t, area) as cumulated
            from (select unnest($a) as a, unnest($t) as t, unnest(range(len($a))) as area)
        )
    """
    row = duckdb.execute(sql, {"a": group, "t": total}).fetchone()
    assert row is not None
    return float(row[0])


CITY = st.lists(st.integers(1, 300).flatmap(lambda t: st.tuples(st.integers(0, t), st.just(t))),
                min_size=2, max_size=30).filter(
    lambda areas: 0 < sum(a for a, _ in areas) < sum(t for _, t in areas)
)  # fmt: skip


@pytest.mark.parametrize(
    ("measure", "expected"),
    [("dissimilarity", 0.3076923), ("isolation", 0.1823294), ("gini", 0.3416667), ("theil", 0.0797915)],
)
def test_segregation_of_five_areas_has_the_published_value(measure: str, expected: float) -> None:
    assert measured(measure, GROUP, TOTAL) == pytest.approx(expected, abs=5e-8)


@given(city=CITY)
@settings(max_examples=40, deadline=None)
def test_segregation_is_that_of_the_definitions(city: list[tuple[int, int]]) -> None:
    group, total = [a for a, _ in city], [t for _, t in city]
    for measure, oracle in (
        ("dissimilarity", exact.dissimilarity),
        ("isolation", exact.isolation),
        ("gini", exact.gini),
        ("theil", exact.theil),
    ):
        assert measured(measure, group, total) == pytest.approx(float(oracle(group, total)), abs=1e-9), (
            measure
        )


@given(city=CITY)
@settings(max_examples=30, deadline=None)
def test_segregation_lies_within_its_bounds(city: list[tuple[int, int]]) -> None:
    group, total = [a for a, _ in city], [t for _, t in city]
    share = sum(group) / sum(total)
    for measure in ("dissimilarity", "theil", "gini"):
        assert -1e-12 <= measured(measure, group, total) <= 1 + 1e-12
    assert share - 1e-12 <= measured("isolation", group, total) <= 1 + 1e-12
    doubled = measured("dissimilarity", [2 * a for a in group], [2 * t for t in total])
    assert doubled == pytest.approx(measured("dissimilarity", group, total), abs=1e-12)


def test_even_city_is_not_segregated_and_divided_city_is_wholly() -> None:
    for measure, even, divided in (("dissimilarity", 0, 1), ("theil", 0, 1), ("isolation", 0.25, 1)):
        assert measured(measure, [10, 20, 30], [40, 80, 120]) == pytest.approx(even, abs=1e-12)
        assert measured(measure, [40, 80, 0], [40, 80, 120]) == pytest.approx(divided, abs=1e-12)


# What chance alone would give.


@given(data=st.data())
@settings(max_examples=80, deadline=None)
def test_mean_deviation_of_a_random_count_is_the_sum_over_all_outcomes(data: st.DataObject) -> None:
    population = data.draw(st.integers(1, 400))
    draws, successes = data.draw(st.integers(0, population)), data.draw(st.integers(0, population))
    found = computed("hypergeometric_deviation('n', 'k', 't')", n=draws, k=successes, t=population)
    expected = float(exact.mean_absolute_deviation(draws, successes, population))
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_mean_deviation_holds_in_a_city_of_a_million() -> None:
    """Against the sum over all outcomes in whole numbers: the logarithms lose no more than nine digits."""
    for draws, successes in ((300, 90_000), (120, 400_000)):
        found = computed("hypergeometric_deviation('n', 'k', 't')", n=draws, k=successes, t=1_000_000)
        expected = float(exact.mean_absolute_deviation(draws, successes, 1_000_000))
        assert found == pytest.approx(expected, rel=1e-6)


def test_expected_dissimilarity_and_isolation_are_the_means_of_a_shuffled_city() -> None:
    """800 shuffles: the mean must lie within four of its standard errors, for a small and a large group."""
    total = [30, 45, 12, 80, 60, 25, 9, 39]
    for group_total, seed in ((15, 1), (120, 2)):
        placed = exact.shuffled(total, group_total, 800, seed)
        group = placed[0]
        isolation = computed("isolation_expected('n', 'a', 't')", n=len(total), a=group_total, t=sum(total))
        for found, oracle in (
            (measured("dissimilarity_expected", group, total), exact.dissimilarity),
            (isolation, exact.isolation),
        ):
            simulated = [float(oracle(counts, total)) for counts in placed]
            assert abs(found - fmean(simulated)) < 4 * stdev(simulated) / len(simulated) ** 0.5
            assert found > 0.01


def test_small_group_looks_segregated_by_chance_alone() -> None:
    """Three members for two areas of 200: D is above 0.3 without any cause; where half belong, below 0.06."""
    total = [200] * 20
    assert measured("dissimilarity_expected", [2] * 10 + [1] * 10, total) > 0.3
    assert measured("dissimilarity_expected", [100] * 20, total) < 0.06


# Peers.


@given(values=st.lists(st.floats(-1000, 1000), min_size=2, max_size=30))
@settings(max_examples=40, deadline=None)
def test_deviation_is_that_of_the_whole_population(values: list[float]) -> None:
    mean = fmean(values)
    expected = (sum((value - mean) ** 2 for value in values) / len(values)) ** 0.5
    found = computed("population_deviation('v', 'm')", v=values, m=mean)
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_standardised_value_is_in_deviations_and_null_where_all_are_the_same() -> None:
    assert computed("standardised('v', 'm', 's')", v=7.0, m=4.0, s=1.5) == 2
    assert computed("standardised('v', 'm', 's')", v=4.0, m=4.0, s=0.0) is None


def test_peer_distance_is_the_root_of_the_mean_square_and_blind_to_the_last_bits() -> None:
    assert computed("peer_distance('d')", d=[3.0, 4.0]) == pytest.approx(12.5**0.5, abs=1e-6)
    assert computed("peer_distance('d')", d=[0.3, 0.1]) == computed("peer_distance('d')", d=[0.1, 0.3 + 1e-9])
