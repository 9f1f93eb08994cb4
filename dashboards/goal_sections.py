"""Sections of `/ziele`: challenges with their ratings, the tree of goals, and what one entry says.

Lives here: what stands in these sections. Must not live here: marks (paths.py), SQL, targets
(target_sections.py).
"""

from __future__ import annotations

import streamlit as st

from dashboards import (
    dots,
    formats,
    links,
    register_queries,
    register_wording,
    register_words,
    sharing,
    words,
)
from dashboards.frame import ChartMeta, Spec
from dashboards.register_records import Challenge, Goal, Item, Strategy, Target
from dashboards.scene import Scene

WARNING = "⚠"


def challenges(scene: Scene, rows: list[Challenge], images: dict[str, Spec]) -> None:
    """Challenges with the range of their ratings, priority and decision."""
    language, text = scene.language, scene.language.text
    st.header(text("Challenges"))
    if not rows and scene.release.audience == "public":
        st.info(text("Challenges and their ratings are not part of the public release."))
        return
    if not rows:
        st.info(text("The register holds no challenges yet. They are written into planning/challenges.csv."))
        return
    groups = [text("administration"), text("politics"), text("welfare associations")]
    rated = [
        dots.Range(
            c.challenge_id,
            c.rating_lowest,
            c.rating_highest,
            dict(zip(groups, (c.rating_administration, c.rating_politics, c.rating_welfare), strict=True)),
        )
        for c in rows
        if c.rating is not None
    ]
    if rated:
        meta = rating_meta(scene)
        axis = text("Rating from 1 (low) to 5 (high)")
        sharing.draw(
            scene,
            text("Ratings"),
            "ratings",
            lambda width: dots.ratings(rated, groups, meta, language, axis_title=axis, width=width),
            images,
        )
    for c in rows:
        links.to_item(scene, "challenge", c.challenge_id)
    sharing.table([challenge_row(scene, c) for c in rows], right=(4, 5, 6, 7))


def rating_meta(scene: Scene) -> ChartMeta:
    """Origin of the ratings."""
    text = scene.language.text
    return scene.register_meta(
        text("How challenges are rated"),
        text("Line: lowest to highest rating. Signs: mean by group."),
        text(
            "Weighted mean of the criteria, rated from 1 to 5 by administration, politics and welfare "
            "associations."
        ),
        "planning/challenge_ratings.csv",
    )


def challenge_row(scene: Scene, c: Challenge) -> dict[str, str]:
    """A challenge as a row."""
    language, t = scene.language, scene.language.text
    rating = formats.number(c.rating, 1, language)
    span = (
        f"{formats.number(c.rating_lowest, 1, language)} – {formats.number(c.rating_highest, 1, language)}"
        if c.rating is not None
        else formats.NO_VALUE
    )
    decision = scene.decision(c.priority_decision_id)
    return {
        t("Challenge"): f"{c.challenge_id} {language.pick(c.title_de, c.title_en)}",
        t("Fields"): register_words.listed(words.CONDITIONS, c.living_conditions, language),
        t("Areas"): scene.areas(c.area_ids),
        t("State"): register_words.state("challenge", c.state, language),
        t("Rating"): f"{rating} ({span})" if c.rating is not None else t("not rated"),
        t("administration"): formats.number(c.rating_administration, 1, language),
        t("politics"): formats.number(c.rating_politics, 1, language),
        t("welfare associations"): formats.number(c.rating_welfare, 1, language),
        t("Priority"): c.priority or formats.NO_VALUE,
        t("Decision"): register_wording.decided(decision, language) if decision else formats.NO_VALUE,
    }


def tree(scene: Scene, goals: list[Goal], strategies: list[Strategy], targets: list[Target]) -> None:
    """Goals by depth with state and decision, what pursues and measures them, and what is missing."""
    text = scene.language.text
    st.header(text("Goals, strategies and target values"))
    if not goals:
        st.info(text("The register holds no goals yet. They are written into planning/goals.csv."))
        return
    for goal in goals:
        with st.container(key=f"depth{goal.depth}_{goal.goal_id}", gap=None):
            links.to_item(scene, "goal", goal.goal_id)
            st.caption(formats.plain(goal_said(scene, goal)))
            for flag in goal_flags(scene, goal):
                st.markdown(f"{WARNING} **{flag}**")
            with st.container(key=f"under_{goal.goal_id}", gap=None):
                for strategy in (s for s in strategies if goal.goal_id in s.goal_ids):
                    links.to_item(scene, "strategy", strategy.strategy_id)
                    st.caption(formats.plain(strategy_said(scene, strategy)))
                    if strategy.is_without_intervention:
                        st.markdown(f"{WARNING} **{text('Strategy without an intervention')}**")
                for target in (t for t in targets if t.goal_id == goal.goal_id):
                    links.to_item(scene, "target", target.target_id)


