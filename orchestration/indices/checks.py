"""What a composite index must add up to and may point at; every finding names file and key.

Lives here: reading indices/*.yml and the rules across their keys. Must not live here: single keys (shape.py).
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from pydantic import ValidationError

from orchestration.findings import Finding
from orchestration.indices.shape import PARTS, Component, Edition, IndexClass, IndexDefinition
from orchestration.workspace_files import explained, read_yaml, wrong

# The published weights of the English Index of Multiple Deprivation sum to .999 and are used as they are.
WEIGHT_TOLERANCE = Decimal("0.002")


ANY_YEAR = range(1900, 2101)  # as far as figures of a city reach


@dataclass(frozen=True)
class Known:
    """What an index may point at. expected: indicator -> level -> years that the workspace expects."""

    indicators: set[str]
    variables: set[str]
    areas: Mapping[str, set[str]]  # level -> codes
    expected: Mapping[str, Mapping[str, set[int]]]


def read_indices(path: Path, findings: list[Finding]) -> tuple[IndexDefinition, ...]:
    """All indices of the workspace at `path`; adds what cannot be read."""
    indices = []
    for file in sorted((path / "indices").rglob("*")):
        name = file.relative_to(path).as_posix()
        if not file.is_file() or file.name.startswith("."):
            continue
        if file.suffix != ".yml" or file.parent != path / "indices":
            text = "is no index and would be overlooked."
            findings.append(wrong(name, "index_file", text, "indices/<index_id>.yml, one file per index"))
            continue
        content = read_yaml(file, name, findings)
        if not content:
            continue
        try:
            index = IndexDefinition.model_validate(content)
        except ValidationError as problem:
            findings.extend(explained(name, "index_invalid", problem, "Composite indices"))
            continue
        if index.index_id != file.stem:
            text = f"index_id is {index.index_id!r}."
            findings.append(wrong(name, "index_id", text, f"{file.stem}, the name of the file"))
        indices.append(index.model_copy(update={"index_id": file.stem}))
    return tuple(indices)


def expected_years(years: str) -> set[int]:
    """The years of a cell such as 2005-2012 or 2012|2014-2016; empty: any year, wherever it is delivered."""
    if not years:
        return set(ANY_YEAR)
    spans = [part.split("-") for part in years.split("|")]
    return {year for span in spans for year in range(int(span[0]), int(span[-1]) + 1)}


def check_indices(indices: tuple[IndexDefinition, ...], known: Known) -> list[Finding]:
    """All that is wrong with readable indices."""
    found: list[Finding] = []
    for index in indices:
        file = f"indices/{index.index_id}.yml"
        for edition, times in Counter(one.edition for one in index.editions).items():
            if times > 1:
                found.append(_said(file, "editions", "duplicate_key", f"{edition!r} stands twice.", "one"))
        for edition_ in index.editions:
            found += _edition(file, index, edition_, known)
    return found


def _said(file: str, key: str, rule: str, message: str, expected: str) -> Finding:
    return wrong(file, rule, f"{key}: {message}", expected)


def _edition(file: str, index: IndexDefinition, edition: Edition, known: Known) -> Iterator[Finding]:
    key = f"editions.{edition.edition}"
    if edition.level not in known.areas:
        levels = f"one of {', '.join(sorted(known.areas))}"
        yield _said(file, f"{key}.level", "unknown_level", f"level {edition.level!r}.", levels)
    if not any(one.part == "status" for one in edition.components):
        yield _said(file, f"{key}.components", "no_status", "none is of part status.", "at least one")
    for component, times in Counter(one.component_id for one in edition.components).items():
        if times > 1:
            text = f"component {component!r} stands twice."
            yield _said(file, f"{key}.components", "duplicate_key", text, "one entry per component")
    for part in PARTS:
        yield from _weights(file, key, part, [one for one in edition.components if one.part == part])
        yield from _classes(file, key, part, edition)
    for component_ in edition.components:
        yield from _component(file, f"{key}.components.{component_.component_id}", edition, component_, known)
    yield from _exclusions(file, key, edition, known)
    yield from _reference(file, f"{key}.reference", index, edition)


def _weights(file: str, key: str, part: str, components: list[Component]) -> Iterator[Finding]:
    total = sum((one.weight for one in components), Decimal(0))
    if components and abs(total - 1) > WEIGHT_TOLERANCE:
        text = f"the weights of part {part} sum to {total}."
        yield _said(file, f"{key}.components", "weights", text, f"1, at most {WEIGHT_TOLERANCE} off")


def _cut(bound: Decimal | None, is_inclusive: bool, side: str) -> str:
    words = {("lower", True): "from", ("lower", False): "above", ("upper", True): "to"}
    return "no bound" if bound is None else f"{words.get((side, is_inclusive), 'below')} {bound}"


def _classes(file: str, key: str, part: str, edition: Edition) -> Iterator[Finding]:
    """The classes of a part must cover every score exactly once, from the lowest to the highest."""
    classes = [one for one in edition.classes if one.part == part]
    place = f"{key}.classes"
    if classes and not any(one.part == part for one in edition.components):
        text = f"classes of part {part}, but no component of it."
        yield _said(file, place, "classes", text, "classes only for parts with components")
    for class_id, times in Counter(one.class_id for one in classes).items():
        if times > 1:
            yield _said(
                file, place, "duplicate_key", f"class {class_id!r} stands twice.", "one entry per class"
            )
    if classes and (classes[0].lower is not None or classes[-1].upper is not None):
        text = f"the first class of part {part} has a lower bound or the last one an upper bound."
        yield _said(
            file, place, "classes", text, "classes from the lowest to the highest score, open at both ends"
        )
    for low, high in itertools.pairwise(classes):
        if not _adjoin(low, high):
            text = (
                f"class {low.class_id!r} ends {_cut(low.upper, low.to is not None, 'upper')}, class "
                f"{high.class_id!r} begins {_cut(high.lower, high.from_ is not None, 'lower')}."
            )
            yield _said(
                file,
                place,
                "classes",
                text,
                "the same cut, in exactly one of the two (to, above or below, from)",
            )


def _adjoin(low: IndexClass, high: IndexClass) -> bool:
    same = low.upper is not None and low.upper == high.lower
    rising = low.lower is None or low.upper is None or low.lower < low.upper
    return same and rising and (low.to is not None) != (high.from_ is not None)


def _component(
    file: str, key: str, edition: Edition, component: Component, known: Known
) -> Iterator[Finding]:
    if component.indicator not in known.indicators:
        expected = "an indicator of the standard catalogue, or a metric in the workspace's metrics/*.yml"
        yield _said(
            file,
            f"{key}.indicator",
            "unknown_indicator",
            f"indicator {component.indicator!r} is defined nowhere.",
            expected,
        )
        return
    if component.change_over_years is not None and component.part == "status":
        text = "a status is a value, not a change."
        yield _said(
            file, f"{key}.change_over_years", "change", text, "part: dynamic, or no change_over_years"
        )
    years = {edition.year}
    if edition.reference is not None and edition.reference.year is not None:
        years |= {edition.reference.year}
    if component.change_over_years is not None:
        years |= {year - component.change_over_years for year in years}
    missing = sorted(years - set(known.expected.get(component.indicator, {}).get(edition.level, set())))
    if missing and edition.level in known.areas:
        shown = ", ".join(map(str, missing))
        text = f"{component.indicator!r} is not expected on level {edition.level!r} for {shown}."
        yield _said(
            file, f"{key}.indicator", "not_expected", text, "a row of indicators.csv with this level and year"
        )


def _exclusions(file: str, key: str, edition: Edition, known: Known) -> Iterator[Finding]:
    for exclusion in edition.exclusions:
        place = f"{key}.exclusions"
        if exclusion.variable is not None and exclusion.variable not in known.variables:
            expected = "a variable of the standard catalogue, or a measure in the workspace's metrics/*.yml"
            yield _said(
                file,
                place,
                "unknown_variable",
                f"variable {exclusion.variable!r} is defined nowhere.",
                expected,
            )
        for code in exclusion.codes:
            if edition.level in known.areas and code not in known.areas[edition.level]:
                text = f"code {code!r} is no area of level {edition.level!r}."
                yield _said(file, place, "unknown_area", text, "codes of geography/areas.csv, in quotes")


def _reference(file: str, key: str, index: IndexDefinition, edition: Edition) -> Iterator[Finding]:
    """Editions compare over time only with one fixed mean and standard deviation and the same components."""
    if edition.reference is None:
        return
    if edition.transform != "z":
        text = "ranks have no mean and standard deviation to be fixed."
        yield _said(file, key, "reference", text, "transform: z, or no reference")
    if edition.reference.edition is None:
        return
    others = {one.edition: one for one in index.editions if one is not edition}
    other = others.get(edition.reference.edition)
    if other is None:
        expected = f"another edition of this file: {', '.join(sorted(others)) or 'there is none'}"
        yield _said(file, key, "unknown_edition", f"edition {edition.reference.edition!r}.", expected)
    elif other.reference is not None:
        text = f"edition {other.edition!r} has a reference of its own."
        yield _said(file, key, "reference", text, "an edition that uses its own mean and standard deviation")
    elif _method(other) != _method(edition):
        text = f"edition {other.edition!r} has other components, weights, directions or another method."
        expected = "the same components and method; editions that differ do not compare over time"
        yield _said(file, key, "reference", text, expected)


def _method(edition: Edition) -> object:
    """What two editions must share so that one mean and standard deviation mean the same in both."""
    parts = {
        (one.component_id, one.part, one.indicator, one.direction, one.weight, one.change_over_years)
        for one in edition.components
    }
    return (
        parts, edition.level, edition.transform, edition.standard_deviation, edition.restandardise,
        edition.sum_multiplier,
    )  # fmt: skip
