"""The invented figures of the city: variable x area x year, and how they add up to higher levels.

Lives here: the container. Must not live here: what the figures are (residents.py, situation.py,
services.py) or how they are delivered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from orchestration.demo.chance import YEARS, Floats, Ints, settled
from orchestration.demo.city import CITY, City, Place


@dataclass
class Figures:
    """Figures by key: a variable id, or `variable|dimension=category` for a breakdown.

    parts: quarters x years, add up. unattributed: per year, persons without an attributable
    address, known for the whole city only. averages: quarters x years of published averages,
    with the key of the variable that weights them. crossing: by level, the part of
    what crosses the boundary of a quarter that also crosses that of a larger area. series: what was asked
    for, by figure and area.
    """

    city: City
    parts: dict[str, Ints | Floats] = field(default_factory=dict)
    unattributed: dict[str, Ints] = field(default_factory=dict)
    averages: dict[str, tuple[Floats, str]] = field(default_factory=dict)
    crossing: dict[str, Mapping[str, float]] = field(default_factory=dict)
    series: dict[str, dict[tuple[str, str], list[float]]] = field(default_factory=dict)

    def whole(self, key: str) -> Ints:
        """Whole numbers of all quarters."""
        return np.asarray(self.parts[key], dtype=np.int64)

    def by_neighbourhood(self, key: str) -> Ints:
        """Whole numbers of today's neighbourhoods."""
        return np.asarray(self.city.gathered(self.whole(key)), dtype=np.int64)

    def sum_of(self, keys: list[str]) -> Ints:
        """Sum of several figures of the same quarter and year."""
        return np.asarray(np.sum([self.whole(key) for key in keys], axis=0), dtype=np.int64)

    def value(self, key: str, place: Place, year: int) -> float:
        """The true figure of one area of any level."""
        known = self.series.setdefault(key, {})
        if (place.level, place.code) not in known:
            known[place.level, place.code] = self._all_years(key, place)
        return known[place.level, place.code][YEARS.index(year)]

    def _all_years(self, key: str, place: Place) -> list[float]:
        members = self.city.members(place)
        if key in self.averages:
            values, weight = self.averages[key]
            means = np.average(values[members], weights=self.whole(weight)[members], axis=0)
            return [round(float(mean), 9) for mean in means]
        total = self.parts[key][members].sum(axis=0)
        if key in self.crossing:
            total = np.rint(settled(total * self.crossing[key][place.level]))
        if place.level == CITY and key in self.unattributed:
            total = total + self.unattributed[key]
        return [float(value) for value in total]
