"""The fictional city: its areas of all levels, their codes, outlines and hidden social structure.

Its atoms are the quarters: every figure belongs to a quarter and is added up from there. Must not live
here: how the areas come about (founding.py), figures that are delivered, files.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from orchestration.demo.chance import Chance, Floats, Ints, standardised, stream

CITY, DISTRICT, NEIGHBOURHOOD, QUARTER = "stadt", "stadtbezirk", "stadtteil", "quartier"
LEVELS: tuple[str, ...] = (CITY, DISTRICT, NEIGHBOURHOOD)
ALL_LEVELS: tuple[str, ...] = (*LEVELS, QUARTER)
FOUNDED, REFORMED = "2010-01-01", "2020-01-01"
LOCAL_SPREAD = 0.5  # standard deviation of a quarter's situation within its neighbourhood


@dataclass(frozen=True)
class Place:
    """One area of one level; `parent` is the code of the area above it."""

    level: str
    code: str
    name: str
    parent: str | None
    polygon: BaseGeometry
    valid_from: str = FOUNDED
    valid_to: str = ""

    def exists(self, year: int) -> bool:
        """Whether the area is valid on 31 December."""
        day = f"{year}-12-31"
        return self.valid_from <= day and (not self.valid_to or self.valid_to > day)


@dataclass(frozen=True)
class City:
    """All areas by level in order of their codes, and the factors behind their figures.

    places: the areas of today. former: those that ended with the reform. deprivation, centrality:
    standardised factors per neighbourhood. residents: per neighbourhood before the first year.
    neighbourhood_of: position of each quarter's neighbourhood. members_of: (level, code) -> quarters.
    """

    seed: int
    scale: float
    places: dict[str, list[Place]]
    former: list[Place]
    deprivation: Floats
    centrality: Floats
    residents: Floats
    neighbourhood_of: Ints
    members_of: dict[tuple[str, str], list[int]]

    @cached_property
    def chance(self) -> Chance:
        local = LOCAL_SPREAD * stream(self.seed, "quarter structure").standard_normal(self.n_quarters)
        deprivation = standardised(self.deprivation[self.neighbourhood_of] + local)
        return Chance(self.seed, deprivation, self.centrality[self.neighbourhood_of], self.neighbourhood_of)

    @property
    def n_quarters(self) -> int:
        return len(self.neighbourhood_of)

    @property
    def neighbourhoods(self) -> list[Place]:
        return self.places[NEIGHBOURHOOD]

    def members(self, place: Place) -> list[int]:
        """Positions of the quarters that make up an area of any level."""
        return self.members_of[place.level, place.code]

    def versions(self, level: str) -> list[Place]:
        """All areas that a level ever had, in order of their codes, the earlier version first."""
        known = self.places[level] + [place for place in self.former if place.level == level]
        return sorted(known, key=lambda place: (place.code, place.valid_from))

    def at(self, level: str, year: int) -> list[Place]:
        """The areas of a level that exist at the end of a year, in order of their codes."""
        return [place for place in self.versions(level) if place.exists(year)]

    def gathered(self, values: NDArray[Any]) -> NDArray[Any]:
        """Values of the quarters added up to today's neighbourhoods."""
        total = np.zeros((len(self.neighbourhoods), *values.shape[1:]), dtype=values.dtype)
        np.add.at(total, self.neighbourhood_of, values)
        return total

    def at_first_of_district(self, values: NDArray[Any]) -> NDArray[Any]:
        """Values of districts as values of quarters: all of it lies in the first quarter of each."""
        spread = np.zeros((self.n_quarters, *values.shape[1:]), dtype=values.dtype)
        spread[[self.members(place)[0] for place in self.places[DISTRICT]]] = values
        return spread

    def at_first_quarter(self, values: NDArray[Any]) -> NDArray[Any]:
        """Values of neighbourhoods as values of quarters: all of it lies in the first quarter of each."""
        spread = np.zeros((self.n_quarters, *values.shape[1:]), dtype=values.dtype)
        _, first = np.unique(self.neighbourhood_of, return_index=True)
        spread[first] = values
        return spread
