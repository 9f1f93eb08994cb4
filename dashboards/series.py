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
    own, city_name = words.area_label(values[0]), language.text("City")
    names = [own] if values[0].is_city else [own, city_name]
    rows = [
        {"period": v.period_id, "value": v.value, "low": v.ci_lower, "high": v.ci_upper, "who": own}
        for v in values
    ]
    rows += [
        {"period": v.period_id, "value": v.value, "who": city_name}
        for v in city
        if v.period_id in periods and not values[0].is_city
    ]
    x = {
        "field": "period",
        "type": "ordinal",
        "title": None,
        "scale": {"domain": periods},
        "axis": {"labelAngle": 0, "labelOverlap": True, "grid": False},
    }
    y = {
        "field": "value",
        "type": "quantitative",
        "title": formats.unit_words(indicator, language),
        "scale": {"zero": False, "nice": True},
        "axis": {"format": axis_format(indicator), "tickCount": 5, "minExtent": 44, "maxExtent": 44},
    }
    shades: Spec = {
        "field": "who",
        "type": "nominal",
        "scale": {"domain": names, "range": [OUTLINES["better"], MUTED]},
    }
    colour = {**shades, "legend": {"title": None, "orient": "top"}}
    shapes = {
        "shape": {
            **shades,
            "scale": {"domain": names, "range": ["circle", "square"]},
            "legend": colour["legend"],
        }
    }
    band = {
        "mark": {"type": "rule", "strokeWidth": 6, "opacity": 0.35, "color": OUTLINES["better"]},
        "encoding": {"x": x, "y": {"field": "low", "type": "quantitative"}, "y2": {"field": "high"}},
    }
    lines = [
        {
            "mark": {
                "type": "line",
                "strokeWidth": 2,
                "strokeDash": dash,
                "invalid": "break-paths-show-path-domains",
            },
            "transform": [{"filter": {"field": "who", "equal": who}}],
            "encoding": {"x": x, "y": y, "color": colour},
        }
        for who, dash in zip(names, ([1, 0], [5, 3]), strict=False)
    ]
    points = {
        "mark": {"type": "point", "filled": True, "size": 45, "opacity": 1},
        "encoding": {"x": x, "y": y, "color": colour, **shapes},
    }
    marks, notes = numbered_lines(breaks, events, periods, x, language)
    return framed(
        [band, *lines, points, *marks],
        meta,
        language,
        height=220,
        width=width,
        below_px=34,
        left_px=58,
        extra_notes=notes,
        data={"values": rows},
    )


def numbered_lines(
    breaks: list[Mark], events: list[Mark], periods: list[str], x: Spec, language: Language
) -> tuple[list[Spec], list[str]]:
    """Vertical lines with letters at the top, and a note per letter; breaks are solid, events dotted."""
    wanted = [(m, True) for m in breaks] + [(m, False) for m in events]
    known = list(
        zip("ABCDEFGHI", [(m, solid) for m, solid in wanted if m.period_id in periods], strict=False)
    )
    layers, notes = [], []
    for letter, (m, is_break) in known:
        data = {"values": [{"period": m.period_id}]}
        layers.append(
            {
                "data": data,
                "mark": {"type": "rule", "color": MUTED, "strokeDash": [1, 0] if is_break else [2, 3]},
                "encoding": {"x": x},
            }
        )
        said = words.mark(m, language)
        text = language.text("break in the series: {text}", text=said) if is_break else said
        notes.extend(textwrap.wrap(f"{letter} ({m.period_id}): {text}", NOTE_CHARACTERS))
    for period in dict.fromkeys(m.period_id for _, (m, _) in known):
        letters = " ".join(letter for letter, (m, _) in known if m.period_id == period)
        layers.append(
            {
                "data": {"values": [{"period": period, "text": letters}]},
                "encoding": {"x": x, "text": {"field": "text"}},
                "mark": {
                    "type": "text",
                    "baseline": "bottom",
                    "fontSize": 12,
                    "fontWeight": 600,
                    "color": INK,
                    "y": -2,
                },
            }
        )
    return layers, notes
