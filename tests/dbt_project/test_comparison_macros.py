"""Funnel limits and the comparison on two levels against published numbers and their own definitions."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rendered import computed


def funnel(benchmark: float | None, trials: float | None, effect: float = 1, z: str = "z95") -> list[float]:
    return [
        computed(
            f"funnel_limit('cast(b as double)', 'cast(n as double)', {effect}, {z}(), '{side}')",
            b=benchmark,
            n=trials,
        )
        for side in ("lower", "upper")
    ]


@pytest.mark.parametrize(
    ("trials", "lower", "upper"),
    [(100, 0.17545, 0.34304), (400, 0.21008, 0.29468), (2000, 0.23151, 0.26944)],
)
def test_funnel_around_a_quarter_has_the_published_limits(trials: int, lower: float, upper: float) -> None:
    assert funnel(0.25, trials) == pytest.approx([lower, upper], abs=5e-6)


@given(
    benchmark=st.floats(0.001, 0.999),
    trials=st.integers(1, 1_000_000),
    effect=st.sampled_from([1, 1.5, 3]),
    z=st.sampled_from([("z95", 1.959963984540054), ("z998", 3.090232306167813)]),
)
@settings(max_examples=60, deadline=None)
def test_funnel_limit_is_where_the_score_test_of_the_limit_reaches_the_quantile(
    benchmark: float, trials: int, effect: float, z: tuple[str, float]
) -> None:
    for limit in funnel(benchmark, trials, effect, z[0]):
        error = math.sqrt(limit * (1 - limit) * effect / trials)
        assert abs(limit - benchmark) / error == pytest.approx(z[1], rel=1e-5)


@given(benchmark=st.integers(0, 1000).map(lambda permille: permille / 1000), trials=st.integers(1, 10_000))
@settings(max_examples=40, deadline=None)
def test_funnel_holds_its_benchmark_and_narrows_the_more_is_counted(benchmark: float, trials: int) -> None:
    narrow, wide = funnel(benchmark, trials), funnel(benchmark, trials, z="z998")
    larger, clustered = funnel(benchmark, 4 * trials), funnel(benchmark, trials, 2)
    assert 0 <= wide[0] <= narrow[0] <= benchmark <= narrow[1] <= wide[1] <= 1
    assert larger[1] - larger[0] < narrow[1] - narrow[0] < clustered[1] - clustered[0]


@pytest.mark.parametrize(("benchmark", "trials"), [(None, 10), (0.5, None), (0.5, 0), (1.2, 10), (-0.1, 10)])
def test_funnel_of_nothing_or_of_what_is_no_share_is_null(
    benchmark: float | None, trials: float | None
) -> None:
    assert funnel(benchmark, trials) == [None, None]


def level(benchmark: float | None, polarity: str, limits: tuple[float | None, ...] = (15, 25, 10, 30)) -> str:
    call = "compare_on_two_levels('b', 'l', 'u', 'll', 'uu', 'p')"
    casts = [f"cast({name} as double)" for name in ("b", "l", "u", "ll", "uu")]
    for name, cast in zip(("'b'", "'l'", "'u'", "'ll'", "'uu'"), casts, strict=True):
        call = call.replace(name, f"'{cast}'")
    values = dict(zip(("l", "u", "ll", "uu"), limits, strict=True))
    return str(computed(call, b=benchmark, p=polarity, **values))


@pytest.mark.parametrize(
    ("benchmark", "better", "worse", "neutral"),
    [
        (20, "similar", "similar", "similar"),
        (15, "similar", "similar", "similar"),
        (12, "better", "worse", "higher"),
        (10, "better", "worse", "higher"),
        (9, "best", "worst", "highest"),
        (25, "similar", "similar", "similar"),
        (26, "worse", "better", "lower"),
        (30, "worse", "better", "lower"),
        (31, "worst", "best", "lowest"),
        (None, "not_compared", "not_compared", "not_compared"),
    ],
)
def test_area_with_95_from_15_to_25_and_998_from_10_to_30_is_compared_on_two_levels(
    benchmark: float | None, better: str, worse: str, neutral: str
) -> None:
    """The limits themselves belong to their interval; neutral indicators never read good or bad."""
    assert level(benchmark, "higher_better") == better
    assert level(benchmark, "higher_worse") == worse
    assert level(benchmark, "neutral") == neutral


@pytest.mark.parametrize(
    "limits",
    [(None, 25, 10, 30), (15, None, 10, 30), (15, 25, None, 30), (15, 25, 10, None)],
)
def test_without_both_intervals_no_level_is_told(limits: tuple[float | None, ...]) -> None:
    assert level(5, "higher_worse", limits) == "not_compared"


@given(benchmark=st.integers(0, 40), polarity=st.sampled_from(["higher_better", "higher_worse", "neutral"]))
@settings(max_examples=40, deadline=None)
def test_two_levels_refine_the_one_level_comparison(benchmark: int, polarity: str) -> None:
    call = "compare_with_benchmark('b', '15', '25', 'p')"
    coarse = computed(call, b=benchmark, p=polarity)
    refined = {"best": "better", "worst": "worse", "highest": "higher", "lowest": "lower"}
    found = level(benchmark, polarity)
    assert refined.get(found, found) == coarse
