"""What the queries on targets and evaluations answer: one frozen record per published row.

Lives here: names and types of the columns that pages use. Must not live here: SQL, formatting, anything of
Streamlit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Attainment:
    """A target in one year; `value_status` says why `actual_value` is NULL."""

    target_id: str
    indicator_id: str | None
    area_id: str
    period_id: str
    year: int
    baseline_year: int | None
    baseline_value: float | None
    baseline_lower: float | None
    baseline_upper: float | None
    target_value: float | None
    target_year: int
    actual_value: float | None
    actual_lower: float | None
    actual_upper: float | None
    value_status: str
    path_value: float | None
    deviation: float | None
    attainment: float | None
    plan_attainment: float | None
    status: str
    status_reason: str | None
    is_uncertain: bool
    is_latest: bool
    is_smaller_than_noise: bool | None
    projection_status: str | None
    forecast: str | None
    projected_value: float | None
    projected_lower: float | None
    projected_upper: float | None
    required_annual_change: float | None
    observed_annual_change: float | None


@dataclass(frozen=True)
class Evaluation:
    evaluation_id: str
    title_de: str
    scope_kind: str
    scope_id: str
    intervention_id: str | None
    state: str | None
    frozen_release: int | None
    planned_on: date | None
    author_office: str | None
    reviewer_office: str | None
    limitation_de: str | None
    n_changed_since: int | None
    has_changed_since: bool | None
    file_name: str | None
    row_number: int | None


@dataclass(frozen=True)
class Outcome:
    """One figure of an evaluation by its design; all values are those of the frozen release."""

    evaluation_id: str
    outcome_id: str
    target_id: str | None
    intervention_id: str | None
    indicator_id: str
    area_id: str
    design: str
    frozen_release: int | None
    baseline_period_id: str | None
    followup_period_id: str | None
    baseline_value: float | None
    actual_value: float | None
    actual_lower: float | None
    actual_upper: float | None
    target_value: float | None
    path_value: float | None
    attainment: float | None
    plan_attainment: float | None
    plan_lower: float | None
    plan_upper: float | None
    deviation: float | None
    status: str | None
    verdict: str | None
    effect: float | None
    ci_lower: float | None
    ci_upper: float | None
    p_placebo: float | None
    n_donors: int | None
    n_comparison: int | None
    counting_lower: float | None
    counting_upper: float | None
    wording: str | None
    wording_en: str | None
    reason_de: str | None
    reason_en: str | None
    n_points_before: int | None
    n_points_after: int | None
    slope_change: float | None
    slope_lower: float | None
    slope_upper: float | None
    cost_per_case: float | None
    cost_reason_de: str | None
    cost_reason_en: str | None
    is_selected_by_baseline: bool | None
    is_short_baseline: bool | None
    is_weak_design: bool | None
    current_value: float | None
    has_changed_since: bool | None


@dataclass(frozen=True)
class Appraisal:
    """An outcome that is a text and no number."""

    outcome_id: str
    area_id: str
    text_de: str | None
    wording: str | None
    wording_en: str | None


@dataclass(frozen=True)
class Point:
    """A frozen value of one year with the path, and what the current release says instead."""

    period_id: str
    year: int
    frozen_release: int | None
    value: float | None
    ci_lower: float | None
    ci_upper: float | None
    path_value: float | None
    value_status: str
    current_value: float | None
    has_changed_since: bool | None


@dataclass(frozen=True)
class Placebo:
    """One area of the placebo test."""

    area_id: str
    area_name: str
    area_code: str
    role: str
    is_comparison: bool | None
    change: float | None
    effect: float | None
    effect_rank: int | None


@dataclass(frozen=True)
class Followup:
    followup_id: str
    finding_id: str
    action_de: str
    owner_office: str | None
    due_on: date | None
    state: str | None
    creates_kind: str | None
    creates_id: str | None
    decision_id: str | None
    reason_de: str | None
    file_name: str | None
    row_number: int | None
