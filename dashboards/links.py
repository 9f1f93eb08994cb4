"""Links from one entry of the thread to the page that shows it.

Lives here: which page shows which kind, the codes a link sets, the label of an item or a figure. Must not
live here: sections of pages, SQL.
"""

from __future__ import annotations

import streamlit as st

from dashboards import controls, formats, register_words, selection, words
from dashboards.register_records import Item
from dashboards.scene import Scene

PAGE_OF = {
    "indicator_value": "analyse",
    "gap": "bedarfe",
    "finding": "analyse",
    "challenge": "ziele",
    "framework": "ziele",
    "goal": "ziele",
    "strategy": "ziele",
    "target": "ziele",
    "standard": "bedarfe",
    "need": "bedarfe",
    "intervention": "bedarfe",
    "evaluation": "evaluation",
    "followup": "evaluation",
}


def go(scene: Scene, path: str, label: str, **codes: str) -> None:
    """A link to a page that keeps the choice and changes the given codes; an empty code drops one."""
    kept = selection.to_params(scene.found, scene.offered.city_area_id)
    if codes.get("area"):
        kept.pop("level", None)
    params = {key: code for key, code in (kept | codes).items() if code}
    st.page_link(st.session_state[controls.PAGES][path], label=label, query_params=params)


def to_item(scene: Scene, kind: str, item_id: str) -> None:
    """A link to an entry, a figure or a gap; plain text where this release does not show it."""
    if kind in ("indicator_value", "gap"):
        to_figure(scene, kind, item_id)
        return
    if kind == "decision":
        to_decision(scene, item_id)
        return
    item = scene.offered.item(item_id)
    if item is None or item.kind not in PAGE_OF:
        st.markdown(formats.plain(f"{kind_word(scene, kind)} {item_id}"))
        return
    go(scene, page_of(item), label(scene, item), **codes_of(item))


def page_of(item: Item) -> str:
    """The page that shows an entry."""
    return "evaluation" if item.is_evaluation else PAGE_OF[item.kind]


def codes_of(item: Item) -> dict[str, str]:
    """The codes of an entry: itself, and the area, indicator and year its figures are of."""
    codes = {"item": item.item_id}
    if item.area_id:
        codes["area"] = item.area_id
    if item.indicator_id:
        codes["indicator"] = item.indicator_id
    if item.kind == "finding" and not item.is_evaluation and item.period_id:
        codes["year"] = item.period_id
    return codes


def label(scene: Scene, item: Item) -> str:
    """Kind, id and title for a link or a heading, shown literally."""
    return formats.plain(title(scene, item))


def title(scene: Scene, item: Item) -> str:
    """Kind, id and title as text; a target or a need says its area too."""
    word = register_words.word(register_words.ENTRIES, item.category, scene.language)
    said = f"{word or kind_word(scene, item.kind)} {register_words.title(item, scene.language)}"
    if item.kind in ("target", "need") and item.area_id:
        said = f"{said} ({scene.area(item.area_id)})"
    return said


def kind_word(scene: Scene, kind: str) -> str:
    """The word for a kind."""
    return register_words.word(register_words.KINDS, kind, scene.language)


def to_figure(scene: Scene, kind: str, figure_id: str) -> None:
    """A link to a figure `<indicator>@<area>@<period>` or a gap `<service>@<area>@<period>`."""
    subject, _, rest = figure_id.partition("@")
    area_id, _, period = rest.partition("@")
    language = scene.language
    if kind == "gap":
        service = scene.offered.service(subject)
        name = language.pick(service.name_de, service.name_en) if service else subject
        codes = {"service": subject, "area": area_id, "item": ""}
    else:
        indicator = scene.indicator(subject)
        name = words.name(indicator, language) if indicator else subject
        codes = {"indicator": subject, "area": area_id, "year": period, "item": ""}
    said = f"{kind_word(scene, kind)} {name} ({scene.area(area_id)}, {period})"
    go(scene, PAGE_OF[kind], formats.plain(said), **codes)


def to_decision(scene: Scene, decision_id: str) -> None:
    """A link to what a decision is about."""
    found = scene.decision(decision_id)
    if found and found.subject_kind and found.subject_id:
        to_item(scene, found.subject_kind, found.subject_id)
    else:
        st.markdown(formats.plain(f"{kind_word(scene, 'decision')} {decision_id}"))
