"""A read table against its contract: what it produces, and everything that is wrong with it.

Lives here: the order of the checks. Must not live here: the checks themselves, files, the ledger.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import pandas as pd

from orchestration.extracts.areas import resolved_areas
from orchestration.extracts.contract import Contract, Period
from orchestration.extracts.geography import Geography
from orchestration.extracts.observations import observations
from orchestration.extracts.offers import offers
from orchestration.extracts.outlines import outlines
from orchestration.extracts.periods import out_of_bounds, period_id, spanned
from orchestration.extracts.polygons import known_crs
from orchestration.extracts.table import LINE, Complaints, Table
from orchestration.extracts.totals import check_areas, check_row_count, check_sums
from orchestration.extracts.validity import check_validity
from orchestration.extracts.values import checked_values
from orchestration.findings import Finding


@dataclass(frozen=True)
class Landed:
    """What a delivery produces: kind names the landing folder, frame has that folder's columns as text.

    row_count: delivered data rows. reference_period: one period id, or "first..last"; None for areas.
    """

    kind: str
    frame: pd.DataFrame
    row_count: int
    reference_period: str | None


def validate(
    table: Table, contract: Contract, geography: Geography, file_name: str, today: date | None = None
) -> tuple[Landed, list[Finding]]:
    """Check a table completely and map it to what it produces.

    today: a period that begins later is impossible unless the contract says so; default the current date.
    Result: what is landed if no finding is an error, and the findings, at most 20 of one rule.
    """
    complaints = Complaints(file_name, table)
    check_row_count(len(table.frame), contract, complaints)
    _check_crs(table, contract, complaints)
    readings = checked_values(table, contract, complaints)
    reference = None
    if contract.produces == "areas":
        frame = outlines(table, contract, geography, complaints)
    elif contract.produces == "register":
        frame = _register(table)
    else:
        places = resolved_areas(table, contract, geography, complaints)
        places["period_id"] = _periods(table, contract, file_name, today or date.today(), complaints)
        check_validity(table, places, contract, geography, complaints)
        reference = spanned([period for period in places["period_id"].unique() if period])
        if contract.produces == "offers":
            frame = offers(table, contract, readings, places, geography, complaints)
        else:
            frame = observations(table, contract, readings, places, complaints)
            check_sums(frame, contract, geography, complaints)
    if contract.produces != "register" and len(table.frame):
        check_areas(frame, contract, geography, complaints)
    return Landed(contract.produces, frame, len(table.frame), reference), complaints.findings


def _check_crs(table: Table, contract: Contract, complaints: Complaints) -> None:
    """The coordinate system that the file names must be the declared one."""
    if contract.area and contract.area.point:
        declared = contract.area.point.crs
    elif contract.areas:
        declared = contract.areas.crs
    else:
        return  # no coordinate is used
    if not known_crs(declared):
        complaints.add("crs", f"the contract names {declared!r}.", "a code like EPSG:25832")
    elif table.crs is not None and table.crs != declared:
        complaints.add("crs", f"the coordinates are in {table.crs}.", f"{declared}, as the contract says")


def _periods(
    table: Table, contract: Contract, file_name: str, today: date, complaints: Complaints
) -> list[str]:
    """The period id of every row, "" where it is impossible (reported)."""
    rule = contract.period
    if rule is None:
        return [""] * len(table.frame)
    if rule.column is None:
        return [_one_period(rule, file_name, today, complaints)] * len(table.frame)
    if rule.column not in table.frame:
        return [""] * len(table.frame)
    delivered = table.frame[rule.column]
    found: dict[str, str] = {}
    for raw, line, count in table.distinct(rule.column):
        period = period_id(raw, rule.grain)
        why = f"it is no {rule.grain}" if period is None else out_of_bounds(period, rule, today)
        found[raw] = period if period is not None and why is None else ""
        if why is not None:
            rows = f" ({count} rows)" if count > 1 else ""
            complaints.add(
                "period",
                f"period {raw[:40]!r} is impossible: {why}{rows}.",
                _expected_period(rule),
                line=line,
                column=rule.column,
            )
    return [found[raw] for raw in delivered.tolist()]


def _one_period(rule: Period, file_name: str, today: date, complaints: Complaints) -> str:
    """The period that a constant or the file's name gives to all rows."""
    text = rule.constant or ""
    if rule.file_name is not None:
        match = re.search(rule.file_name, file_name)
        text = match.group(1) if match and match.groups() else ""
    period = period_id(text, rule.grain)
    why = f"it is no {rule.grain}" if period is None else out_of_bounds(period, rule, today)
    if period is None or why is not None:
        source = f"file name matching {rule.file_name!r}" if rule.file_name is not None else "constant"
        complaints.add("period", f"period {text!r} ({source}) is impossible: {why}.", _expected_period(rule))
        return ""
    return period


def _expected_period(rule: Period) -> str:
    bounds = f" from {rule.first}" if rule.first else ""
    return f"a {rule.grain}{bounds}" + (f" up to {rule.last}" if rule.last else " that has begun")


def _register(table: Table) -> pd.DataFrame:
    """Register rows stay as they are: one row per cell."""
    long = table.frame.melt(id_vars=[LINE], var_name="column_name", value_name="value_text")
    return long.rename(columns={LINE: "row_number"}).sort_values(
        "row_number", kind="stable", ignore_index=True
    )
