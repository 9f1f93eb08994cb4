"""The quarters: every neighbourhood of the fictional city cut into cells, one coverage without gaps.

Must not live here: codes, names, figures.
"""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry import LineString, MultiPoint, Polygon
from shapely.ops import polygonize

from orchestration.demo.chance import Floats, stream
from orchestration.demo.geometry import GRID, largest

STANDARD_QUARTERS, STANDARD_NEIGHBOURHOODS = 570, 86
FEW = 2.5  # quarters per neighbourhood of a city below half the standard size, so that it is built quickly
SAMPLES_PER_QUARTER = 60


def quarter_counts(residents: Floats, scale: float) -> list[int]:
    """How many quarters each neighbourhood has: at least one, more where more people live."""
    count = len(residents)
    per_neighbourhood = STANDARD_QUARTERS / STANDARD_NEIGHBOURHOODS if scale >= 0.5 else FEW
    spare = round(count * per_neighbourhood) - count
    wanted = residents / residents.sum() * spare
    extra = np.floor(wanted).astype(int)
    for index in np.argsort(extra - wanted, kind="stable")[: spare - int(extra.sum())]:
        extra[index] += 1
    return [1 + int(number) for number in extra]


def cut(seed: int, polygons: list[Polygon], counts: list[int]) -> list[list[Polygon]]:
    """The quarters of each neighbourhood; neighbours share every point of their common edges."""
    rng = stream(seed, "quarters")
    cells = [_cells(rng, polygon, count) for polygon, count in zip(polygons, counts, strict=True)]
    flat = [cell for parts in cells for cell in parts]
    lines = [LineString(polygon.exterior.coords) for polygon in flat + polygons]
    faces = list(polygonize(list(shapely.get_parts(shapely.union_all(lines, grid_size=GRID)))))
    whole = iter(_owned(flat, faces))
    return [[next(whole) for _ in parts] for parts in cells]


def _cells(rng: np.random.Generator, polygon: Polygon, count: int) -> list[Polygon]:
    """Voronoi cells of balanced centres, from north to south."""
    if count == 1:
        return [polygon]
    samples = _inside(rng, polygon, count * SAMPLES_PER_QUARTER)
    centres = samples[:count]
    for _ in range(8):
        nearest = np.argmin(((samples[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2), axis=1)
        centres = np.array([samples[nearest == cell].mean(axis=0) for cell in range(count)])
    faces = shapely.voronoi_polygons(MultiPoint(np.round(centres, 7)), extend_to=polygon)
    parts = [largest(face.intersection(polygon)) for face in faces.geoms]
    return sorted(parts, key=lambda part: (-round(part.centroid.y, 4), part.centroid.x))


def _inside(rng: np.random.Generator, polygon: Polygon, count: int) -> Floats:
    west, south, east, north = polygon.bounds
    found = np.empty((0, 2))
    while len(found) < count:
        points = rng.uniform((west, south), (east, north), size=(3 * count, 2))
        found = np.vstack((found, points[shapely.contains_xy(polygon, points[:, 0], points[:, 1])]))
    return found[:count]


def _owned(cells: list[Polygon], faces: list[Polygon]) -> list[Polygon]:
    """One polygon per cell from the faces between all edges; splinters go to the longest common edge."""
    inner = [face.representative_point() for face in faces]
    tree = shapely.STRtree(cells)
    nearest = tree.nearest(inner)
    parts: list[list[Polygon]] = [[] for _ in cells]
    for face, owner in zip(faces, nearest, strict=True):
        parts[int(owner)].append(face)
    main = [max(owned, key=lambda part: part.area) for owned in parts]
    splinters = [part for owned, kept in zip(parts, main, strict=True) for part in owned if part is not kept]
    for splinter in sorted(splinters, key=lambda part: (-part.area, part.centroid.x)):
        beside = sorted(int(i) for i in tree.query(splinter, predicate="dwithin", distance=2 * GRID))
        owner = max(beside, key=lambda i: splinter.boundary.intersection(main[i].boundary).length)
        main[owner] = largest(shapely.union_all([main[owner], splinter], grid_size=GRID))
    return [shapely.transform(shapely.normalize(part), lambda points: np.round(points, 6)) for part in main]
