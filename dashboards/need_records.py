"""What the queries on needs and interventions answer: one frozen record per published row.

Lives here: names and types of the columns that pages use. Must not live here: SQL, formatting, anything of
Streamlit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Need:
    need_id: str
    title_de: str
    title_en: str | None
    statement_de: str | None
    category: str
    state: str
    raised_by_kind: str | None
    raised_by_name: str | None
    raised_on: date | None
    channel: str | None
    area_id: str | None
    target_group: str | None
    service_type: str | None
    qualitative_reason_de: str | None
    stock_check_de: str | None
    inventory_as_of: str | date | None
    quantity: float | None
    quantity_unit: str | None
    quantity_release: int | None
    quantity_is_quoted: bool | None
    accepting_body_de: str | None
    accepting_body_en: str | None
    decision_id: str | None
    decided_on: date | None
    responsible_office: str | None
    review_on: date | None
    n_interventions: int
    is_without_intervention: bool
    file_name: str | None
    row_number: int | None


@dataclass(frozen=True)
class Intervention:
    intervention_id: str
    title_de: str
    title_en: str | None
    strategy_id: str | None
    lead_office: str | None
    co_offices: tuple[str, ...]
    providers: tuple[str, ...]
    need_ids: tuple[str, ...]
    mandate_reason_de: str | None
    target_groups: tuple[str, ...]
    expected_reach: float | None
    starts_on: date | None
    ends_on: date | None
    kind: str | None
    state: str | None
    approval_decision_id: str | None
    n_milestones: int
    n_milestones_late: int


@dataclass(frozen=True)
class Resource:
    year: int
    kind: str
    unit: str | None
    planned: float | None
    approved: float | None
    actual: float | None
    file_name: str | None
    row_number: int | None


@dataclass(frozen=True)
class LogicNode:
    node_id: str
    level: str
    text_de: str
    target_id: str | None
    unit: str | None
    planned: float | None
    actual: float | None
    leads_to: tuple[str, ...]
    file_name: str | None
    row_number: int | None


@dataclass(frozen=True)
class Milestone:
    milestone_id: str
    title_de: str
    due_on: date | None
    done_on: date | None
    status: str
    days_late: int | None
    is_late: bool
    evidence_de: str | None
    file_name: str | None
    row_number: int | None
