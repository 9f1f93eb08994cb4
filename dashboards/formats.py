"""Numbers, units and dates in the language of the page.

Lives here: how a published number is written, nothing else. Formatting is not arithmetic: a number goes in as
published and comes out as text. Must not live here: sentences (wording.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from dashboards.locales import Language
from dashboards.records import Indicator, Value

LOCALES = {"de": "de_DE", "en": "en_GB"}
NO_VALUE = "–"
NARROW = "\u00a0"  # keeps number and unit on one line

# Unit id -> (suffix written behind each number, words for headings and axes). The words are message ids.
UNITS: dict[str, tuple[str, str]] = {
    "percent": ("%", "percent"),
    "percentage_points": ("", "percentage points"),
    "per_100": ("", "per 100"),
    "per_1000": ("", "per 1,000"),
    "per_10000": ("", "per 10,000"),
    "per_100000": ("", "per 100,000"),
    "per_ha": ("", "per hectare"),
    "persons": ("", "persons"),
    "households": ("", "households"),
    "dwellings": ("", "dwellings"),
    "cases": ("", "cases"),
    "offers": ("", "offers"),
    "vehicles": ("", "vehicles"),
    "fte": ("", "full-time equivalents"),
    "ha": ("ha", "hectares"),
    "sqm": ("m²", "square metres"),
    "sqm_per_child": ("m²", "square metres per child"),
    "sqm_per_person": ("m²", "square metres per person"),
    "eur_per_sqm": ("€/m²", "euros per square metre"),
    "ug_m3": ("µg/m³", "micrograms per cubic metre"),
}

# For Vega's own labels (axes, legends): the same signs as format_decimal.
VEGA_LOCALES: dict[str, dict[str, object]] = {
    "de": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " €"]},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["€", ""]},
}


def number(value: float | int | None, decimals: int, language: Language) -> str:
    """A number with fixed decimals in the language's signs, e.g. 1.234,5; a dash where there is none."""
    if value is None:
        return NO_VALUE
    pattern = "#,##0" + ("." + "0" * decimals if decimals > 0 else "")
    return format_decimal(value, format=pattern, locale=LOCALES[language.code])


def whole(value: float | int | None, language: Language) -> str:
    """A count without decimals."""
    return number(value, 0, language)


def exact(value: float | None, language: Language) -> str:
    """A number as published, without rounding and without trailing zeros (weighted counts may have
    decimals).
    """
    if value is None:
        return NO_VALUE
    return format_decimal(value, format="#,##0.######", locale=LOCALES[language.code])


def quantity(value: float | None, indicator: Indicator, language: Language) -> str:
    """A value of an indicator with its unit sign, e.g. 8,4 %; percent stands without a space in English."""
    text = number(value, indicator.decimals, language)
    sign = UNITS.get(indicator.unit, ("", ""))[0]
    if value is None or not sign:
        return text
    return f"{text}%" if sign == "%" and language.code == "en" else f"{text}{NARROW}{sign}"


def interval(value: Value, indicator: Indicator, language: Language) -> str:
    """The 95 % interval as text, a dash where none is published."""
    if value.ci_lower is None or value.ci_upper is None:
        return NO_VALUE
    low, high = (number(v, indicator.decimals, language) for v in (value.ci_lower, value.ci_upper))
    return f"{low} – {high}"


def span(low: float | None, high: float | None, indicator: Indicator, language: Language) -> str:
    """Lower and upper limit as text, a dash where none is published."""
    if low is None or high is None:
        return NO_VALUE
    return f"{number(low, indicator.decimals, language)} – {number(high, indicator.decimals, language)}"


def signed(value: float | None, decimals: int, language: Language) -> str:
    """A difference with its sign, e.g. +1,2 or −0,8."""
    if value is None:
        return NO_VALUE
    pattern = "+#,##0" + ("." + "0" * decimals if decimals > 0 else "")
    return format_decimal(value, format=f"{pattern};−{pattern[1:]}", locale=LOCALES[language.code])


def share(value: float | None, language: Language) -> str:
    """A published ratio written as a percentage, e.g. 0.862 as 86,2 %."""
    if value is None:
        return NO_VALUE
    pattern = "#,##0.0%" if language.code == "en" else f"#,##0.0{NARROW}%"
    return format_percent(value, format=pattern, locale=LOCALES[language.code])


def unit_words(indicator: Indicator, language: Language) -> str:
    """The unit in words for headings and axes; an unknown unit is shown by its id."""
    words = UNITS.get(indicator.unit, ("", indicator.unit))[1]
    return language.text(words)


def day(value: date | datetime | str | None, language: Language) -> str:
    """A date as 31.12.2024 or 31 December 2024; other periods stay as they are."""
    if isinstance(value, str):
        try:
            return day(date.fromisoformat(value), language)
        except ValueError:
            return value
    if value is None:
        return NO_VALUE
    return format_date(
        value, format="dd.MM.yyyy" if language.code == "de" else "d MMMM yyyy", locale=LOCALES[language.code]
    )


def flags(raw: str | Iterable[str] | None) -> list[str]:
    """Flags of a value as a list, whether published as a list or joined by `|`."""
    parts = raw.split("|") if isinstance(raw, str) else list(raw or [])
    return sorted(part for part in parts if part)


def plain(text: str) -> str:
    """A text of the data as markdown shows it literally: no emphasis, links, images, formulas or
    directives.
    """
    return re.sub(r"([\\`*_{}\[\]<>()#+!|$:~])", r"\\\1", text)
