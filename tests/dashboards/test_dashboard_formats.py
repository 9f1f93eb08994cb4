"""Numbers follow the language of the page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dashboards import controls, formats
from dashboards.locales import Language
from dashboards.release import Release

DE, EN = Language("de"), Language("en")


@pytest.mark.parametrize(
    ("value", "decimals", "german", "english"),
    [
        (1234.56, 1, "1.234,6", "1,234.6"),
        (0.0, 1, "0,0", "0.0"),
        (-3.25, 2, "-3,25", "-3.25"),
        (1044555, 0, "1.044.555", "1,044,555"),
        (None, 1, "–", "–"),
    ],
)
def test_numbers_use_the_signs_of_the_language(
    value: float | None, decimals: int, german: str, english: str
) -> None:
    assert (formats.number(value, decimals, DE), formats.number(value, decimals, EN)) == (german, english)


def test_percent_stands_apart_in_german_and_close_in_english(release: Release) -> None:
    indicator = controls.options(release).indicator("sgb2_quota")
    assert formats.quantity(8.44, indicator, DE) == "8,4\u00a0%"
    assert formats.quantity(8.44, indicator, EN) == "8.4%"


def test_exact_counts_are_not_rounded() -> None:
    assert formats.exact(24644.03, DE) == "24.644,03"
    assert formats.exact(12.0, DE) == "12"


def test_unknown_unit_is_shown_by_its_id(release: Release) -> None:
    indicator = replace(controls.options(release).indicator("sgb2_quota"), unit="per_bench")
    assert formats.unit_words(indicator, DE) == "per_bench"


def test_days_are_written_in_the_language_and_other_periods_stay() -> None:
    assert formats.day(date(2024, 12, 31), DE) == "31.12.2024"
    assert formats.day("2024-12-31", EN) == "31 December 2024"
    assert formats.day("2023/24", DE) == "2023/24"


@pytest.mark.parametrize("flags", ["revised|provisional", ["revised", "provisional"]])
def test_flags_are_read_as_text_or_list(flags: str | list[str]) -> None:
    assert formats.flags(flags) == ["provisional", "revised"]
    assert formats.flags(None) == []


@pytest.mark.parametrize("text", ["Einwohner*innen", "![x](http://elsewhere)", ":red[x] $a$ `b` <b>"])
def test_texts_of_the_data_are_never_markdown(text: str) -> None:
    plain = formats.plain(text)
    assert plain.replace("\\", "") == text
    for sign in "*[]()$`<>!:":
        assert plain.count(sign) == plain.count(f"\\{sign}")
