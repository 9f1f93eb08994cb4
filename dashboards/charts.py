"""Charts as Vega-Lite specifications: ranked bars, time series, and the frame each image carries.

Lives here: marks, colours, and `framed`, the one place that puts Datenstand, source, licence, definition, number of
hidden values, release and demo label inside the image and refuses to draw without them.
Must not live here: SQL, sentences, arithmetic on values; scales and classes are Vega's.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, fields
from typing import Any, Literal

from dashboards import formats, wording
from dashboards.locales import Language
from dashboards.records import Indicator, Mark, Value

Spec = dict[str, Any]
Width = int | Literal["container"]
INK, MUTED, GRID = "#1F2933", "#4A5560", "#E3E7EB"
# Fills are light enough for dark signs on top; each has an outline of contrast >= 3 on white, so that meaning
# survives greyscale together with the sign. Neutral indicators never use the pair of good and bad.
FILLS = {
    "worse": "#E8A06F", "better": "#86B6DB", "higher": "#B9A5D6", "lower": "#8FCBBF",
    "similar": "#D9DEE3", "not_compared": "#B8C4D0", "none": "#FFFFFF",
}
OUTLINES = {
    "worse": "#9A4A12", "better": "#1F5F93", "higher": "#5A3E8C", "lower": "#1F6E62",
    "similar": "#6B7680", "not_compared": "#556370", "none": "#6B7680",
}
FONT = "'Source Sans', 'Source Sans 3', Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"
# Characters per line of the notes below a chart: 56 at 11 px stay inside 340 px, the width of a small phone.
NOTE_CHARACTERS = 56
NOTE_LINE_PX = 14
ROW_PX = 17
AREA_AXIS_PX = 128


class MissingMetadata(ValueError):
    """A chart without its origin is not drawn; the message names what is missing."""


@dataclass(frozen=True)
class ChartMeta:
    """What each image must say about itself; every field is a text in the language of the page."""

    title: str
    subtitle: str
    definition: str | None
    as_of: str | None
    source: str | None
    licence: str | None
    hidden: str | None
    release: str | None
    demo_label: str | None = None
    is_demo: bool = False

    def missing(self) -> list[str]:
        """Names of required texts that are empty; the demo label is required for demo data."""
        required = [f.name for f in fields(self) if f.name not in ("demo_label", "is_demo")]
        absent = [name for name in required if not getattr(self, name)]
        return [*absent, "demo_label"] if self.is_demo and not self.demo_label else absent

    def notes(self, language: Language) -> list[str]:
        """Lines below the chart, wrapped for a small screen."""
        said = [
            language.text("Definition: {text}", text=self.definition),
            language.text("Data as of: {text}", text=self.as_of),
            language.text("Source: {text}", text=self.source),
            language.text("Licence: {text}", text=self.licence),
            language.text("Hidden or missing: {text}", text=self.hidden),
            self.release or "",
        ]
        return [line for text in said for line in textwrap.wrap(text, NOTE_CHARACTERS)]


def framed(layers: list[Spec], meta: ChartMeta, language: Language, *, height: int | Spec, width: Width = "container",
           below_px: int, left_px: int = 0, extra_notes: list[str] | None = None, **more: Any) -> Spec:
    """A complete specification of layered marks with title, notes and locale.

    `below_px` is the room between the plot and the first note, `left_px` the width of the axis left of the plot.
    Raises MissingMetadata when the frame would be incomplete.
    """
    absent = meta.missing()
    if absent:
        raise MissingMetadata(f"chart '{meta.title}' is not drawn: {', '.join(absent)} missing in the release")
    notes = [*(extra_notes or []), *meta.notes(language)]
    subtitle = [*textwrap.wrap(meta.subtitle, NOTE_CHARACTERS), *([meta.demo_label] if meta.demo_label else [])]
    note_layer = {
        "data": {"values": [{}]},
        "mark": {"type": "text", "text": notes, "align": "left", "baseline": "top", "fontSize": 11, "color": MUTED,
                 "lineHeight": NOTE_LINE_PX, "clip": False, "tooltip": None,
                 "x": -left_px, "y": {"expr": f"height + {below_px}"}},
    }
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "title": {"text": textwrap.wrap(meta.title, 48), "subtitle": subtitle},
        "description": f"{meta.title}. {meta.subtitle}.",
        "width": width, "height": height,
        "autosize": {"type": "fit-x" if width == "container" else "pad", "contains": "padding"},
        "padding": {"left": 4, "right": 8, "top": 4, "bottom": 8},
        "layer": [*layers, note_layer],
        "config": config(language), **more,
    }


def config(language: Language) -> Spec:
    """Fonts, colours of axes (contrast >= 4.5) and the number signs of the language."""
    axis = {"labelColor": INK, "titleColor": INK, "gridColor": GRID, "domainColor": MUTED, "tickColor": MUTED,
            "labelFontSize": 11, "titleFontSize": 12, "titleFontWeight": "normal", "labelFont": FONT, "titleFont": FONT}
    return {
        "font": FONT, "background": "#FFFFFF", "view": {"stroke": None}, "aria": True, "mark": {"aria": False},
        "locale": {"number": formats.VEGA_LOCALES[language.code]}, "axis": axis,
        "title": {"anchor": "start", "frame": "bounds", "color": INK, "fontSize": 15, "fontWeight": 600, "subtitleColor": MUTED,
                  "subtitleFontSize": 12, "offset": 12, "font": FONT, "subtitleFont": FONT},
        "legend": {"labelColor": INK, "titleColor": INK, "labelFontSize": 11, "titleFontSize": 11, "labelLimit": 320,
                   "titleLimit": 320, "labelFont": FONT, "titleFont": FONT},
    }


def group(value: Value) -> str:
    """The class of an area in maps and bars: its comparison, or none where there is no value."""
    return "none" if value.value is None else value.comparison


def row(value: Value, indicator: Indicator, selected: str | None, language: Language) -> Spec:
    """What a mark knows of an area: published value and interval, and all texts ready to be shown."""
    sign = wording.sign(value.comparison, indicator.polarity, value.value_status)
    shown = wording.shown(value, indicator, language)
    return {
        "area_id": value.area_id, "area": wording.area_label(value), "value": value.value, "low": value.ci_lower,
        "high": value.ci_upper, "group": group(value), "sign": sign, "shown": shown, "label": f"{shown} {sign}".strip(),
        "said": wording.comparison(value.comparison, language) if value.value is not None else shown,
        "interval": formats.interval(value, indicator, language), "selected": value.area_id == selected,
    }


def groups_of(rows: list[Spec], indicator: Indicator, language: Language) -> tuple[list[str], list[str]]:
    """Classes that occur, in a fixed order, and their words with signs for the legend."""
    order = [code for code in FILLS if code in {r["group"] for r in rows}]
    words = []
    for code in order:
        word = language.text("no value") if code == "none" else wording.comparison(code, language)
        sign = wording.NONE if code == "none" else wording.sign(code, indicator.polarity)
        words.append(f"{sign} {word}".strip())
    return order, words


def fill(order: list[str], words: list[str]) -> Spec:
    """Colour encoding of the classes with their words as legend labels."""
    pairs = " : ".join(f"datum.value === '{code}' ? {word!r}" for code, word in zip(order, words, strict=True))
    return {
        "field": "group", "type": "nominal", "scale": {"domain": order, "range": [FILLS[c] for c in order]},
        "legend": {"title": None, "orient": "top", "direction": "vertical", "columns": 1, "labelExpr": f"{pairs} : ''",
                   "symbolType": "square", "symbolStrokeColor": MUTED, "symbolStrokeWidth": 1},
    }


def outline(order: list[str]) -> Spec:
    """Outline of the classes, dark enough to be seen on white."""
    return {"field": "group", "type": "nominal", "legend": None,
            "scale": {"domain": order, "range": [OUTLINES[c] for c in order]}}


def picking() -> list[Spec]:
    """A click picks an area; the page reads the code and writes it into the address."""
    return [{"name": "pick", "select": {"type": "point", "fields": ["area_id"], "on": "click", "clear": False}}]


def tooltip(language: Language) -> list[Spec]:
    """Texts of the tooltip; it repeats what table and bars show and holds nothing of its own."""
    titles = {"area": "Area", "shown": "Value", "interval": "95 % interval", "said": "Comparison"}
    return [{"field": name, "type": "nominal", "title": language.text(title)} for name, title in titles.items()]


def ranked_bars(values: list[Value], indicator: Indicator, meta: ChartMeta, language: Language, *, selected: str | None,
                city_value: float | None, width: Width = "container", clickable: bool = True) -> Spec:
    """Areas by rank with 95 % whiskers and the city's line; areas without a value stand last by code."""
    rows = [row(v, indicator, selected, language) for v in values]
    order, words = groups_of(rows, indicator, language)
    y = area_axis(rows, selected)
    x = {"field": "value", "type": "quantitative", "title": formats.unit_words(indicator, language), "scale": {"zero": True, "nice": True},
         "axis": {"orient": "top", "format": axis_format(indicator), "tickCount": 5}}
    bars: Spec = {
        "mark": {"type": "bar", "height": {"band": 0.72}, "cursor": "pointer" if clickable else "default"},
        "encoding": {"y": y, "x": x, "color": fill(order, words), "stroke": outline(order), "tooltip": tooltip(language),
                     "strokeWidth": {"condition": {"test": "datum.selected", "value": 2.5}, "value": 0.8}},
    }
    if clickable:
        bars["params"] = picking()
    whiskers = {"mark": {"type": "rule", "color": INK, "strokeWidth": 1.2},
                "encoding": {"y": y, "x": {"field": "low", "type": "quantitative"}, "x2": {"field": "high"}}}
    layers = [bars, *city_line(city_value), whiskers, *value_labels(y)]
    extra = [language.text("Dashed line: city, {value}. Thin line: 95 % interval.", value=formats.quantity(city_value, indicator, language))] if city_value is not None else []
    return framed(layers, meta, language, height={"step": ROW_PX}, width=width, below_px=14, left_px=AREA_AXIS_PX, extra_notes=extra, data={"values": rows})


