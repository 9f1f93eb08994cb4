"""The sections of a contract: file, columns, area key, period, what is produced, checks, due date.

Lives here: the shape of each section of `extracts/<id>.yml`. Must not live here: how sections depend on each
other (contract.py).
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

ColumnType = Literal["text", "code", "count", "decimal", "percent", "year", "date", "longitude", "latitude"]
ValueStatus = Literal["ok", "suppressed_source", "not_available", "pending", "not_applicable"]
Severity = Literal["error", "warning"]
Text = Annotated[str, Field(min_length=1)]
# Columns that reading makes from a feature's geometry: numbers of a point, GeoJSON text of anything else.
GEOMETRY_COLUMNS = frozenset({"geometry.x", "geometry.y", "geometry"})


class Strict(BaseModel):
    """Unknown keys are errors: a typing mistake in a contract must not be silently ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class FileFormat(Strict):
    """How the bytes become a table of text."""

    pattern: Text  # glob relative to the inbox; one delivery per matching file
    format: Literal["csv", "xlsx", "geojson", "esri_json"]
    encoding: str = "utf-8"  # csv and JSON; utf-8 also takes a byte order mark
    delimiter: str = ";"
    quote: str = '"'
    decimal: str = ","
    thousands: str = ""
    sheet: str | None = None  # xlsx
    title_lines: int = Field(0, ge=0)  # lines above the header
    header_lines: int = Field(1, ge=1)  # several lines are joined with " | ", merged cells filled
    footer_starts_with: str | None = None  # the first line that starts so, and all after it, is no data
    final_newline: Literal["required", "absent"] = "required"  # csv only
    max_bytes: int = 256 * 1024 * 1024

    @field_validator("encoding")
    @classmethod
    def known_encoding(cls, value: str) -> str:
        "".encode(value)
        return value

    @model_validator(mode="after")
    def signs_differ(self) -> FileFormat:
        if (
            len(self.delimiter) != 1
            or len(self.decimal) != 1
            or len(self.thousands) > 1
            or len(self.quote) > 1
        ):
            raise ValueError(
                "file.delimiter and file.decimal are one character, thousands and quote at most one"
            )
        if self.decimal == self.thousands:
            raise ValueError("file.decimal and file.thousands must differ")
        return self


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
    patterns: list[AreaPattern] = []
    ignore: dict[str, str] = {}  # delivered key -> why it does not belong to this city
    code_column: str | None = None
    name_column: str | None = None
    on_conflict: Severity = "warning"
    point: AreaPoint | None = None

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
        for pattern in self.patterns:
            re.compile(pattern.match)
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
        return self


class BreakdownFrom(Strict):
    """A breakdown read from a column: delivered category -> category id ("0-2", "75+", "f")."""

    column: Text
    dimension: Text
    categories: dict[str, str]


class ObservationCells(Strict):
    """Which cells become observations: `column` of the rows where every `where` column has that value."""

    column: Text
    variable: Text
    where: dict[str, str] = {}
    breakdown: dict[str, str] = {}  # dimension -> category; empty is the total
    breakdown_from: BreakdownFrom | None = None
    factor: Decimal = Decimal(1)  # delivered unit -> unit of the variable
    estimated: bool = False


class FieldSource(Strict):
    """Where a field of an offer comes from: a column, optionally translated, or a constant."""

    column: str | None = None
    constant: str | None = None
    categories: dict[str, str] | None = None

    @model_validator(mode="after")
    def exactly_one(self) -> FieldSource:
        if (self.column is None) == (self.constant is None):
            raise ValueError("needs exactly one of column, constant")
        return self


class OfferFields(Strict):
    """One row = one offer of social infrastructure. A capacity that is not delivered is unknown, not 0."""

    offer_id: FieldSource
    title: FieldSource
    service_type: FieldSource
    provider: FieldSource | None = None
    provider_type: FieldSource | None = None  # public, free_non_profit, private, civic
    target_group: FieldSource | None = None
    address: FieldSource | None = None
    capacity: FieldSource | None = None
    capacity_unit: FieldSource | None = None
    valid_from: FieldSource | None = None
    valid_to: FieldSource | None = None


class AreaFields(Strict):
    """One feature = one area of `level`; the geometry is WGS84 unless the contract says otherwise."""

    level: Text
    code: Text
    name: Text
    crs: str = "EPSG:4326"
    simplify_m: int = Field(
        default=50, ge=0
    )  # metres; detail left out of the map outline, never of the full outline


class SumOfAreas(Strict):
    """The values of `parts` add up to that of `whole`, for each variable, breakdown and period."""

    whole: Text
    parts: Text
    variable: str | None = None
    tolerance: Decimal = Decimal(0)
    severity: Severity = "error"
    reason: str | None = None


class SumOfCategories(Strict):
    """The categories of `dimension` add up to the total of `variable`, for each area and period."""

    variable: Text
    dimension: Text
    tolerance: Decimal = Decimal(0)
    severity: Severity = "error"
    reason: str | None = None


class NotMoreThan(Strict):
    """`part` never exceeds `whole` in one area, period and breakdown."""

    part: Text
    whole: Text


class Checks(Strict):
    """What the delivery as a whole must satisfy."""

    unique: list[str] = []
    expected_areas: dict[str, int] = {}  # level -> number of areas in each period
    min_rows: int = Field(default=1, ge=0)
    exact_rows: int | None = None
    sum_of_areas: list[SumOfAreas] = []
    sum_of_categories: list[SumOfCategories] = []
    not_more_than: list[NotMoreThan] = []


class Due(Strict):
    """When the data of a period is due: so many days after the period's end; `every` in years."""

    days_after_period: int = Field(ge=0)
    every: int = Field(1, ge=1)
    last_period: str | None = None  # a closed series is never overdue after this
