"""The section "Woher kommt das, was folgt daraus?" of an entry or a figure.

Lives here: the edges of fct_lineage as links with relation, decision, release, file and row; decisions and
history of an entry. Must not live here: SQL, which page shows what (links.py).
"""

from __future__ import annotations

import streamlit as st

from dashboards import (
    formats,
    links,
    outcome_queries,
    register_queries,
    register_wording,
    register_words,
    tables,
)
from dashboards.register_records import Decision, Edge
from dashboards.scene import Scene


def section(scene: Scene, kind: str, item_id: str) -> None:
    """Both directions of the thread, then decisions, history and the row of the register."""
    text = scene.language.text
    st.header(text("Where does this come from, what follows from it?"))
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(text("Where it comes from"))
        direction(scene, register_queries.basis(scene.release, kind, item_id), upwards=True)
    with right:
        st.subheader(text("What follows from it"))
        found = register_queries.consequences(scene.release, kind, item_id)
        direction(scene, found, upwards=False)
    item = scene.offered.item(item_id)
    if item is None or item.kind != kind:
        return
    decided(scene, item_id)
    history(scene, kind, item_id)
    written = register_wording.register_row(item.file_name, item.row_number, scene.language)
    if written:
        st.caption(formats.plain(text("Entry in the register: {place}", place=written)))


def of_figure(scene: Scene, area_id: str, period_id: str) -> None:
    """Findings of the analysis on a figure, and the thread of the chosen finding or of the figure itself."""
    if not register_queries.has_register(scene.release):
        return
    indicator = scene.found.indicator
    found = [
        f
        for f in outcome_queries.findings(scene.release)
        if f.kind == "analysis" and (f.indicator_id, f.area_id) == (indicator, area_id)
    ]
    if found:
        st.header(scene.language.text("Findings on this figure"))
    for finding in found:
        links.to_item(scene, "finding", finding.finding_id)
        st.markdown(formats.plain(finding.text_de or ""))
    chosen = next((f.finding_id for f in found if f.finding_id == scene.found.item), None)
    if chosen:
        section(scene, "finding", chosen)
    else:
        section(scene, "indicator_value", f"{indicator}@{area_id}@{period_id}")


def direction(scene: Scene, edges: list[Edge], *, upwards: bool) -> None:
    """One list of links; a sentence where there is none."""
    if not edges:
        text = scene.language.text
        st.markdown(
            text("The register names nothing this rests on.")
            if upwards
            else text(
                "Nothing in the register rests on this yet. The next step is written into the register."
            )
        )
        return
    for edge in edges:
        with st.container(gap=None):
            if upwards:
                links.to_item(scene, edge.from_kind, edge.from_id)
            else:
                links.to_item(scene, edge.to_kind, edge.to_id)
            st.caption(formats.plain(said(scene, edge, upwards=upwards)))


def said(scene: Scene, edge: Edge, *, upwards: bool) -> str:
    """Relation, decision, release, file and row of a step."""
    language = scene.language
    above, below = register_words.RELATIONS.get(edge.relation, (edge.relation, edge.relation))
    decision = scene.decision(edge.decision_id)
    parts = [
        language.text(above if upwards else below),
        f"{language.text('Decision')}: {register_wording.decided(decision, language)}" if decision else "",
        register_wording.based_on(edge.decided_release, edge.is_quoted, language),
        register_wording.register_row(edge.file_name, edge.row_number, language),
    ]
    return " · ".join(part for part in parts if part)


def decided(scene: Scene, item_id: str) -> None:
    """The decisions on an entry."""
    found = [d for d in register_queries.decisions(scene.release) if d.subject_id == item_id]
    if not found:
        return
    st.subheader(scene.language.text("Decisions"))
    for decision in found:
        st.markdown(formats.plain(in_full(scene, decision)))


def in_full(scene: Scene, decision: Decision) -> str:
    """A decision with the release it was taken on, its file and row."""
    language = scene.language
    parts = [
        f"{decision.decision_id}: {register_wording.decided(decision, language)}",
        register_wording.based_on(decision.decided_release, decision.is_quoted, language),
        register_wording.register_row(decision.file_name, decision.row_number, language),
    ]
    return " · ".join(part for part in parts if part)


def history(scene: Scene, kind: str, item_id: str) -> None:
    """The states an entry went through, as a table."""
    events = register_queries.history(scene.release, kind, item_id)
    if not events:
        return
    language = scene.language
    t = language.text
    st.subheader(t("Course"))
    rows = [
        {
            t("Day"): formats.day(e.entered_on, language),
            t("from"): register_words.state(kind, e.from_state, language) or formats.NO_VALUE,
            t("to"): register_words.state(kind, e.to_state, language),
            t("By"): e.by_role or formats.NO_VALUE,
            t("Decision"): e.decision_id or formats.NO_VALUE,
            t("Remark"): e.note_de or formats.NO_VALUE,
        }
        for e in events
    ]
    st.table(tables.aligned(rows, right=()), hide_index=True)
