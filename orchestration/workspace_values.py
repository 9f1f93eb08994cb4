"""What each cell of the workspace's tables may say: numbers, dates, periods, yes and no.

Lives here: checks that need one table only. Must not live here: what rows point at (workspace_checks.py) and
the cells of the planning register (register/).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation

from orchestration.extracts.periods import period_id
from orchestration.findings import Finding
from orchestration.workspace_files import TABLES, Tables, wrong

YEARS = re.compile(r"\d{4}(-\d{4})?(\|\d{4}(-\d{4})?)*")
GRAINS = ("year", "school_year", "month")
# table checked here -> the columns that name a row. corrections and shares have no key of their own.
KEYS = {
    "levels": ("level",),
    "areas": ("level", "code", "valid_from"),
    "shares": ("level", "code", "member_level", "member_code", "valid_from"),
    "crosswalks": ("from_level", "from_code", "from_valid_from", "to_level", "to_code", "to_valid_from"),
    "barriers": ("barrier_id", "level", "code"),
    "bridges": ("barrier_id", "name"),
    "special_populations": ("level", "code", "kind", "valid_from"),
    "indicators": ("indicator_id", "levels"),
    "disclosure_profiles": ("profile_id",),
    "disclosure_variables": ("variable_id",),
    "corrections": ("extract_id", "variable_id", "level", "code", "period_id", "breakdown_id"),
    "series_breaks": ("break_id",),
    "context_events": ("event_id",),
    "inventory_matches": ("extract_id", "offer_id", "other_extract_id", "other_offer_id"),
}
WHOLE_NUMBERS = {"levels": ("rank",), "disclosure_profiles": ("threshold", "min_denominator")}
NUMBERS = {
    "corrections": ("expected_wrong_value", "corrected_value"),
    "shares": ("share",),
    "crosswalks": ("weight",),
    "bridges": ("x_m", "y_m"),
}
BOOLEANS = {"disclosure_profiles": ("protects_complement", "hides"), "series_breaks": ("bridged",)}
FILLED = {
    "barriers": ("barrier_id", "side"),
    "bridges": ("barrier_id", "name"),
    "inventory_matches": ("offer_id", "other_offer_id", "reason", "decided_by"),
    "crosswalks": ("weight_basis",),
    "special_populations": ("note_de", "note_en"),
}
PARTS = {"shares": "share", "crosswalks": "weight"}  # above 0 and up to 1
# Who lives in an area without being its neighbourhood: words of a page, and of the contract of the mart.
SPECIAL_POPULATIONS = {"shelter", "student_residence", "prison", "care_home", "other"}
MATCHES = {"same", "different"}  # what a review says of two entries that look like one offer
PERIODS = ("corrections", "series_breaks", "context_events")
MAY_BE_EMPTY = {"threshold", "min_denominator", "bridged"}


def is_whole(text: str) -> bool:
    """True for 0, 1, 2, ..."""
    return text.isascii() and text.isdigit()


def is_number(text: str) -> bool:
    """True for a plain decimal number with a point."""
    try:
        return Decimal(text).is_finite() and "_" not in text
    except InvalidOperation:
        return False


def is_period(text: str) -> bool:
    """True for a period id: 2024, 2024-07, 2023/24, 2021..2023."""
    return any(period_id(text, grain) == text for grain in GRAINS)


def day_of(text: str) -> date | None:
    """A date written 2024-04-03, else None."""
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else None
    except ValueError:
        return None


def check_values(tables: Tables) -> list[Finding]:
    """All cells that cannot be what their column is, each with file, line and column."""
    found: list[Finding] = []
    for table in KEYS:
        found += _doubled(tables, table)
        for line, row in tables.rows(table):
            found += _wrong_cells(table, line, row)
            found += _unnamed(table, line, row)
    found += _ranks(tables)
    return found


def _doubled(tables: Tables, table: str) -> Iterator[Finding]:
    file, key = TABLES[table][0], KEYS[table]
    first: dict[tuple[str, ...], int] = {}
    for line, row in tables.rows(table):
        named = tuple(row[column] for column in key)
        if not any(named):
            yield wrong(file, "empty_key", f"{key[0]} is empty.", "a name for every row", line, key[0])
        elif named in first:
            shown = "-".join(cell for cell in named if cell)
            text = f"{shown!r} stands twice, first on line {first[named]}."
            yield wrong(file, "duplicate_key", text, f"one row per {', '.join(key)}", line)
        else:
            first[named] = line


def _wrong_cells(table: str, line: int, row: dict[str, str]) -> Iterator[Finding]:
    file = TABLES[table][0]

    def said(column: str, rule: str, expected: str) -> Finding:
        return wrong(file, rule, f"{column} is {row[column]!r}.", expected, line, column)

    def filled(columns: tuple[str, ...]) -> Iterator[str]:
        return (column for column in columns if row[column] or column not in MAY_BE_EMPTY)

    for column in filled(WHOLE_NUMBERS.get(table, ())):
        if not is_whole(row[column]):
            yield said(column, "not_an_integer", "a whole number, 0 or more")
    for column in filled(NUMBERS.get(table, ())):
        if not is_number(row[column]):
            yield said(column, "not_a_number", "a number with a decimal point, such as 12.5")
    part = PARTS.get(table)
    if part and is_number(row[part]) and not 0 < Decimal(row[part]) <= 1:
        yield said(part, "not_a_part", "above 0 and up to 1, such as 0.35")
    for column in filled(BOOLEANS.get(table, ())):
        if row[column] not in {"true", "false"}:
            yield said(column, "not_a_boolean", "true or false")
    if table in PERIODS and not is_period(row["period_id"]):
        yield said("period_id", "not_a_period", "2024, 2024-07, 2023/24 or 2021..2023")
    if table == "disclosure_profiles" and row["hides"] == "true" and row["threshold"] in {"", "0"}:
        yield said("threshold", "hides_nothing", "at least 1 where hides is true; else hides is false")
    if table == "indicators" and row["years"] and not _are_years(row["years"]):
        yield said("years", "years", "2013, 2005-2012 or 2012|2014-2016, the first year first, or nothing")
    if table == "special_populations" and row["kind"] not in SPECIAL_POPULATIONS:
        yield said("kind", "unknown_kind", ", ".join(sorted(SPECIAL_POPULATIONS)))
    if table == "inventory_matches" and row["decision"] not in MATCHES:
        yield said("decision", "unknown_decision", ", ".join(sorted(MATCHES)))
    if table == "inventory_matches" and day_of(row["decided_on"]) is None:
        yield said("decided_on", "not_a_date", "a date such as 2024-04-03")
    if "valid_from" in row:
        yield from _validity(file, line, row)


def _unnamed(table: str, line: int, row: dict[str, str]) -> Iterator[Finding]:
    for column in FILLED.get(table, ()):
        if not row[column]:
            yield wrong(TABLES[table][0], "empty_cell", f"{column} is empty.", "a name", line, column)


def _are_years(text: str) -> bool:
    if not YEARS.fullmatch(text):
        return False
    spans = [part.split("-") for part in text.split("|")]
    return all(int(span[0]) <= int(span[-1]) for span in spans)


def _validity(file: str, line: int, row: dict[str, str]) -> Iterator[Finding]:
    for column in ("valid_from", "valid_to"):
        if row[column] and day_of(row[column]) is None:
            yield wrong(
                file, "not_a_date", f"{column} is {row[column]!r}.", "a date such as 2024-04-03", line, column
            )
    begins, ends = day_of(row["valid_from"]), day_of(row["valid_to"])
    if begins and ends and ends <= begins:
        text = f"valid_to {ends} is not after valid_from {begins}."
        yield wrong(file, "validity", text, "the first day on which it is no longer valid", line, "valid_to")


def _ranks(tables: Tables) -> Iterator[Finding]:
    """Exactly one level is the city, and no two levels share a rank."""
    file = TABLES["levels"][0]
    first: dict[int, str] = {}
    for line, row in tables.rows("levels"):
        if not is_whole(row["rank"]):
            continue
        rank = int(row["rank"])
        if rank in first:
            text = f"rank {rank} of {row['level']!r} is that of {first[rank]!r}."
            expected = "another rank for each level, 0 for exactly one, the city"
            yield wrong(file, "duplicate_rank", text, expected, line, "rank")
        first.setdefault(rank, row["level"])
    if 0 not in first and tables.lines["levels"]:
        yield wrong(file, "no_city_level", "no level has rank 0.", "exactly one level with rank 0: the city")
