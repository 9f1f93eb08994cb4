"""Planned against actual, how sure? Frozen values and path, other areas, implementation, findings,
follow-ups.
"""

from __future__ import annotations

import streamlit as st

from dashboards import (
    delivered,
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
from dashboards.frame import ChartMeta, Spec
from dashboards.outcome_records import Evaluation, Outcome
from dashboards.register_records import Item
from dashboards.release import Release
from dashboards.scene import Scene, knows_register, scene
from dashboards.selection import Selection
from dashboards.tables import Cell

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
        parts.lead(text("The register of this release holds no evaluations."))
        st.info(
            text(
                "An evaluation is planned in planning/evaluations.csv together with the intervention, and "
                "frozen at a "
                "published release."
            )
        )
        return
    outcomes = outcome_queries.outcomes(release, evaluation.evaluation_id)
    parts.lead(register_wording.evaluation(evaluation, outcomes, here.language))
    sharing.choose(here, KINDS, chosen.item_id, text("Evaluation, finding or follow-up"))
    st.header(formats.plain(f"{evaluation.evaluation_id} · {evaluation.title_de}"))
    if chosen.item_id != evaluation.evaluation_id and chosen.item_id == found.item:
        st.subheader(links.label(here, chosen))
        thread.section(here, chosen.kind, chosen.item_id)
    about(here, evaluation)
    images: dict[str, Spec] = {}
    metas = [meta for o in outcomes if (meta := frozen(here, evaluation, o, images)) is not None]
    st.header(text("Plan against actual"))
    rows = evaluation_sections.plan_rows(here, outcomes)
    sharing.table(rows, right=(2, 3, 4, 5, 6, 7))
    for o in (o for o in outcomes if o.design == "did"):
        evaluation_sections.comparison(here, o, outcome_queries.placebo(release, o.outcome_id), images)
    implementation(here, evaluation)
    finding_sections.findings(here, evaluation)
    mine = {
        f.finding_id for f in outcome_queries.findings(release) if f.evaluation_id == evaluation.evaluation_id
    }
    finding_sections.followups(here, [f for f in outcome_queries.followups(release) if f.finding_id in mine])
    calculated(here, outcomes, metas)
    if chosen.item_id == evaluation.evaluation_id or chosen.item_id != found.item:
        thread.section(here, "evaluation", evaluation.evaluation_id)
    if metas:
        sharing.share(here, "evaluation", exported(outcomes), images, metas[0])


def evaluation_of(here: Scene, chosen: Item | None) -> Evaluation | None:
    """The evaluation of the chosen entry."""
    if chosen is None:
        return None
    findings = {f.finding_id: f.evaluation_id for f in outcome_queries.findings(here.release)}
    of_followup = {f.followup_id: findings.get(f.finding_id) for f in outcome_queries.followups(here.release)}
    wanted = {chosen.item_id, findings.get(chosen.item_id), of_followup.get(chosen.item_id)}
    return next((e for e in outcome_queries.evaluations(here.release) if e.evaluation_id in wanted), None)


def about(here: Scene, row: Evaluation) -> None:
    """Who wrote and who reviewed it, and the release it is frozen at."""
    text = here.language.text
    sharing.facts(
        [
            (text("Frozen at release"), str(row.frozen_release or "")),
            (text("Written by"), here.office(row.author_office)),
            (text("Reviewed by"), here.office(row.reviewer_office)),
            (text("Planned on"), formats.day(row.planned_on, here.language) if row.planned_on else ""),
        ]
    )
    if row.intervention_id:
        links.to_item(here, "intervention", row.intervention_id)


def frozen(here: Scene, evaluation: Evaluation, row: Outcome, images: dict[str, Spec]) -> ChartMeta | None:
    """Frozen values of one outcome against the path, and whether they have changed since."""
    points = outcome_queries.frozen_points(here.release, row.outcome_id)
    indicator = here.indicator(row.indicator_id)
    if indicator is None or not points:
        return None
    changed = register_wording.changed_since(evaluation, points, here.language)
    if changed:
        st.warning(changed)
    meta = evaluation_sections.path_chart(here, row, indicator, points, images)
    sharing.table(evaluation_sections.point_rows(here, indicator, points), right=(1, 2, 3, 4))
    codes = {"indicator": row.indicator_id, "area": row.area_id, "year": row.followup_period_id or ""}
    links.go(here, "analyse", here.language.text("See this figure by area"), **codes)
    return meta


def implementation(here: Scene, evaluation: Evaluation) -> None:
    """Milestones, resources and logic model of the evaluated intervention."""
    st.header(here.language.text("Implementation: planned and actual"))
    rows = register_queries.interventions(here.release)
    mine = next((i for i in rows if i.intervention_id == evaluation.intervention_id), None)
    if mine is None:
        st.markdown(here.language.text("This evaluation is not about one intervention."))
    else:
        work_sections.intervention(here, mine)


def calculated(here: Scene, outcomes: list[Outcome], metas: list[ChartMeta]) -> None:
    """How the comparison works, and the delivered rows of the newest frozen figure."""
    sharing.calculation(here, evaluation_sections.method(here), metas)
    newest = next(iter(outcomes), None)
    indicator = here.indicator(newest.indicator_id) if newest else None
    if newest and indicator and newest.followup_period_id:
        delivered.of_indicator(
            here.release, indicator, newest.area_id, newest.followup_period_id, here.language
        )


def exported(outcomes: list[Outcome]) -> list[dict[str, Cell]]:
    """One row per outcome with the published numbers."""
    return [dict(vars(o)) for o in outcomes]
