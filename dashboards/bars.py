"""Ranked bars and fields of counts for anything that is not an indicator: stock, gaps, distances, registers.

Lives here: marks of rows side by side. Must not live here: the frame (frame.py), bars of indicators
(charts.py), SQL, arithmetic on values.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboards.charts import AREA_AXIS_PX, ROW_PX, area_axis, value_labels
from dashboards.frame import FILLS, INK, OUTLINES, ChartMeta, Spec, Width, framed
from dashboards.locales import Language


@dataclass(frozen=True)
class Bar:
    """One bar: its published value (None: no bar, the label says why) and, behind it, the whole it is part
    of.
    """

    name: str
    value: float | None
    label: str
    is_selected: bool = False
    is_marked: bool = False
    whole: float | None = None


def row(bar: Bar) -> Spec:
    """What a mark knows of a bar."""
    return {
        "area_id": bar.name,
        "area": bar.name,
        "value": bar.value,
        "high": bar.whole if bar.whole is not None else bar.value,
        "label": bar.label,
        "selected": bar.is_selected,
        "kind": "marked" if bar.is_marked else "plain",
        "whole": bar.whole,
    }


def ranked(
    bars: list[Bar],
    meta: ChartMeta,
    language: Language,
    *,
    axis_title: str,
    width: Width = "container",
    line: float | None = None,
    notes: list[str] | None = None,
    row_px: int = ROW_PX,
) -> Spec:
    """Bars in the order given; marked ones are darker and their label carries a sign, `line` is a dashed
    line.
    """
    rows = [row(bar) for bar in bars]
    chosen = next((bar.name for bar in bars if bar.is_selected), None)
    y = area_axis(rows, chosen)
    x: Spec = {
        "field": "value",
        "type": "quantitative",
        "title": axis_title,
        "scale": {"zero": True, "nice": True},
        "axis": {"orient": "top", "format": ",.1~f", "tickCount": 4},
    }
    colours = {"domain": ["plain", "marked"], "range": [FILLS["not_compared"], FILLS["higher"]]}
    outlines = {"domain": ["plain", "marked"], "range": [OUTLINES["not_compared"], OUTLINES["higher"]]}
    kind: Spec = {"field": "kind", "type": "nominal", "legend": None}
    behind: list[Spec] = [
        {
            "mark": {"type": "bar", "height": {"band": 0.72}, "fill": "#FFFFFF", "stroke": OUTLINES["none"]},
            "encoding": {"y": y, "x": {**x, "field": "whole"}},
        }
    ]
    front: Spec = {
        "mark": {"type": "bar", "height": {"band": 0.72}, "strokeWidth": 0.8},
        "encoding": {
            "y": y,
            "x": x,
            "color": {**kind, "scale": colours},
            "stroke": {**kind, "scale": outlines},
            "strokeWidth": {"condition": {"test": "datum.selected", "value": 2.5}, "value": 0.8},
        },
    }
    rule: list[Spec] = [
        {
            "data": {"values": [{"line": line}]},
            "mark": {"type": "rule", "color": INK, "strokeWidth": 1.6, "strokeDash": [5, 3]},
            "encoding": {"x": {"field": "line", "type": "quantitative"}},
        }
    ]
    has_whole = any(bar.whole is not None for bar in bars)
    return framed(
        [*(behind if has_whole else []), front, *(rule if line is not None else []), *value_labels(y)],
        meta,
        language,
        height={"step": row_px},
        width=width,
        below_px=14,
        left_px=AREA_AXIS_PX,
        extra_notes=notes,
        data={"values": rows},
    )


@dataclass(frozen=True)
class Cell:
    """One of the four fields: its row and column, how many areas it holds, and its name."""

    row: str
    column: str
    count: str
    name: str
    is_marked: bool


def four_fields(
    cells: list[Cell], meta: ChartMeta, language: Language, *, width: Width = "container"
) -> Spec:
    """Gap against need as four fields with the number of areas in each; marked fields call for a decision."""
    rows: list[Spec] = [
        {
            "row": c.row,
            "column": c.column,
            "count": c.count,
            "name": c.name,
            "kind": "marked" if c.is_marked else "plain",
        }
        for c in cells
    ]
    axis: Spec = {"labelLimit": 150, "ticks": False, "domain": False, "labelAngle": 0, "labelFontSize": 12}
    x: Spec = {
        "field": "column",
        "type": "ordinal",
        "title": None,
        "axis": {**axis, "orient": "top"},
        "sort": list(dict.fromkeys(c.column for c in cells)),
    }
    y: Spec = {
        "field": "row",
        "type": "ordinal",
        "title": None,
        "sort": list(dict.fromkeys(c.row for c in cells)),
        "axis": {**axis, "minExtent": 92, "maxExtent": 92, "labelLimit": 88},
    }
    colours = {"domain": ["plain", "marked"], "range": ["#F4F6F8", FILLS["higher"]]}
    text: Spec = {"type": "text", "color": INK, "tooltip": None}
    return framed(
        [
            {
                "mark": {"type": "rect", "stroke": OUTLINES["not_compared"], "strokeWidth": 1.2},
                "encoding": {
                    "x": x,
                    "y": y,
                    "color": {"field": "kind", "type": "nominal", "legend": None, "scale": colours},
                },
            },
            {
                "mark": {**text, "fontSize": 24, "fontWeight": 600, "dy": -8},
                "encoding": {"x": x, "y": y, "text": {"field": "count"}},
            },
            {
                "mark": {**text, "fontSize": 11, "dy": 16, "limit": 130},
                "encoding": {"x": x, "y": y, "text": {"field": "name"}},
            },
        ],
        meta,
        language,
        height=180,
        width=width,
        below_px=14,
        left_px=92,
        data={"values": rows},
    )
