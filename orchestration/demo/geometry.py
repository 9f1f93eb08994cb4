"""Schematic shape of the fictional city: neighbourhoods on both banks of a river, one coverage without gaps.

Lies in the open sea near longitude 0, latitude 0, so that no figure stands on a real place. Must not
live here: names, codes, figures.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import LineString, MultiPoint, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import polygonize

from orchestration.demo.chance import Floats, stream

CENTRE = (0.175, 0.15)  # degrees
STANDARD_RADIUS = 0.105  # degrees, about 12 km: the extent of a city of a million
STANDARD_CELLS = 86
EDGE_STEP = 0.004  # degrees between the points of an edge
SAMPLES_PER_CELL = 120  # points by which cells are balanced
GRID = 1e-6  # degrees, about 0.1 m


@dataclass(frozen=True)
class Shape:
    """One neighbourhood: polygon in WGS84 and the bank it lies on ("west" or "east")."""

    polygon: Polygon
    bank: str


def tessellate(seed: int, west: int, east: int) -> list[Shape]:
    """`west` and `east` neighbourhoods on the banks of the river, in no particular order."""
    rng = stream(seed, "geometry")
    radius = STANDARD_RADIUS * np.sqrt((west + east) / STANDARD_CELLS)
    radius = float(np.clip(radius, 0.03, 0.122))
    outline = _outline(rng, radius)
    banks = _banks(outline, radius, west / (west + east))
    cells: list[Polygon] = []
    sides: list[str] = []
    for side, bank, count in (("west", banks[0], west), ("east", banks[1], east)):
        if count:
            found = _cells(rng, bank, count, radius)
            cells += found
            sides += [side] * len(found)
    coverage = _coverage([_bent(cell, radius) for cell in cells], [_bent(bank, radius) for bank in banks])
    return [Shape(polygon, side) for polygon, side in zip(coverage, sides, strict=True)]


def _outline(rng: np.random.Generator, radius: float) -> Polygon:
    """A rounded outline with a few bays."""
    angles = np.linspace(0, 2 * np.pi, 180, endpoint=False)
    size = np.ones_like(angles)
    for wave, weight in ((2, 0.10), (3, 0.07), (5, 0.04)):
        size += weight * np.sin(wave * angles + rng.uniform(0, 2 * np.pi))
    away = radius * size
    points = np.column_stack((CENTRE[0] + away * np.cos(angles), CENTRE[1] + away * np.sin(angles)))
    return Polygon(np.round(points, 6))


def _banks(outline: Polygon, radius: float, west_share: float) -> tuple[Polygon, Polygon]:
    """The outline cut by the river so that the west bank has about `west_share` of the area."""
    low, high = CENTRE[0] - 2 * radius, CENTRE[0] + 2 * radius
    for _ in range(30):
        middle = (low + high) / 2
        share = _west_of(outline, radius, middle).area / outline.area
        low, high = (middle, high) if share < west_share else (low, middle)
    west = largest(_west_of(outline, radius, (low + high) / 2))
    return west, largest(outline.difference(west))


def _west_of(outline: Polygon, radius: float, x: float) -> BaseGeometry:
    y = np.linspace(CENTRE[1] - 2.2 * radius, CENTRE[1] + 2.2 * radius, 90)
    bend = x + 0.13 * radius * np.sin(2.4 * (y - CENTRE[1]) / radius)
    river = np.column_stack((bend, y))
    far = CENTRE[0] - 5 * radius
    return outline.intersection(Polygon([(far, y[0]), *np.round(river, 6), (far, y[-1])]))


def largest(geometry: BaseGeometry) -> Polygon:
    parts = [part for part in getattr(geometry, "geoms", [geometry]) if isinstance(part, Polygon)]
    return max(parts, key=lambda part: part.area)


def _cells(rng: np.random.Generator, bank: Polygon, count: int, radius: float) -> list[Polygon]:
    """Voronoi cells of balanced centres, smaller towards the city's centre."""
    samples = _samples(rng, bank, count * SAMPLES_PER_CELL, radius)
    centres = samples[rng.choice(len(samples), count, replace=False)]
    for _ in range(12):
        nearest = np.argmin(((samples[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2), axis=1)
        centres = np.array([samples[nearest == cell].mean(axis=0) for cell in range(count)])
    if count == 1:
        return [bank]
    faces = shapely.voronoi_polygons(MultiPoint(np.round(centres, 9)), extend_to=bank)
    ordered = sorted(faces.geoms, key=lambda face: (face.centroid.x, face.centroid.y))
    return [largest(face.intersection(bank)) for face in ordered]


def _samples(rng: np.random.Generator, bank: Polygon, count: int, radius: float) -> Floats:
    west, south, east, north = bank.bounds
    found = np.empty((0, 2))
    while len(found) < count:
        points = rng.uniform((west, south), (east, north), size=(4 * count, 2))
        far = np.hypot(points[:, 0] - CENTRE[0], points[:, 1] - CENTRE[1]) / radius
        keep = rng.uniform(size=len(points)) < np.exp(-1.5 * far)
        inside = shapely.contains_xy(bank, points[:, 0], points[:, 1])
        found = np.vstack((found, points[keep & inside]))
    return found[:count]


def _bent(polygon: Polygon, radius: float) -> Polygon:
    """The same smooth bending everywhere: edges look grown, neighbours still fit."""

    def bend(points: Floats) -> Floats:
        x, y = (points[:, 0] - CENTRE[0]) / radius, (points[:, 1] - CENTRE[1]) / radius
        dx = 0.030 * np.sin(9 * y + 2 * x) + 0.012 * np.sin(23 * y)
        dy = 0.030 * np.sin(8 * x - 3 * y) + 0.012 * np.sin(21 * x)
        return points + radius * np.column_stack((dx, dy))

    return shapely.transform(polygon.segmentize(EDGE_STEP), bend)


def _coverage(cells: list[Polygon], banks: list[Polygon]) -> list[Polygon]:
    """Faces between all edges, each given to the cell it lies in: shared edges become identical."""
    lines = [LineString(polygon.exterior.coords) for polygon in cells + banks if not polygon.is_empty]
    noded = shapely.union_all(lines, grid_size=GRID)
    faces: list[list[Polygon]] = [[] for _ in cells]
    for face in polygonize(list(shapely.get_parts(noded))):
        inner = face.representative_point()
        owner = next((i for i, cell in enumerate(cells) if cell.contains(inner)), None)
        if owner is None:
            owner = int(np.argmin([cell.distance(inner) for cell in cells]))
        faces[owner].append(face)
    return _whole(faces)


def _whole(faces: list[list[Polygon]]) -> list[Polygon]:
    """One polygon per cell; splinters go to the neighbour with the longest common edge."""
    main = [max(parts, key=lambda part: part.area) for parts in faces]
    splinters = [part for parts, kept in zip(faces, main, strict=True) for part in parts if part is not kept]
    for splinter in sorted(splinters, key=lambda part: (-part.area, part.centroid.x)):
        owner = max(range(len(main)), key=lambda i: splinter.boundary.intersection(main[i].boundary).length)
        main[owner] = largest(shapely.union_all([main[owner], splinter], grid_size=GRID))
    return [_rounded(polygon) for polygon in main]


def _rounded(polygon: Polygon) -> Polygon:
    normal = shapely.normalize(polygon)
    return shapely.transform(normal, lambda points: np.round(points, 6))
