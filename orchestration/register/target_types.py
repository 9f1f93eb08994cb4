"""What a row of targets.csv says by its type: which columns it fills, and from where to where it leads.

Lives here: the types of targets as the register reads them. Must not live here: findings (rules_target*.py),
and the progress itself (dbt_project/models/intermediate/int_targets__*).
"""

from __future__ import annotations

from decimal import Decimal

from orchestration.register.rows import Row

MILESTONE = "milestone"
# type -> the columns that it cannot do without
NEEDED: dict[str, tuple[str, ...]] = {
    "reach": ("target_value",),
    "maintain": (),
    "reduce_gap": ("target_value",),
    "relative_change": ("relative_change",),
    "range": ("target_lo", "target_hi"),
    MILESTONE: ("milestone_de",),
}
# type -> the columns that it may fill, too
OPTIONAL: dict[str, tuple[str, ...]] = {
    "reach": ("interim", "tolerance", "partly_from"),
    "maintain": ("target_value", "tolerance"),
    "reduce_gap": ("interim", "tolerance", "partly_from"),
    "relative_change": ("interim", "tolerance", "partly_from"),
    "range": ("interim", "tolerance", "partly_from"),
    MILESTONE: ("done_on",),
}
# Columns that belong to some types only.
TYPED = tuple(sorted({column for columns in (*NEEDED.values(), *OPTIONAL.values()) for column in columns}))
# type -> the rules of progress that say something about it: a growth rate needs values above zero that grow,
# the German rule a distance that is left.
METHODS: dict[str, tuple[str, ...]] = {
    "reach": ("linear", "cagr", "sustainability"),
    "maintain": ("linear",),
    "reduce_gap": ("linear", "sustainability"),
    "relative_change": ("linear", "cagr", "sustainability"),
    "range": ("linear",),
    MILESTONE: (),
}


def aim(row: Row) -> Decimal | None:
    """The value that a target leads to, in the unit of its baseline; None where it cannot be said.

    A range leads to its bound nearest to the baseline, which is the baseline itself within it.
    """
    kind, begin = row["target_type"], row.number("baseline_value")
    low, high, change = (row.number(column) for column in ("target_lo", "target_hi", "relative_change"))
    if kind == "relative_change":
        return None if begin is None or change is None else begin * (1 + change / 100)
    if kind == "range":
        return None if begin is None or low is None or high is None else min(max(begin, low), high)
    if kind == "maintain" and not row["target_value"]:
        return begin
    return row.number("target_value") if kind != MILESTONE else None


def interim_values(row: Row) -> list[tuple[int, Decimal]] | None:
    """(year, value) as interim names them, in its order; None where a part cannot be read."""
    found = []
    for part in row.parts("interim"):
        year, _, value = part.partition("=")
        number = Row(row.table, row.line, {"value": value}).number("value")
        if not (year.isascii() and year.isdigit() and len(year) == len("2026")) or number is None:
            return None
        found.append((int(year), number))
    return found