def area_axis(rows: list[Spec], selected: str | None) -> Spec:
    """The axis of area names in the order of the rows; the chosen area stands in bold."""
    chosen = next((str(r["area"]) for r in rows if r["area_id"] == selected), "")
    weight = {"condition": {"test": f"datum.value === {chosen!r}", "value": "bold"}, "value": "normal"}
    return {"field": "area", "type": "nominal", "sort": [r["area"] for r in rows], "title": None,
            "axis": {"labelLimit": AREA_AXIS_PX - 8, "minExtent": AREA_AXIS_PX, "maxExtent": AREA_AXIS_PX, "labelOverlap": False,
                     "ticks": False, "domain": False, "labelFontWeight": weight}}


def axis_format(indicator: Indicator) -> str:
    """Number pattern of an axis; one decimal is enough for ticks."""
    return ",.1~f" if indicator.decimals else ",.0f"


def value_labels(y: Spec) -> list[Spec]:
    """Value and sign behind each bar, on a white halo so that lines do not cross the text."""
    end = {"calculate": "isValid(datum.high) ? datum.high : isValid(datum.value) ? datum.value : 0", "as": "end"}
    encoding = {"y": y, "x": {"field": "end", "type": "quantitative"}, "text": {"field": "label"}}
    text = {"type": "text", "align": "left", "baseline": "middle", "dx": 5, "fontSize": 11, "font": FONT, "tooltip": None}
    halo = {**text, "color": "#FFFFFF", "stroke": "#FFFFFF", "strokeWidth": 4, "strokeJoin": "round"}
    return [{"mark": mark, "encoding": encoding, "transform": [end]} for mark in (halo, {**text, "color": INK})]


