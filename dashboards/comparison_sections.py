"""Sections of `/evaluation` on effects: the fixed wording, the placebo test as dots and as a table, the
interrupted time series, appraisals without a figure.

Lives here: what stands in this section. Must not live here: marks (dots.py), SQL, effects and wordings
(columns of the
release), causal words.
"""

from __future__ import annotations

import streamlit as st

from dashboards import dots, formats, outcome_words, register_words, sharing, words
from dashboards.evaluation_sections import frozen_as_of
from dashboards.frame import Spec, Width
from dashboards.outcome_records import Appraisal, Outcome, Placebo
from dashboards.records import Indicator
from dashboards.scene import Scene


def comparison(scene: Scene, row: Outcome, areas: list[Placebo], images: dict[str, Spec]) -> None:
    """The placebo test: the same difference for every area, the treated one among them."""
    text = scene.language.text
    indicator = scene.indicator(row.indicator_id)
    if indicator is None:
        return
    st.header(text("Compared with other areas"))
    said(scene, row)
    cautions(scene, row)
    if areas:
        placebo_chart(scene, row, indicator, areas, images)
    effect_table(scene, row, indicator)
    if areas:
        rows = [placebo_row(scene, d) for d in areas]
        sharing.long_table(scene, rows, (2, 3, 4), f"rows_{row.outcome_id}")


def said(scene: Scene, row: Outcome) -> None:
    """The sentence from the fixed list, and why nothing more can be said."""
    words_said = scene.language.pick(row.wording or "", row.wording_en or "")
    reason = scene.language.pick(row.reason_de or "", row.reason_en or "")
    st.markdown(f"**{formats.plain(words_said)}.** {formats.plain(reason)}")


def cautions(scene: Scene, row: Outcome) -> None:
    """What a reader must know before the number: chance of the baseline, areas that went apart before."""
    text = scene.language.text
    if row.is_selected_by_baseline:
        st.warning(
            text(
                "The area was chosen because of its high or low value. Such values move back towards the "
                "mean by chance alone."
            )
        )
    if row.is_short_baseline:
        st.warning(
            text(
                "The baseline is of fewer than three years. A single high or low year moves back towards "
                "the mean by chance alone."
            )
        )
    if row.is_weak_design:
        st.warning(
            text(
                "Weak comparison: the area had already moved away from its comparison areas before the "
                "baseline."
            )
        )


def course(scene: Scene, row: Outcome) -> None:
    """The interrupted time series: what changed in level and slope."""
    language, t = scene.language, scene.language.text
    indicator = scene.indicator(row.indicator_id)
    if indicator is None:
        return
    st.header(t("Compared with its own earlier course"))
    said(scene, row)
    cautions(scene, row)
    sharing.table(
        [
            {
                t("Change of level"): formats.signed(row.effect, indicator.decimals, language),
                t("95 % interval of the level"): formats.span(
                    row.ci_lower, row.ci_upper, indicator, language
                ),
                t("Change of slope per year"): formats.signed(row.slope_change, 2, language),
                t("95 % interval of the slope"): formats.span(
                    row.slope_lower, row.slope_upper, indicator, language
                ),
                t("Years before"): formats.whole(row.n_points_before, language),
                t("Years after"): formats.whole(row.n_points_after, language),
            }
        ],
        right=(0, 1, 2, 3, 4, 5),
    )


def appraisals(scene: Scene, rows: list[Appraisal]) -> None:
    """What is said without a figure."""
    if not rows:
        return
    st.header(scene.language.text("Appraisal without a figure"))
    for row in rows:
        st.markdown(f"**{formats.plain(scene.area(row.area_id))}.** {formats.plain(row.text_de or '')}")
        st.caption(scene.language.pick(row.wording or "", row.wording_en or ""))


def placebo_chart(
    scene: Scene, row: Outcome, indicator: Indicator, areas: list[Placebo], images: dict[str, Spec]
) -> None:
    """The difference of every area by rank."""
    language, text = scene.language, scene.language.text
    meta = scene.indicator_meta(
        indicator,
        text("Difference in change: {name}", name=words.name(indicator, language)),
        f"{row.baseline_period_id} – {row.followup_period_id}",
        row.followup_period_id or "",
        as_of=frozen_as_of(scene, row),
    )
    names = {role: language.text(word) for role, word in outcome_words.ROLES.items()}
    marks = [dots.Dot(d.role, d.effect, d.effect_rank, words.area_label(d)) for d in areas]
    axis, rank = text("difference in change, percentage points or units of the figure"), text("Rank")
    interval = (row.ci_lower, row.ci_upper)

    def drawing(width: Width) -> Spec:
        return dots.placebo(
            marks, names, interval, meta, language, width=width, axis_title=axis, rank_title=rank
        )

    sharing.draw(scene, text("Comparison"), f"placebo-{row.outcome_id}", drawing, images)


def effect_table(scene: Scene, row: Outcome, indicator: Indicator) -> None:
    """Difference, its interval by inverting the placebo test, and what the test rests on."""
    language, t = scene.language, scene.language.text
    number = formats.number(row.p_placebo, 2, language)
    sharing.table(
        [
            {
                t("Difference in change"): formats.signed(row.effect, indicator.decimals, language),
                t("95 % interval (placebo test)"): formats.span(
                    row.ci_lower, row.ci_upper, indicator, language
                ),
                t("p (placebo test)"): number,
                t("Comparison areas"): formats.whole(row.n_comparison, language),
                t("Areas of the test"): formats.whole(row.n_donors, language),
                t("Counting uncertainty alone"): formats.span(
                    row.counting_lower, row.counting_upper, indicator, language
                ),
            }
        ],
        right=(0, 1, 2, 3, 4, 5),
    )
    if row.cost_per_case is not None:
        amount = formats.number(row.cost_per_case, 0, language)
        st.markdown(t("Actual costs per case, nominal: {amount} €", amount=amount))
    elif row.intervention_id is not None:
        reason = language.pick(row.cost_reason_de or "", row.cost_reason_en or "")
        st.caption(t("No costs per case: {reason}", reason=reason))


def placebo_row(scene: Scene, d: Placebo) -> dict[str, str]:
    """One area of the placebo test."""
    language, t = scene.language, scene.language.text
    return {
        t("Area"): words.area_label(d),
        t("Role"): register_words.word(outcome_words.ROLES, d.role, language),
        t("Change"): formats.signed(d.change, 2, language),
        t("Difference in change"): formats.signed(d.effect, 2, language),
        t("Rank"): formats.whole(d.effect_rank, language),
    }
