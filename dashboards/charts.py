"""Ranked bars, and what bars and maps share: classes, signs, legend, tooltip, click.

Lives here: marks of areas side by side. Must not live here: the frame (frame.py), SQL, sentences,
arithmetic on values; scales and classes are Vega's.
"""

from __future__ import annotations

import json

from dashboards import formats, words
from dashboards.frame import FILLS, FONT, INK, MUTED, OUTLINES, ChartMeta, Spec, Width, framed
from dashboards.locales import Language
from dashboards.records import Indicator, Value

ROW_PX = 17
AREA_AXIS_PX = 146


def group(value: Value) -> str:
    """The class of an area in maps and bars: its comparison, or none where there is no value."""
    return "none" if value.value is None else value.comparison


def row(value: Value, indicator: Indicator, selected: str | None, language: Language) -> Spec:
    """What a mark knows of an area: published value and interval, and all texts ready to be shown."""
    sign = words.sign(value.comparison, indicator.polarity, value.value_status)
    shown = words.shown(value, indicator, language)
    return {
        "area_id": value.area_id,
        "area": words.area_label(value),
        "value": value.value,
        "low": value.ci_lower,
        "high": value.ci_upper,
        "group": group(value),
        "sign": sign,
        "shown": shown,
        "label": f"{shown} {sign}".strip(),
        "said": words.comparison(value.comparison, language) if value.value is not None else shown,
        "interval": formats.interval(value, indicator, language),
        "selected": value.area_id == selected,
    }


def groups_of(rows: list[Spec], indicator: Indicator, language: Language) -> tuple[list[str], list[str]]:
    """Classes that occur, in a fixed order, and their words with signs for the legend."""
    order = [code for code in FILLS if code in {r["group"] for r in rows}]
    labels = []
    for code in order:
        said = language.text("no value") if code == "none" else words.comparison(code, language)
        sign = words.NONE if code == "none" else words.sign(code, indicator.polarity)
        labels.append(f"{sign} {said}".strip())
    return order, labels


def fill(order: list[str], labels: list[str]) -> Spec:
    """Colour encoding of the classes with their words as legend labels."""
    shades = {
        "field": "group",
        "type": "nominal",
        "scale": {"domain": order, "range": [FILLS[c] for c in order]},
    }
    if order == ["not_compared"]:
        return {**shades, "legend": None}
    pairs = " : ".join(
        f"datum.value === '{code}' ? {json.dumps(word)}" for code, word in zip(order, labels, strict=True)
    )
    return {
        **shades,
        "legend": {
            "title": None,
            "orient": "top",
            "direction": "vertical",
            "columns": 1,
            "labelExpr": f"{pairs} : ''",
            "symbolType": "square",
            "symbolStrokeColor": MUTED,
            "symbolStrokeWidth": 1,
        },
    }


def outline(order: list[str]) -> Spec:
    """Outline of the classes, dark enough to be seen on white."""
    return {
        "field": "group",
        "type": "nominal",
        "legend": None,
        "scale": {"domain": order, "range": [OUTLINES[c] for c in order]},
    }


def picking() -> list[Spec]:
    """A click picks an area; the page reads the code and writes it into the address."""
    return [
        {"name": "pick", "select": {"type": "point", "fields": ["area_id"], "on": "click", "clear": False}}
    ]


def tooltip(language: Language) -> list[Spec]:
    """Texts of the tooltip; it repeats what table and bars show and holds nothing of its own."""
    return [
        {"field": name, "type": "nominal", "title": language.text(title)}
        for name, title in words.TOOLTIP.items()
    ]


def ranked_bars(
    values: list[Value],
    indicator: Indicator,
    meta: ChartMeta,
    language: Language,
    *,
    selected: str | None,
    city_value: float | None,
    width: Width = "container",
    clickable: bool = True,
) -> Spec:
    """Areas by rank with 95 % whiskers and the city's line; areas without a value stand last by code."""
    rows = [row(v, indicator, selected, language) for v in values]
    y = area_axis(rows, selected)
    return framed(
        [
            bars(rows, y, indicator, language, clickable=clickable),
            *city_line(city_value),
            {
                "mark": {"type": "rule", "color": INK, "strokeWidth": 1.2},
                "encoding": {"y": y, "x": {"field": "low", "type": "quantitative"}, "x2": {"field": "high"}},
            },
            *value_labels(y),
        ],
        meta,
        language,
        height={"step": ROW_PX},
        width=width,
        below_px=14,
        left_px=AREA_AXIS_PX,
        extra_notes=line_notes(values, city_value, indicator, language),
        data={"values": rows},
    )