def city_line(city_value: float | None) -> list[Spec]:
    """The city's value as a dashed line through all bars."""
    if city_value is None:
        return []
    return [{"data": {"values": [{"city": city_value}]}, "mark": {"type": "rule", "color": INK, "strokeWidth": 1.6, "strokeDash": [5, 3]},
             "encoding": {"x": {"field": "city", "type": "quantitative"}}}]


def time_series(values: list[Value], city: list[Value], indicator: Indicator, meta: ChartMeta, language: Language, *,
                breaks: list[Mark], events: list[Mark], width: Width = "container") -> Spec:
    """One area over time with its 95 % interval, the city beside it, series breaks and context events as numbered lines."""
    periods = [v.period_id for v in values]
    names = [wording.area_label(values[0]), language.text("City")]
    rows = [{"period": v.period_id, "value": v.value, "low": v.ci_lower, "high": v.ci_upper, "who": names[0]} for v in values]
    rows += [{"period": v.period_id, "value": v.value, "who": names[1]} for v in city
             if v.period_id in periods and v.area_id != values[0].area_id]
    x = {"field": "period", "type": "ordinal", "title": None, "scale": {"domain": periods},
         "axis": {"labelAngle": 0, "labelOverlap": True, "grid": False}}
    y = {"field": "value", "type": "quantitative", "title": formats.unit_words(indicator, language), "scale": {"zero": False, "nice": True},
         "axis": {"format": axis_format(indicator), "tickCount": 5, "minExtent": 44, "maxExtent": 44}}
    shades: Spec = {"field": "who", "type": "nominal", "scale": {"domain": names, "range": [OUTLINES["better"], MUTED]}}
    by_who = {"color": {**shades, "legend": {"title": None, "orient": "top"}},
              "strokeDash": {**shades, "legend": None, "scale": {"domain": names, "range": [[1, 0], [5, 3]]}}}
    shapes = {"shape": {**shades, "legend": None, "scale": {"domain": names, "range": ["circle", "square"]}}}
    band = {"mark": {"type": "rule", "strokeWidth": 6, "opacity": 0.35, "color": OUTLINES["better"]},
            "encoding": {"x": x, "y": {"field": "low", "type": "quantitative"}, "y2": {"field": "high"}}}
    line = {"mark": {"type": "line", "strokeWidth": 2, "invalid": "break-paths-show-path-domains"}, "encoding": {"x": x, "y": y, **by_who}}
    points = {"mark": {"type": "point", "filled": True, "size": 45, "opacity": 1}, "encoding": {"x": x, "y": y, "color": by_who["color"], **shapes}}
    lines, notes = numbered_lines(breaks, events, periods, x, language)
    return framed([band, line, points, *lines], meta, language, height=220, width=width, below_px=34, left_px=58, extra_notes=notes, data={"values": rows})


