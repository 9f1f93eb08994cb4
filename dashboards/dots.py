"""Ratings of challenges and the dots of a placebo test.

Lives here: marks of points beside each other. Must not live here: the frame (frame.py), SQL, any calculation
of a mean or an effect (columns of the release).
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboards.encodings import by_role, written
from dashboards.frame import MUTED, OUTLINES, ChartMeta, Spec, Width, framed
from dashboards.locales import Language

GROUP_COLOURS = (OUTLINES["better"], OUTLINES["worse"], OUTLINES["higher"])
GROUP_SHAPES = ("circle", "square", "diamond")
NAMES = {"labelLimit": 70, "minExtent": 76, "maxExtent": 76, "ticks": False, "domain": False}
RANKS = {"minExtent": 34, "maxExtent": 34, "tickCount": 5, "format": ",.0f", "tickMinStep": 1}
SCORES = {"domain": [1, 5], "nice": False}
TICKS = {"orient": "top", "tickCount": 5, "format": ",.0f"}
CHANGES = {"orient": "top", "format": "+,.1~f", "tickCount": 5}
DOWNWARDS = {"zero": False, "reverse": True}
# Role of an area in the test -> colour and shape.
ROLES = {
    "treated": (OUTLINES["worse"], "diamond"),
    "comparison": (OUTLINES["better"], "square"),
    "donor": (OUTLINES["none"], "circle"),
}


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
    y: Spec = {"field": "name", "type": "nominal", "sort": order, "title": None, "axis": NAMES}
    x: Spec = {"type": "quantitative", "scale": SCORES, "title": axis_title, "axis": TICKS}
    colour, shape = by_role(groups, list(GROUP_COLOURS), list(GROUP_SHAPES))
    return framed(
        [
            {
                "data": {"values": [{"name": r.name, "low": r.low, "high": r.high} for r in ranges]},
                "mark": {"type": "rule", "strokeWidth": 3, "color": OUTLINES["none"]},
                "encoding": {"y": y, "x": {**x, "field": "low"}, "x2": {"field": "high"}},
            },
            {
                "data": {"values": rated(ranges)},
                "mark": {"type": "point", "filled": True, "size": 90, "opacity": 1},
                "encoding": {"y": y, "x": {**x, "field": "value"}, "color": colour, "shape": shape},
            },
        ],
        meta,
        language,
        height={"step": 34},
        width=width,
        below_px=14,
        left_px=76,
    )


def rated(ranges: list[Range]) -> list[Spec]:
    """One row per item and group that rated it."""
    return [
        {"name": r.name, "value": value, "who": group}
        for r in ranges
        for group, value in r.by_group.items()
        if value is not None
    ]


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
    """Difference of each area by rank: the treated one as a diamond with its name and interval."""
    used = [role for role in ROLES if any(d.role == role and d.value is not None for d in dots)]
    x: Spec = {"field": "value", "type": "quantitative", "title": axis_title, "axis": CHANGES}
    y: Spec = {
        "field": "rank",
        "type": "quantitative",
        "title": rank_title,
        "scale": DOWNWARDS,
        "axis": RANKS,
    }
    styles = [ROLES[role] for role in used]
    colour, shape = by_role([names[role] for role in used], [c for c, _ in styles], [s for _, s in styles])
    size = {"condition": {"test": "datum.label !== ''", "value": 170}, "value": 50}
    points: Spec = {
        "mark": {"type": "point", "filled": True, "opacity": 1},
        "encoding": {"x": x, "y": y, "color": colour, "shape": shape, "size": size},
    }
    return framed(
        [points, no_difference(), bounds(dots, interval, x, y), written({"x": x, "y": y}, dy=-13)],
        meta,
        language,
        height=260,
        width=width,
        below_px=14,
        left_px=50,
        data={"values": placed(dots, names)},
    )


def placed(dots: list[Dot], names: dict[str, str]) -> list[Spec]:
    """One row per area with a difference; only the treated one is named."""
    return [
        {
            "value": d.value,
            "rank": d.rank,
            "who": names[d.role],
            "label": d.name if d.role == "treated" else "",
        }
        for d in dots
        if d.value is not None
    ]


def no_difference() -> Spec:
    """A dotted line at zero."""
    return {
        "data": {"values": [{"zero": 0}]},
        "mark": {"type": "rule", "color": MUTED, "strokeDash": [2, 2]},
        "encoding": {"x": {"field": "zero", "type": "quantitative"}},
    }


def bounds(dots: list[Dot], interval: tuple[float | None, float | None], x: Spec, y: Spec) -> Spec:
    """The interval of the treated area."""
    low, high = interval
    rows = [
        {"low": low, "high": high, "rank": d.rank} for d in dots if d.role == "treated" and low is not None
    ]
    return {
        "data": {"values": rows},
        "mark": {"type": "rule", "strokeWidth": 3, "color": ROLES["treated"][0]},
        "encoding": {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": y},
    }
