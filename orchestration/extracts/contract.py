"""The contract of one delivered file: how to read it, what it produces, when it is due, its checks.

Lives here: the shape of `extracts/<id>.yml` and nothing else. Must not live here: reading or checking
a delivery. To add a delivery, write one YAML file of this shape; nothing else needs to change.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from orchestration.extracts.contract_checks import Checks, NotMoreThan, Severity, SumOfAreas, SumOfCategories
from orchestration.extracts.contract_file import FileFormat, Strict, Text
from orchestration.extracts.contract_parts import (
    GEOMETRY_COLUMNS,
    AreaFields,
    AreaKey,
    AreaPattern,
    AreaPoint,
    BreakdownFrom,
    Column,
    ColumnType,
    Due,
    FieldSource,
    Inventory,
    ObservationCells,
    OfferFields,
    Period,
    ValueStatus,
)

__all__ = [
    "GEOMETRY_COLUMNS",
    "AreaFields",
    "AreaKey",
    "AreaPattern",
    "AreaPoint",
    "BreakdownFrom",
    "Checks",
    "Column",
    "ColumnType",
    "Contract",
    "Due",
    "FieldSource",
    "FileFormat",
    "Inventory",
    "NotMoreThan",
    "ObservationCells",
    "OfferFields",
    "Period",
    "Severity",
    "Strict",
    "SumOfAreas",
    "SumOfCategories",
    "Text",
    "ValueStatus",
    "extract_id_of",
]


class Contract(Strict):
    """One delivered file. `extract_id` is the file's name without `.yml`."""

    extract_id: Text
    title: Text
    group: Literal["statistics", "inventory", "geography", "register"]
    owner: Text  # the office that answers for it
    publisher: Text
    licence: Text
    source_url: str | None = None
    purpose: Text
    legal_basis: Text
    note: str | None = None
    due: Due | None = None
    precedence: int = 0  # where two extracts deliver the same cell, the higher wins
    file: FileFormat
    signs: Literal["official", "none"] = "official"  # signs of German official statistics
    extra_signs: dict[str, ValueStatus] = Field(default_factory=dict)
    columns: list[Column]
    additional_columns: Literal["ignore", "warn", "refuse"] = "warn"
    reviewed_columns: dict[str, str] = Field(default_factory=dict)  # column -> why it is no person
    area: AreaKey | None = None  # not for areas themselves
    period: Period | None = None
    produces: Literal["observations", "offers", "areas", "register"]
    observations: list[ObservationCells] = Field(default_factory=list)
    offers: OfferFields | None = None
    inventory: Inventory = Inventory()  # only for offers
    areas: AreaFields | None = None
    checks: Checks = Checks()

    @model_validator(mode="after")
    def consistent(self) -> Contract:
        produced = {"observations": bool(self.observations), "offers": self.offers, "areas": self.areas}
        if self.produces in produced and not produced[self.produces]:
            raise ValueError(f"produces: {self.produces} needs the section `{self.produces}`")
        if self.produces in {"observations", "offers"} and self.period is None:
            raise ValueError(f"produces: {self.produces} needs the section `period`")
        if self.produces in {"observations", "offers"} and self.area is None:
            raise ValueError(f"produces: {self.produces} needs the section `area`")
        if self.area is not None and self.area.area_state and self.produces != "observations":
            raise ValueError("area.area_state is for observations; an offer lies where it lies")
        if not self.inventory.complete and self.produces != "offers":
            raise ValueError("inventory: only a list of offers can be incomplete")
        unknown = sorted(self.used_columns - set(self.column_by_name) - GEOMETRY_COLUMNS)
        if unknown:
            raise ValueError(f"these columns are used but not listed under `columns`: {', '.join(unknown)}")
        unguarded = self.checks.exact_rows is None and not self.checks.expected_areas
        if self.file.format == "csv" and self.file.final_newline == "absent" and unguarded:
            raise ValueError("final_newline: absent needs checks.exact_rows or checks.expected_areas")
        return self

    @model_validator(mode="after")
    def checks_are_about_what_is_produced(self) -> Contract:
        """A check on a variable that the contract does not produce would never find anything."""
        produced: dict[str, set[str]] = {}
        for cells in self.observations if self.produces == "observations" else ():
            dimensions = {
                *cells.breakdown,
                *({cells.breakdown_from.dimension} if cells.breakdown_from else ()),
            }
            produced.setdefault(cells.variable, set()).update(dimensions)
        checks = self.checks
        named = [
            (f"sum_of_areas.{at}.variable", sums.variable) for at, sums in enumerate(checks.sum_of_areas)
        ]
        named += [
            (f"sum_of_categories.{at}.variable", sums.variable)
            for at, sums in enumerate(checks.sum_of_categories)
        ]
        for at, pair in enumerate(checks.not_more_than):
            named += [(f"not_more_than.{at}.part", pair.part), (f"not_more_than.{at}.whole", pair.whole)]
        said = f"the contract produces {', '.join(sorted(produced)) or 'no variable'}"
        for field, variable in named:
            if variable is not None and variable not in produced:
                raise ValueError(f"checks.{field}: {variable!r} is not produced; {said}")
        for at, categories in enumerate(checks.sum_of_categories):
            known = produced[categories.variable]
            if categories.dimension not in known:
                raise ValueError(
                    f"checks.sum_of_categories.{at}.dimension: {categories.variable!r} has no dimension "
                    f"{categories.dimension!r}; it has {', '.join(sorted(known)) or 'none'}"
                )
        for at, sums in enumerate(checks.sum_of_areas):
            if sums.whole == sums.parts:
                raise ValueError(f"checks.sum_of_areas.{at}: whole and parts are both {sums.whole!r}")
        if checks.sum_of_areas and not produced:
            raise ValueError("checks.sum_of_areas needs produces: observations")
        return self

    @property
    def column_by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    @property
    def used_columns(self) -> set[str]:
        """Every delivered column that some section of this contract reads."""
        used: set[str | None] = set(self.checks.unique)
        for cells in self.observations:
            used |= {cells.column, *cells.where, *cells.not_applicable_where}
            used |= {cells.breakdown_from.column} if cells.breakdown_from else set()
        if self.area:
            used |= {self.area.column, self.area.code_column, self.area.name_column}
            used |= {self.area.point.x, self.area.point.y} if self.area.point else set()
        if self.offers:
            used |= {source.column for _, source in self.offers if source is not None}
        if self.areas:
            used |= {self.areas.code, self.areas.name}
        used |= {self.period.column} if self.period else set()
        return {name for name in used if name is not None}


def extract_id_of(path: Path) -> str:
    """The id of an extract is the name of its contract file."""
    return path.stem
