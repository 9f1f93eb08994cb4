"""The boundary change of the fictional city: in 2020 one neighbourhood gave a quarter to its neighbour.

Lives here: which two, and which quarter moved. Must not live here: codes, files.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import shapely
from shapely.geometry import Polygon

from orchestration.demo.chance import Floats

QUIET = 0.55  # of the neighbourhoods, the least burdened: none of them belongs to a social space
INNER = 0  # the first district
FEWEST = 9  # neighbourhoods a city must have to be reformed
LONG = 0.2  # of the root of its area: the shortest edge by which a quarter hangs on its new home


@dataclass(frozen=True)
class Reform:
    """Positions of the giving and the taking neighbourhood, and of the quarter in the giving one."""

    giving: int
    taking: int
    quarter: int

    def ordered(self, order: list[int]) -> Reform:
        """The same when the neighbourhoods stand in another order."""
        return replace(self, giving=order.index(self.giving), taking=order.index(self.taking))

    def today(self, cells: list[list[Polygon]]) -> list[list[Polygon]]:
        """The quarters of each neighbourhood after the reform: the moved one is the last of its new home."""
        moved = [list(parts) for parts in cells]
        moved[self.taking].append(moved[self.giving].pop(self.quarter))
        return moved


def find_reform(
    polygons: list[Polygon], cells: list[list[Polygon]], district_of: list[int], deprivation: Floats
) -> Reform | None:
    """The least burdened pair that fits, of an outer district if there is one; None in a small city.

    Burdened neighbourhoods belong to social spaces, and these shall not change in the same year.
    """
    if len(polygons) < FEWEST:
        return None
    quiet = [int(i) for i in np.argsort(deprivation, kind="stable")[: round(QUIET * len(polygons))]]
    pairs = [(a, b) for a in quiet for b in quiet if a != b and district_of[a] == district_of[b]]
    for giving, taking in sorted(pairs, key=lambda pair: district_of[pair[0]] == INNER):
        if not polygons[giving].intersects(polygons[taking]):
            continue
        for quarter in range(1, len(cells[giving])):
            if _fits(cells[giving], quarter, polygons[taking]):
                return Reform(giving, taking, quarter)
    return None


def _fits(parts: list[Polygon], quarter: int, taking: Polygon) -> bool:
    """Whether the quarter hangs together with its new home and leaves its old one in one piece."""
    left = shapely.union_all([part for at, part in enumerate(parts) if at != quarter], grid_size=1e-6)
    edge = parts[quarter].boundary.intersection(taking.boundary).length
    return isinstance(left, Polygon) and edge > LONG * float(np.sqrt(parts[quarter].area))
