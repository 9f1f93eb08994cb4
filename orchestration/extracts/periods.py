"""Reference periods: from delivered text to period ids, and their first and last day.

Lives here: the grammar of period ids and dates. Must not live here: where the text comes from.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from orchestration.extracts.contract_parts import Period

EARLIEST_YEAR = 1800  # no municipal statistics are older
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T]00:00(?::00)?)?")
_GERMAN = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


def read_date(text: str) -> date | None:
    """2024-04-03 or 3.4.2024 as a date; every other spelling is ambiguous or impossible and gives None."""
    iso, german = _ISO.fullmatch(text), _GERMAN.fullmatch(text)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if german:
            return date(int(german[3]), int(german[2]), int(german[1]))
    except ValueError:
        return None
    return None


def period_id(text: str, grain: str) -> str | None:
    """The period id ("2024", "2024-07", "2023/24", "2021..2023") for delivered text, None when it is none."""
    text = text.strip()
    day = read_date(text)
    if grain == "month":
        if day:
            return f"{day:%Y-%m}"
        month = re.fullmatch(r"(\d{4})-(\d{2})", text)
        reverse = re.fullmatch(r"(\d{1,2})[./](\d{4})", text)
        year, number = (month[1], month[2]) if month else (reverse[2], reverse[1]) if reverse else ("", "0")
        return f"{year}-{int(number):02d}" if 1 <= int(number) <= 12 and _possible(year) else None
    if grain == "school_year":
        found = re.fullmatch(r"(\d{4})/(\d{2}|\d{4})", text)
        if not found or not _possible(found[1]):
            return None
        following = str(int(found[1]) + 1)
        return f"{found[1]}/{following[2:]}" if found[2] in {following, following[2:]} else None
    if day:
        return f"{day.year}" if _possible(str(day.year)) else None
    span = re.fullmatch(r"(\d{4})\.\.(\d{4})", text)
    if span:
        return text if _possible(span[1]) and span[1] < span[2] else None
    year_only = re.fullmatch(r"(\d{4})(?:[.,]0+)?", text)
    return year_only[1] if year_only and _possible(year_only[1]) else None


def _possible(year: str) -> bool:
    return year.isdigit() and EARLIEST_YEAR <= int(year) <= 2999


def days(period: str) -> tuple[date, date]:
    """The first day of a period and the day after its last one. A school year runs from August."""
    if "/" in period:
        year = int(period[:4])
        return date(year, 8, 1), date(year + 1, 8, 1)
    if ".." in period:
        return date(int(period[:4]), 1, 1), date(int(period[-4:]) + 1, 1, 1)
    if "-" in period:
        year, month = int(period[:4]), int(period[5:])
        return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)
    return date(int(period), 1, 1), date(int(period) + 1, 1, 1)


def year_end(period: str) -> date:
    """The day whose areas count for a period: the last of its year, of a window the last of its last year."""
    return date(int(period[-4:] if ".." in period else period[:4]), 12, 31)


def is_period(text: str) -> bool:
    """Whether a text is a period id of any grain, exactly as it is stored."""
    return any(period_id(text, grain) == text for grain in ("year", "school_year", "month"))


def period_in_name(rule: Period, file_name: str) -> str | None:
    """The period that a file's name carries; None when it has none or the contract asks elsewhere."""
    match = re.search(rule.file_name, file_name) if rule.file_name is not None else None
    return period_id(match.group(1) or "", rule.grain) if match and match.groups() else None


def out_of_bounds(period: str, rule: Period, today: date) -> str | None:
    """Why a period is impossible for this contract, None when it is possible.

    Without a declared last period, a period that has not begun by `today` is impossible.
    """
    start, _ = days(period)
    if rule.first and days(rule.first)[0] > start:
        return f"it lies before {rule.first}"
    if rule.last and days(rule.last)[0] < start:
        return f"it lies after {rule.last}"
    if not rule.last and start > today:
        return "it lies in the future"
    return None


def spanned(periods: list[str]) -> str | None:
    """One text for a set of periods: "2012", or "2005..2012" for first and last."""
    ordered = sorted(set(periods), key=days)
    if not ordered:
        return None
    return ordered[0] if len(ordered) == 1 else f"{ordered[0]}..{ordered[-1]}"
