"""What the queries answer: one frozen record per published row.

Lives here: names and types of the columns that pages use. Must not live here: SQL, formatting, anything of
Streamlit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Workspace:
    workspace_id: str
    name_de: str
    name_en: str
    is_demo: bool
    demo_label_de: str | None
    demo_label_en: str | None
    city_area_id: str
    contact_office: str | None
    feedback_address: str | None


@dataclass(frozen=True)
class ReleaseNote:
    release_number: int
    built_at: datetime
    product_version: str
    is_not_for_publication: bool
    disclosure_note_de: str | None
    disclosure_note_en: str | None
    previous_release: int | None
    rollback_of: int | None


@dataclass(frozen=True)
class Level:
    level: str
    name_de: str
    name_en: str
    plural_de: str
    plural_en: str
    rank: int


@dataclass(frozen=True)
class Area:
    area_id: str
    level: str
    code: str
    name: str
    parent_area_id: str | None
    is_remainder: bool
    is_city: bool


@dataclass(frozen=True)
class Indicator:
    indicator_id: str
    name_de: str
    name_en: str
    definition_de: str | None
    definition_en: str | None
    caveats_de: str | None
    caveats_en: str | None
    numerator_variable_id: str | None
    denominator_variable_id: str | None
    numerator_label_de: str | None
    numerator_label_en: str | None
    denominator_label_de: str | None
    denominator_label_en: str | None
    living_condition: str
    unit: str
    multiplier: float
    decimals: int
    polarity: str
    statistic: str
    ci_method: str
    source: str | None
    licence: str | None
    publisher: str | None
    disclosure_profile: str | None
    last_period_id: str | None


@dataclass(frozen=True)
class Value:
    """One published value; `value` is NULL exactly when `value_status` is not ok."""

    indicator_id: str
    area_id: str
    area_name: str
    area_code: str
    is_city: bool
    level: str
    period_id: str
    year: int
    numerator: float | None
    denominator: float | None
    value: float | None
    ci_lower: float | None
    ci_upper: float | None
    value_status: str
    value_flags: str | list[str] | None
    benchmark_value: float | None
    comparison: str
    rank: int | None
    rank_of: int | None
    trend: str
    trend_evaluation: str | None
    interval_reason: str | None
    missing_part: str | None


@dataclass(frozen=True)
class Summary:
    """How the areas of one level stand in one period; every count comes from the release."""

    indicator_id: str
    level: str
    period_id: str
    year: int
    n_areas: int
    n_ok: int
    n_suppressed: int
    n_missing: int
    n_better: int
    n_similar: int
    n_worse: int
    n_higher: int
    n_lower: int
    n_flagged_by_chance: float | None
    city_value: float | None
    lowest_value: float | None
    lowest_area_id: str | None
    highest_value: float | None
    highest_area_id: str | None


@dataclass(frozen=True)
class Delivery:
    delivery_id: str
    file_name: str
    received_at: datetime
    reference_period: str | None
    publisher: str | None
    licence: str | None


@dataclass(frozen=True)
class Change:
    indicator_id: str
    n_changed: int
    n_new: int
    n_vanished: int


@dataclass(frozen=True)
class SpecialPopulation:
    """An institution whose residents distort the shares of an area."""

    kind: str
    note_de: str
    note_en: str


@dataclass(frozen=True)
class Mark:
    """A series break or a context event on the time axis: drawn at its year, its period may be a month."""

    period_id: str
    year: int
    kind: str
    label_de: str | None
    label_en: str | None
