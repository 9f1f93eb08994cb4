"""Outlines of areas: validity, place of a point, simplification for the map.

Lives here: all geometry. Must not live here: which column a geometry comes from, or findings.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError
from shapely.geometry import MultiPolygon, Polygon, shape
from shapely.geometry.base import BaseGeometry

WGS84 = "EPSG:4326"
METRE_DECIMALS = 2  # of coordinates in a projected system
GAP_M = 5.0  # between outlines of one file that share a border; streets are wider, drawing errors narrower
DECIMALS = 5  # of a degree in published outlines: about one metre


@dataclass(frozen=True)
class Polygons:
    """Outlines of the areas of one level in WGS84, in the order of `codes`."""

    level: str
    codes: tuple[str, ...]
    shapes: tuple[BaseGeometry, ...]

    @classmethod
    def from_wkt(cls, level: str, codes: Sequence[str], texts: Sequence[str]) -> Polygons:
        """From landed text."""
        return cls(level, tuple(codes), tuple(shapely.from_wkt(list(texts))))

    @cached_property
    def tree(self) -> shapely.STRtree:
        return shapely.STRtree(list(self.shapes))

    def containing(self, x: np.ndarray, y: np.ndarray) -> list[str | None]:
        """The code of the area in which each point (WGS84 degrees) lies, borders included; None outside.

        A point on a border belongs to the lowest code, so that the answer does not depend on file order.
        """
        found: list[str | None] = [None] * len(x)
        hits = self.tree.query(shapely.points(x, y), predicate="intersects")
        for point, polygon in zip(*hits.tolist(), strict=True):
            code = self.codes[polygon]
            current = found[point]
            found[point] = code if current is None else min(current, code)
        return found


def known_crs(name: str) -> bool:
    """Whether pyproj knows a coordinate reference system by this name."""
    try:
        CRS.from_user_input(name)
    except CRSError:
        return False
    return True


@lru_cache(maxsize=16)
def _transformer(source: str, target: str) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)


def transformed(x: np.ndarray, y: np.ndarray, source: str, target: str) -> tuple[np.ndarray, np.ndarray]:
    """Coordinates (x east, y north) in another reference system."""
    if source == target:
        return x, y
    new_x, new_y = _transformer(source, target).transform(x, y)
    return np.asarray(new_x), np.asarray(new_y)


def reprojected(geometry: BaseGeometry, source: str, target: str) -> BaseGeometry:
    """A geometry in another reference system."""
    if source == target:
        return geometry

    def move(points: np.ndarray) -> np.ndarray:
        return np.column_stack(transformed(points[:, 0], points[:, 1], source, target))

    moved: BaseGeometry = shapely.transform(geometry, move)
    return moved


def polygonal(geojson: str) -> tuple[BaseGeometry, str | None]:
    """The polygons of a GeoJSON geometry, repaired where invalid.

    Returns the geometry and why it had to be repaired, None if it was valid. Raises ValueError when the text
    holds no polygon.
    """
    try:
        geometry = shape(json.loads(geojson))
    except (
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        IndexError,
        shapely.errors.ShapelyError,
    ) as error:
        raise ValueError(f"no geometry ({error})") from error
    geometry = shapely.force_2d(geometry)
    reason = None if geometry.is_valid else str(shapely.is_valid_reason(geometry))
    if reason is not None:
        geometry = shapely.make_valid(geometry)
    parts = [part for part in _polygons_in(geometry) if part.area > 0]
    if not parts:
        raise ValueError(f"no polygon but {geometry.geom_type}")
    merged = parts[0] if len(parts) == 1 else shapely.union_all(parts)
    return merged, reason


@dataclass(frozen=True)
class Cell:
    """An area as reachability sees it: a point inside it, and how wide it is, in metres."""

    x_m: float
    y_m: float
    diameter_m: float  # of the circle with the same area


def measured(geometry: BaseGeometry, metric_crs: str) -> Cell:
    """A point inside the outline (WGS84) and the diameter 2 * sqrt(area / pi), in a projected system."""
    metric = reprojected(geometry, WGS84, metric_crs)
    point = metric.representative_point()
    return Cell(point.x, point.y, 2 * math.sqrt(metric.area / math.pi))


def neighbours(shapes: Sequence[BaseGeometry], metric_crs: str) -> list[list[int]]:
    """Positions of the outlines (WGS84) next to each one, ascending: they touch, at a corner too.

    metric_crs: a projected system in metres; outlines that lie GAP_M apart or less were digitised apart.
    """
    metric = [reprojected(geometry, WGS84, metric_crs) for geometry in shapes]
    found: list[list[int]] = [[] for _ in metric]
    pairs = shapely.STRtree(metric).query(metric, predicate="dwithin", distance=GAP_M)
    for one, other in zip(*pairs.tolist(), strict=True):
        if one != other:
            found[one].append(other)
    return [sorted(others) for others in found]


def _polygons_in(geometry: BaseGeometry) -> list[Polygon]:
    if isinstance(geometry, Polygon):
        return [geometry]
    members = getattr(geometry, "geoms", ())
    return [polygon for member in members for polygon in _polygons_in(member)]


def map_outlines(shapes: Sequence[BaseGeometry], tolerance_m: float, metric_crs: str) -> list[str]:
    """GeoJSON texts of WGS84 outlines, simplified together so that neighbours keep one common border.

    tolerance_m: metres; detail smaller than a triangle of this side squared is left out. metric_crs: a
    projected system in metres. Exterior rings run clockwise, as d3 expects; five decimals.
    """
    if tolerance_m <= 0:
        return [_geojson(geometry) for geometry in shapes]
    metric = [reprojected(geometry, WGS84, metric_crs) for geometry in shapes]
    simple = shapely.coverage_simplify(metric, tolerance_m)
    texts = []
    for original, simplified in zip(shapes, simple, strict=True):
        usable = not simplified.is_empty and simplified.is_valid
        texts.append(_geojson(reprojected(simplified, metric_crs, WGS84) if usable else original))
    return texts


def metric_border(geometry: BaseGeometry, tolerance_m: float, metric_crs: str) -> str:
    """The border of a WGS84 outline in metres of a projected system: JSON text, a list of rings of [x, y].

    tolerance_m: metres by which the line may be off. Holes are borders, too: nobody is counted in them.
    """
    simple = shapely.simplify(reprojected(geometry, WGS84, metric_crs), max(tolerance_m, 1))
    rings = [ring for polygon in _polygons_in(simple) for ring in (polygon.exterior, *polygon.interiors)]
    points = [[[round(x, 1), round(y, 1)] for x, y in ring.coords] for ring in rings]
    return json.dumps(points, separators=(",", ":"))


def _geojson(geometry: BaseGeometry) -> str:
    polygons = [_rounded(polygon) for polygon in _polygons_in(geometry)]
    kept = [polygon for polygon in polygons if polygon is not None] or _polygons_in(geometry)
    whole: BaseGeometry = kept[0] if len(kept) == 1 else MultiPolygon(kept)
    return json.dumps(shapely.geometry.mapping(whole), separators=(",", ":"))


def _rounded(polygon: Polygon) -> Polygon | None:
    """The polygon with five decimals and clockwise exterior; None when nothing is left of it."""
    exterior = _ring(polygon.exterior.coords)
    if exterior is None:
        return None
    holes = [ring for ring in (_ring(hole.coords) for hole in polygon.interiors) if ring is not None]
    return shapely.geometry.polygon.orient(Polygon(exterior, holes), -1.0)


def _ring(coordinates: shapely.coords.CoordinateSequence) -> list[tuple[float, float]] | None:
    points: list[tuple[float, float]] = []
    for x, y in coordinates:
        point = (round(x, DECIMALS), round(y, DECIMALS))
        if not points or points[-1] != point:
            points.append(point)
    return points if len(points) >= 4 else None
