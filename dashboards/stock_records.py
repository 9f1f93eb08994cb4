"""What the queries on the stock answer: one frozen record per published row.

Lives here: names and types of the columns that pages use. Must not live here: SQL, formatting, anything of
Streamlit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Service:
    service_type: str
    name_de: str
    name_en: str
    target_group: str | None
    supply_measure: str
    supply_unit: str | None
    population_variable_id: str | None
    population_name_de: str | None
    population_name_en: str | None
    catchment_m: float | None
    definition_de: str | None
    definition_en: str | None


@dataclass(frozen=True)
class Standard:
    standard_id: str
    service_type: str
    target_group: str | None
    value_per_1000: float
    unit: str | None
    kind: str
    source_de: str | None
    decision_id: str | None
    valid_from: date | None
    valid_to: date | None
    file_name: str | None
    row_number: int | None


@dataclass(frozen=True)
class Completeness:
    """How much one register says about its offers."""

    extract_id: str
    service_type: str
    responsible_office: str | None
    period_id: str | None
    is_register_complete: bool
    n_offers: int
    n_with_capacity: int
    n_with_target_group: int
    n_with_point: int


@dataclass(frozen=True)
class Offer:
    offer_id: str
    extract_id: str
    title: str
    service_type: str
    provider: str | None
    provider_type: str | None
    target_group: str | None
    address: str | None
    area_id: str | None
    area_name: str | None
    area_code: str | None
    period_id: str | None
    capacity: float | None
    capacity_unit: str | None
    responsible_office: str | None
    longitude: float | None
    latitude: float | None
    is_register_complete: bool
    file_name: str | None
    row_number: int | None
    received_at: datetime | None
    publisher: str | None
    licence: str | None


@dataclass(frozen=True)
class Gap:
    """Stock of one service type in one area; demand, coverage and gap only where a standard applies."""

    service_type: str
    area_id: str
    area_name: str
    area_code: str
    is_city: bool
    level: str
    target_group: str | None
    period_id: str
    inventory_period_id: str | None
    population_variable_id: str | None
    population: float | None
    value_status: str
    n_offers: int | None
    n_capacity_unknown: int | None
    supply: float | None
    supply_unit: str | None
    supply_per_1000: float | None
    standard_id: str | None
    standard_value: float | None
    demand: float | None
    coverage: float | None
    gap: float | None
    accepted_needs: int
    field: str | None
    gap_status: str


@dataclass(frozen=True)
class Reach:
    area_id: str
    area_name: str
    area_code: str
    period_id: str
    inventory_period_id: str | None
    population: float | None
    nearest_title: str | None
    distance_m: float | None
    value_status: str


@dataclass(frozen=True)
class ReachRule:
    service_type: str
    level: str | None
    catchment_m: float | None
    median_diameter_m: float | None
    largest_diameter_m: float | None
    is_allowed: bool
    reason_de: str | None
    reason_en: str | None


@dataclass(frozen=True)
class SourceCell:
    """One delivered cell a published count rests on; `n_cells` is how many there are in all."""

    variable_id: str
    variable_de: str | None
    variable_en: str | None
    file_name: str
    row_number: int
    column_name: str | None
    received_at: datetime
    n_cells: int


@dataclass(frozen=True)
class Priority:
    """One area in a ranking for a service type; only files of the internal audience hold rows."""

    weighting_id: str
    area_id: str
    area_name: str
    area_code: str
    level: str
    indicator_id: str | None
    author_office: str
    decision_id: str
    purpose_de: str
    purpose_en: str
    score: float | None
    rank: int | None
    rank_of: int
    rank_lower_weights: int | None
    rank_upper_weights: int | None
    rank_lower_values: int | None
    rank_upper_values: int | None
    override_position: int | None
    override_reason_de: str | None
    missing_components: tuple[str, ...]


@dataclass(frozen=True)
class PriorityPart:
    """What one component adds to the score of an area."""

    weighting_id: str
    area_id: str
    component: str
    component_status: str
    weight: float
    score: float | None
    contribution: float | None
