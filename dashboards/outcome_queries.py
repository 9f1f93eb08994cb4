"""Targets, findings and evaluations: select, filter and order on their published tables.

Lives here: one typed function per question; values are bound, table names are literals. Must not live here:
arithmetic on values, wording, formatting, anything of Streamlit.
"""

from __future__ import annotations

from dashboards.outcome_records import Appraisal, Attainment, Evaluation, Followup, Outcome, Placebo, Point
from dashboards.register_records import Finding
from dashboards.release import Release
from dashboards.typed import typed


def findings(release: Release) -> list[Finding]:
    """Findings of analyses and evaluations, severe ones first."""
    sql = "select * from sozialraum.main.dim_finding order by severity desc nulls last, finding_id"
    return typed(Finding, release.rows(sql))


def attainment(release: Release, target_id: str) -> list[Attainment]:
    """A target year by year, from its baseline to its target year."""
    sql = "select * from sozialraum.main.fct_target_attainment where target_id = ? order by year, period_id"
    return typed(Attainment, release.rows(sql, [target_id]))


def latest_attainment(release: Release) -> list[Attainment]:
    """Each target in its latest year with data."""
    sql = "select * from sozialraum.main.fct_target_attainment where is_latest order by target_id"
    return typed(Attainment, release.rows(sql))


def evaluations(release: Release) -> list[Evaluation]:
    """All evaluations."""
    return typed(
        Evaluation, release.rows("select * from sozialraum.main.dim_evaluation order by evaluation_id")
    )


def outcomes(release: Release, evaluation_id: str) -> list[Outcome]:
    """Figures of an evaluation: plan against actual first, then what is compared."""
    sql = """
        select * from sozialraum.main.fct_evaluation where evaluation_id = ? and design <> 'qualitative'
        order by design <> 'plan_actual', outcome_id
    """
    return typed(Outcome, release.rows(sql, [evaluation_id]))


def appraisals(release: Release, evaluation_id: str) -> list[Appraisal]:
    """What an evaluation says without a figure."""
    sql = """
        select * from sozialraum.main.fct_evaluation where evaluation_id = ? and design = 'qualitative'
        order by outcome_id
    """
    return typed(Appraisal, release.rows(sql, [evaluation_id]))


def frozen_points(release: Release, outcome_id: str) -> list[Point]:
    """Frozen values of an outcome by year."""
    sql = "select * from sozialraum.main.fct_evaluation_point where outcome_id = ? order by year, period_id"
    return typed(Point, release.rows(sql, [outcome_id]))


def placebo(release: Release, outcome_id: str) -> list[Placebo]:
    """Areas of a placebo test by the change that is left when the comparison areas' change is taken off."""
    sql = """
        select c.*, a.name as area_name, a.code as area_code
        from sozialraum.main.fct_evaluation_comparison c
        join (
            select area_id, name, code from sozialraum.main.dim_area
            qualify row_number() over (partition by area_id order by valid_from desc) = 1
        ) a on a.area_id = c.area_id
        where c.outcome_id = ?
        order by c.effect, c.area_id
    """
    return typed(Placebo, release.rows(sql, [outcome_id]))


def followups(release: Release) -> list[Followup]:
    """Follow-ups by due date."""
    sql = "select * from sozialraum.main.fct_followup order by due_on nulls last, followup_id"
    return typed(Followup, release.rows(sql))
