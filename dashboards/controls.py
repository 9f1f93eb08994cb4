"""Widgets of the entry bar and their way into the address and back.

Lives here: reading st.query_params into a Selection, select boxes that write codes back, clicks on charts.
The address is the one state: a widget changes the address, the next run reads it. Must not live here: SQL,
sentences.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st
from streamlit.navigation.page import Page

from dashboards import queries, register_queries, selection, stock_queries, wording, words
from dashboards.locales import LANGUAGES, Language
from dashboards.release import Release
from dashboards.selection import Options, Problem, Selection

LAST = "last_address"
PAGES = "pages"
# A choice -> codes that would no longer fit it.
DROPS = {"level": ("area",)}


def address() -> dict[str, str]:
    """Codes of the address; those of the last page where the address has none, because navigation drops
    them.
    """
    params = {key: st.query_params[key] for key in selection.KEYS if key in st.query_params}
    if params:
        return params
    last = st.session_state.get(LAST)
    return dict(last) if isinstance(last, dict) else {}


def options(release: Release) -> Options:
    """What the release offers; a page starts with the indicator that has the most unfavourable areas."""
    indicators = tuple(queries.indicators(release))
    attention = queries.attention(release)
    return Options(
        indicators=indicators,
        levels=tuple(queries.levels(release)),
        areas=tuple(queries.areas(release)),
        city_area_id=queries.workspace(release).city_area_id,
        default_indicator=attention[0].indicator_id if attention else indicators[0].indicator_id,
        services=tuple(stock_queries.services(release)) if register_queries.has_register(release) else (),
        items=tuple(register_queries.items(release)),
    )


def chosen(release: Release, *, by_indicator: bool = True) -> tuple[Selection, list[Problem]]:
    """Selection of this run; an empty address is completed so that it can be copied and shared."""
    offered = options(release)
    params = address()
    rows = queries.summaries(release, selection.chosen_indicator(params, offered))
    found, problems = selection.resolve(params, offered, rows, by_indicator=by_indicator)
    codes = selection.to_params(found, offered.city_area_id)
    st.session_state[LAST] = codes
    # A link to the same page reaches the script but not the address bar: written again, the address follows.
    is_empty = not any(key in st.query_params for key in selection.KEYS)
    st.query_params.from_dict(codes if is_empty else st.query_params.to_dict())
    return found, problems


def go(codes: dict[str, str], **changed: str) -> None:
    """Write codes into the address; used as a callback, the run that follows reads them."""
    st.query_params.from_dict({key: value for key, value in (codes | changed).items() if value})


def box(
    label: str,
    key: str,
    labels: dict[str, str],
    current: str | None,
    codes: dict[str, str],
    drops: tuple[str, ...] = (),
) -> None:
    """A select box whose choice is the code `key` of the address; `drops` are codes it makes meaningless."""

    def picked() -> None:
        kept = {name: code for name, code in codes.items() if name not in drops}
        go(kept, **{key: st.session_state[f"pick_{key}"]})

    st.session_state[f"pick_{key}"] = current
    st.selectbox(
        label,
        list(labels),
        key=f"pick_{key}",
        format_func=lambda code: labels.get(code, code),
        on_change=picked,
    )


def language_switch(found: Selection, codes: dict[str, str]) -> None:
    """Switch between the languages of the pages."""

    def picked() -> None:
        go(codes, lang=st.session_state["pick_lang"] or found.lang)

    st.session_state["pick_lang"] = found.lang
    st.segmented_control(
        "Sprache / Language",
        list(LANGUAGES),
        key="pick_lang",
        format_func=lambda code: LANGUAGES[code],
        on_change=picked,
        label_visibility="collapsed",
    )


def entry_bar(release: Release, found: Selection) -> None:
    """Indicator, level, area and year; each box writes its code into the address."""
    language = Language(found.lang)
    offered = options(release)
    codes = selection.to_params(found, offered.city_area_id)
    rows = selection.available(queries.summaries(release, found.indicator))
    boxes = {
        "indicator": indicator_names(offered, found.indicator, language),
        "level": level_names(offered, {row.level for row in rows}, found.level, language),
        "area": area_names(offered, found.level, language),
        "year": {row.period_id: row.period_id for row in rows if row.level == found.level},
    }
    current = {**codes, "area": found.area or offered.city_area_id}
    with st.container(key="entry_bar"):
        columns = st.columns([4, 2, 3, 1.5])
    for column, (key, labels) in zip(columns, boxes.items(), strict=True):
        with column:
            label = language.text(words.ADDRESS[key])
            box(label, key, labels, current.get(key), codes, drops=DROPS.get(key, ()))


def indicator_names(offered: Options, current: str, language: Language) -> dict[str, str]:
    """Indicators that have values, and the current one, with their field."""
    fields = {code: language.text(field) for code, field in words.CONDITIONS.items()}
    return {
        i.indicator_id: f"{fields.get(i.living_condition, i.living_condition)}: {words.name(i, language)}"
        for i in offered.indicators
        if i.last_period_id or i.indicator_id == current
    }


def level_names(offered: Options, published: set[str], current: str, language: Language) -> dict[str, str]:
    """Levels with values of the indicator; the city itself only where it is the only one."""
    parts = [row for row in offered.levels if row.level in published and row.rank > 0]
    return {row.level: words.plural_of(row, language) for row in parts or [offered.level(current)]}


def area_names(offered: Options, level: str, language: Language) -> dict[str, str]:
    """Areas of a level, the whole city first."""
    parts = {a.area_id: words.area_label(a) for a in offered.areas if a.level == level and not a.is_remainder}
    city = {offered.city_area_id: language.text("Whole city")}
    return city | parts | city


def chart(spec: dict[str, Any], key: str, codes: dict[str, str] | None = None) -> None:
    """Draw a specification; with `codes`, a click on an area writes the area into the address."""
    if codes is None:
        st.vega_lite_chart(None, spec, theme=None, key=key)
        return

    def picked() -> None:
        points = st.session_state[key]["selection"].get("pick", [])
        area = points[0].get("area_id") if points else None
        if isinstance(area, str) and area != codes.get("area"):
            go(codes, area=area)

    st.vega_lite_chart(None, spec, theme=None, key=key, on_select=picked, selection_mode="pick")


def warnings(problems: list[Problem], language: Language) -> None:
    """One warning that names each code of the address that was not used."""
    if problems:
        st.warning("\n\n".join(wording.problem(p, language) for p in problems))


def remember(pages: Mapping[str, Page]) -> None:
    """Keep the pages of this run by their path, for links between them."""
    st.session_state[PAGES] = pages


def link(path: str, label: str, found: Selection, **codes: str) -> None:
    """A link to a page of the registry that keeps language and release and sets the given codes."""
    kept = {"lang": found.lang, "release": "" if found.release is None else str(found.release)}
    st.page_link(
        st.session_state[PAGES][path],
        label=label,
        query_params={k: v for k, v in (kept | codes).items() if v},
    )
