"""What a cell of a number column means."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.extracts.signs import NumberRule, plain_text, read_number, scaled


def rule(**changes: object) -> NumberRule:
    values: dict[str, object] = {
        "decimal": ",",
        "thousands": ".",
        "official": True,
        "extra_signs": {"*": "suppressed_source"},
        "integral": False,
        "may_be_negative": True,
        "empty_refused": False,
    }
    return NumberRule(**{**values, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "value", "status", "flags"),
    [
        ("-", "0", "ok", ()),
        ("–", "0", "ok", ()),
        ("—", "0", "ok", ()),
        ("−", "0", "ok", ()),
        ("0", "0", "ok", ()),
        (".", "", "suppressed_source", ()),
        ("*", "", "suppressed_source", ()),
        ("...", "", "pending", ()),
        ("…", "", "pending", ()),
        ("x", "", "not_applicable", ()),
        ("X", "", "not_applicable", ()),
        ("/", "", "not_available", ("limited_reliability",)),
        ("", "", "not_available", ()),
        ("(3,2)", "3.2", "ok", ("limited_reliability",)),
        ("12p", "12", "ok", ("provisional",)),
        ("12 r", "12", "ok", ("revised",)),
        ("12s", "12", "ok", ("estimated",)),
        ("(12)p", "12", "ok", ("limited_reliability", "provisional")),
        ("−3", "-3", "ok", ()),
        ("–3,5", "-3.5", "ok", ()),
        ("5,6", "5.6", "ok", ()),
        ("1.234", "1234", "ok", ()),
        ("1.234.567,80", "1234567.8", "ok", ()),
        ("007", "7", "ok", ()),
    ],
)
def test_sign_or_number_is_read_as_official_statistics_mean_it(
    text: str, value: str, status: str, flags: tuple[str, ...]
) -> None:
    reading = read_number(text, rule())
    assert reading.problem is None
    assert (reading.text, reading.status, reading.flags) == (value, status, flags)


@pytest.mark.parametrize("blank", [" ", "\u00a0", "\u202f"])
def test_any_blank_is_a_thousands_sign_when_blank_is_declared(blank: str) -> None:
    assert read_number(f"1{blank}234", rule(thousands=" ")).text == "1234"


def test_apostrophe_is_a_thousands_sign_when_declared() -> None:
    assert read_number("1'234'567", rule(decimal=".", thousands="'")).text == "1234567"


@pytest.mark.parametrize(
    "text",
    [
        "NaN",
        "Inf",
        "-inf",
        "1e999",
        "5.315E+06",
        "-0",
        "1" * 19,
        "100000000000000000000",
        "12a",
        "1,2,3",
        "1.23",
        "123 1)",
        "123*",
        "12 34",
        "5,",
        "١٢",
        "--3",
        "()p",
    ],
)
def test_text_that_is_no_plain_number_is_refused(text: str) -> None:
    reading = read_number(text, rule())
    assert reading.problem is not None
    assert reading.text == ""


def test_dot_number_in_a_comma_file_is_refused_and_says_so() -> None:
    reading = read_number("5.6", rule(thousands=""))
    assert reading.problem is not None
    assert "decimal sign '.'" in reading.problem


def test_count_takes_trailing_zero_but_no_fraction_and_no_minus() -> None:
    count = rule(decimal=".", thousands="", integral=True, may_be_negative=False)
    assert read_number("1023101.0", count).text == "1023101"
    assert "not a whole number" in (read_number("3.5", count).problem or "")
    assert "negative" in (read_number("-3", count).problem or "")


def test_official_signs_mean_nothing_where_the_contract_says_none() -> None:
    assert read_number("-", rule(official=False)).problem is not None
    assert read_number("x", rule(official=False)).problem is not None


@given(
    st.decimals(min_value=Decimal("-1e15"), max_value=Decimal("1e15"), places=4),
    st.sampled_from([(",", "."), (".", ","), (",", " "), (".", "'"), (",", "")]),
)
def test_number_written_in_a_declared_locale_is_read_exactly(
    number: Decimal, locale: tuple[str, str]
) -> None:
    decimal, thousands = locale
    written = f"{number:,.4f}".replace(",", "T").replace(".", decimal).replace("T", thousands)
    reading = read_number(written, rule(decimal=decimal, thousands=thousands))
    assert reading.problem is None
    assert Decimal(reading.text) == number


@given(st.integers(-(10**15), 10**15), st.sampled_from(["1", "0.01", "1000", "0.001"]))
def test_factor_is_applied_exactly(number: int, factor: str) -> None:
    assert Decimal(scaled(str(number), Decimal(factor))) == number * Decimal(factor)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20))
def test_plain_text_never_has_an_exponent_and_keeps_the_value(number: Decimal) -> None:
    text = plain_text(number)
    assert "E" not in text.upper()
    assert Decimal(text) == number
