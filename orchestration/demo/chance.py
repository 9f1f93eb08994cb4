"""Reproducible chance: one stream per name, so that a new variable does not change the others.

Lives here: how shares depend on the social situation and how counts scatter around them. Must not
live here: what the shares mean.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FIRST_YEAR, LAST_YEAR = 2012, 2024
YEARS: tuple[int, ...] = tuple(range(FIRST_YEAR, LAST_YEAR + 1))
PERSISTENCE = 0.75  # correlation of a quarter's deviation with that of the year before
QUARTER_PART = 0.5  # what is particular to a quarter, as a part of what is particular to its neighbourhood


def stream(seed: int, name: str) -> np.random.Generator:
    """The random numbers that belong to one name under one seed."""
    return np.random.default_rng([seed, crc32(name.encode())])


def settled(values: NDArray[np.floating[Any]]) -> Floats:
    """Nine decimals: the last bits of exp and log differ between processors, published bytes must not."""
    return np.asarray(np.round(values, 9), dtype=np.float64)


def standardised(values: Floats) -> Floats:
    """Mean 0, standard deviation 1."""
    return settled((values - values.mean()) / values.std())


def logistic(values: Floats) -> Floats:
    """Log-odds to probabilities."""
    return settled(1.0 / (1.0 + np.exp(-values)))


def logit(share: float) -> float:
    """Probability to log-odds."""
    return float(np.log(share / (1.0 - share)))


@dataclass(frozen=True)
class Chance:
    """Draws shares and counts of quarters x years.

    deprivation and centrality: standardised factors per quarter. neighbourhood_of: position of each
    quarter's neighbourhood.
    """

    seed: int
    deprivation: Floats
    centrality: Floats
    neighbourhood_of: Ints

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.deprivation), len(YEARS)

    def wave(self, name: str, persistence: float = PERSISTENCE) -> Floats:
        """Standard normal deviations that persist over the years, quarters x years."""
        fresh = stream(self.seed, name + "/wave").standard_normal(self.shape)
        wave = fresh.copy()
        for column in range(1, self.shape[1]):
            wave[:, column] = persistence * wave[:, column - 1]
            wave[:, column] += np.sqrt(1 - persistence**2) * fresh[:, column]
        return wave

    def effect(self, name: str, spread: float) -> Floats:
        """What is particular to each neighbourhood, and less so to each quarter, and lasts, one column."""
        draw = stream(self.seed, name + "/area").standard_normal
        common = draw((int(self.neighbourhood_of.max()) + 1, 1))[self.neighbourhood_of]
        return spread * (common + QUARTER_PART * draw((self.shape[0], 1)))

    def share(
        self,
        name: str,
        level: float,
        deprivation: float = 0.0,
        centrality: float = 0.0,
        trend: float = 0.0,
        spread: float = 0.12,
        steps: Mapping[int, float] | None = None,
    ) -> Floats:
        """Shares of quarters x years.

        level: share of an average quarter in the first year. deprivation, centrality: change of
        the log-odds per standard deviation. trend: change of the log-odds per year. spread: standard
        deviation of the lasting local effect. steps: year -> change of the log-odds from then on.
        """
        odds = np.full(self.shape, logit(level)) + self.effect(name, spread)
        odds += deprivation * self.deprivation[:, None] + centrality * self.centrality[:, None]
        odds += trend * np.arange(self.shape[1])[None, :]
        for year, change in (steps or {}).items():
            odds[:, year - FIRST_YEAR :] += change
        return logistic(odds)

    def part(self, name: str, whole: Ints, share: Floats) -> Ints:
        """How many of `whole` belong, with binomial scatter; between 0 and whole."""
        scatter = np.sqrt(whole * share * (1.0 - share)) * self.wave(name)
        return np.clip(np.rint(settled(whole * share + scatter)), 0, whole).astype(np.int64)
