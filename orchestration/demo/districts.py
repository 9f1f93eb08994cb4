"""Which neighbourhoods form which district of the fictional city. Must not hold: names, codes, quarters."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from orchestration.demo.geometry import CENTRE, Shape, tessellate
from orchestration.demo.names import DISTRICTS


def district_sizes(total: int, districts: int) -> list[int]:
    """Neighbourhoods per district in the proportions of the standard city, at least one each."""
    weights = np.array([len(parts) for _, parts in DISTRICTS[:districts]], dtype=float)
    exact = weights / weights.sum() * total
    sizes = np.maximum(1, np.floor(exact)).astype(int)
    for index in np.argsort(-(exact - np.floor(exact)), kind="stable")[: total - int(sizes.sum())]:
        sizes[index] += 1
    return [int(size) for size in sizes]


def by_district(seed: int, sizes: list[int]) -> list[list[Shape]]:
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
        if all(isinstance(merged([s.polygon for s in group]), Polygon) for group in groups):
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


def merged(polygons: Sequence[BaseGeometry]) -> BaseGeometry:
    return shapely.normalize(shapely.union_all(list(polygons), grid_size=1e-6))