def goal_flags(scene: Scene, goal: Goal) -> list[str]:
    """What a goal lacks."""
    text = scene.language.text
    return [
        said
        for is_missing, said in (
            (goal.is_without_target, text("Goal without a target value")),
            (goal.is_without_strategy, text("Goal without a strategy")),
        )
        if is_missing
    ]


def goal_said(scene: Scene, goal: Goal) -> str:
    """Tier, state, offices and decision of a goal."""
    language = scene.language
    decision = scene.decision(goal.adoption_decision_id)
    parts = [
        register_words.word(register_words.TIERS, goal.tier, language),
        register_words.state("goal", goal.state, language),
        scene.office(goal.lead_office, *goal.co_offices),
        register_wording.decided(decision, language) if decision else language.text("without a decision"),
    ]
    return " · ".join(part for part in parts if part)


def strategy_said(scene: Scene, strategy: Strategy) -> str:
    """State, offices and focus group of a strategy."""
    language = scene.language
    decision = scene.decision(strategy.adoption_decision_id)
    parts = [
        register_words.state("strategy", strategy.state, language),
        scene.office(strategy.lead_office, *strategy.co_offices),
        language.pick(strategy.focus_group_de, strategy.focus_group_en) or "",
        register_wording.decided(decision, language) if decision else "",
    ]
    return " · ".join(part for part in parts if part)


def described(scene: Scene, item: Item) -> None:
    """What the register says of a challenge, goal or strategy; other kinds speak for themselves."""
    release, wanted = scene.release, item.item_id
    if item.kind == "challenge":
        challenge(scene, next(c for c in register_queries.challenges(release) if c.challenge_id == wanted))
    elif item.kind == "goal":
        goal(scene, next(g for g in register_queries.goals(release) if g.goal_id == wanted))
    elif item.kind == "strategy":
        strategy(scene, next(s for s in register_queries.strategies(release) if s.strategy_id == wanted))


def challenge(scene: Scene, c: Challenge) -> None:
    """A challenge in words."""
    language, text = scene.language, scene.language.text
    sharing.facts(
        [
            (text("Description"), c.description_de or ""),
            (text("State"), register_words.state("challenge", c.state, language)),
            (text("Known from"), register_words.word(register_words.SOURCES, c.source, language)),
            *whom_and_where(scene, c),
        ]
    )


def goal(scene: Scene, g: Goal) -> None:
    """A goal in words."""
    text = scene.language.text
    sharing.facts(
        [
            (text("Reason"), g.rationale_de or ""),
            (text("State"), register_words.state("goal", g.state, scene.language)),
            *whom_and_where(scene, g),
            (text("Lead office"), scene.office(g.lead_office)),
            (text("Other offices"), scene.office(*g.co_offices)),
        ]
    )


def strategy(scene: Scene, s: Strategy) -> None:
    """A strategy in words."""
    language, text = scene.language, scene.language.text
    sharing.facts(
        [
            (text("The way"), s.how_de or ""),
            (text("State"), register_words.state("strategy", s.state, language)),
            *whom_and_where(scene, s),
            (text("Lead office"), scene.office(s.lead_office)),
            (text("Other offices"), scene.office(*s.co_offices)),
            (text("Focus group"), language.pick(s.focus_group_de or "", s.focus_group_en or "")),
        ]
    )


def whom_and_where(scene: Scene, row: Challenge | Goal | Strategy) -> list[tuple[str, str]]:
    """Target groups and areas."""
    text = scene.language.text
    groups = register_words.listed(register_words.TARGET_GROUPS, row.target_groups, scene.language)
    return [(text("For whom"), groups), (text("Areas"), scene.areas(row.area_ids))]
