"""Maps as Vega-Lite specifications with inline geometry: no tiles, no request.

Lives here: features from the release and their marks. Must not live here: SQL, projections of coordinates
by hand; the release delivers longitude and latitude with clockwise exteriors, Vega's mercator projection
fits them.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from dashboards import charts, formats
from dashboards.frame import INK, MUTED, OUTLINES, ChartMeta, Spec, Width, framed
from dashboards.locales import Language
from dashboards.records import Indicator, Value

HEIGHT_PX = 430
# Single-hue steps from light to dark; the darkest keeps a contrast of 4.5 with white labels, all are
# outlined.
SHADES = ["#EAF1F7", "#C5D9EA", "#93BAD9", "#5A93C0", "#2B6A9E"]
MERCATOR = {"type": "mercator"}
# Areas without a value: white with a dashed outline, never a colour of a class.
ABSENT: Spec = {
    "mark": {
        "type": "geoshape",
        "invalid": None,
        "fill": "#FFFFFF",
        "stroke": OUTLINES["none"],
        "strokeDash": [3, 2],
        "strokeWidth": 1,
    },
    "transform": [{"filter": "datum.group === 'none'"}],
}
CHOSEN: Spec = {
    "mark": {"type": "geoshape", "filled": False, "stroke": INK, "strokeWidth": 3, "strokeJoin": "round"},
    "transform": [{"filter": "datum.selected"}],
}
# The sign of each area at its centre, so that the map can be read without colours.
SIGNS: Spec = {
    "mark": {"type": "text", "fontSize": 10, "color": INK, "tooltip": None},
    "transform": [
        {"calculate": "geoCentroid(null, datum.geometry)", "as": "centre"},
        {"calculate": "datum.centre[0]", "as": "longitude"},
        {"calculate": "datum.centre[1]", "as": "latitude"},
    ],
    "encoding": {
        "longitude": {"field": "longitude", "type": "quantitative"},
        "latitude": {"field": "latitude", "type": "quantitative"},
        "text": {"field": "sign"},
    },
}


def features(
    geometries: list[dict[str, Any]],
    values: list[Value],
    indicator: Indicator,
    selected: str | None,
    language: Language,
) -> list[Spec]:
    """One GeoJSON feature per area with a geometry, carrying what its mark needs."""
    by_area = {v.area_id: v for v in values}
    found = []
    for shape in geometries:
        value = by_area.get(shape["area_id"])
        if value is not None:
            row = charts.row(value, indicator, selected, language)
            found.append({"type": "Feature", "geometry": _geometry(shape["geometry_geojson"]), **row})
    return found


@lru_cache(maxsize=2000)
def _geometry(text: str) -> Any:
    return json.loads(text)


def choropleth(
    shapes: list[Spec],
    indicator: Indicator,
    meta: ChartMeta,
    language: Language,
    *,
    by_value: bool,
    width: Width = "container",
    clickable: bool = True,
) -> Spec:
    """Areas coloured by their comparison with the city, or by classes of the value; signs stand in each
    area.
    """
    order, labels = charts.groups_of(shapes, indicator, language)
    by_value = by_value or order in (["not_compared"], ["not_compared", "none"])
    colour = classes(indicator, language) if by_value else charts.fill(order, labels)
    tooltip = charts.tooltip(language)
    layers = [
        ground(colour, tooltip, clickable=clickable),
        {**ABSENT, "encoding": {"tooltip": tooltip}},
        CHOSEN,
    ]
    extra = [language.text("Dashed outline: no value.")] if by_value and "none" in order else []
    return framed(
        layers if by_value else [*layers, SIGNS],
        meta,
        language,
        height=HEIGHT_PX,
        width=width,
        below_px=12,
        extra_notes=extra,
        data={"values": shapes},
        projection=MERCATOR,
    )


def ground(colour: Spec, tooltip: list[Spec], *, clickable: bool) -> Spec:
    """Areas with a value."""
    layer: Spec = {
        "mark": {
            "type": "geoshape",
            "invalid": None,
            "strokeJoin": "round",
            "cursor": "pointer" if clickable else "default",
        },
        "transform": [{"filter": "datum.group !== 'none'"}],
        "encoding": {
            "color": colour,
            "stroke": {"value": "#59636E"},
            "strokeWidth": {"value": 0.7},
            "tooltip": tooltip,
        },
    }
    return {**layer, "params": charts.picking()} if clickable else layer


def classes(indicator: Indicator, language: Language) -> Spec:
    """Five classes with equally many areas, chosen by Vega from the published values."""
    return {
        "field": "value",
        "type": "quantitative",
        "scale": {"type": "quantile", "range": SHADES},
        "legend": {
            "title": formats.unit_words(indicator, language),
            "orient": "left",
            "direction": "vertical",
            "gradientLength": 170,
            "labelOverlap": False,
            "format": f",.{indicator.decimals}f",
            "symbolStrokeColor": MUTED,
        },
    }