def numbered_lines(breaks: list[Mark], events: list[Mark], periods: list[str], x: Spec, language: Language) -> tuple[list[Spec], list[str]]:
    """Vertical lines with letters at the top, and a note per letter; breaks are solid, events dotted."""
    wanted = [(m, True) for m in breaks] + [(m, False) for m in events]
    known = list(zip("ABCDEFGHI", [(m, solid) for m, solid in wanted if m.period_id in periods], strict=False))
    layers, notes = [], []
    for letter, (m, is_break) in known:
        data = {"values": [{"period": m.period_id}]}
        layers.append({"data": data, "mark": {"type": "rule", "color": MUTED, "strokeDash": [1, 0] if is_break else [2, 3]}, "encoding": {"x": x}})
        said = wording.mark(m, language)
        text = language.text("break in the series: {text}", text=said) if is_break else said
        notes.extend(textwrap.wrap(f"{letter} ({m.period_id}): {text}", NOTE_CHARACTERS))
    for period in dict.fromkeys(m.period_id for _, (m, _) in known):
        letters = " ".join(letter for letter, (m, _) in known if m.period_id == period)
        layers.append({"data": {"values": [{"period": period, "text": letters}]}, "encoding": {"x": x, "text": {"field": "text"}},
                       "mark": {"type": "text", "baseline": "bottom", "fontSize": 12, "fontWeight": 600, "color": INK, "y": -2}})
    return layers, notes
