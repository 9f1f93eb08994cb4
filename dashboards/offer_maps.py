"""Offers as points over the outlines of areas, incomplete registers as a layer of their own.

Lives here: marks of offers on a map. Must not live here: SQL, areas by value (maps.py), any count of offers
of an incomplete register.
"""

from __future__ import annotations

import json
from typing import Any

from dashboards.frame import INK, OUTLINES, ChartMeta, Spec, Width, framed
from dashboards.locales import Language
from dashboards.maps import HEIGHT_PX, MERCATOR
from dashboards.stock_records import Offer


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
    shapes: list[Spec] = [
        {
            "type": "Feature",
            "geometry": json.loads(g["geometry_geojson"]),
            "selected": g["area_id"] == selected,
        }
        for g in geometries
    ]
    points: list[Spec] = [
        {"longitude": o.longitude, "latitude": o.latitude, "who": names[kind], "title": o.title}
        for kind, offers in (("counted", counted), ("incomplete", incomplete))
        for o in offers
        if o.longitude is not None and o.latitude is not None
    ]
    kinds = [name for name in names.values() if any(p["who"] == name for p in points)]
    styles = {
        names["counted"]: ("circle", OUTLINES["better"]),
        names["incomplete"]: ("triangle-up", OUTLINES["worse"]),
    }
    who: Spec = {
        "field": "who",
        "type": "nominal",
        "legend": {"title": None, "orient": "top", "direction": "vertical", "columns": 1, "symbolSize": 80},
    }
    outline: Spec = {
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
    marks: Spec = {
        "data": {"values": points},
        "mark": {
            "type": "point",
            "filled": True,
            "size": 55,
            "opacity": 0.9,
            "stroke": "#FFFFFF",
            "strokeWidth": 0.6,
        },
        "encoding": {
            "longitude": {"field": "longitude", "type": "quantitative"},
            "latitude": {"field": "latitude", "type": "quantitative"},
            "color": {**who, "scale": {"domain": kinds, "range": [styles[k][1] for k in kinds]}},
            "shape": {**who, "scale": {"domain": kinds, "range": [styles[k][0] for k in kinds]}},
            "tooltip": [{"field": "title", "type": "nominal", "title": language.text("Offer")}],
        },
    }
    return framed(
        [outline, marks], meta, language, height=HEIGHT_PX, width=width, below_px=12, projection=MERCATOR
    )
