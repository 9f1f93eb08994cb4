"""Ratings of challenges and the dots of a placebo test.

Lives here: marks of points beside each other. Must not live here: the frame (frame.py), SQL, any calculation
of a mean or an effect (columns of the release).
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboards.frame import INK, MUTED, OUTLINES, ChartMeta, Spec, Width, framed
from dashboards.locales import Language


@dataclass(frozen=True)
class Range:
    """A rated item: lowest and highest rating, and the ratings of the groups that rate, by their name."""

    name: str
    low: float | None
    high: float | None
    by_group: dict[str, float | None]


def ratings(
    ranges: list[Range],
    groups: list[str],
    meta: ChartMeta,
    language: Language,
    *,
    axis_title: str,
    width: Width = "container",
) -> Spec:
    """From the lowest to the highest rating of each item, with one sign per group."""
    order = [r.name for r in ranges]
    spans: list[Spec] = [{"name": r.name, "low": r.low, "high": r.high} for r in ranges]
    dots: list[Spec] = [
        {"name": r.name, "value": value, "who": group}
        for r in ranges
        for group, value in r.by_group.items()
        if value is not None
    ]
    y: Spec = {
        "field": "name",
        "type": "nominal",
        "sort": order,
        "title": None,
        "scale": {"domain": order},
        "axis": {"labelLimit": 120, "minExtent": 128, "maxExtent": 128, "ticks": False, "domain": False},
    }
    x: Spec = {"type": "quantitative", "scale": {"domain": [1, 5], "nice": False}, "title": axis_title}
    tick: Spec = {"orient": "top", "tickCount": 5, "format": ",.0f"}
    who: Spec = {
        "field": "who",
        "type": "nominal",
        "legend": {"title": None, "orient": "top", "direction": "vertical", "columns": 1, "symbolSize": 80},
    }
    colours = [OUTLINES["better"], OUTLINES["worse"], OUTLINES["higher"]]
    shapes = ["circle", "square", "diamond"]
    return framed(
        [
            {
                "data": {"values": spans},
                "mark": {"type": "rule", "strokeWidth": 3, "color": OUTLINES["none"]},
                "encoding": {"y": y, "x": {**x, "field": "low", "axis": tick}, "x2": {"field": "high"}},
            },
            {
                "data": {"values": dots},
                "mark": {"type": "point", "filled": True, "size": 90, "opacity": 1},
                "encoding": {
                    "y": y,
                    "x": {**x, "field": "value", "axis": tick},
                    "color": {**who, "scale": {"domain": groups, "range": colours}},
                    "shape": {**who, "scale": {"domain": groups, "range": shapes}},
                },
            },
        ],
        meta,
        language,
        height={"step": 34},
        width=width,
        below_px=14,
        left_px=128,
    )


@dataclass(frozen=True)
class Dot:
    """One area of a placebo test."""

    role: str
    value: float | None
    rank: int | None
    name: str


def placebo(
    dots: list[Dot],
    names: dict[str, str],
    interval: tuple[float | None, float | None],
    meta: ChartMeta,
    language: Language,
    *,
    axis_title: str,
    rank_title: str,
    width: Width = "container",
) -> Spec:
    """Difference of each area by rank: the treated one as a diamond with its name, the others as circles
    and squares.
    """
    rows: list[Spec] = [
        {
            "value": d.value,
            "rank": d.rank,
            "who": names[d.role],
            "label": d.name if d.role == "treated" else "",
        }
        for d in dots
        if d.value is not None
    ]
    used = [role for role in names if any(d.role == role and d.value is not None for d in dots)]
    domain = [names[role] for role in used]
    colours = {"treated": OUTLINES["worse"], "comparison": OUTLINES["better"], "donor": OUTLINES["none"]}
    shapes = {"treated": "diamond", "comparison": "square", "donor": "circle"}
    x: Spec = {
        "field": "value",
        "type": "quantitative",
        "title": axis_title,
        "scale": {"zero": True, "nice": True},
        "axis": {"orient": "top", "format": "+,.1~f", "tickCount": 5},
    }
    y: Spec = {
        "field": "rank",
        "type": "quantitative",
        "title": rank_title,
        "scale": {"zero": False, "reverse": True},
        "axis": {"minExtent": 34, "maxExtent": 34, "tickCount": 5, "format": ",.0f", "tickMinStep": 1},
    }
    who: Spec = {
        "field": "who",
        "type": "nominal",
        "legend": {"title": None, "orient": "top", "direction": "vertical", "columns": 1, "symbolSize": 90},
    }
    low, high = interval
    bounds = [
        {"low": low, "high": high, "rank": d.rank} for d in dots if d.role == "treated" and low is not None
    ]
    return framed(
        [
            {
                "data": {"values": [{"zero": 0}]},
                "mark": {"type": "rule", "color": MUTED, "strokeDash": [2, 2]},
                "encoding": {"x": {"field": "zero", "type": "quantitative"}},
            },
            {
                "data": {"values": bounds},
                "mark": {"type": "rule", "strokeWidth": 3, "color": OUTLINES["worse"]},
                "encoding": {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": y},
            },
            {
                "mark": {"type": "point", "filled": True, "opacity": 1},
                "encoding": {
                    "x": x,
                    "y": y,
                    "color": {**who, "scale": {"domain": domain, "range": [colours[r] for r in used]}},
                    "shape": {**who, "scale": {"domain": domain, "range": [shapes[r] for r in used]}},
                    "size": {"condition": {"test": "datum.label !== ''", "value": 170}, "value": 50},
                },
            },
            {
                "mark": {
                    "type": "text",
                    "dy": -13,
                    "fontSize": 11,
                    "fontWeight": 600,
                    "color": INK,
                    "tooltip": None,
                },
                "transform": [{"filter": "datum.label !== ''"}],
                "encoding": {"x": x, "y": y, "text": {"field": "label"}},
            },
        ],
        meta,
        language,
        height=260,
        width=width,
        below_px=14,
        left_px=50,
        data={"values": rows},
    )
