"""Planned against actual, how sure? Frozen values and path, other areas, implementation, findings,
follow-ups.
"""

from __future__ import annotations

import streamlit as st

from dashboards import (
    comparison_sections,
    evaluation_sections,
    finding_sections,
    formats,
    links,
    outcome_queries,
    parts,
    register_queries,
    register_wording,
    sharing,
    thread,
    work_sections,
)
from dashboards.frame import Spec
from dashboards.outcome_records import Evaluation
from dashboards.register_records import Item
from dashboards.release import Release
from dashboards.scene import Scene, knows_register, scene
from dashboards.selection import Selection

KINDS = ("evaluation", "finding", "followup")


def render(release: Release, found: Selection) -> None:
    """The page `/evaluation`."""
    here = scene(release, found)
    text = here.language.text
    st.title(text("Evaluation"))
    if not knows_register(here):
        return
    chosen = here.first(KINDS)
    evaluation = evaluation_of(here, chosen)
    if chosen is None or evaluation is None:
        nothing(here)
        return
    show(here, chosen, evaluation)


def nothing(here: Scene) -> None:
    """The empty state."""
    text = here.language.text
    parts.lead(text("The register of this release holds no evaluations."))
    st.info(
        text(
            "An evaluation is planned in planning/evaluations.csv together with the intervention, and "
            "frozen at a published release."
        )
    )


def show(here: Scene, chosen: Item, evaluation: Evaluation) -> None:
    """One evaluation from its sentence to its thread."""
    release, text = here.release, here.language.text
    is_part = chosen.item_id != evaluation.evaluation_id and chosen.item_id == here.found.item
    outcomes = outcome_queries.outcomes(release, evaluation.evaluation_id)
    parts.lead(register_wording.evaluation(evaluation, outcomes, here.language))
    sharing.choose(here, KINDS, chosen.item_id, text("Evaluation, finding or follow-up"))
    st.header(formats.plain(f"{evaluation.evaluation_id} · {evaluation.title_de}"))
    if is_part:
        st.subheader(links.label(here, chosen))
        thread.section(here, chosen.kind, chosen.item_id)
    evaluation_sections.about(here, evaluation)
    images: dict[str, Spec] = {}
    metas = [
        meta
        for o in outcomes
        if (meta := evaluation_sections.frozen(here, evaluation, o, images)) is not None
    ]
    st.header(text("Plan against actual"))
    rows = evaluation_sections.plan_rows(here, outcomes)
    sharing.table(rows, right=(2, 3, 4, 5, 6, 7))
    for o in (o for o in outcomes if o.design == "did"):
        comparison_sections.comparison(here, o, outcome_queries.placebo(release, o.outcome_id), images)
    for o in (o for o in outcomes if o.design == "its"):
        comparison_sections.course(here, o)
    comparison_sections.appraisals(here, outcome_queries.appraisals(release, evaluation.evaluation_id))
    implementation(here, evaluation)
    finding_sections.findings(here, evaluation)
    mine = {
        f.finding_id for f in outcome_queries.findings(release) if f.evaluation_id == evaluation.evaluation_id
    }
    finding_sections.followups(here, [f for f in outcome_queries.followups(release) if f.finding_id in mine])
    evaluation_sections.calculated(here, outcomes, metas)
    if not is_part:
        thread.section(here, "evaluation", evaluation.evaluation_id)
    if metas:
        sharing.share(
            here, "evaluation", evaluation_sections.exported(outcomes), images, metas[0], item=chosen.item_id
        )


def evaluation_of(here: Scene, chosen: Item | None) -> Evaluation | None:
    """The evaluation of the chosen entry."""
    if chosen is None:
        return None
    findings = {f.finding_id: f.evaluation_id for f in outcome_queries.findings(here.release)}
    of_followup = {f.followup_id: findings.get(f.finding_id) for f in outcome_queries.followups(here.release)}
    wanted = {chosen.item_id, findings.get(chosen.item_id), of_followup.get(chosen.item_id)}
    return next((e for e in outcome_queries.evaluations(here.release) if e.evaluation_id in wanted), None)


def implementation(here: Scene, evaluation: Evaluation) -> None:
    """Milestones, resources and logic model of the evaluated intervention."""
    st.header(here.language.text("Implementation: planned and actual"))
    rows = register_queries.interventions(here.release)
    mine = next((i for i in rows if i.intervention_id == evaluation.intervention_id), None)
    if mine is None:
        st.markdown(here.language.text("This evaluation is not about one intervention."))
    else:
        work_sections.intervention(here, mine)
