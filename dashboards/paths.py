"""A target over time: observed values with intervals, the path, the target point, a projection, later
corrections.

Lives here: marks on a time axis against a path. Must not live here: the frame (frame.py), SQL, any
calculation of a path or an effect (columns of the release).
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboards import formats
from dashboards.charts import axis_format
from dashboards.frame import INK, MUTED, OUTLINES, ChartMeta, Spec, Width, framed
from dashboards.locales import Language
from dashboards.records import Indicator

# Role of a mark -> colour and shape; the shape says the same without the colour.
STYLES = {
    "observed": (OUTLINES["better"], "circle"),
    "path": (MUTED, "square"),
    "target": (INK, "diamond"),
    "projection": (OUTLINES["higher"], "triangle-up"),
    "current": (OUTLINES["worse"], "cross"),
}


@dataclass(frozen=True)
class PathMark:
    """A published value in a period, with its interval where it has one."""

    role: str
    period: str
    value: float | None
    low: float | None = None
    high: float | None = None
    label: str = ""


def target_path(
    marks: list[PathMark],
    names: dict[str, str],
    indicator: Indicator,
    meta: ChartMeta,
    language: Language,
    *,
    width: Width = "container",
    notes: list[str] | None = None,
) -> Spec:
    """Values against their path; `names` are the words of the roles for the legend."""
    periods = sorted({m.period for m in marks})
    used = [role for role in STYLES if any(m.role == role and m.value is not None for m in marks)]
    rows: list[Spec] = [
        {
            "period": m.period,
            "value": m.value,
            "low": m.low,
            "high": m.high,
            "role": m.role,
            "who": names[m.role],
            "label": m.label,
        }
        for m in marks
        if m.role in used
    ]
    x: Spec = {
        "field": "period",
        "type": "ordinal",
        "title": None,
        "scale": {"domain": periods},
        "axis": {"labelAngle": 0, "labelOverlap": True, "grid": False},
    }
    y: Spec = {
        "field": "value",
        "type": "quantitative",
        "title": formats.unit_words(indicator, language),
        "scale": {"zero": False, "nice": True},
        "axis": {"format": axis_format(indicator), "tickCount": 5, "minExtent": 44, "maxExtent": 44},
    }
    who: Spec = {
        "field": "who",
        "type": "nominal",
        "legend": {"title": None, "orient": "top", "direction": "vertical", "columns": 1, "symbolSize": 80},
    }
    domain = [names[role] for role in used]
    colour = {**who, "scale": {"domain": domain, "range": [STYLES[role][0] for role in used]}}
    shape = {**who, "scale": {"domain": domain, "range": [STYLES[role][1] for role in used]}}
    lines: list[Spec] = [
        {
            "mark": {
                "type": "line",
                "strokeWidth": 2,
                "strokeDash": dash,
                "invalid": "break-paths-show-path-domains",
            },
            "transform": [{"filter": f"datum.role === '{role}'"}],
            "encoding": {"x": x, "y": y, "color": colour},
        }
        for role, dash in (("observed", [1, 0]), ("path", [5, 3]))
        if role in used
    ]
    interval: Spec = {
        "mark": {"type": "rule", "strokeWidth": 5, "opacity": 0.4},
        "transform": [{"filter": "isValid(datum.low)"}],
        "encoding": {
            "x": x,
            "y": {"field": "low", "type": "quantitative"},
            "y2": {"field": "high"},
            "color": colour,
        },
    }
    points: Spec = {
        "mark": {"type": "point", "filled": True, "opacity": 1},
        "encoding": {
            "x": x,
            "y": y,
            "color": colour,
            "shape": shape,
            "size": {"condition": {"test": "datum.role === 'path'", "value": 22}, "value": 90},
        },
    }
    label: Spec = {
        "mark": {"type": "text", "dy": -14, "fontSize": 11, "fontWeight": 600, "color": INK, "tooltip": None},
        "transform": [{"filter": "datum.label !== ''"}],
        "encoding": {"x": x, "y": y, "text": {"field": "label"}},
    }
    return framed(
        [interval, *lines, points, label],
        meta,
        language,
        height=250,
        width=width,
        below_px=34,
        left_px=58,
        extra_notes=notes,
        data={"values": rows},
    )
