"""An intervention: resources, logic model and milestones, planned against actual.

Lives here: what stands in these sections, on `/bedarfe` and on `/evaluation`. Must not live here: marks, SQL,
the days a milestone is late (a column).
"""

from __future__ import annotations

import streamlit as st

from dashboards import formats, links, register_queries, register_wording, register_words, sharing
from dashboards.need_records import Intervention, LogicNode, Milestone, Resource
from dashboards.scene import Scene


def intervention(scene: Scene, row: Intervention, *, with_link: bool = True) -> None:
    """One intervention with everything it was planned and done with."""
    language, text = scene.language, scene.language.text
    if with_link:
        links.to_item(scene, "intervention", row.intervention_id)
    st.caption(formats.plain(register_wording.intervention(row, language)))
    sharing.facts(
        [
            (text("Lead office"), scene.office(row.lead_office)),
            (text("Other offices"), scene.office(*row.co_offices)),
            (text("Providers"), ", ".join(row.providers)),
            (
                text("For whom"),
                register_words.listed(register_words.TARGET_GROUPS, row.target_groups, language),
            ),
            (text("Mandate"), row.mandate_reason_de or ""),
        ]
    )
    release, key = scene.release, row.intervention_id
    milestones(scene, register_queries.milestones(release, key))
    resources(scene, register_queries.resources(release, key))
    logic_model(scene, register_queries.logic_model(release, key))


def resources(scene: Scene, rows: list[Resource]) -> None:
    """Money and staff by year."""
    if not rows:
        return
    language, t = scene.language, scene.language.text
    st.subheader(t("Resources"))
    sharing.table(
        [
            {
                t("Year"): str(r.year),
                t("Kind"): register_words.word(register_words.RESOURCES, r.kind, language),
                t("Unit"): register_words.word(register_words.UNITS, r.unit, language) or formats.NO_VALUE,
                t("Planned"): formats.exact(r.planned, language),
                t("Approved"): formats.exact(r.approved, language),
                t("Actual"): formats.exact(r.actual, language),
                t("Row in the register"): register_wording.register_row(r.file_name, r.row_number, language),
            }
            for r in rows
        ],
        right=(3, 4, 5),
    )


def logic_model(scene: Scene, rows: list[LogicNode]) -> None:
    """From input to impact, planned against actual."""
    if not rows:
        return
    language, t = scene.language, scene.language.text
    st.subheader(t("Logic model"))
    sharing.table(
        [
            {
                t("Step"): register_words.word(register_words.LOGIC_LEVELS, n.level, language),
                t("What"): n.text_de,
                t("leads to (assumed)"): ", ".join(n.leads_to) or formats.NO_VALUE,
                t("Unit"): register_words.word(register_words.UNITS, n.unit, language) or formats.NO_VALUE,
                t("Planned"): formats.exact(n.planned, language),
                t("Actual"): formats.exact(n.actual, language),
                t("Target value"): n.target_id or formats.NO_VALUE,
                t("Row in the register"): register_wording.register_row(n.file_name, n.row_number, language),
            }
            for n in rows
        ],
        right=(4, 5),
    )


def milestones(scene: Scene, rows: list[Milestone]) -> None:
    """Milestones, late ones first and marked in words."""
    if not rows:
        return
    language, t = scene.language, scene.language.text
    st.subheader(t("Milestones"))
    sharing.table(
        [
            {
                t("Milestone"): m.title_de,
                t("Due on"): formats.day(m.due_on, language),
                t("Done on"): formats.day(m.done_on, language),
                t("State"): register_words.state("milestone", m.status, language),
                t("Delay"): delay(scene, m),
                t("Evidence"): m.evidence_de or formats.NO_VALUE,
                t("Row in the register"): register_wording.register_row(m.file_name, m.row_number, language),
            }
            for m in rows
        ]
    )


def delay(scene: Scene, row: Milestone) -> str:
    """How late a milestone is or was, in words."""
    language = scene.language
    if not row.days_late:
        return formats.NO_VALUE
    n = formats.whole(row.days_late, language)
    if row.is_late:
        return "⚠ " + language.plural("late by {n} day", "late by {n} days", row.days_late, n_text=n)
    return language.plural("done {n} day late", "done {n} days late", row.days_late, n_text=n)
