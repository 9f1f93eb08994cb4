"""Which goals, for whom, measured how? Challenges with their ratings, the tree of goals, a target against
its path.
"""

from __future__ import annotations

import streamlit as st

from dashboards import (
    goal_sections,
    links,
    outcome_queries,
    parts,
    register_queries,
    register_wording,
    sharing,
    target_sections,
    target_wording,
    thread,
)
from dashboards.frame import ChartMeta, Spec
from dashboards.register_records import Item, Target
from dashboards.release import Release
from dashboards.scene import Scene, knows_register, scene
from dashboards.selection import Selection
from dashboards.tables import Cell

KINDS = ("target", "goal", "strategy", "challenge", "framework")


def render(release: Release, found: Selection) -> None:
    """The page `/ziele`."""
    here = scene(release, found)
    text = here.language.text
    st.title(text("Goals and target values"))
    if not knows_register(here):
        return
    goals, strategies = register_queries.goals(release), register_queries.strategies(release)
    targets = register_queries.targets(release)
    latest = outcome_queries.latest_attainment(release)
    parts.lead(
        register_wording.goals(goals, strategies, latest, here.language)
        if goals
        else text("The register of this release holds no goals.")
    )
    chosen = here.first(KINDS)
    if chosen is not None:
        sharing.choose(here, KINDS, chosen.item_id, text("Challenge, goal, strategy or target value"))
    images: dict[str, Spec] = {}
    is_explicit = chosen is not None and chosen.item_id == found.item
    shown = detail(here, chosen, targets, images) if chosen is not None and is_explicit else None
    goal_sections.challenges(here, register_queries.challenges(release), images)
    goal_sections.tree(here, goals, strategies, targets)
    if chosen is None:
        return
    rows, meta = shown or detail(here, chosen, targets, images)
    sharing.share(here, "ziele", rows, images, meta, item=chosen.item_id)


def detail(
    here: Scene, chosen: Item, targets: list[Target], images: dict[str, Spec]
) -> tuple[list[dict[str, Cell]], ChartMeta]:
    """The chosen entry and its thread; returns the rows and the origin of its download."""
    st.header(links.label(here, chosen))
    goal_sections.described(here, chosen)
    shown = against_path(here, chosen, targets, images)
    thread.section(here, chosen.kind, chosen.item_id)
    return shown


def against_path(
    here: Scene, chosen: Item, targets: list[Target], images: dict[str, Spec]
) -> tuple[list[dict[str, Cell]], ChartMeta]:
    """The target of the chosen entry against its path, and how that is calculated."""
    text = here.language.text
    target = target_sections.target_of(chosen, targets)
    if target is not None and target.target_type == "milestone":
        done = outcome_queries.attainment(here.release, target.target_id)
        st.markdown(target_wording.milestone(target, done, here.language))
        return target_sections.attainment_export(here, done), goal_sections.rating_meta(here)
    indicator = here.indicator(target.indicator_id) if target else None
    if target is None or indicator is None:
        if chosen.kind in ("goal", "target"):
            st.info(
                text(
                    "Goal without a target value: there is no path to show. A target value is written into "
                    "planning/targets.csv."
                )
            )
        meta = goal_sections.rating_meta(here)
        return [{"item_id": chosen.item_id, text("Title"): chosen.title_de}], meta
    rows = outcome_queries.attainment(here.release, target.target_id)
    if not rows:
        st.info(
            text("Nothing is published on this target value yet: its indicator has no rows in this release.")
        )
        return [{"item_id": chosen.item_id}], goal_sections.rating_meta(here)
    latest = next((r for r in rows if r.is_latest), rows[-1])
    st.markdown(register_wording.attained(latest, indicator, here.language))
    st.caption(target_wording.kind_said(target, latest, here.language))
    meta = target_sections.target_chart(here, target, indicator, rows, images)
    sharing.table(target_sections.attainment_rows(here, indicator, rows), right=(1, 2, 3, 4, 5, 7, 8))
    target_sections.to_indicator(here, target, latest.period_id)
    sharing.calculation(here, target_wording.method(target, indicator, here.language), [meta])
    target_sections.rows_behind(here, target, indicator, latest.period_id)
    return target_sections.attainment_export(here, rows), meta
