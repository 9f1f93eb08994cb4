"""Encodings that several charts of the planning cycle share.

Lives here: colour and shape of a role with one legend, text marks. Must not live here: whole charts, data.
"""

from __future__ import annotations

from dashboards.frame import INK, Spec

# Symbols in a legend keep their full colour where the marks below are lighter.
LEGEND = {
    "title": None,
    "orient": "top",
    "direction": "vertical",
    "columns": 1,
    "symbolSize": 80,
    "symbolOpacity": 1,
}


def by_role(names: list[str], colours: list[str], shapes: list[str]) -> tuple[Spec, Spec]:
    """Colour and shape of the field `who`: the shape says it without colour, one legend names both."""
    who: Spec = {"field": "who", "type": "nominal", "legend": LEGEND}
    return (
        {**who, "scale": {"domain": names, "range": colours}},
        {**who, "scale": {"domain": names, "range": shapes}},
    )


def written(encoding: Spec, **mark: object) -> Spec:
    """Text beside marks, where a row has one."""
    return {
        "mark": {"type": "text", "fontSize": 11, "fontWeight": 600, "color": INK, "tooltip": None, **mark},
        "transform": [{"filter": "datum.label !== ''"}],
        "encoding": {**encoding, "text": {"field": "label"}},
    }
