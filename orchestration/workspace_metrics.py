"""What the variables and indicators of a workspace's own metrics must say, checked before dbt reads them.

Lives here: rules for single entries. Must not live here: reading the files and keeping templates out of them
(workspace_catalogue.py). To add a word, add it to WORDS and to section 6 of the README.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from orchestration.findings import Finding
from orchestration.workspace_files import wrong

WORDS = {
    "living_condition": (
        *("demography", "health", "education", "employment", "income", "housing", "environment"),
        *("mobility", "inclusion"),
    ),
    "statistic": ("proportion", "rate", "ratio", "count", "mean", "median", "published"),
    "polarity": ("higher_better", "higher_worse", "neutral"),
    "ci_method": ("wilson", "byar_exact", "none"),
    "no_interval_reason": (
        *("full_count", "modelled", "not_a_count", "no_variance_delivered", "proxy_denominator"),
        "denominator_not_delivered",
    ),
    "life_phase": ("childhood_youth", "young_adult", "middle_adult", "senior", "all"),
}
NAME = re.compile(r"[a-z](?!.*__)[a-z0-9_]*[a-z0-9]")  # MetricFlow's rule
MAY_BE_ABSENT = {"no_interval_reason", "life_phase"}
VARIABLE_META = ("label_en", "unit", "disclosure_profile")
INDICATOR_META = ("name_en", "definition_en", "unit", "disclosure_profile", "source")
# type -> (keys of type_params that name variables, statistics that fit)
SHAPES = {
    "ratio": (("numerator", "denominator"), {"proportion", "rate", "ratio"}),
    "simple": (("measure",), {"count", "mean", "median", "published"}),
}


@dataclass
class Entries:
    """models, measures, metrics: entries of one file. variables, indicators, labels: of all files."""

    file: str
    text: str
    models: list[dict[str, Any]]
    measures: list[dict[str, Any]]
    metrics: list[dict[str, Any]]
    variables: set[str]
    indicators: set[str]
    labels: dict[str, set[str]]

    def wrong(self, entry: dict[str, Any], rule: str, message: str, expected: str) -> Finding:
        """A finding at the line where the entry gives its name."""
        name = str(entry.get("name"))
        place = re.search(rf"\bname:\s*['\"]?{re.escape(name)}['\"]?\s*[,}}#\n]", self.text)
        line = self.text.count("\n", 0, place.start()) + 1 if place else None
        return wrong(self.file, rule, f"{name!r}: {message}", expected, line)


def check_entries(entries: Entries) -> Iterator[Finding]:
    """Everything that is wrong with the variables and the indicators of one file."""
    for measure in entries.measures:
        yield from _variable(entries, measure)
    for metric in entries.metrics:
        yield from _indicator(entries, metric)
    for entry in [*entries.models, *entries.measures, *entries.metrics]:
        if not NAME.fullmatch(str(entry.get("name"))):
            yield entries.wrong(entry, "metrics_name", "is no name.", "lower case letters, digits and _")
    for entry in [*entries.measures, *entries.metrics]:
        label, name = str(entry.get("label") or ""), str(entry.get("name"))
        if not label:
            yield entries.wrong(entry, "metrics_key", "label is missing.", "its German name")
        elif others := sorted(entries.labels.get(label, set()) - {name}):
            text = f"label {label!r} is already that of {others[0]!r}."
            yield entries.wrong(entry, "label_taken", text, "a label that no variable and no indicator has")


def meta_of(entry: dict[str, Any]) -> dict[str, Any]:
    """What stands under config.meta."""
    config = entry.get("config")
    meta = config.get("meta") if isinstance(config, dict) else None
    return meta if isinstance(meta, dict) else {}


def _missing(entries: Entries, entry: dict[str, Any], keys: tuple[str, ...]) -> Iterator[Finding]:
    for key in keys:
        if meta_of(entry).get(key) in (None, ""):
            text = f"config.meta.{key} is missing."
            yield entries.wrong(entry, "metrics_key", text, "as in section 6 of 'Your own city'")


def _variable(entries: Entries, measure: dict[str, Any]) -> Iterator[Finding]:
    name = str(measure.get("name"))
    wanted = {"expr": f"case when variable_id = '{name}' then metric_value end", "agg": "sum"}
    for key, value in wanted.items():
        if measure.get(key) != value:
            yield entries.wrong(measure, "metrics_key", f"{key} is {measure.get(key)!r}.", value)
    is_part = any(name in _named_parts(metric, "ratio") for metric in entries.metrics)
    if is_part and name not in entries.indicators and measure.get("create_metric") is not True:
        text = "create_metric is missing, and an indicator counts this variable."
        yield entries.wrong(measure, "metrics_key", text, "create_metric: true")
    if name in entries.indicators and measure.get("create_metric"):
        text = "create_metric is true, and an indicator has the same name."
        yield entries.wrong(measure, "metrics_key", text, "another name for the indicator")
    yield from _missing(entries, measure, VARIABLE_META)


def _named_parts(metric: dict[str, Any], shape: str) -> set[str]:
    """The variables that a metric of this shape names; none where it has another shape."""
    params = metric.get("type_params")
    if metric.get("type") != shape or not isinstance(params, dict):
        return set()
    return {str(params.get(key)) for key in SHAPES[shape][0]}


def _indicator(entries: Entries, metric: dict[str, Any]) -> Iterator[Finding]:
    yield from _missing(entries, metric, INDICATOR_META)
    if not metric.get("description"):
        yield entries.wrong(metric, "metrics_key", "description is missing.", "its definition in German")
    meta = meta_of(metric)
    for key, words in WORDS.items():
        if (key in meta or key not in MAY_BE_ABSENT) and str(meta.get(key)) not in words:
            text = f"config.meta.{key} is {meta.get(key)!r}."
            yield entries.wrong(metric, "metrics_word", text, f"one of {', '.join(words)}")
    shape = SHAPES.get(str(metric.get("type")))
    if shape is None:
        text = f"type is {metric.get('type')!r}."
        yield entries.wrong(metric, "metrics_word", text, f"one of {', '.join(SHAPES)}")
        return
    keys, statistics = shape
    if str(meta.get("statistic")) in set(WORDS["statistic"]) - statistics:
        text = f"statistic {meta['statistic']} does not fit type {metric['type']}."
        expected = (
            f"{', '.join(sorted(statistics))}; numerator and denominator make a ratio, one variable is simple"
        )
        yield entries.wrong(metric, "metrics_word", text, expected)
    yield from _parts(entries, metric, keys)


def _parts(entries: Entries, metric: dict[str, Any], keys: tuple[str, ...]) -> Iterator[Finding]:
    params = metric.get("type_params")
    for key in keys:
        part = params.get(key) if isinstance(params, dict) else None
        if part not in entries.variables:
            text = f"type_params.{key} is {part!r}, which is no variable."
            expected = "a measure of this folder or of the standard catalogue"
            yield entries.wrong(metric, "unknown_variable", text, expected)
