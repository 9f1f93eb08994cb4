"""Sections of `/evaluation`: frozen values against the path, the placebo test, plan and actual, findings,
follow-ups.

Lives here: what stands in these sections. Must not live here: marks (paths.py), SQL, effects and wordings
(columns of the release), causal words.
"""

from __future__ import annotations

import streamlit as st

from dashboards import (
    delivered,
    formats,
    links,
    outcome_queries,
    outcome_words,
    paths,
    register_queries,
    register_wording,
    register_words,
    sharing,
    words,
)
from dashboards.frame import ChartMeta, Spec
from dashboards.outcome_records import Evaluation, Outcome, Point
from dashboards.records import Indicator
from dashboards.scene import Scene
from dashboards.tables import Cell


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
    targets = {target.target_id: target for target in register_queries.targets(scene.release)}
    found = []
    for o in rows:
        target = targets.get(o.target_id or "")
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
                t("Type of target"): register_words.word(
                    outcome_words.TARGET_TYPES, target.target_type if target else None, language
                )
                or formats.NO_VALUE,
                t("Progress measured by"): register_words.word(
                    outcome_words.METHODS, target.progress_method if target else None, language
                )
                or formats.NO_VALUE,
            }
        )
    return found


def shown(value: float | None, period_id: str | None, indicator: Indicator, scene: Scene) -> str:
    """A value with its period."""
    if value is None:
        return formats.NO_VALUE
    return f"{formats.quantity(value, indicator, scene.language)} ({period_id})"


def method(scene: Scene) -> list[str]:
    """What the two designs can and cannot say."""
    text = scene.language.text
    return [
        text(
            "All figures are those of the release the evaluation was frozen at; later corrections are shown "
            "beside them and change nothing."
        ),
        text(
            "Plan against actual says how far the figure is from its path. It says nothing about what the "
            "change comes from."
        ),
        text(
            "The comparison takes the change of the area minus the change of similar areas taken together, "
            "and repeats this for every other area. Only if hardly any other area shows such a difference "
            "does the wording say more than “cannot be distinguished”. Intervals come from inverting this "
            "test."
        ),
        text(
            "Each difference is measured by how far it may stray by chance before it is ranked: small areas "
            "stray further. Areas that had gone different ways before the baseline are a weak comparison."
        ),
        text(
            "A time series compares an area with its own earlier course. It knows nothing of what happened "
            "everywhere at the same time, and where years hang together its interval is too narrow."
        ),
    ]


def about(scene: Scene, row: Evaluation) -> None:
    """Who wrote and who reviewed it, and the release it is frozen at."""
    text = scene.language.text
    sharing.facts(
        [
            (text("Frozen at release"), str(row.frozen_release or "")),
            (text("Written by"), scene.office(row.author_office)),
            (text("Reviewed by"), scene.office(row.reviewer_office)),
            (text("Planned on"), formats.day(row.planned_on, scene.language) if row.planned_on else ""),
        ]
    )
    if row.intervention_id:
        links.to_item(scene, "intervention", row.intervention_id)


def frozen(scene: Scene, evaluation: Evaluation, row: Outcome, images: dict[str, Spec]) -> ChartMeta | None:
    """Frozen values of one outcome against the path, and whether they have changed since."""
    points = outcome_queries.frozen_points(scene.release, row.outcome_id)
    indicator = scene.indicator(row.indicator_id)
    if indicator is None or not points:
        return None
    changed = register_wording.changed_since(evaluation, points, scene.language)
    if changed:
        st.warning(changed)
    meta = path_chart(scene, row, indicator, points, images)
    sharing.table(point_rows(scene, indicator, points), right=(1, 2, 3, 4))
    codes = {"indicator": row.indicator_id, "area": row.area_id, "year": row.followup_period_id or ""}
    links.go(scene, "analyse", scene.language.text("See this figure by area"), **codes)
    return meta


def calculated(scene: Scene, outcomes: list[Outcome], metas: list[ChartMeta]) -> None:
    """How the comparison works, and the delivered rows of the newest frozen figure."""
    sharing.calculation(scene, method(scene), metas)
    newest = next(iter(outcomes), None)
    indicator = scene.indicator(newest.indicator_id) if newest else None
    if newest and indicator and newest.followup_period_id:
        delivered.of_indicator(
            scene.release, indicator, newest.area_id, newest.followup_period_id, scene.language
        )


def exported(outcomes: list[Outcome]) -> list[dict[str, Cell]]:
    """One row per outcome with the published numbers."""
    return [dict(vars(o)) for o in outcomes]
