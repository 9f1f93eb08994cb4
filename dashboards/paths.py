"""A target over time: observed values with intervals, the path, the target point, a projection, later
corrections.

Lives here: marks on a time axis against a path. Must not live here: the frame (frame.py), SQL, any
calculation of a path or an effect (columns of the release).
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboards import formats
from dashboards.charts import axis_format
from dashboards.encodings import by_role, written
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
YEARS = {"labelAngle": 0, "labelOverlap": True, "labelSeparation": 6, "grid": False}
VALUES = {"tickCount": 5, "minExtent": 44, "maxExtent": 44}


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
    used = [role for role in STYLES if any(m.role == role and m.value is not None for m in marks)]
    x: Spec = {
        "field": "period",
        "type": "ordinal",
        "title": None,
        "scale": {"domain": sorted({m.period for m in marks})},
        "axis": YEARS,
    }
    y: Spec = {
        "field": "value",
        "type": "quantitative",
        "title": formats.unit_words(indicator, language),
        "scale": {"zero": False, "nice": True},
        "axis": {**VALUES, "format": axis_format(indicator)},
    }
    styles = [STYLES[role] for role in used]
    colour, shape = by_role([names[role] for role in used], [c for c, _ in styles], [s for _, s in styles])
    text = written({"x": x, "y": y}, align="right", dx=-9, dy=3)
    return framed(
        [points(x, y, colour, shape), interval(x, colour), *lines(x, y, colour, used), text],
        meta,
        language,
        height=250,
        width=width,
        below_px=34,
        left_px=58,
        extra_notes=notes,
        data={"values": [row(m, names) for m in marks if m.role in used]},
    )


def row(mark: PathMark, names: dict[str, str]) -> Spec:
    """What a mark knows."""
    return {
        "period": mark.period,
        "value": mark.value,
        "low": mark.low,
        "high": mark.high,
        "role": mark.role,
        "who": names[mark.role],
        "label": mark.label,
    }


def points(x: Spec, y: Spec, colour: Spec, shape: Spec) -> Spec:
    """One sign per value; those of the path are small."""
    size = {"condition": {"test": "datum.role === 'path'", "value": 22}, "value": 90}
    return {
        "mark": {"type": "point", "filled": True, "opacity": 1},
        "encoding": {"x": x, "y": y, "color": colour, "shape": shape, "size": size},
    }


def interval(x: Spec, colour: Spec) -> Spec:
    """The 95 % interval of a value."""
    return {
        "mark": {"type": "rule", "strokeWidth": 5, "opacity": 0.4},
        "transform": [{"filter": "isValid(datum.low)"}],
        "encoding": {
            "x": x,
            "y": {"field": "low", "type": "quantitative"},
            "y2": {"field": "high"},
            "color": colour,
        },
    }


def lines(x: Spec, y: Spec, colour: Spec, used: list[str]) -> list[Spec]:
    """Observed values are joined by a line, the path by a dashed one."""
    return [
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
