"""Comparison with similar areas, and clustering in space, computed a second time from their definitions.

Lives here: the placebo test of a difference in differences, and Moran's I, in plain loops over areas. Must
not live here: claims, and the city they are asked about.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import dist
from random import Random
from statistics import fmean, pstdev

SIMILAR = 5
Counts = Sequence[tuple[float, float]]  # cases and population, per area


def standardised(values: Sequence[float]) -> list[float]:
    """Mean 0 and standard deviation 1."""
    mean, spread = fmean(values), pstdev(values)
    return [(value - mean) / spread for value in values]


def placebo(
    before: Counts, after: Counts, traits: Sequence[Sequence[float]], treated: int
) -> tuple[float, float]:
    """Effect in one area, and the share of all areas whose own difference is at least as large.

    traits: per area, what makes areas alike, standardised.
    """
    others = [area for area in range(len(before)) if area != treated]

    def change(areas: Sequence[int]) -> float:
        first, last = ([times[area] for area in areas] for times in (before, after))
        return sum(x for x, _ in last) / sum(n for _, n in last) - sum(x for x, _ in first) / sum(
            n for _, n in first
        )

    def effect(area: int) -> float:
        donors = [other for other in others if other != area]
        alike = sorted(donors, key=lambda other: (round(dist(traits[area], traits[other]), 12), other))
        return change([area]) - change(alike[:SIMILAR])

    own = effect(treated)
    as_large = sum(abs(effect(area)) >= abs(own) for area in others)
    return own, (as_large + 1) / (len(others) + 1)


def morans_i(
    values: Sequence[float], neighbours: Sequence[Sequence[int]], draws: int = 199
) -> tuple[float, float]:
    """Moran's I, an area's neighbours weighted alike, and the share of random maps at least as clustered."""
    z = standardised(values)

    def index(order: Sequence[float]) -> float:
        known = [i for i, beside in enumerate(neighbours) if beside]
        return sum(order[i] * fmean(order[j] for j in neighbours[i]) for i in known) / len(known)

    own, chance = index(z), Random(1)  # noqa: S311
    as_clustered = sum(index(chance.sample(z, len(z))) >= own for _ in range(draws))
    return own, (as_clustered + 1) / (draws + 1)
