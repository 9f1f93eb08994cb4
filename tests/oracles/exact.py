"""Statistics computed a second time from their definitions, in whole numbers and fractions where possible.

Lives here: independent computations that the SQL macros are held against. They share no formula with the
macros: sums over all pairs instead of running sums, sums over all outcomes instead of closed forms. Must not
live here: claims.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from random import Random
from statistics import NormalDist

Z95 = NormalDist().inv_cdf(0.975)


def wilson(x: int, n: int, z: float = Z95) -> tuple[float, float]:
    """The two shares whose score test against x of n just reaches z, found by bisection."""

    def score(share: float) -> float:
        return abs(x / n - share) - z * math.sqrt(share * (1 - share) / n)

    def root(inside: float, outside: float) -> float:
        for _ in range(200):
            middle = (inside + outside) / 2
            inside, outside = (middle, outside) if score(middle) < 0 else (inside, middle)
        return (inside + outside) / 2

    return (0.0 if x == 0 else root(x / n, 0.0)), (1.0 if x == n else root(x / n, 1.0))


def newcombe(x1: int, n1: int, x2: int, n2: int) -> tuple[float, float]:
    """Limits of x1/n1 - x2/n2 from two score intervals."""
    (l1, u1), (l2, u2), p1, p2 = wilson(x1, n1), wilson(x2, n2), x1 / n1, x2 / n2
    return p1 - p2 - math.hypot(p1 - l1, u2 - p2), p1 - p2 + math.hypot(u1 - p1, p2 - l2)


def standardised(
    events: Sequence[int], years: Sequence[int], weights: Sequence[int]
) -> tuple[Fraction, Fraction]:
    """(rate, variance) by direct standardisation."""
    whole = sum(weights)
    rate = sum((Fraction(w * o, n) for o, n, w in zip(events, years, weights, strict=True)), Fraction())
    square = sum(
        (Fraction(w * w * o, n * n) for o, n, w in zip(events, years, weights, strict=True)), Fraction()
    )
    return rate / whole, square / whole**2


def average_ranks(values: Sequence[float]) -> list[Fraction]:
    return [
        Fraction(2 * sum(other < value for other in values) + sum(other == value for other in values) + 1, 2)
        for value in values
    ]


def spearman(a: Sequence[float], b: Sequence[float]) -> float | None:
    """Product-moment correlation of the average ranks; None where one side is constant."""
    ranks_a, ranks_b = average_ranks(a), average_ranks(b)
    middle = Fraction(len(a) + 1, 2)
    products = sum((x - middle) * (y - middle) for x, y in zip(ranks_a, ranks_b, strict=True))
    squares = [sum((x - middle) ** 2 for x in ranks) for ranks in (ranks_a, ranks_b)]
    return None if 0 in squares else float(products) / math.sqrt(squares[0] * squares[1])


def dissimilarity(group: Sequence[int], total: Sequence[int]) -> Fraction:
    a, b = sum(group), sum(total) - sum(group)
    return (
        sum((abs(Fraction(x, a) - Fraction(t - x, b)) for x, t in zip(group, total, strict=True)), Fraction())
        / 2
    )


def mean_absolute_deviation(draws: int, successes: int, population: int) -> Fraction:
    """E|X - mean| of the hypergeometric distribution, summed over all outcomes."""
    mean = Fraction(draws * successes, population)
    return sum(
        (
            abs(x - mean) * math.comb(successes, x) * math.comb(population - successes, draws - x)
            for x in range(max(0, draws + successes - population), min(draws, successes) + 1)
        ),
        Fraction(),
    ) / math.comb(population, draws)


def shuffled(total: Sequence[int], group_total: int, rounds: int, seed: int) -> list[list[int]]:
    """Group counts per area when `group_total` persons are drawn from all at random, many times."""
    random = Random(seed)  # noqa: S311 - a simulation
    homes = [area for area, n in enumerate(total) for _ in range(n)]
    placed = []
    for _ in range(rounds):
        counts = [0] * len(total)
        for area in random.sample(homes, group_total):
            counts[area] += 1
        placed.append(counts)
    return placed


def isolation(group: Sequence[int], total: Sequence[int]) -> Fraction:
    return sum((Fraction(x * x, sum(group) * t) for x, t in zip(group, total, strict=True)), Fraction())


def gini(group: Sequence[int], total: Sequence[int]) -> Fraction:
    """Sum over all pairs of areas."""
    shares = [Fraction(x, t) for x, t in zip(group, total, strict=True)]
    pairs = sum(
        (t * u * abs(p - q) for t, p in zip(total, shares, strict=True)
         for u, q in zip(total, shares, strict=True)), Fraction()
    )  # fmt: skip
    return pairs / (2 * sum(total) * sum(group))


def theil(group: Sequence[int], total: Sequence[int]) -> float:
    def entropy(share: float) -> float:
        return -sum(p * math.log(p) for p in (share, 1 - share) if p > 0)

    whole = sum(total)
    within = sum(t * entropy(x / t) for x, t in zip(group, total, strict=True))
    return 1 - within / (whole * entropy(sum(group) / whole))
