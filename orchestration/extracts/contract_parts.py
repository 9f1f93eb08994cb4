"""The sections of a contract: columns, area key, period, what is produced, due date.

Lives here: the shape of each section of `extracts/<id>.yml`. Must not live here: how sections depend on each
other (contract.py), the form of the file (contract_file.py), checks (contract_checks.py).
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field, field_validator, model_validator

from orchestration.extracts.contract_checks import Severity
from orchestration.extracts.contract_file import Strict, Text, compiled
from orchestration.extracts.periods import is_period

ColumnType = Literal["text", "code", "count", "decimal", "percent", "year", "date", "longitude", "latitude"]
ValueStatus = Literal["ok", "suppressed_source", "not_available", "pending", "not_applicable"]
# Columns that reading makes from a feature itself: its id in GeoJSON, the numbers of a point, GeoJSON text of
# any other geometry.
GEOMETRY_COLUMNS = frozenset({"feature.id", "geometry.x", "geometry.y", "geometry"})
_DIMENSION = re.compile(r"[a-z][a-z0-9_]*")


def _check_dimension(name: str) -> None:
    if not _DIMENSION.fullmatch(name):
        raise ValueError(f"dimension {name!r}: small letters a to z, digits and _, beginning with a letter")


def _check_category(category: str, dimension: str) -> None:
    if "|" in category or "=" in category or category != category.strip():
        raise ValueError(f"category {category!r} of {dimension!r}: no | and no =, no blanks around it")


class Column(Strict):
    """One column that must be delivered. Bounds are in the delivered unit and include the limits."""

    name: Text
    type: ColumnType = "text"
    optional: bool = False
    min: Decimal | None = None
    max: Decimal | None = None
    allowed: list[str] | None = None
    empty: Literal["not_available", "refuse"] = "not_available"  # an empty cell of a number column
    estimate: bool = False  # fractions of persons are allowed


class AreaPattern(Strict):
    """Keys that match `match` completely belong to `level`; `code` may use \\1 (default: the key)."""

    match: Text
    level: Text
    code: str | None = None

    @model_validator(mode="after")
    def possible(self) -> AreaPattern:
        pattern = compiled(self.match, "match")
        try:
            pattern.sub(self.code or "", "")  # the template is checked even where nothing matches
        except (re.error, IndexError) as error:
            raise ValueError(
                f"code: {self.code!r} does not fit match {self.match!r}, which has {pattern.groups} groups "
                f"({error})"
            ) from error
        return self


class AreaPoint(Strict):
    """Where a row lies: two columns in `crs`, found in the polygons that extract `polygons` delivers."""

    x: Text
    y: Text
    crs: str = "EPSG:4326"
    polygons: Text
    outside: Literal["refuse", "ignore"] = "refuse"  # a point in no polygon; ignored points are counted


class AreaKey(Strict):
    """How a row names its area. `code_column` and `name_column` beside another key are cross-checks."""

    by: Literal["code", "name", "point", "constant"]
    column: str | None = None
    level: str | None = None
    code: str | None = None  # by: constant
    pad: int | None = None  # left-pad with zeros to this width; a repaired key is reported
    patterns: list[AreaPattern] = Field(default_factory=list)
    ignore: dict[str, str] = Field(
        default_factory=dict
    )  # delivered key -> why it does not belong to this city
    code_column: str | None = None
    name_column: str | None = None
    on_conflict: Severity = "warning"
    point: AreaPoint | None = None
    # The day whose areas the file uses, whatever its period; None = the last day of each period's year.
    area_state: date | None = None

    @model_validator(mode="after")
    def complete(self) -> AreaKey:
        if self.by in {"code", "name"} and not self.column:
            raise ValueError(f"area.by: {self.by} needs area.column")
        if self.by == "point" and not (self.point and self.level):
            raise ValueError("area.by: point needs area.point and area.level")
        if self.by == "constant" and not (self.level and self.code):
            raise ValueError("area.by: constant needs area.level and area.code")
        if self.by in {"code", "name"} and not (self.level or self.patterns):
            raise ValueError(f"area.by: {self.by} needs area.level or area.patterns")
        return self


class Period(Strict):
    """Reference period of a row: exactly one of column, constant, file_name (a regex with one group)."""

    column: str | None = None
    constant: str | None = None
    file_name: str | None = None
    grain: Literal["year", "school_year", "month"] = "year"
    first: str | None = None  # earlier or later periods are impossible and refused
    last: str | None = None

    @model_validator(mode="after")
    def exactly_one(self) -> Period:
        if sum(value is not None for value in (self.column, self.constant, self.file_name)) != 1:
            raise ValueError("period needs exactly one of column, constant, file_name")
        if self.file_name is not None:
            groups = compiled(self.file_name, "file_name").groups
            if groups != 1:
                raise ValueError(
                    f"file_name: {self.file_name!r} has {groups} groups; exactly one holds the period, "
                    "the others are written (?:...)"
                )
        for field, bound in (("first", self.first), ("last", self.last)):
            if bound is not None and not is_period(bound):
                raise ValueError(f"{field}: {bound!r} is no period; write 2024, 2024-07 or 2023/24")
        return self


class BreakdownFrom(Strict):
    """A breakdown read from a column: delivered category -> category id ("0-2", "75+", "f")."""

    column: Text
    dimension: Text
    categories: dict[str, str]

    @model_validator(mode="after")
    def possible(self) -> BreakdownFrom:
        _check_dimension(self.dimension)
        for category in self.categories.values():
            _check_category(category, self.dimension)
        return self


class ObservationCells(Strict):
    """Which cells become observations: `column` of the rows where every `where` column has that value.

    level: only rows of areas of this level, for a file whose rows do not all count the same.
    """

    column: Text
    variable: Text
    where: dict[str, str] = Field(default_factory=dict)
    level: Text | None = None
    not_applicable_where: dict[str, str] = Field(default_factory=dict)  # there a zero is a mark, no value
    breakdown: dict[str, str] = Field(default_factory=dict)  # dimension -> category; empty is the total
    breakdown_from: BreakdownFrom | None = None
    factor: Decimal = Decimal(1)  # delivered unit -> unit of the variable
    estimated: bool = False

    @field_validator("breakdown")
    @classmethod
    def possible(cls, value: dict[str, str]) -> dict[str, str]:
        for dimension, category in value.items():
            _check_dimension(dimension)
            _check_category(category, dimension)
            if not category:
                raise ValueError(f"dimension {dimension!r} needs a category; the total has no entry")
        return value


class FieldSource(Strict):
    """Where a field of an offer comes from: a column, optionally translated, or a constant.

    if_empty: what an empty cell of the column says, such as the name of a facility without one.
    """

    column: str | None = None
    constant: str | None = None
    categories: dict[str, str] | None = None
    if_empty: Text | None = None

    @model_validator(mode="after")
    def exactly_one(self) -> FieldSource:
        if (self.column is None) == (self.constant is None):
            raise ValueError("needs exactly one of column, constant")
        if self.if_empty is not None and self.column is None:
            raise ValueError("if_empty needs column")
        return self


class Inventory(Strict):
    """Whether a list of offers holds all of them. An incomplete one is shown on a map and never counted."""

    complete: bool = True
    reason_de: Text | None = None  # why not, a phrase that follows a colon
    reason_en: Text | None = None

    @model_validator(mode="after")
    def explained(self) -> Inventory:
        if self.complete != (self.reason_de is None) or self.complete != (self.reason_en is None):
            raise ValueError("complete: false needs reason_de and reason_en; a complete list needs none")
        return self


# Fields of an offer whose words are fixed, so that lists of several offices say the same.
OFFER_WORDS: dict[str, tuple[str, ...]] = {
    "provider_type": ("public", "free_non_profit", "private", "civic"),
    "obligation": ("mandatory", "voluntary"),
    "barrier_free": ("full", "partial", "no", "unknown"),
}


class OfferFields(Strict):
    """One row = one offer of social infrastructure. A capacity that is not delivered is unknown, not 0.

    target_group: several groups of one offer are joined by | (`Familien: families|children`).
    """

    offer_id: FieldSource
    title: FieldSource
    service_type: FieldSource
    provider: FieldSource | None = None
    provider_type: FieldSource | None = None
    target_group: FieldSource | None = None
    address: FieldSource | None = None
    capacity: FieldSource | None = None
    capacity_unit: FieldSource | None = None
    valid_from: FieldSource | None = None
    valid_to: FieldSource | None = None
    languages: FieldSource | None = None  # as delivered; separated by comma, semicolon, slash or |
    opening_hours: FieldSource | None = None
    cost: FieldSource | None = None
    funding_source: FieldSource | None = None
    legal_basis: FieldSource | None = None
    obligation: FieldSource | None = None
    barrier_free: FieldSource | None = None
    last_verified_on: FieldSource | None = None
    reach: FieldSource | None = (
        None  # whom it is for by place: its catchment, or an area of a level around it
    )

    @model_validator(mode="after")
    def spoken_in_known_words(self) -> OfferFields:
        for field, words in OFFER_WORDS.items():
            source: FieldSource | None = getattr(self, field)
            if source is None:
                continue
            if source.column is not None and source.categories is None:
                raise ValueError(f"{field} needs categories: delivered word -> {', '.join(words)}")
            for word in (source.constant, *(source.categories or {}).values()):
                if word is not None and word not in words:
                    raise ValueError(f"{field}: {word!r} is none of {', '.join(words)}")
        return self


class AreaFields(Strict):
    """One feature = one area of `level`; the geometry is WGS84 unless the contract says otherwise."""

    level: Text
    code: Text
    name: Text
    crs: str = "EPSG:4326"
    simplify_m: int = Field(
        default=50, ge=0
    )  # metres; detail left out of the map outline, never of the full outline


class Due(Strict):
    """When the data of a period is due: so many days after the period's end; `every` in years."""

    days_after_period: int = Field(ge=0)
    every: int = Field(1, ge=1)
    last_period: str | None = None  # a closed series is never overdue after this

    @field_validator("last_period")
    @classmethod
    def possible(cls, value: str | None) -> str | None:
        if value is not None and not is_period(value):
            raise ValueError(f"{value!r} is no period; write 2024, 2024-07 or 2023/24")
        return value
