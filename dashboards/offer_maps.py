"""Offers as points over the outlines of areas, incomplete registers as a layer of their own.

Lives here: marks of offers on a map. Must not live here: SQL, areas by value (maps.py), any count of offers
of an incomplete register.
"""

from __future__ import annotations

import json
from typing import Any

from dashboards.encodings import by_role
from dashboards.frame import INK, OUTLINES, ChartMeta, Spec, Width, framed
from dashboards.locales import Language
from dashboards.maps import HEIGHT_PX, MERCATOR
from dashboards.stock_records import Offer

STYLES = {"counted": (OUTLINES["better"], "circle"), "incomplete": (OUTLINES["worse"], "triangle-up")}


def offer_map(
    geometries: list[dict[str, Any]],
    counted: list[Offer],
    incomplete: list[Offer],
    meta: ChartMeta,
    language: Language,
    *,
    selected: str | None,
    names: dict[str, str],
    width: Width = "container",
) -> Spec:
    """Counted offers as circles, those of incomplete registers as triangles; the legend names both."""
    points: list[Spec] = [
        {"longitude": o.longitude, "latitude": o.latitude, "who": names[kind], "title": o.title}
        for kind, offers in (("counted", counted), ("incomplete", incomplete))
        for o in offers
        if o.longitude is not None and o.latitude is not None
    ]
    kinds = [kind for kind in STYLES if any(p["who"] == names[kind] for p in points)]
    styles = [STYLES[kind] for kind in kinds]
    colour, shape = by_role([names[k] for k in kinds], [c for c, _ in styles], [s for _, s in styles])
    return framed(
        [outlines(geometries, selected), places(points, colour, shape, language)],
        meta,
        language,
        height=HEIGHT_PX,
        width=width,
        below_px=12,
        projection=MERCATOR,
    )


def places(points: list[Spec], colour: Spec, shape: Spec, language: Language) -> Spec:
    """One sign per offer."""
    return {
        "data": {"values": points},
        "mark": {"type": "point", "filled": True, "size": 55, "opacity": 0.9, "stroke": "#FFFFFF"},
        "encoding": {
            "longitude": {"field": "longitude", "type": "quantitative"},
            "latitude": {"field": "latitude", "type": "quantitative"},
            "color": colour,
            "shape": shape,
            "tooltip": [{"field": "title", "type": "nominal", "title": language.text("Offer")}],
        },
    }


def outlines(geometries: list[dict[str, Any]], selected: str | None) -> Spec:
    """Areas as outlines, the chosen one with a strong line."""
    shapes = [
        {
            "type": "Feature",
            "geometry": json.loads(g["geometry_geojson"]),
            "selected": g["area_id"] == selected,
        }
        for g in geometries
    ]
    return {
        "data": {"values": shapes},
        "mark": {
            "type": "geoshape",
            "invalid": None,
            "fill": "#F4F6F8",
            "strokeJoin": "round",
            "tooltip": None,
        },
        "encoding": {
            "stroke": {"condition": {"test": "datum.selected", "value": INK}, "value": OUTLINES["none"]},
            "strokeWidth": {"condition": {"test": "datum.selected", "value": 3}, "value": 0.7},
        },
    }
