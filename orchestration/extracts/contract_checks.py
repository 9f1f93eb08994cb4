"""The section `checks` of a contract: what a delivery as a whole must satisfy.

Lives here: the shape of that section. Must not live here: the checking (totals.py, values.py) and whether a
check is about what the contract produces (contract.py).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field

from orchestration.extracts.contract_file import Strict, Text

Severity = Literal["error", "warning"]


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

    unique: list[str] = Field(default_factory=list)
    expected_areas: dict[str, int] = Field(default_factory=dict)  # level -> number of areas in each period
    min_rows: int = Field(default=1, ge=0)
    exact_rows: int | None = None
    sum_of_areas: list[SumOfAreas] = Field(default_factory=list)
    sum_of_categories: list[SumOfCategories] = Field(default_factory=list)
    not_more_than: list[NotMoreThan] = Field(default_factory=list)
