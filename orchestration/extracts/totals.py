"""What a delivery as a whole must satisfy: rows, areas per period, sums, parts not above their whole.

Lives here: the checks of the contract's section `checks` that look at more than one row. Must not live here:
checks of single cells (values.py). A missing or hidden part makes a sum "not computed", never wrong.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

import pandas as pd

from orchestration.extracts.contract import Contract, NotMoreThan, Severity, SumOfAreas, SumOfCategories
from orchestration.extracts.geography import Geography
from orchestration.extracts.observations import KEY
from orchestration.extracts.table import Complaints, plain_number
from orchestration.extracts.validity import counting

NAMED_MISSING = 10  # missing areas that are named in a finding
SLACK = 1e-9  # relative; sums of decimals are compared in double precision
Cell = tuple[str, str, str, str]  # variable, area, period, breakdown


class Value(NamedTuple):
    """One observed number with the line that delivered it; None when it is hidden or missing."""

    number: float | None
    line: int
    column: str


def check_row_count(n_rows: int, contract: Contract, complaints: Complaints) -> None:
    """The number of delivered data rows against min_rows and exact_rows."""
    checks = contract.checks
    if checks.exact_rows is not None and n_rows != checks.exact_rows:
        complaints.add(
            "row_count", f"{n_rows} data rows.", f"exactly {checks.exact_rows}; is the file complete?"
        )
    elif 0 < n_rows < checks.min_rows:
        complaints.add("row_count", f"{n_rows} data rows.", f"at least {checks.min_rows}")


def check_areas(
    landed: pd.DataFrame, contract: Contract, geography: Geography, complaints: Complaints
) -> None:
    """Every period has as many areas of each level as expected."""
    if not contract.checks.expected_areas:
        return
    n_rows = len(landed)
    period_of = landed["period_id"].tolist() if "period_id" in landed else [""] * n_rows
    found_in: dict[tuple[str, str], set[str]] = defaultdict(set)
    for period, level, code in zip(
        period_of, landed["level"].tolist(), landed["area_code"].tolist(), strict=True
    ):
        found_in[period, level].add(code)
    for period in sorted(set(period_of)):
        for level, expected in contract.checks.expected_areas.items():
            found = found_in[period, level]
            if len(found) == expected:
                continue
            valid = geography.codes(level, *counting(contract, period)) if period else geography.codes(level)
            absent = [f"{code} ({geography.name((level, code))})" for code in valid if code not in found]
            named = ", ".join(absent[:NAMED_MISSING]) + (", ..." if len(absent) > NAMED_MISSING else "")
            word = "unvollständig" if len(found) < expected else "too many"
            complaints.add(
                "expected_areas",
                f"{word} ({len(found)}/{expected}): {level} in {period or 'the delivery'}"
                + (f"; missing: {named}." if named else "."),
                f"{expected} areas of level {level!r} in each period",
            )


def check_sums(
    landed: pd.DataFrame, contract: Contract, geography: Geography, complaints: Complaints
) -> None:
    """All sum rules of the contract on the observations of the delivery."""
    checks = contract.checks
    if landed.empty or not (checks.sum_of_areas or checks.sum_of_categories or checks.not_more_than):
        return
    values = _values(landed)
    for areas in checks.sum_of_areas:
        _sum_of_areas(values, areas, contract, geography, complaints)
    for categories in checks.sum_of_categories:
        _sum_of_categories(values, categories, complaints)
    for pair in checks.not_more_than:
        _not_more_than(values, pair, complaints)


def _values(landed: pd.DataFrame) -> dict[Cell, Value]:
    columns = {name: landed[name].tolist() for name in landed.columns}
    numbers = [
        float(text) if status == "ok" else None
        for text, status in zip(columns["value_text"], columns["value_status"], strict=True)
    ]
    cells = zip(*(columns[name] for name in KEY), strict=True)
    found = map(Value, numbers, columns["row_number"], columns["column_name"])
    return dict(zip(cells, found, strict=True))


def _sum_of_areas(
    values: dict[Cell, Value],
    rule: SumOfAreas,
    contract: Contract,
    geography: Geography,
    complaints: Complaints,
) -> None:
    parts_of: dict[tuple[str, str], list[str]] = {}
    compared, skipped = 0, 0
    for (variable, area, period, breakdown), whole in values.items():
        if not area.startswith(rule.whole + "-") or rule.variable not in (None, variable):
            continue
        if (area, period) not in parts_of:
            parts_of[area, period] = _parts(area, rule, counting(contract, period), geography)
        members = [values.get((variable, part, period, breakdown)) for part in parts_of[area, period]]
        total = _total(members)
        if whole.number is None or total is None:
            skipped += 1
            continue
        compared += 1
        what = (
            f"{variable} ({breakdown}) of {area} in {period}: {rule.parts} add up to {plain_number(total)}, "
            "delivered is "
        )
        _compare(
            what, whole, total, float(rule.tolerance), rule.severity, rule.reason, "sum_of_areas", complaints
        )
    _not_computed("sum_of_areas", f"{rule.parts} = {rule.whole}", compared, skipped, complaints)


def _parts(area: str, rule: SumOfAreas, on: tuple[date, date], geography: Geography) -> list[str]:
    """The areas of the lower level that lie in `area` on a day."""
    level, code = area.split("-", 1)
    start, end = on
    return [
        f"{rule.parts}-{part}"
        for part in geography.codes(rule.parts, start, end)
        if geography.ancestor((rule.parts, part), level, start, end) == (level, code)
    ]


def _sum_of_categories(values: dict[Cell, Value], rule: SumOfCategories, complaints: Complaints) -> None:
    categories: set[str] = set()
    groups: dict[tuple[str, str, str], dict[str, Value]] = defaultdict(dict)
    known: dict[str, tuple[str, str]] = {}
    for (variable, area, period, breakdown), value in values.items():
        if variable != rule.variable or breakdown == "total":
            continue
        if breakdown not in known:
            known[breakdown] = _split(breakdown, rule.dimension)
        category, rest = known[breakdown]
        if category:
            categories.add(category)
            groups[area, period, rest][category] = value
    compared, skipped = 0, 0
    for (area, period, rest), members in groups.items():
        whole = values.get((rule.variable, area, period, rest))
        total = _total(members.get(category) for category in categories)
        if whole is None or whole.number is None or total is None:
            skipped += 1
            continue
        compared += 1
        what = (
            f"{rule.variable} ({rest}) of {area} in {period}: categories of {rule.dimension!r} add up to "
            f"{plain_number(total)}, delivered is "
        )
        _compare(
            what,
            whole,
            total,
            float(rule.tolerance),
            rule.severity,
            rule.reason,
            "sum_of_categories",
            complaints,
        )
    _not_computed("sum_of_categories", f"{rule.dimension} of {rule.variable}", compared, skipped, complaints)


def _split(breakdown: str, dimension: str) -> tuple[str, str]:
    """(category of the dimension, breakdown without it); the category is "" when it has no such dimension."""
    parts = dict(part.split("=", 1) for part in breakdown.split("|"))
    category = parts.pop(dimension, "")
    return category, "|".join(f"{name}={parts[name]}" for name in sorted(parts)) or "total"


def _not_more_than(values: dict[Cell, Value], rule: NotMoreThan, complaints: Complaints) -> None:
    for (variable, area, period, breakdown), part in values.items():
        if variable != rule.part or part.number is None:
            continue
        whole = values.get((rule.whole, area, period, breakdown))
        if whole is None or whole.number is None or part.number <= whole.number:
            continue
        complaints.add(
            "not_more_than",
            f"{rule.part} ({plain_number(part.number)}) of {area} in {period} ({breakdown}) exceeds "
            f"{rule.whole} ({plain_number(whole.number)}, line {whole.line}).",
            f"{rule.part} is part of {rule.whole}",
            line=part.line,
            column=part.column,
        )


def _total(members: Iterable[Value | None]) -> float | None:
    """The sum, None when a part is missing or hidden or there are no parts."""
    numbers = [None if member is None else member.number for member in members]
    if not numbers or any(number is None for number in numbers):
        return None
    return math.fsum(number for number in numbers if number is not None)


def _compare(
    what: str,
    whole: Value,
    total: float,
    tolerance: float,
    severity: Severity,
    reason: str | None,
    rule: str,
    complaints: Complaints,
) -> None:
    delivered = whole.number or 0.0
    difference = delivered - total
    if abs(difference) <= tolerance + SLACK * max(1.0, abs(delivered)):
        return
    complaints.add(
        rule,
        f"{what}{plain_number(delivered)} (difference {plain_number(difference, signed=True)}).",
        f"a difference of at most {plain_number(tolerance)}" + (f" ({reason})" if reason else ""),
        line=whole.line,
        column=whole.column,
        severity=severity,
    )


def _not_computed(rule: str, what: str, compared: int, skipped: int, complaints: Complaints) -> None:
    if skipped:
        complaints.add(
            f"{rule}_not_computed",
            f"{what}: {skipped} of {compared + skipped} sums not computed: "
            "a part or the total is missing or hidden.",
            severity="info",
        )
