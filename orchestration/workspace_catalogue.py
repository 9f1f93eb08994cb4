"""Which variables and indicators there are: the product's catalogue and the workspace's own metrics.

Lives here: reading metrics files as plain YAML, and what a workspace may write into its own. Must not live
here: the definitions (dbt_project/models/metrics).

dbt renders the strings of such files as Jinja, and Jinja reaches the environment. A workspace's file is
therefore refused when it holds any, or anything else that dbt would render or run.
"""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from orchestration.findings import Finding
from orchestration.settings import DBT_PROJECT
from orchestration.workspace_files import read_yaml, wrong
from orchestration.workspace_metrics import Entries, check_entries, meta_of

JINJA = re.compile(r"\{\{|\{%|\{#")
SECTIONS = {"version", "semantic_models", "metrics"}
OBSERVATIONS = re.compile(r"""ref\((['"])fct_observation\1\)""")
PLAIN = "plain YAML: dbt would run what stands in {{ }}, {% %} or {# #}"


@dataclass
class Catalogue:
    """variables: id -> its disclosure profile. indicators: ids. polarity: indicator -> what is better.

    labels: German name -> the variables and indicators that have it; it must be one.
    models: names and primary entities of semantic models.
    """

    variables: dict[str, str] = field(default_factory=dict)
    indicators: set[str] = field(default_factory=set)
    polarity: dict[str, str] = field(default_factory=dict)
    labels: dict[str, set[str]] = field(default_factory=dict)
    models: set[str] = field(default_factory=set)

    def names(self) -> dict[str, str]:
        """Indicator -> its German name."""
        return {one: label for label, named in self.labels.items() for one in sorted(named & self.indicators)}


def _listed(content: dict[str, Any], key: str) -> list[dict[str, Any]]:
    entries = content.get(key)
    return [one for one in entries if isinstance(one, dict)] if isinstance(entries, list) else []


def _measures(content: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for model in _listed(content, "semantic_models"):
        yield from _listed(model, "measures")


def _names(model: dict[str, Any]) -> list[str]:
    """Of a semantic model and of its primary entity."""
    return [f"{key} {model.get(key)}" for key in ("name", "primary_entity")]


def _add(content: dict[str, Any], catalogue: Catalogue) -> None:
    metrics = _listed(content, "metrics")
    catalogue.models.update(*(_names(model) for model in _listed(content, "semantic_models")))
    for measure in _measures(content):
        catalogue.variables[str(measure.get("name"))] = str(meta_of(measure).get("disclosure_profile", ""))
    for metric in metrics:
        catalogue.indicators.add(str(metric.get("name")))
        catalogue.polarity[str(metric.get("name"))] = str(meta_of(metric).get("polarity", ""))
    for entry in [*_measures(content), *metrics]:
        catalogue.labels.setdefault(str(entry.get("label")), set()).add(str(entry.get("name")))


@functools.cache
def product_catalogue() -> Catalogue:
    """What the product defines; read once per process, not to be changed."""
    catalogue = Catalogue()
    for file in sorted((DBT_PROJECT / "models" / "metrics").glob("*.yml")):
        _add(read_yaml(file, file.name, []), catalogue)
    return catalogue


@functools.cache
def service_types() -> frozenset[str]:
    """The ids of the product's taxonomy of services."""
    with (DBT_PROJECT / "seeds" / "service_types.csv").open(encoding="utf-8", newline="") as handle:
        return frozenset(row["service_type"] for row in csv.DictReader(handle))


def read_catalogue(path: Path, findings: list[Finding]) -> Catalogue:
    """The product's catalogue with the metrics of the workspace at `path`; adds what is wrong with them."""
    known = product_catalogue()
    labels = {label: set(names) for label, names in known.labels.items()}
    catalogue = Catalogue(
        dict(known.variables), set(known.indicators), dict(known.polarity), labels, set(known.models)
    )
    readable: list[tuple[Path, str, dict[str, Any]]] = []
    for file in sorted((path / "metrics").rglob("*")):
        if not file.is_file() or (file.name.startswith(".") and not file.suffix):
            continue
        name = file.relative_to(path).as_posix()
        if file.suffix not in {".yml", ".yaml"}:
            text = "is no metrics file, and dbt might run it."
            findings.append(wrong(name, "metrics_file", text, "only .yml files in this folder"))
            continue
        found = _templates(file, name)
        content = read_yaml(file, name, found)
        found += _forbidden(content, name, templated=bool(found))
        found += _doubled(content, catalogue, name)
        findings += found
        _add(content, catalogue)
        if not found:
            readable.append((file, name, content))
    for file, name, content in readable:  # a part may be defined in a later file
        findings += check_entries(_entries(file, name, content, catalogue))
    return catalogue


def _entries(file: Path, name: str, content: dict[str, Any], catalogue: Catalogue) -> Entries:
    return Entries(
        name,
        file.read_text(encoding="utf-8"),
        _listed(content, "semantic_models"),
        list(_measures(content)),
        _listed(content, "metrics"),
        set(catalogue.variables),
        catalogue.indicators,
        catalogue.labels,
    )


def _templates(file: Path, name: str) -> list[Finding]:
    found = []
    for line, text in enumerate(file.read_bytes().decode("utf-8", "replace").splitlines(), start=1):
        if match := JINJA.search(text):
            found.append(wrong(name, "template", f"holds {match[0]!r}.", PLAIN, line))
    return found


def _strings(content: object) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        for key, value in content.items():
            yield from _strings(key)
            yield from _strings(value)
    elif isinstance(content, list):
        for value in content:
            yield from _strings(value)


def _forbidden(content: dict[str, Any], name: str, templated: bool) -> Iterator[Finding]:
    """Sections and references that dbt would render although no bracket stands in them."""
    if not templated and any(JINJA.search(text) for text in _strings(content)):  # written with escapes
        yield wrong(name, "template", "holds a Jinja template.", PLAIN)
    for section in sorted(str(key) for key in set(content) - SECTIONS):
        expected = f"one of {', '.join(sorted(SECTIONS))}"
        yield wrong(name, "metrics_section", f"section {section!r} is not allowed.", expected)
    for model in _listed(content, "semantic_models"):
        if not OBSERVATIONS.fullmatch(str(model.get("model"))):
            text = f"model of {str(model.get('name'))!r} is {str(model.get('model'))!r}."
            yield wrong(name, "metrics_model", text, "exactly ref('fct_observation')")


def _doubled(content: dict[str, Any], catalogue: Catalogue, name: str) -> Iterator[Finding]:
    variables = [str(measure.get("name")) for measure in _measures(content)]
    indicators = [str(metric.get("name")) for metric in _listed(content, "metrics")]
    models = [name for model in _listed(content, "semantic_models") for name in _names(model)]
    for kind, own, known in (
        ("semantic model:", models, catalogue.models),
        ("variable", variables, set(catalogue.variables)),
        ("indicator", indicators, catalogue.indicators),
    ):
        twice = {one for one in own if own.count(one) > 1} | (set(own) & known)
        for one in sorted(twice):
            yield wrong(name, "duplicate_key", f"{kind} {one!r} is defined twice.", "another name")
