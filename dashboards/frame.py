"""The frame each image carries, and the look all charts share.

Lives here: `framed`, the one place that puts Datenstand, source, licence, definition, number of hidden
values, release and demo label inside the image and refuses to draw without them; fonts and colours. Must
not live here: marks, SQL.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, fields
from typing import Any, Literal

from dashboards import formats
from dashboards.locales import Language

Spec = dict[str, Any]
Width = int | Literal["container"]
INK, MUTED, GRID = "#1F2933", "#4A5560", "#E3E7EB"
# Fills are light enough for dark signs on top; each has an outline of contrast >= 3 on white, so that meaning
# survives greyscale together with the sign. Neutral indicators never use the pair of good and bad.
FILLS = {
    "worse": "#E8A06F",
    "better": "#86B6DB",
    "higher": "#B9A5D6",
    "lower": "#8FCBBF",
    "similar": "#D9DEE3",
    "not_compared": "#B8C4D0",
    "none": "#FFFFFF",
}
OUTLINES = {
    "worse": "#9A4A12",
    "better": "#1F5F93",
    "higher": "#5A3E8C",
    "lower": "#1F6E62",
    "similar": "#6B7680",
    "not_compared": "#556370",
    "none": "#6B7680",
}
FONT = "'Source Sans', 'Source Sans 3', Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"
# Characters per line of the notes below a chart: 56 at 11 px stay inside 340 px, the width of a small phone.
NOTE_CHARACTERS = 56
NOTE_LINE_PX = 14
# A title of 15 px with more characters would be cut on a small phone.
TITLE_CHARACTERS = 40
# Text and lines of axes keep a contrast of 4.5 on white. Vega's own spoken texts are English only, so they
# are
# off; the description of the whole chart, its sentence and its table are in the language of the page.
AXIS = {
    "aria": False,
    "labelColor": INK,
    "titleColor": INK,
    "gridColor": GRID,
    "domainColor": MUTED,
    "tickColor": MUTED,
    "labelFontSize": 11,
    "titleFontSize": 12,
    "titleFontWeight": "normal",
    "labelFont": FONT,
    "titleFont": FONT,
}
TITLE = {
    "aria": False,
    "anchor": "start",
    "frame": "bounds",
    "color": INK,
    "fontSize": 15,
    "fontWeight": 600,
    "subtitleColor": MUTED,
    "subtitleFontSize": 12,
    "offset": 12,
    "font": FONT,
    "subtitleFont": FONT,
}
LEGEND = {
    "aria": False,
    "labelColor": INK,
    "titleColor": INK,
    "labelFontSize": 11,
    "titleFontSize": 11,
    "labelLimit": 320,
    "titleLimit": 320,
    "labelFont": FONT,
    "titleFont": FONT,
}


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


def framed(
    layers: list[Spec],
    meta: ChartMeta,
    language: Language,
    *,
    height: int | Spec,
    width: Width = "container",
    below_px: int,
    left_px: int = 0,
    extra_notes: list[str] | None = None,
    **more: Any,
) -> Spec:
    """A complete specification of layered marks with title, notes and locale.

    `below_px` is the room between the plot and the first note, `left_px` the width of the axis left of the
    plot.
    Raises MissingMetadata when the frame would be incomplete.
    """
    absent = meta.missing()
    if absent:
        raise MissingMetadata(
            f"chart '{meta.title}' is not drawn: {', '.join(absent)} missing in the release"
        )
    notes = [*(extra_notes or []), *meta.notes(language)]
    subtitle = [
        *textwrap.wrap(meta.subtitle, NOTE_CHARACTERS),
        *([meta.demo_label] if meta.demo_label else []),
    ]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "title": {"aria": False, "text": textwrap.wrap(meta.title, TITLE_CHARACTERS), "subtitle": subtitle},
        "description": f"{meta.title}. {meta.subtitle}.",
        "width": width,
        "height": height,
        "autosize": {"type": "fit-x" if width == "container" else "pad", "contains": "padding"},
        "padding": {"left": 4, "right": 8, "top": 4, "bottom": 8},
        "layer": [*layers, note_layer(notes, below_px, left_px)],
        "config": config(language),
        **more,
    }


def note_layer(notes: list[str], below_px: int, left_px: int) -> Spec:
    """The lines below the plot as a mark of the image itself."""
    return {
        "data": {"values": [{}]},
        "mark": {
            "type": "text",
            "text": notes,
            "align": "left",
            "baseline": "top",
            "fontSize": 11,
            "color": MUTED,
            "lineHeight": NOTE_LINE_PX,
            "clip": False,
            "tooltip": None,
            "x": -left_px,
            "y": {"expr": f"height + {below_px}"},
        },
    }


def config(language: Language) -> Spec:
    """Fonts, colours and the number signs of the language."""
    return {
        "font": FONT,
        "background": "#FFFFFF",
        "view": {"stroke": None},
        "aria": True,
        "mark": {"aria": False},
        "locale": {"number": formats.VEGA_LOCALES[language.code]},
        "axis": AXIS,
        "title": TITLE,
        "legend": LEGEND,
    }
