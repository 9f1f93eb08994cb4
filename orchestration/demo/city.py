"""The fictional city: its districts and neighbourhoods, codes, polygons and hidden social structure.

Must not live here: figures that are delivered, files.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from orchestration.demo.chance import Chance, Floats, settled, stream
from orchestration.demo.geometry import CENTRE, Shape, tessellate
from orchestration.demo.names import CITY_NAME, DISTRICTS, further_names

CITY, DISTRICT, NEIGHBOURHOOD = "stadt", "stadtbezirk", "stadtteil"
LEVELS: tuple[str, ...] = (CITY, DISTRICT, NEIGHBOURHOOD)
MOST_NEIGHBOURHOODS = 9 * 99  # one digit for the district, two for the neighbourhood in it


@dataclass(frozen=True)
class Place:
    """One area of one level; `parent` is the code of the area above it."""

    level: str
    code: str
    name: str
    parent: str | None
    polygon: BaseGeometry


@dataclass(frozen=True)
class City:
    """All areas by level in order of their codes, and two standardised factors per neighbourhood."""

    seed: int
    scale: float
    places: dict[str, list[Place]]
    deprivation: Floats
    centrality: Floats

    @property
    def chance(self) -> Chance:
        return Chance(self.seed, self.deprivation, self.centrality)

    @property
    def neighbourhoods(self) -> list[Place]:
        return self.places[NEIGHBOURHOOD]

    def members(self, place: Place) -> list[int]:
        """Positions of the neighbourhoods that make up an area of any level."""
        if place.level == CITY:
            return list(range(len(self.neighbourhoods)))
        if place.level == DISTRICT:
            return [i for i, part in enumerate(self.neighbourhoods) if part.parent == place.code]
        return [i for i, part in enumerate(self.neighbourhoods) if part.code == place.code]


def build_city(seed: int, scale: float) -> City:
    """The city of a seed; scale 1 has 9 districts and 86 neighbourhoods.

    Raises ValueError when the scale leaves no city or more neighbourhoods than codes.
    """
    total = round(86 * scale)
    if not 4 <= total <= MOST_NEIGHBOURHOODS:
        raise ValueError(f"scale {scale} gives {total} neighbourhoods; choose a scale from 0.05 to 10")
    sizes = _district_sizes(total, min(9, max(2, round(9 * scale))))
    shapes = _by_district(seed, sizes)
    names = _names(sizes)
    neighbourhoods: list[Place] = []
    districts: list[Place] = []
    for number, parts in enumerate(shapes, start=1):
        merged = _merged([part.polygon for part in parts])
        districts.append(Place(DISTRICT, str(number), DISTRICTS[number - 1][0], "0", merged))
        for position, part in enumerate(parts, start=1):
            code = f"{number}{position:02d}"
            name = names[number - 1][position - 1]
            neighbourhoods.append(Place(NEIGHBOURHOOD, code, name, str(number), part.polygon))
    city = Place(CITY, "0", CITY_NAME, None, _merged([part.polygon for part in neighbourhoods]))
    places = {CITY: [city], DISTRICT: districts, NEIGHBOURHOOD: neighbourhoods}
    deprivation, centrality = _structure(seed, [part.polygon for group in shapes for part in group])
    return City(seed, scale, places, deprivation, centrality)


def _district_sizes(total: int, districts: int) -> list[int]:
    """Neighbourhoods per district in the proportions of the standard city, at least one each."""
    weights = np.array([len(parts) for _, parts in DISTRICTS[:districts]], dtype=float)
    exact = weights / weights.sum() * total
    sizes = np.maximum(1, np.floor(exact)).astype(int)
    for index in np.argsort(-(exact - np.floor(exact)), kind="stable")[: total - int(sizes.sum())]:
        sizes[index] += 1
    return [int(size) for size in sizes]


def _by_district(seed: int, sizes: list[int]) -> list[list[Shape]]:
    """The inner district lies on both banks; the others are sectors of one bank, each in one piece.

    The pole of the sectors moves until every district is in one piece; if none does, the centre stays.
    """
    outer = list(range(1, len(sizes)))
    eastern = outer[len(outer) - round(len(outer) * 3 / 8) :]
    inner_east = sizes[0] * 2 // 5
    east = inner_east + sum(sizes[i] for i in eastern)
    shapes = tessellate(seed, sum(sizes) - east, east)
    inner = {"west": sizes[0] - inner_east, "east": inner_east}
    reach = max(float(np.hypot(*_from(CENTRE, shape))) for shape in shapes)
    steps = (0.0, 0.05, -0.05, 0.1, -0.1, 0.15, -0.15, 0.2, -0.2, 0.3, -0.3)
    attempts = sorted(((x, y) for x in steps for y in steps), key=lambda step: abs(step[0]) + abs(step[1]))
    first: list[list[Shape]] | None = None
    for x, y in attempts:
        pole = (CENTRE[0] + x * reach, CENTRE[1] + y * reach)
        groups = _sectors(shapes, sizes, inner, eastern, pole)
        if all(isinstance(_merged([s.polygon for s in group]), Polygon) for group in groups):
            return groups
        first = first or groups
    return first or []


def _sectors(
    shapes: list[Shape],
    sizes: list[int],
    inner: dict[str, int],
    eastern: list[int],
    pole: tuple[float, float],
) -> list[list[Shape]]:
    """The neighbourhoods next to the pole form the first district, sectors around it the others."""
    groups: list[list[Shape]] = [[] for _ in sizes]
    for bank in ("west", "east"):
        members = eastern if bank == "east" else [i for i in range(1, len(sizes)) if i not in eastern]
        near = sorted((s for s in shapes if s.bank == bank), key=lambda s: float(np.hypot(*_from(pole, s))))
        groups[0] += near[: inner[bank]]
        rest = sorted(near[inner[bank] :], key=lambda s: _turn(pole, s), reverse=True)
        for index in members:
            groups[index], rest = rest[: sizes[index]], rest[sizes[index] :]
    return groups


def _from(pole: tuple[float, float], shape: Shape) -> tuple[float, float]:
    return shape.polygon.centroid.x - pole[0], shape.polygon.centroid.y - pole[1]


def _turn(pole: tuple[float, float], shape: Shape) -> float:
    """Angle around the pole, starting at the river: clockwise on the west bank, else counter-clockwise."""
    dx, dy = _from(pole, shape)
    angle = float(np.arctan2(dy, dx))
    return angle % (2 * np.pi) if shape.bank == "west" else -angle


def _merged(polygons: Sequence[BaseGeometry]) -> BaseGeometry:
    return shapely.normalize(shapely.union_all(list(polygons), grid_size=1e-6))


def _names(sizes: list[int]) -> list[list[str]]:
    further = further_names()
    chosen: list[list[str]] = []
    for (_, own), size in zip(DISTRICTS, sizes, strict=False):
        names = list(own[:size])
        while len(names) < size:
            names.append(next(further))
        chosen.append(names)
    return chosen


def _structure(seed: int, polygons: list[Polygon]) -> tuple[Floats, Floats]:
    """Deprivation: a few spatial clusters, some outliers. Centrality: nearness to the centre."""
    rng = stream(seed, "structure")
    points = np.array([(p.centroid.x, p.centroid.y) for p in polygons])
    reach = float(np.hypot(*(points - CENTRE).T).max()) or 1.0
    field = 0.45 * rng.standard_normal(len(points))
    for strength in (2.0, 1.7, 1.4, -1.8, -1.4, -1.2):
        angle, far = rng.uniform(0, 2 * np.pi), rng.uniform(0.2, 0.9)
        heart = np.array(CENTRE) + reach * far * np.array([np.cos(angle), np.sin(angle)])
        field += strength * np.exp(-(((points - heart) / (0.30 * reach)) ** 2).sum(axis=1))
    nearness = np.exp(-((np.hypot(*(points - CENTRE).T) / (0.45 * reach)) ** 2))
    nearness += 0.08 * rng.standard_normal(len(points))
    return _standardised(field), _standardised(nearness)


def _standardised(values: Floats) -> Floats:
    return settled((values - values.mean()) / values.std())
