"""Ranked bars for anything that is not an indicator: stock, gaps, distances, registers.

Lives here: marks of rows side by side. Must not live here: the frame (frame.py), bars of indicators
(charts.py), SQL,
arithmetic on values.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboards.charts import AREA_AXIS_PX, ROW_PX, area_axis, value_labels
from dashboards.frame import FILLS, INK, OUTLINES, ChartMeta, Spec, Width, framed
from dashboards.locales import Language

HEIGHT = {"band": 0.72}
KIND: Spec = {"field": "kind", "type": "nominal", "legend": None}


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
    """What a mark knows of a bar; its label stands behind it, right of zero where it points left."""
    end = bar.whole if bar.whole is not None else bar.value
    return {
        "area_id": bar.name,
        "area": bar.name,
        "value": bar.value,
        "high": 0 if end is not None and end < 0 else end,
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
    """Bars in the order given, `line` is a dashed line; a line break in a name starts a new line."""
    rows = [row(bar) for bar in bars]
    chosen = next((bar.name for bar in bars if bar.is_selected), None)
    y = area_axis(rows, chosen)
    y["axis"]["labelExpr"] = r"split(datum.label, '\n')"
    x: Spec = {
        "field": "value",
        "type": "quantitative",
        "title": axis_title,
        "scale": {"zero": True, "nice": True},
        "axis": {"orient": "top", "format": ",.1~f", "tickCount": 4},
    }
    has_whole = any(bar.whole is not None for bar in bars)
    return framed(
        [*(behind(x, y) if has_whole else []), front(x, y), *crossing(line), *value_labels(y)],
        meta,
        language,
        height={"step": row_px},
        width=width,
        below_px=14,
        left_px=AREA_AXIS_PX,
        extra_notes=notes,
        data={"values": rows},
    )


def front(x: Spec, y: Spec) -> Spec:
    """The bars themselves; marked ones differ in colour and outline, and their label carries a sign."""
    colours = {"domain": ["plain", "marked"], "range": [FILLS["not_compared"], FILLS["higher"]]}
    outlines = {"domain": ["plain", "marked"], "range": [OUTLINES["not_compared"], OUTLINES["higher"]]}
    return {
        "mark": {"type": "bar", "height": HEIGHT, "strokeWidth": 0.8},
        "encoding": {
            "y": y,
            "x": x,
            "color": {**KIND, "scale": colours},
            "stroke": {**KIND, "scale": outlines},
            "strokeWidth": {"condition": {"test": "datum.selected", "value": 2.5}, "value": 0.8},
        },
    }


def behind(x: Spec, y: Spec) -> list[Spec]:
    """The whole each bar is part of, as an outline."""
    return [
        {
            "mark": {"type": "bar", "height": HEIGHT, "fill": "#FFFFFF", "stroke": OUTLINES["none"]},
            "encoding": {"y": y, "x": {**x, "field": "whole"}},
        }
    ]


def crossing(line: float | None) -> list[Spec]:
    """A dashed line through all bars."""
    if line is None:
        return []
    return [
        {
            "data": {"values": [{"line": line}]},
            "mark": {"type": "rule", "color": INK, "strokeWidth": 1.6, "strokeDash": [5, 3]},
            "encoding": {"x": {"field": "line", "type": "quantitative"}},
        }
    ]
