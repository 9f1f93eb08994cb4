"""The shape of indices/<index_id>.yml: what may stand where.

Lives here: keys, types and words. Must not live here: what they point at and add up to (checks.py).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Text = Annotated[str, Field(min_length=1)]
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Part = Literal["status", "dynamic"]
PARTS: tuple[Part, ...] = ("status", "dynamic")


class Strict(BaseModel):
    """Unknown keys are errors: a typing mistake must not be silently ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True, populate_by_name=True)


class Component(Strict):
    """One indicator of an index. direction: whether a higher value makes the index higher (1) or lower (-1).

    It is the index's own word and never taken from the indicator's polarity. change_over_years: the component
    is the change of the indicator over so many years, in its own unit; without it the value itself.
    """

    component_id: Id
    part: Part = "status"
    indicator: Text
    direction: Literal[1, -1]
    weight: Decimal = Field(gt=0, le=1)
    label_de: Text
    label_en: Text
    change_over_years: int | None = Field(None, ge=1)


class IndexClass(Strict):
    """One class of the scores of a part: above < score, from <= score, score < below, score <= to."""

    part: Part = "status"
    class_id: Text
    label_de: Text
    label_en: Text
    above: Decimal | None = None
    from_: Decimal | None = Field(None, alias="from")
    below: Decimal | None = None
    to: Decimal | None = None

    @property
    def lower(self) -> Decimal | None:
        return self.above if self.from_ is None else self.from_

    @property
    def upper(self) -> Decimal | None:
        return self.below if self.to is None else self.to

    @model_validator(mode="after")
    def one_bound_a_side(self) -> IndexClass:
        if self.above is not None and self.from_ is not None:
            raise ValueError("above and from exclude each other: > or >=")
        if self.below is not None and self.to is not None:
            raise ValueError("below and to exclude each other: < or <=")
        return self


class Exclusion(Strict):
    """Areas that take no part: where a variable equals a mark or lies below a limit, or by their codes."""

    variable: str | None = None
    equals: Decimal | None = None
    below: Decimal | None = None
    codes: tuple[str, ...] = ()
    reason_de: Text
    reason_en: Text

    @model_validator(mode="after")
    def one_rule(self) -> Exclusion:
        limits = (self.equals is not None) + (self.below is not None)
        if bool(self.codes) == bool(self.variable) or limits != bool(self.variable):
            raise ValueError("an exclusion is variable with equals, or variable with below, or codes")
        return self


class Reference(Strict):
    """Whose mean and standard deviation hold: another edition of this index, or this one in another year."""

    edition: str | None = None
    year: int | None = Field(None, ge=1900, le=2200)

    @model_validator(mode="after")
    def exactly_one(self) -> Reference:
        if (self.edition is None) == (self.year is None):
            raise ValueError("reference needs exactly one of edition, year")
        return self


class Edition(Strict):
    """One edition: its areas, year, components and cuts. Editions may differ in all of them."""

    edition: Text
    level: Text
    year: int = Field(ge=1900, le=2200)
    transform: Literal["z", "rank_exponential"] = "z"
    constant: Decimal = Field(Decimal(23), gt=0)  # of rank_exponential: 23 lets the top tenth exceed 50
    standard_deviation: Literal["population", "sample"] = "population"
    restandardise: bool = True
    sum_multiplier: Decimal = Field(Decimal(1), gt=0)  # 4: the plain sum of four equally weighted components
    min_weight_share: Decimal = Field(Decimal("0.75"), gt=0, le=1)
    reference: Reference | None = None
    exclusions: tuple[Exclusion, ...] = ()
    components: tuple[Component, ...] = Field(min_length=1)
    classes: tuple[IndexClass, ...] = ()


class IndexDefinition(Strict):
    """One composite index with its editions."""

    index_id: Id
    name_de: Text
    name_en: Text
    definition_de: Text
    definition_en: Text
    source: str = ""
    editions: tuple[Edition, ...] = Field(min_length=1)
