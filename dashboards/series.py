"""An area over time: values with intervals, the city beside it, breaks and context events.

Lives here: marks on a time axis. Must not live here: the frame (frame.py), SQL, trend statistics (columns
of the release).
"""

from __future__ import annotations

import textwrap

from dashboards import formats, words
from dashboards.charts import axis_format
from dashboards.frame import INK, MUTED, NOTE_CHARACTERS, OUTLINES, ChartMeta, Spec, Width, framed
from dashboards.locales import Language
from dashboards.records import Indicator, Mark, Value

LETTER = {"type": "text", "baseline": "bottom", "fontSize": 12, "fontWeight": 600, "color": INK, "y": -2}


def time_series(
    values: list[Value],
    city: list[Value],
    indicator: Indicator,
    meta: ChartMeta,
    language: Language,
    *,
    breaks: list[Mark],
    events: list[Mark],
    width: Width = "container",
) -> Spec:
    """One area over time with its 95 % interval, the city beside it, series breaks and context events as
    numbered lines.
    """
    periods = [v.period_id for v in values]
    x = {
        "field": "period",
        "type": "ordinal",
        "title": None,
        "scale": {"domain": periods},
        "axis": {"labelAngle": 0, "labelOverlap": True, "labelSeparation": 6, "grid": False},
    }
    names = [words.area_label(values[0]), *([] if values[0].is_city else [language.text("City")])]
    marks, notes = numbered_lines(breaks, events, periods, x, language)
    return framed(
        [*paths(names, x, indicator, language), *marks],
        meta,
        language,
        height=220,
        width=width,
        below_px=34,
        left_px=58,
        extra_notes=notes,
        data={"values": rows_of(values, city, names)},
    )


def rows_of(values: list[Value], city: list[Value], names: list[str]) -> list[Spec]:
    """Published values of the area with their intervals, and of the city where it is drawn beside it."""
    periods = {v.period_id for v in values}
    beside = city if len(names) > 1 else []
    own: list[Spec] = [
        {"period": v.period_id, "value": v.value, "low": v.ci_lower, "high": v.ci_upper, "who": names[0]}
        for v in values
    ]
    others: list[Spec] = [
        {"period": v.period_id, "value": v.value, "who": names[1]} for v in beside if v.period_id in periods
    ]
    return [*own, *others]


def paths(names: list[str], x: Spec, indicator: Indicator, language: Language) -> list[Spec]:
    """Intervals, lines and points; area and city differ in colour, dash and shape."""
    y = {
        "field": "value",
        "type": "quantitative",
        "title": formats.unit_words(indicator, language),
        "scale": {"zero": False, "nice": True},
        "axis": {"format": axis_format(indicator), "tickCount": 5, "minExtent": 44, "maxExtent": 44},
    }
    who: Spec = {"field": "who", "type": "nominal", "legend": {"title": None, "orient": "top"}}
    colour = {**who, "scale": {"domain": names, "range": [OUTLINES["better"], MUTED]}}
    shape = {**who, "scale": {"domain": names, "range": ["circle", "square"]}}
    band = {
        "mark": {"type": "rule", "strokeWidth": 6, "opacity": 0.35, "color": OUTLINES["better"]},
        "encoding": {"x": x, "y": {"field": "low", "type": "quantitative"}, "y2": {"field": "high"}},
    }
    line: Spec = {"type": "line", "strokeWidth": 2, "invalid": "break-paths-show-path-domains"}
    lines: list[Spec] = [
        {
            "mark": {**line, "strokeDash": dash},
            "transform": [{"filter": {"field": "who", "equal": name}}],
            "encoding": {"x": x, "y": y, "color": colour},
        }
        for name, dash in zip(names, ([1, 0], [5, 3]), strict=False)
    ]
    points = {
        "mark": {"type": "point", "filled": True, "size": 45, "opacity": 1},
        "encoding": {"x": x, "y": y, "color": colour, "shape": shape},
    }
    return [band, *lines, points]


def numbered_lines(
    breaks: list[Mark], events: list[Mark], periods: list[str], x: Spec, language: Language
) -> tuple[list[Spec], list[str]]:
    """Vertical lines with letters at the top, and a note per letter; breaks are solid, events dotted."""
    wanted = [*((m, True) for m in breaks), *((m, False) for m in events)]
    known = list(zip("ABCDEFGHI", [w for w in wanted if str(w[0].year) in periods], strict=False))
    layers, notes = [], []
    for letter, (m, is_break) in known:
        dash = [1, 0] if is_break else [2, 3]
        rule = {"type": "rule", "color": MUTED, "strokeDash": dash}
        layers.append({"data": {"values": [{"period": str(m.year)}]}, "mark": rule, "encoding": {"x": x}})
        said = words.mark(m, language)
        text = language.text("break in the series: {text}", text=said) if is_break else said
        notes.extend(textwrap.wrap(f"{letter} ({m.period_id}): {text}", NOTE_CHARACTERS))
    for period in dict.fromkeys(str(m.year) for _, (m, _) in known):
        letters = " ".join(letter for letter, (m, _) in known if str(m.year) == period)
        data = {"values": [{"period": period, "text": letters}]}
        layers.append({"data": data, "mark": LETTER, "encoding": {"x": x, "text": {"field": "text"}}})
    return layers, notes
