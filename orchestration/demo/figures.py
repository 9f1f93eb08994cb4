"""The invented figures of the city: variable x area x year, and how they add up to higher levels.

Lives here: the container. Must not live here: what the figures are (residents.py, situation.py,
services.py) or how they are delivered.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from orchestration.demo.chance import YEARS, Floats, Ints
from orchestration.demo.city import CITY, City, Place


@dataclass
class Figures:
    """Figures by key: a variable id, or `variable|dimension=category` for a breakdown.

    parts: neighbourhoods x years, add up. unattributed: per year, persons without an attributable
    address, known for the whole city only. averages: neighbourhoods x years of published averages,
    with the key of the variable that weights them.
    """

    city: City
    parts: dict[str, Ints | Floats] = field(default_factory=dict)
    unattributed: dict[str, Ints] = field(default_factory=dict)
    averages: dict[str, tuple[Floats, str]] = field(default_factory=dict)

    def whole(self, key: str) -> Ints:
        """Whole numbers of all neighbourhoods."""
        return np.asarray(self.parts[key], dtype=np.int64)

    def sum_of(self, keys: list[str]) -> Ints:
        """Sum of several figures of the same neighbourhood and year."""
        return np.asarray(np.sum([self.whole(key) for key in keys], axis=0), dtype=np.int64)

    def value(self, key: str, place: Place, year: int) -> float:
        """The true figure of one area of any level."""
        column = YEARS.index(year)
        members = self.city.members(place)
        if key in self.averages:
            values, weight = self.averages[key]
            weights = self.whole(weight)[members, column]
            return round(float(np.average(values[members, column], weights=weights)), 9)
        total = self.parts[key][members, column].sum()
        if place.level == CITY and key in self.unattributed:
            total = total + self.unattributed[key][column]
        return float(total)
