"""Sections of `/bedarfe` on entries of the register: the board by state, one entry.

Lives here: what stands in these sections. Must not live here: SQL, gaps (gap_sections.py), interventions
(work_sections.py). The word Bedarf stands only for what was accepted.
"""

from __future__ import annotations

import streamlit as st

from dashboards import formats, links, register_wording, register_words, sharing
from dashboards.need_records import Need
from dashboards.scene import Scene

WARNING = "⚠"
# Columns of the board: what was accepted stands apart from what is asked for.
BOARD = (("wish",), ("action_requirement",), ("need",), ("rejected", "withdrawn"))


def board(scene: Scene, needs: list[Need]) -> None:
    """All entries by category; accepted ones without an intervention are marked."""
    language, text = scene.language, scene.language.text
    st.header(text("Entries of the register by state"))
    if not needs:
        st.info(text("The register holds no wishes, action requirements or needs yet: planning/needs.csv."))
        return
    for column, categories in zip(st.columns(len(BOARD), gap="medium"), BOARD, strict=True):
        with column:
            st.subheader(register_words.word(register_words.CATEGORIES, categories[0], language))
            found = [n for n in needs if n.category in categories]
            if not found:
                is_hidden = scene.release.audience == "public" and categories[0] != "need"
                st.markdown(text("not part of the public release") if is_hidden else text("none"))
            for need in found:
                with st.container(border=True, gap=None):
                    links.to_item(scene, "need", need.need_id)
                    st.caption(formats.plain(need_said(scene, need)))
                    if need.is_without_intervention:
                        st.markdown(f"{WARNING} **{text('Need without an intervention')}**")


def need_said(scene: Scene, need: Need) -> str:
    """Category, state, body and day of an entry."""
    language = scene.language
    decision = scene.decision(need.decision_id)
    parts = [
        register_words.word(register_words.CATEGORIES, need.category, language),
        register_words.state("need", need.state, language),
        register_wording.decided(decision, language) if decision else nobody(scene, need),
    ]
    return " · ".join(part for part in parts if part)


def nobody(scene: Scene, need: Need) -> str:
    """That no body is responsible for an entry that is not decided."""
    if need.accepting_body_de or need.category == "wish":
        return ""
    return scene.language.text("no responsible body")


def one_need(scene: Scene, need: Need) -> None:
    """One entry: statement, who raised it, stock check, quantity, decision."""
    language, text = scene.language, scene.language.text
    body = language.pick(need.accepting_body_de or "", need.accepting_body_en or "")
    decision = scene.decision(need.decision_id)
    group = register_words.word(register_words.TARGET_GROUPS, need.target_group, language)
    sharing.facts(
        [
            (text("Statement"), need.statement_de or ""),
            (text("State"), need_said(scene, need)),
            (text("For whom"), group),
            (text("Area"), scene.area(need.area_id)),
            (text("Raised by"), raised(scene, need)),
            (text("Check of the stock"), need.stock_check_de or ""),
            (
                text("Stock as of"),
                formats.day(need.inventory_as_of, language) if need.inventory_as_of else "",
            ),
            (text("Reason without figures"), need.qualitative_reason_de or ""),
            (text("Quantity"), quantity(scene, need)),
            (text("Responsible body"), body),
            (text("Decision"), register_wording.decided(decision, language) if decision else ""),
            (text("Responsible office"), scene.office(need.responsible_office)),
            (text("Reviewed on"), formats.day(need.review_on, language) if need.review_on else ""),
        ]
    )
    if need.is_without_intervention:
        st.warning(text("Need without an intervention: no intervention answers this need yet."))


def raised(scene: Scene, need: Need) -> str:
    """Who raised an entry, when and where; a role, never a person."""
    language = scene.language
    parts = (
        register_words.word(register_words.RAISERS, need.raised_by_kind, language),
        need.raised_by_name or "",
        formats.day(need.raised_on, language),
        need.channel or "",
    )
    return ", ".join(part for part in parts if part)


def quantity(scene: Scene, need: Need) -> str:
    """How much is needed, and the release it was computed on."""
    if need.quantity is None:
        return ""
    unit = register_words.word(register_words.UNITS, need.quantity_unit, scene.language)
    origin = register_wording.based_on(need.quantity_release, need.quantity_is_quoted, scene.language)
    shown = f"{formats.exact(need.quantity, scene.language)} {unit}".strip()
    return f"{shown} ({origin})" if origin else shown
