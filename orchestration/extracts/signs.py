"""Number text of German official statistics: the signs that stand for no number, and the numbers.

Lives here: what one cell of a number column means. Must not live here: findings, tables, files. Signs after
the joint sign list of the German statistical offices: zero, secret, missing and not applicable are four
different things.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import NamedTuple

from orchestration.extracts.contract import Column, Contract, ValueStatus

MAX_INTEGER_DIGITS = 18  # more digits than any count of a city; also the exact range of BIGINT
MAX_FRACTION_DIGITS = 20
EXACT = Context(prec=80)
DASHES = (
    "-\u2010\u2011\u2012\u2013\u2014\u2212"  # hyphens, dashes, minus: all stand for "-" in delivered tables
)
BLANKS = " \u00a0\u2007\u2009\u202f"
APOSTROPHES = "'\u2019"

NUMBER_TYPES = frozenset({"count", "decimal", "percent", "year", "longitude", "latitude"})
OFFICIAL: dict[str, tuple[ValueStatus, str | None]] = {
    ".": ("suppressed_source", None),
    "\u00b7": ("suppressed_source", None),
    "\u2022": ("suppressed_source", None),
    "...": ("pending", None),
    "\u2026": ("pending", None),
    "x": ("not_applicable", None),
    "X": ("not_applicable", None),
    "/": ("not_available", "limited_reliability"),
    "()": ("not_available", "limited_reliability"),
}
SUFFIXES = {"p": "provisional", "r": "revised", "s": "estimated"}
_SUFFIXED = re.compile(rf"(.*[0-9)])[{BLANKS}]*([prs]{{1,3}})")
_BRACKETED = re.compile(rf"\([{BLANKS}]*(.+?)[{BLANKS}]*\)")
_NOT_FINITE = re.compile(r"[+-]?(nan|inf|infinity)", re.IGNORECASE)
_EXPONENT = re.compile(r"[+-]?[0-9.,]+[eE][+-]?[0-9]+")


class Reading(NamedTuple):
    """What a cell says: plain decimal text when ok, else why not; problem and expected when it is wrong."""

    text: str = ""
    status: ValueStatus = "ok"
    flags: tuple[str, ...] = ()
    problem: str | None = None
    expected: str = ""


@dataclass(frozen=True)
class NumberRule:
    """How numbers of one column are written and which are possible."""

    decimal: str
    thousands: str
    official: bool
    extra_signs: Mapping[str, ValueStatus]
    integral: bool
    may_be_negative: bool
    empty_refused: bool

    @classmethod
    def of(cls, contract: Contract, column: Column) -> NumberRule:
        """The rule of one column of a contract; a sheet or JSON number has been written in its locale."""
        return cls(
            decimal=contract.file.decimal,
            thousands=contract.file.thousands,
            official=contract.signs == "official",
            extra_signs=contract.extra_signs,
            integral=column.type == "year" or (column.type == "count" and not column.estimate),
            may_be_negative=column.type not in {"count", "year"},
            empty_refused=column.empty == "refuse",
        )

    def describe(self) -> str:
        """How a number should look, for the person who repairs the file."""
        kind = "a whole number" if self.integral else "a number"
        sign = "" if self.may_be_negative else " that is not negative"
        thousands = f"thousands sign {self.thousands!r}" if self.thousands else "no thousands sign"
        return f"{kind}{sign}, decimal sign {self.decimal!r}, {thousands}"


def read_number(raw: str, rule: NumberRule) -> Reading:
    """Read one cell.

    raw: the delivered text. Result: the number as plain decimal text ("1234.5"), or the status that the sign
    stands for, and flags; `problem` says in words why the text is neither.
    """
    text = raw.strip()
    if text in rule.extra_signs:
        return Reading(status=rule.extra_signs[text])
    if text.isdigit() and text.isascii() and len(text) <= MAX_INTEGER_DIGITS:
        return Reading(text=text.lstrip("0") or "0")  # most cells of most tables
    if not text:
        if rule.empty_refused:
            return Reading(problem="the cell is empty.", expected=rule.describe())
        return Reading(status="not_available")
    if not rule.official:
        return _plain(text, rule, ())
    if text in OFFICIAL:
        status, flag = OFFICIAL[text]
        return Reading(status=status, flags=(flag,) if flag else ())
    if len(text) == 1 and text in DASHES:
        return Reading(text="0")
    flags: list[str] = []
    suffixed = _SUFFIXED.fullmatch(text)
    if suffixed:
        text = suffixed.group(1)
        flags.extend(SUFFIXES[letter] for letter in suffixed.group(2))
    bracketed = _BRACKETED.fullmatch(text)
    if bracketed:
        text = bracketed.group(1)
        flags.append("limited_reliability")
    return _plain(text, rule, tuple(sorted(set(flags))))


def _plain(text: str, rule: NumberRule, flags: tuple[str, ...]) -> Reading:
    """A number without signs around it."""
    parts = _parts(text, rule.decimal, rule.thousands)
    if parts is None:
        return Reading(problem=_why_not(text, rule), expected=rule.describe())
    negative, integer, fraction = parts
    if len(integer) > MAX_INTEGER_DIGITS or len(fraction) > MAX_FRACTION_DIGITS:
        return Reading(problem=f"{text!r} has too many digits to be a value.", expected=rule.describe())
    zero = not integer and not fraction
    if negative and zero and text[1:] == "0":
        return Reading(problem=f"{text!r} is no number of official statistics.", expected=rule.describe())
    if negative and not zero and not rule.may_be_negative:
        return Reading(problem=f"{text!r} is negative.", expected=rule.describe())
    if rule.integral and fraction:
        return Reading(problem=f"{text!r} is not a whole number.", expected=rule.describe())
    sign = "-" if negative and not zero else ""
    return Reading(text=sign + (integer or "0") + (f".{fraction}" if fraction else ""), flags=flags)


def _parts(text: str, decimal: str, thousands: str) -> tuple[bool, str, str] | None:
    """(negative, integer digits without leading zeros, fraction without trailing zeros), or None."""
    negative = text[:1] in DASHES and len(text) > 1
    body = text[1:].lstrip(BLANKS) if negative else text.removeprefix("+")
    integer, dot, fraction = body.partition(decimal)
    if dot and not fraction:
        return None
    digits = _ungrouped(integer, thousands)
    if not digits or not (digits.isascii() and digits.isdigit()):
        return None
    if fraction and not (fraction.isascii() and fraction.isdigit()):
        return None
    return negative, digits.lstrip("0"), fraction.rstrip("0")


def _ungrouped(integer: str, thousands: str) -> str:
    """The digits without thousands signs; "" when the groups are not groups of three."""
    if not thousands or integer.isdigit():
        return integer
    alike = BLANKS if thousands in BLANKS else APOSTROPHES if thousands in APOSTROPHES else thousands
    if re.fullmatch(rf"[0-9]{{1,3}}(?:[{re.escape(alike)}][0-9]{{3}})+", integer) is None:
        return ""
    return re.sub(rf"[{re.escape(alike)}]", "", integer)


def _why_not(text: str, rule: NumberRule) -> str:
    """The most likely reason why a text is not a number."""
    shown = text if len(text) <= 60 else text[:57] + "..."
    if _NOT_FINITE.fullmatch(text):
        return f"{shown!r} is not a finite number."
    if _EXPONENT.fullmatch(text):
        return f"{shown!r} is written with an exponent."
    for decimal, thousands in ((",", "."), (".", ","), (",", " "), (".", "'")):
        if (decimal, thousands) != (rule.decimal, rule.thousands) and _parts(text, decimal, thousands):
            return (
                f"{shown!r} would be a number with decimal sign {decimal!r} and thousands sign {thousands!r}."
            )
    if re.fullmatch(r"[0-9][0-9.,]*\s*(\*+|[0-9a-z]\)|[\u00b9\u00b2\u00b3])", text):
        return f"{shown!r} carries a footnote mark."
    return f"{shown!r} is not a number."


def scaled(text: str, factor: Decimal) -> str:
    """Plain decimal text times an exact factor, again as plain decimal text without trailing zeros."""
    if factor == 1:
        return text
    return plain_text(EXACT.multiply(Decimal(text), factor))


def plain_text(number: Decimal) -> str:
    """A decimal as text without exponent and without trailing zeros."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def localised(plain: str, decimal: str) -> str:
    """A machine-written number (sheet, JSON) in the file's declared decimal sign; exponents stay visible."""
    return plain.replace(".", decimal, 1)
