"""What the queries on the planning register answer: one frozen record per published row.

Lives here: names and types of the columns that pages use. Must not live here: SQL, formatting, anything of
Streamlit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Item:
    """One entry of the register, whatever its kind, and what leads to it."""

    kind: str
    item_id: str
    title_de: str | None
    title_en: str | None
    state: str | None
    area_id: str | None
    indicator_id: str | None
    period_id: str | None
    is_evaluation: bool
    category: str | None
    file_name: str | None
    row_number: int | None


@dataclass(frozen=True)
class Decision:
    """A decision of a body; `decided_release` is NULL where the figures were older than the first release."""

    decision_id: str
    body_name_de: str | None
    body_name_en: str | None
    decided_on: date | None
    subject_kind: str | None
    subject_id: str | None
    result: str | None
    votes_yes: int | None
    votes_no: int | None
    votes_abstain: int | None
    paper_number: str | None
    decided_release: int | None
    is_quoted: bool | None
    file_name: str | None
    row_number: int | None


@dataclass(frozen=True)
class Edge:
    """One step of the thread, `from` is the basis of `to`; its own file and row, and the decision it was
    taken in.
    """

    from_kind: str
    from_id: str
    to_kind: str
    to_id: str
    relation: str
    decided_release: int | None
    is_quoted: bool | None
    decision_id: str | None
    file_name: str | None
    row_number: int | None


@dataclass(frozen=True)
class StatusEvent:
    event_number: int
    from_state: str | None
    to_state: str
    entered_on: date | None
    by_role: str | None
    decision_id: str | None
    note_de: str | None


@dataclass(frozen=True)
class Finding:
    finding_id: str
    kind: str
    title_de: str
    text_de: str | None
    indicator_id: str | None
    area_id: str | None
    period_id: str | None
    decided_release: int | None
    is_quoted: bool | None
    quoted_value: float | None
    evaluation_id: str | None
    verdict: str | None
    deviation_reasons: tuple[str, ...]
    severity: int | None
    recommendation: str | None
    evidence_de: str | None


@dataclass(frozen=True)
class Challenge:
    challenge_id: str
    title_de: str
    title_en: str | None
    description_de: str | None
    living_conditions: tuple[str, ...]
    area_ids: tuple[str, ...]
    target_groups: tuple[str, ...]
    source: str | None
    state: str | None
    priority: str | None
    priority_decision_id: str | None
    rating: float | None
    rating_lowest: float | None
    rating_highest: float | None
    rating_administration: float | None
    rating_politics: float | None
    rating_welfare: float | None
    n_goals: int
    raised_by_followup_id: str | None


@dataclass(frozen=True)
class Goal:
    goal_id: str
    parent_id: str | None
    tier: str
    depth: int
    title_de: str
    title_en: str | None
    rationale_de: str | None
    framework_ids: tuple[str, ...]
    living_conditions: tuple[str, ...]
    scope_kind: str | None
    area_ids: tuple[str, ...]
    target_groups: tuple[str, ...]
    lead_office: str | None
    co_offices: tuple[str, ...]
    challenge_ids: tuple[str, ...]
    state: str | None
    adoption_decision_id: str | None
    n_targets: int
    n_strategies: int
    is_without_target: bool
    is_without_strategy: bool


@dataclass(frozen=True)
class Strategy:
    strategy_id: str
    title_de: str
    title_en: str | None
    how_de: str | None
    goal_ids: tuple[str, ...]
    area_ids: tuple[str, ...]
    target_groups: tuple[str, ...]
    lead_office: str | None
    co_offices: tuple[str, ...]
    focus_group_de: str | None
    focus_group_en: str | None
    state: str | None
    adoption_decision_id: str | None
    valid_from: date | None
    valid_to: date | None
    n_interventions: int
    is_without_intervention: bool


@dataclass(frozen=True)
class Target:
    target_id: str
    goal_id: str
    indicator_id: str | None
    area_id: str
    breakdown_id: str | None
    target_type: str
    baseline_period_id: str | None
    baseline_year: int | None
    baseline_release: int | None
    baseline_is_quoted: bool | None
    baseline_value: float | None
    target_value: float | None
    target_lo: float | None
    target_hi: float | None
    target_year: int
    path: str | None
    interim_years: tuple[float, ...]
    interim_values: tuple[float, ...]
    progress_method: str | None
    milestone_de: str | None
    done_on: date | None
    responsible_office: str | None
    file_name: str | None
    row_number: int | None
