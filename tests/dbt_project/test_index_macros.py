"""The macros of composite indices against the standard library and published numbers."""

from __future__ import annotations

import math
import statistics
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rendered import computed

NORMAL = statistics.NormalDist()
DOCUMENTED_ERROR = 1.15e-9  # relative, P. J. Acklam


def exponential(rank: float, n: int, constant: int = 23) -> float:
    return float(computed(f"exponential_of_rank('r', {n}, {constant})", r=rank))


# Rank-exponential.


@pytest.mark.parametrize(("rank", "expected"), [(78, 2.5077), (43, 16.17)])
def test_transformed_ranks_are_the_published_ones(rank: int, expected: float) -> None:
    assert exponential(rank, 86) == pytest.approx(expected, abs=5e-5 if rank == 78 else 5e-3)


@pytest.mark.parametrize(
    ("share", "expected"), [(78 / 86, 51.8910324), (43 / 86, 15.6467901), (0.9, 50.4266543)]
)
def test_transformed_shares_are_the_published_ones(share: float, expected: float) -> None:
    assert computed("exponential_of_share('s', 23)", s=share) == pytest.approx(expected, abs=5e-8)


def test_first_rank_reaches_100_and_only_the_top_tenth_exceeds_50() -> None:
    assert exponential(1, 500) == pytest.approx(100, rel=1e-12)
    above = [rank for rank in range(1, 501) if exponential(rank, 500) > 50]
    assert above == list(range(1, len(above) + 1))
    assert 0.1 <= len(above) / 500 < 0.105  # exactly: R above 0.8979


def test_tied_areas_share_the_average_rank() -> None:
    assert computed("average_rank('lowest', 'n')", lowest=4, n=3) == statistics.mean([4, 5, 6])
    assert computed("average_rank('lowest', 'n')", lowest=7, n=1) == 7


# Mean, deviation and standard score.


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(-(10**8), 10**8).map(lambda n: n / 1e5), min_size=2, max_size=30))
def test_deviation_is_that_of_the_standard_library(values: list[float]) -> None:
    spread = max(values) - min(values)
    for kind, oracle in (("population", statistics.pstdev), ("sample", statistics.stdev)):
        found = computed("list_deviation('v', list_mean('v'), 'k')", v=values, k=kind)
        assert found == pytest.approx(oracle(values), rel=1e-9, abs=1e-9 * spread)
    assert computed("list_mean('v')", v=values) == pytest.approx(statistics.fmean(values), rel=1e-9, abs=1e-6)


def test_equal_values_have_no_deviation_and_no_standard_score() -> None:
    assert computed("list_deviation('v', list_mean('v'), 'k')", v=[0.1] * 3, k="population") == 0
    assert computed("standard_score('x', 'm', 's')", x=0.1, m=0.1, s=0.0) is None
    assert computed("standard_score('x', 'm', 's')", x=7.0, m=4.0, s=1.5) == 2


# Cuts.


@pytest.mark.parametrize(
    ("score", "expected"), [(-1.01, 1), (-1.0, 2), (0.0, 2), (1.0, 2), (1.0001, 3), (1.5, 3), (1.5001, 4)]
)
def test_every_score_lies_in_one_class_and_the_cut_belongs_where_it_is_said_to(
    score: float, expected: int
) -> None:
    classes = [
        (None, -1, False, False),
        (-1, 1, True, True),
        (1, 1.5, False, True),
        (1.5, None, False, False),
    ]
    within = [
        number
        for number, (lower, upper, lower_in, upper_in) in enumerate(classes, start=1)
        if computed(
            "lies_between_cuts('s', 'lo', 'hi', 'li', 'ui')",
            s=score,
            lo=lower,
            hi=upper,
            li=lower_in,
            ui=upper_in,
        )
    ]
    assert within == [expected]


# Draws.


@settings(deadline=None, max_examples=200)
@given(st.floats(1e-12, 1 - 1e-12))
def test_normal_quantile_stays_within_its_documented_error(p: float) -> None:
    expected = NORMAL.inv_cdf(p)
    assert computed("normal_quantile('p')", p=p) == pytest.approx(expected, rel=DOCUMENTED_ERROR, abs=1e-12)


def test_normal_quantile_rises_and_is_symmetric_across_its_three_pieces() -> None:
    steps = [0.0001, 0.02424, 0.02425, 0.02426, 0.3, 0.5, 0.7, 0.97574, 0.97575, 0.97576, 0.9999]
    found = [computed("normal_quantile('p')", p=p) for p in steps]
    assert all(low < high for low, high in pairwise(found))
    assert found == pytest.approx([-value for value in reversed(found)], rel=1e-8, abs=1e-12)


def test_draws_depend_on_their_key_alone_and_are_spread_evenly() -> None:
    drawn = [computed("uniform_of_key('k')", k=f"1@{number}") for number in range(2000)]
    assert drawn[:3] == [computed("uniform_of_key('k')", k=f"1@{number}") for number in range(3)]
    assert all(0 < value < 1 for value in drawn)
    assert len(set(drawn)) == len(drawn)
    tenths = [sum(1 for value in drawn if math.floor(value * 10) == tenth) for tenth in range(10)]
    chi_square = sum((n - 200) ** 2 / 200 for n in tenths)
    assert chi_square < 27.9  # 99.9 % point, 9 degrees of freedom


def test_draw_at_the_quantile_is_the_limit_and_never_below_zero() -> None:
    def drawn(normal: float, lower: float | None = 1.0, upper: float | None = 9.0) -> float:
        call = "draw_from_interval('v', 'lo', 'hi', 'z')"
        return float(computed(call, v=3.0, lo=lower, hi=upper, z=normal))

    z95 = NORMAL.inv_cdf(0.975)
    assert (drawn(-z95), drawn(0), drawn(z95)) == pytest.approx((1, 3, 9), rel=1e-9)
    assert drawn(-4) == 0
    assert drawn(-4, lower=-1.0) == pytest.approx(3 - 4 * 4 / z95)
    assert drawn(2.5, lower=None, upper=None) == 3
