"""Composite indices as tables of text, landed on every build: always every table, empty without an index.

Lives here: one row per edition, component, class and exclusion. Must not live here: writing them
(workspace_landing.py).

A reference to a year becomes an edition of its own that is computed and not published: from there on every
reference is an edition.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from orchestration.indices.shape import Edition, IndexDefinition

if TYPE_CHECKING:
    import pandas as pd

COLUMNS: dict[str, tuple[str, ...]] = {
    "indices": (
        "index_id", "name_de", "name_en", "definition_de", "definition_en", "source", "edition", "level",
        "year", "transform", "transform_constant", "standard_deviation", "is_restandardised",
        "sum_multiplier", "min_weight_share", "reference_edition", "is_reference_fixed", "is_published",
    ),
    "index_components": (
        "index_id", "edition", "component_id", "component_number", "part", "indicator_id", "direction",
        "weight", "change_over_years", "label_de", "label_en",
    ),
    "index_classes": (
        "index_id", "edition", "part", "class_id", "class_number", "label_de", "label_en", "lower_cut",
        "upper_cut", "is_lower_inclusive", "is_upper_inclusive",
    ),
    "index_exclusions": (
        "index_id", "edition", "exclusion_number", "variable_id", "equal_to", "below", "code", "reason_de",
        "reason_en",
    ),
}  # fmt: skip


def index_frames(indices: tuple[IndexDefinition, ...]) -> dict[str, pd.DataFrame]:
    """Table -> rows as text, columns as COLUMNS. An absent value is an empty text."""
    import pandas as pd

    rows: dict[str, list[list[str]]] = {table: [] for table in COLUMNS}
    for index in indices:
        for edition, name, is_published in _computed(index):
            rows["indices"].append(_text(_edition_row(index, edition, name, is_published)))
            for table, listed in (
                ("index_components", _component_rows(edition)),
                ("index_classes", _class_rows(edition)),
                ("index_exclusions", _exclusion_rows(edition)),
            ):
                rows[table] += [_text((index.index_id, name, *row)) for row in listed]
    return {
        table: pd.DataFrame(rows[table], columns=list(columns), dtype="str")
        for table, columns in COLUMNS.items()
    }


def _text(cells: tuple[object, ...]) -> list[str]:
    words = {None: "", True: "true", False: "false"}
    return [words[cell] if cell is None or isinstance(cell, bool) else str(cell) for cell in cells]


def _computed(index: IndexDefinition) -> Iterator[tuple[Edition, str, bool]]:
    """(edition, its name, is it published): every edition, and what it is compared with in another year."""
    for edition in index.editions:
        yield edition, edition.edition, True
        if edition.reference is not None and edition.reference.year is not None:
            earlier = edition.model_copy(update={"year": edition.reference.year, "reference": None})
            yield earlier, _reference_edition(edition), False


def _reference_edition(edition: Edition) -> str:
    if edition.reference is None:
        return edition.edition
    return edition.reference.edition or f"{edition.edition}@{edition.reference.year}"


def _edition_row(
    index: IndexDefinition, edition: Edition, name: str, is_published: bool
) -> tuple[object, ...]:
    return (
        index.index_id,
        index.name_de,
        index.name_en,
        index.definition_de,
        index.definition_en,
        index.source,
        name,
        edition.level,
        edition.year,
        edition.transform,
        edition.constant,
        edition.standard_deviation,
        edition.restandardise,
        edition.sum_multiplier,
        edition.min_weight_share,
        _reference_edition(edition) if is_published else name,
        edition.reference is not None,
        is_published,
    )


def _component_rows(edition: Edition) -> Iterator[tuple[object, ...]]:
    for number, one in enumerate(edition.components, start=1):
        yield (
            one.component_id,
            number,
            one.part,
            one.indicator,
            one.direction,
            one.weight,
            one.change_over_years,
            one.label_de,
            one.label_en,
        )


def _class_rows(edition: Edition) -> Iterator[tuple[object, ...]]:
    for number, one in enumerate(edition.classes, start=1):
        inclusive = (one.from_ is not None, one.to is not None)
        yield (one.part, one.class_id, number, one.label_de, one.label_en, one.lower, one.upper, *inclusive)


def _exclusion_rows(edition: Edition) -> Iterator[tuple[object, ...]]:
    """One row per rule; a list of codes is one row per code with the same number."""
    for number, one in enumerate(edition.exclusions, start=1):
        for code in one.codes or (None,):
            yield (number, one.variable, one.equals, one.below, code, one.reason_de, one.reason_en)
