"""The four fields of gap and need.

Lives here: marks of the four fields. Must not live here: the frame (frame.py), SQL, who belongs to a field
(a column).
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboards.frame import FILLS, INK, OUTLINES, ChartMeta, Spec, Width, framed
from dashboards.locales import Language

ROW_AXIS_PX = 92
AXIS: Spec = {"ticks": False, "domain": False, "labelAngle": 0, "labelFontSize": 12}
# One word a line, so that both axes fit a small phone.
WORDS = {"labelExpr": "split(datum.label, ' ')"}


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
    """Gap against need with the number of areas in each field; marked fields call for a decision."""
    rows: list[Spec] = [
        {"row": c.row, "column": c.column, "count": c.count, "name": c.name, "kind": str(c.is_marked)}
        for c in cells
    ]
    x: Spec = {
        "field": "column",
        "type": "ordinal",
        "title": None,
        "axis": {**AXIS, "orient": "top", "labelLimit": 150},
        "sort": list(dict.fromkeys(c.column for c in cells)),
    }
    y: Spec = {
        "field": "row",
        "type": "ordinal",
        "title": None,
        "sort": list(dict.fromkeys(c.row for c in cells)),
        "axis": {
            **AXIS,
            **WORDS,
            "minExtent": ROW_AXIS_PX,
            "maxExtent": ROW_AXIS_PX,
            "labelLimit": ROW_AXIS_PX,
        },
    }
    return framed(
        [ground(x, y), text(x, y, "count", size=24, dy=-8), text(x, y, "name", size=11, dy=16)],
        meta,
        language,
        height=180,
        width=width,
        below_px=14,
        left_px=ROW_AXIS_PX,
        data={"values": rows},
    )


def ground(x: Spec, y: Spec) -> Spec:
    """The fields; marked ones are darker, their name stands in them."""
    colours = {"domain": ["False", "True"], "range": ["#F4F6F8", FILLS["higher"]]}
    return {
        "mark": {"type": "rect", "stroke": OUTLINES["not_compared"], "strokeWidth": 1.2},
        "encoding": {
            "x": x,
            "y": y,
            "color": {"field": "kind", "type": "nominal", "legend": None, "scale": colours},
        },
    }


def text(x: Spec, y: Spec, field: str, *, size: int, dy: int) -> Spec:
    """Number or name in the middle of a field."""
    return {
        "mark": {"type": "text", "color": INK, "tooltip": None, "fontSize": size, "dy": dy, "limit": 120},
        "encoding": {"x": x, "y": y, "text": {"field": field}},
    }
