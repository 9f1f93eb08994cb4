"""Words for codes: states, comparisons, trends, flags, fields, in the language of the page.

Lives here: one word or label for one code. Must not live here: sentences (wording.py), number formats
(formats.py).
"""

from __future__ import annotations

from typing import Protocol

from dashboards import formats
from dashboards.locales import Language
from dashboards.records import Area, Indicator, Level, Mark, Summary, Value

HIGHER, LOWER, SIMILAR, NONE = "▲", "▼", "●", "×"
# (comparison, polarity) -> direction of the area against the city. Colour and word say good or bad, the
# sign says where.
SIGNS = {
    ("worse", "higher_worse"): HIGHER,
    ("better", "higher_worse"): LOWER,
    ("better", "higher_better"): HIGHER,
    ("worse", "higher_better"): LOWER,
    ("higher", "neutral"): HIGHER,
    ("lower", "neutral"): LOWER,
}
COMPARISONS = {
    "better": "more favourable than the city",
    "worse": "less favourable than the city",
    "higher": "higher than the city",
    "lower": "lower than the city",
    "similar": "not distinguishable from the city",
    "not_compared": "not compared",
}
STATUSES = {
    "ok": "published",
    "suppressed": "kept confidential",
    "suppressed_primary": "kept confidential (small number)",
    "suppressed_secondary": "kept confidential (protects another value)",
    "suppressed_source": "kept confidential by the source",
    "not_available": "not delivered",
    "pending": "will be delivered later",
    "not_applicable": "does not apply here",
    "not_comparable": "not comparable",
    "below_min_denominator": "too few persons for a figure",
}
# Which part of a ratio was not delivered, and why a value has no interval.
MISSING_PARTS = {
    "numerator": "numerator missing",
    "denominator": "denominator missing",
    "both": "numerator and denominator missing",
}
INTERVAL_REASONS = {
    "full_count": "full count",
    "modelled": "modelled value",
    "not_a_count": "not a count of cases",
    "no_variance_delivered": "the source delivers no count or variance for it",
    "proxy_denominator": "the denominator only stands in for the population concerned",
    "denominator_not_delivered": "denominator missing",
    "fractional_count": "the numerator is no whole number of cases",
    "no_value": "no value",
}
SPECIAL_POPULATIONS = {
    "shelter": "Shelters",
    "student_residence": "Halls of residence",
    "prison": "Prisons",
    "care_home": "Care homes",
    "other": "Other institutions",
}
FLAGS = {
    "estimated": "estimated",
    "provisional": "provisional",
    "revised": "revised",
    "limited_reliability": "of limited reliability",
    "published_only": "as published by the source",
}
TRENDS = {
    "increasing": ("↗", "rising"),
    "decreasing": ("↘", "falling"),
    "no_significant_change": ("→", "no significant change"),
    "cannot_be_calculated": ("", "no statement on the trend"),
}
TREND_EVALUATIONS = {"better": "favourable", "worse": "unfavourable"}
# Codes of the address.
ADDRESS = {
    "area": "Area",
    "indicator": "Indicator",
    "year": "Year",
    "level": "Level of areas",
    "compare": "Comparison",
    "service": "Type of service",
    "item": "Entry of the register",
    "lang": "Language",
    "release": "Release",
}
# Fields of a mark that its tooltip shows.
TOOLTIP = {"area": "Area", "shown": "Value", "interval": "95 % interval", "said": "Comparison"}
CONDITIONS = {
    "demography": "Population",
    "health": "Health",
    "education": "Education",
    "employment": "Employment",
    "income": "Income",
    "housing": "Housing",
    "environment": "Environment",
    "mobility": "Mobility",
    "inclusion": "Social, cultural and political inclusion",
}


def name(row: Indicator, language: Language) -> str:
    """Name of an indicator."""
    return language.pick(row.name_de, row.name_en)


def plural_of(level: Level, language: Language) -> str:
    """Name of a level's areas, e.g. Stadtteile."""
    return language.pick(level.plural_de, level.plural_en)


class OfArea(Protocol):
    """A row that carries the code and the name of its area."""

    @property
    def area_code(self) -> str: ...
    @property
    def area_name(self) -> str: ...


def area_label(area: Area | OfArea) -> str:
    """Code and name, e.g. 602 Niederwald; the city by its name alone."""
    code, label = (area.code, area.name) if isinstance(area, Area) else (area.area_code, area.area_name)
    return label if getattr(area, "is_city", False) else f"{code} {label}"


def sign(comparison: str, polarity: str, status: str = "ok") -> str:
    """The sign of an area: ▲ higher, ▼ lower, ● not distinguishable, × without a value, nothing when not
    compared.
    """
    if status != "ok":
        return NONE
    return SIMILAR if comparison == "similar" else SIGNS.get((comparison, polarity), "")


def comparison(code: str, language: Language) -> str:
    """The comparison with the city in words."""
    return language.text(COMPARISONS.get(code, code))


def status(code: str, language: Language) -> str:
    """The reason of a missing value in words."""
    return language.text(STATUSES.get(code, code))


def absence(code: str, missing_part: str | None, language: Language) -> str:
    """The reason of a missing value in words, with the part of the ratio that is missing where one is."""
    part = MISSING_PARTS.get(missing_part or "")
    return f"{status(code, language)} ({language.text(part)})" if part else status(code, language)


def interval_reason(code: str, language: Language) -> str:
    """Why a value has no interval, in words."""
    return language.text(INTERVAL_REASONS.get(code, code))


def remarks(value: Value, language: Language) -> str:
    """Flags of a value in words."""
    return ", ".join(language.text(FLAGS.get(flag, flag)) for flag in formats.flags(value.value_flags))


def trend(value: Value, indicator: Indicator, language: Language) -> str:
    """Arrow and word of a trend; judged only where the indicator has a polarity."""
    arrow, word = TRENDS.get(value.trend, ("", value.trend))
    text = f"{arrow} {language.text(word)}".strip()
    judged = TREND_EVALUATIONS.get(value.trend_evaluation or "")
    return f"{text} ({language.text(judged)})" if judged and indicator.polarity != "neutral" else text


def shown(value: Value, indicator: Indicator, language: Language) -> str:
    """The value with unit, or its reason for being absent."""
    if value.value is None:
        return absence(value.value_status, value.missing_part, language)
    return formats.quantity(value.value, indicator, language)


def mark(row: Mark, language: Language) -> str:
    """Label of a series break or context event."""
    return language.pick(row.label_de, row.label_en) or row.kind


def rows_from_to(start: int, end: int) -> str:
    """Label of one page of a table, e.g. 21–40; `start` counts from 0, `end` is the last row's number."""
    return f"{start + 1}–{end}"


def worst(summary: Summary, indicator: Indicator) -> str | None:
    """The area at the unfavourable end; none for indicators without a good or bad end."""
    ends = {"higher_worse": summary.highest_area_id, "higher_better": summary.lowest_area_id}
    return ends.get(indicator.polarity)
