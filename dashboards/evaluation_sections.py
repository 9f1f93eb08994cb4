"""Sections of `/evaluation`: frozen values against the path, the placebo test, plan and actual, findings,
follow-ups.

Lives here: what stands in these sections. Must not live here: marks (paths.py), SQL, effects and wordings
(columns of the release), causal words.
"""

from __future__ import annotations

import streamlit as st

from dashboards import (
    dots,
    formats,
    outcome_words,
    paths,
    register_words,
    sharing,
    words,
)
from dashboards.frame import ChartMeta, Spec
from dashboards.outcome_records import Outcome, Placebo, Point
from dashboards.records import Indicator
from dashboards.scene import Scene


def frozen_as_of(scene: Scene, row: Outcome) -> str:
    """The date of frozen values: the release they are those of."""
    return scene.language.text(
        "{period}, frozen at release {n}",
        period=row.followup_period_id,
        n=row.frozen_release or formats.NO_VALUE,
    )


def path_chart(
    scene: Scene, row: Outcome, indicator: Indicator, points: list[Point], images: dict[str, Spec]
) -> ChartMeta:
    """Frozen values with interval and path; where the current value differs, a mark of its own."""
    language, text = scene.language, scene.language.text
    meta = scene.indicator_meta(
        indicator,
        words.name(indicator, language),
        f"{row.outcome_id} · {scene.area(row.area_id)}",
        row.followup_period_id or "",
        as_of=frozen_as_of(scene, row),
    )
    marks = [paths.PathMark("observed", p.period_id, p.value, p.ci_lower, p.ci_upper) for p in points]
    marks += [paths.PathMark("path", p.period_id, p.path_value) for p in points]
    marks += [
        paths.PathMark("current", p.period_id, p.current_value, label=text("changed"))
        for p in points
        if p.has_changed_since
    ]
    names = {
        "observed": text("Frozen value, with 95 % interval"),
        "path": text("Path to the target"),
        "current": text("Value today: changed since release {n}", n=row.frozen_release or formats.NO_VALUE),
    }
    sharing.draw(
        scene,
        text("Frozen values"),
        f"frozen-{row.outcome_id}",
        lambda width: paths.target_path(marks, names, indicator, meta, language, width=width),
        images,
    )
    return meta


def point_rows(scene: Scene, indicator: Indicator, points: list[Point]) -> list[dict[str, str]]:
    """Frozen values by year, and what they are today."""
    language, t = scene.language, scene.language.text
    return [
        {
            t("Year"): p.period_id,
            t("Frozen value"): formats.quantity(p.value, indicator, language)
            if p.value is not None
            else words.status(p.value_status, language),
            t("95 % interval"): formats.span(p.ci_lower, p.ci_upper, indicator, language),
            t("Path"): formats.quantity(p.path_value, indicator, language),
            t("Value today"): formats.quantity(p.current_value, indicator, language),
            t("Remark"): t("changed since release {n}", n=p.frozen_release or formats.NO_VALUE)
            if p.has_changed_since
            else formats.NO_VALUE,
        }
        for p in points
    ]


def plan_rows(scene: Scene, rows: list[Outcome]) -> list[dict[str, str]]:
    """Plan against actual of each outcome."""
    language, t = scene.language, scene.language.text
    found = []
    for o in rows:
        indicator = scene.indicator(o.indicator_id)
        if indicator is None:
            continue
        found.append(
            {
                t("Figure"): f"{words.name(indicator, language)} ({scene.area(o.area_id)})",
                t("Design"): register_words.word(outcome_words.DESIGNS, o.design, language),
                t("Baseline"): shown(o.baseline_value, o.baseline_period_id, indicator, scene),
                t("Actual"): shown(o.actual_value, o.followup_period_id, indicator, scene),
                t("95 % interval"): formats.span(o.actual_lower, o.actual_upper, indicator, language),
                t("Path"): formats.quantity(o.path_value, indicator, language),
                t("Deviation (positive: better)"): formats.signed(o.deviation, indicator.decimals, language),
                t("Attainment of the plan"): formats.number(o.plan_attainment, 2, language),
                t("Status"): outcome_words.status(o.status, language) or formats.NO_VALUE,
                t("Verdict"): register_words.word(outcome_words.VERDICTS, o.verdict, language)
                or formats.NO_VALUE,
            }
        )
    return found


def shown(value: float | None, period_id: str | None, indicator: Indicator, scene: Scene) -> str:
    """A value with its period."""
    if value is None:
        return formats.NO_VALUE
    return f"{formats.quantity(value, indicator, scene.language)} ({period_id})"


def comparison(scene: Scene, row: Outcome, areas: list[Placebo], images: dict[str, Spec]) -> None:
    """The placebo test: the same difference for every area, the treated one among them."""
    language, text = scene.language, scene.language.text
    indicator = scene.indicator(row.indicator_id)
    if indicator is None:
        return
    st.header(text("Compared with other areas"))
    said = language.pick(row.wording or "", row.wording_en or "")
    reason = language.pick(row.reason_de or "", row.reason_en or "")
    st.markdown(f"**{formats.plain(said)}.** {formats.plain(reason)}")
    if row.is_selected_by_baseline:
        st.warning(
            text(
                "The area was chosen because of its high or low value. Such values move back towards the "
                "mean by "
                "chance alone."
            )
        )
    if areas:
        meta = scene.indicator_meta(
            indicator,
            text("Difference in change: {name}", name=words.name(indicator, language)),
            f"{row.baseline_period_id} – {row.followup_period_id}",
            row.followup_period_id or "",
            as_of=frozen_as_of(scene, row),
        )
        names = {role: language.text(word) for role, word in outcome_words.ROLES.items()}
        marks = [dots.Dot(d.role, d.effect, d.effect_rank, words.area_label(d)) for d in areas]
        sharing.draw(
            scene,
            text("Comparison"),
            f"placebo-{row.outcome_id}",
            lambda width: dots.placebo(
                marks,
                names,
                (row.ci_lower, row.ci_upper),
                meta,
                language,
                width=width,
                axis_title=text("difference in change, percentage points or units of the figure"),
                rank_title=text("Rank"),
            ),
            images,
        )
    effect_table(scene, row, indicator)
    if areas:
        sharing.table([placebo_row(scene, d) for d in areas], right=(2, 3, 4))


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


def method(scene: Scene) -> list[str]:
    """What the two designs can and cannot say."""
    text = scene.language.text
    return [
        text(
            "All figures are those of the release the evaluation was frozen at; later corrections are "
            "shown beside "
            "them and change nothing."
        ),
        text(
            "Plan against actual says how far the figure is from its path. It says nothing about what the "
            "change comes "
            "from."
        ),
        text(
            "The comparison takes the change of the area minus the mean change of similar areas, and "
            "repeats this for "
            "every other area. Only if hardly any other area shows such a difference does the wording say "
            "more than "
            "“cannot be distinguished”. Intervals come from inverting this test."
        ),
    ]
