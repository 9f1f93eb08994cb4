"""Sections of `/evaluation` on what follows: findings with reasons of the deviation, follow-ups.

Lives here: what stands in these sections. Must not live here: SQL, figures (evaluation_sections.py), causal
words.
"""

from __future__ import annotations

import streamlit as st

from dashboards import (
    formats,
    links,
    outcome_queries,
    outcome_words,
    register_wording,
    register_words,
    sharing,
)
from dashboards.outcome_records import Evaluation, Followup
from dashboards.register_records import Finding
from dashboards.scene import Scene


def findings(scene: Scene, evaluation: Evaluation) -> None:
    """Findings with verdict and reasons of the deviation, and what limits them."""
    text = scene.language.text
    st.header(text("Findings"))
    mine = [f for f in outcome_queries.findings(scene.release) if f.evaluation_id == evaluation.evaluation_id]
    if not mine:
        st.markdown(text("No findings are written down yet: planning/evaluation_findings.csv."))
    for f in mine:
        links.to_item(scene, "finding", f.finding_id)
        finding_facts(scene, f)
    if evaluation.limitation_de:
        st.markdown(f"**{text('Limitation')}:** {formats.plain(evaluation.limitation_de)}")


def finding_facts(scene: Scene, f: Finding) -> None:
    """What one finding says."""
    language, text = scene.language, scene.language.text
    sharing.facts(
        [
            (text("Finding"), f.text_de or ""),
            (text("Verdict"), register_words.word(outcome_words.VERDICTS, f.verdict, language)),
            (text("Reasons for the deviation"), outcome_words.reasons(f.deviation_reasons, language)),
            (text("Evidence"), f.evidence_de or ""),
            (
                text("Recommendation"),
                register_words.word(outcome_words.RECOMMENDATIONS, f.recommendation, language),
            ),
            (text("Severity (1 to 3)"), formats.whole(f.severity, language) if f.severity else ""),
        ]
    )


def followups(scene: Scene, rows: list[Followup]) -> None:
    """What was agreed because of the findings, who does it until when, and what it creates."""
    text = scene.language.text
    st.header(text("Follow-ups"))
    if not rows:
        st.markdown(text("No follow-ups are agreed yet: planning/followups.csv."))
        return
    for f in rows:
        links.to_item(scene, "followup", f.followup_id)
        if f.creates_kind and f.creates_id:
            st.caption(text("opens the next cycle:"))
            links.to_item(scene, f.creates_kind, f.creates_id)
    sharing.table([followup_row(scene, f) for f in rows])


def followup_row(scene: Scene, f: Followup) -> dict[str, str]:
    """One follow-up."""
    language, t = scene.language, scene.language.text
    decision = scene.decision(f.decision_id)
    return {
        t("Follow-up"): f"{f.followup_id}: {f.action_de}",
        t("Responsible office"): scene.office(f.owner_office) or formats.NO_VALUE,
        t("Due on"): formats.day(f.due_on, language),
        t("State"): register_words.state("followup", f.state, language),
        t("Reason"): f.reason_de or formats.NO_VALUE,
        t("Decision"): register_wording.decided(decision, language) if decision else formats.NO_VALUE,
        t("Row in the register"): register_wording.register_row(f.file_name, f.row_number, language),
    }
