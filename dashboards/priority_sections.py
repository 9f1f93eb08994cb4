"""Section of `/bedarfe` on the order of areas for a service: scores, ranks with intervals, contributions.

Lives here: what stands in this section, and the sentence that it supports the conference. Must not live here:
SQL, the score itself (columns of fct_priority). The public file holds no scores, so nothing is shown there.
"""

from __future__ import annotations

import streamlit as st

from dashboards import formats, register_words, sharing, stock_queries, words
from dashboards.scene import Scene
from dashboards.stock_records import Priority, PriorityPart


def by_area(scene: Scene, service_type: str, level: str) -> None:
    """Rank, interval and contributions of each area, one table per weighting."""
    found = stock_queries.priorities(scene.release, service_type, level)
    if not found:
        return
    language, text = scene.language, scene.language.text
    parts = stock_queries.priority_parts(scene.release, service_type)
    st.header(text("Order of areas (internal)"))
    st.info(language.pick(found[0].purpose_de, found[0].purpose_en))
    for weighting_id in dict.fromkeys(p.weighting_id for p in found):
        rows = [p for p in found if p.weighting_id == weighting_id]
        st.markdown(weights(scene, rows[0], parts))
        sharing.long_table(scene, [row(scene, p, parts) for p in rows], (1, 2), f"priority_{weighting_id}")
    st.markdown(
        text(
            "Each component is a percentile rank among the areas, 100 is most urgent; the score is "
            "their weighted mean. In brackets: what the component adds to the score. The first interval"
            " holds the rank in 95 of 100 draws of weights up to 25 % away, the second in 95 of 100 "
            "draws of values from their confidence intervals. Other weights are tried with the table "
            "macro `priority_score` of the internal file."
        )
    )


def weights(scene: Scene, one: Priority, parts: list[PriorityPart]) -> str:
    """Which weights they are, and who decided on them."""
    language = scene.language
    mine = [p for p in parts if (p.weighting_id, p.area_id) == (one.weighting_id, one.area_id)]
    listed = ", ".join(f"{name(scene, p.component)} {formats.share(p.weight, language)}" for p in mine)
    return language.text(
        "Weights {weighting}: {listed}. Written by {office}, decision {decision}.",
        weighting=formats.plain(one.weighting_id),
        listed=listed,
        office=formats.plain(scene.office(one.author_office)),
        decision=formats.plain(one.decision_id),
    )


def name(scene: Scene, component: str) -> str:
    """A component in words."""
    return register_words.word(register_words.PRIORITY_COMPONENTS, component, scene.language)


def row(scene: Scene, p: Priority, parts: list[PriorityPart]) -> dict[str, str]:
    """One area of the table."""
    language, t = scene.language, scene.language.text
    mine = [c for c in parts if (c.weighting_id, c.area_id) == (p.weighting_id, p.area_id)]
    return {
        t("Area"): words.area_label(p),
        t("Score"): formats.number(p.score, 1, language),
        t("Rank"): formats.whole(p.rank, language),
        t("Rank under other weights"): interval(p.rank_lower_weights, p.rank_upper_weights),
        t("Rank under chance"): interval(p.rank_lower_values, p.rank_upper_values),
        t("Contributions"): "; ".join(contribution(scene, c) for c in mine),
        t("Departed from by decision"): override(scene, p),
    }


def contribution(scene: Scene, c: PriorityPart) -> str:
    """The percentile rank of a component and what it adds, or that it is not known."""
    if c.score is None:
        return f"{name(scene, c.component)} {formats.NO_VALUE}"
    score = formats.number(c.score, 0, scene.language)
    return f"{name(scene, c.component)} {score} (+{formats.number(c.contribution, 1, scene.language)})"


def interval(lower: int | None, upper: int | None) -> str:
    """Two ranks; nothing where there was nothing to draw."""
    return formats.NO_VALUE if lower is None or upper is None else f"{lower}\u2013{upper}"


def override(scene: Scene, p: Priority) -> str:
    """The place that a body decided on, with its reason."""
    if p.override_position is None:
        return formats.NO_VALUE
    return scene.language.text(
        "place {position}: {reason}", position=p.override_position, reason=p.override_reason_de or ""
    )