def bars(rows: list[Spec], y: Spec, indicator: Indicator, language: Language, *, clickable: bool) -> Spec:
    """One bar per area in the colour and outline of its class."""
    order, labels = groups_of(rows, indicator, language)
    x = {
        "field": "value",
        "type": "quantitative",
        "title": formats.unit_words(indicator, language),
        "scale": {"zero": True, "nice": True},
        "axis": {"orient": "top", "format": axis_format(indicator), "tickCount": 5},
    }
    layer: Spec = {
        "mark": {"type": "bar", "height": {"band": 0.72}, "cursor": "pointer" if clickable else "default"},
        "encoding": {
            "y": y,
            "x": x,
            "color": fill(order, labels),
            "stroke": outline(order),
            "tooltip": tooltip(language),
            "strokeWidth": {"condition": {"test": "datum.selected", "value": 2.5}, "value": 0.8},
        },
    }
    return {**layer, "params": picking()} if clickable else layer


def line_notes(
    values: list[Value], city_value: float | None, indicator: Indicator, language: Language
) -> list[str]:
    """What the lines in the bars mean, as one note."""
    city = ""
    if city_value is not None:
        shown = formats.quantity(city_value, indicator, language)
        city = language.text("Dashed line: city, {value}.", value=shown)
    has_interval = any(v.ci_lower is not None for v in values)
    said = [city, language.text("Thin line: 95 % interval.") if has_interval else ""]
    return [" ".join(text for text in said if text)] if any(said) else []


def area_axis(rows: list[Spec], selected: str | None) -> Spec:
    """The axis of area names in the order of the rows; the chosen area stands in bold."""
    chosen = next((str(r["area"]) for r in rows if r["area_id"] == selected), "")
    weight = {
        "condition": {"test": f"datum.value === {json.dumps(chosen)}", "value": "bold"},
        "value": "normal",
    }
    return {
        "field": "area",
        "type": "nominal",
        "sort": [r["area"] for r in rows],
        "title": None,
        "axis": {
            "labelLimit": AREA_AXIS_PX - 8,
            "minExtent": AREA_AXIS_PX,
            "maxExtent": AREA_AXIS_PX,
            "labelOverlap": False,
            "ticks": False,
            "domain": False,
            "labelFontWeight": weight,
        },
    }


def axis_format(indicator: Indicator) -> str:
    """Number pattern of an axis; one decimal is enough for ticks."""
    return ",.1~f" if indicator.decimals else ",.0f"


def value_labels(y: Spec) -> list[Spec]:
    """Value and sign behind each bar, on a white halo so that lines do not cross the text."""
    end = {
        "calculate": "isValid(datum.high) ? datum.high : isValid(datum.value) ? datum.value : 0",
        "as": "end",
    }
    encoding = {"y": y, "x": {"field": "end", "type": "quantitative"}, "text": {"field": "label"}}
    text = {
        "type": "text",
        "align": "left",
        "baseline": "middle",
        "dx": 5,
        "fontSize": 11,
        "font": FONT,
        "tooltip": None,
    }
    halo = {**text, "color": "#FFFFFF", "stroke": "#FFFFFF", "strokeWidth": 4, "strokeJoin": "round"}
    return [
        {"mark": mark, "encoding": encoding, "transform": [end]} for mark in (halo, {**text, "color": INK})
    ]


def city_line(city_value: float | None) -> list[Spec]:
    """The city's value as a dashed line through all bars."""
    if city_value is None:
        return []
    return [
        {
            "data": {"values": [{"city": city_value}]},
            "mark": {"type": "rule", "color": INK, "strokeWidth": 1.6, "strokeDash": [5, 3]},
            "encoding": {"x": {"field": "city", "type": "quantitative"}},
        }
    ]
