"""Whether the areas of a delivery are those of its periods: of which day they are, and what carries them on.

Lives here: the day whose areas count, and what is wrong where an area is not of that day. Must not live here:
how a row names its area (areas.py) and the carrying itself (dbt_project).
"""

from __future__ import annotations

from datetime import date

import pandas as pd

from orchestration.extracts.contract import Contract
from orchestration.extracts.geography import ONE_DAY, Geography, Key
from orchestration.extracts.periods import days, year_end
from orchestration.extracts.table import LINE, Complaints, Table


def counting(contract: Contract, period: str) -> tuple[date, date]:
    """The day whose areas a delivery uses for a period, and the day after it."""
    state = contract.area.area_state if contract.area else None
    day = state or year_end(period)
    return day, day + ONE_DAY


def check_validity(
    table: Table, places: pd.DataFrame, contract: Contract, geography: Geography, complaints: Complaints
) -> None:
    """Each area must be one of its period: itself, or by crosswalk where the contract names another state."""
    columns = [places[name].tolist() for name in ("level", "area_code", "period_id")]
    first_line: dict[tuple[str, str, str], int] = {}
    for *place, line in zip(*columns, table.frame[LINE].tolist(), strict=True):
        first_line.setdefault((place[0], place[1], place[2]), line)
    state = contract.area.area_state if contract.area else None
    for (level, code, period), line in first_line.items():
        if not code or not period:
            continue
        key = (level, code)
        if state is not None:
            said = _of_another_state(key, period, state, geography)
        elif not geography.is_valid(key, *days(period)):
            said = (
                "area_not_valid",
                f"{_spoken(key, geography)} does not exist in {period}.",
                "an area that is valid in the period (valid_from, valid_to in geography/areas.csv)",
            )
        elif contract.produces == "observations":
            said = _of_the_year(key, period, geography)
        else:
            continue
        if said is not None:
            complaints.add(*said, line=line, column=contract.area.column if contract.area else None)


def _spoken(key: Key, geography: Geography) -> str:
    return f"{'-'.join(key)} ({geography.name(key)})"


def _of_the_year(key: Key, period: str, geography: Geography) -> tuple[str, str, str] | None:
    """A year belongs to the areas of its last day: an area that has ended by then has no place for values."""
    day = year_end(period)
    if geography.version_on(key, day) is not None:
        return None
    return (
        "area_state",
        f"{_spoken(key, geography)} does not exist on {day}, and the areas of that day count for {period}.",
        "the areas of that day; or area.area_state in the contract, the day whose areas the file uses, "
        "and crosswalks from them in geography/crosswalks.csv",
    )


def _of_another_state(
    key: Key, period: str, state: date, geography: Geography
) -> tuple[str, str, str] | None:
    """What is wrong with an area of the state that the contract names; None where its counts have a place."""
    version, day = geography.version_on(key, state), year_end(period)
    if version is None:
        return (
            "area_not_valid",
            f"{_spoken(key, geography)} does not exist on {state}, the area_state of the contract.",
            "an area that is valid on that day (valid_from, valid_to in geography/areas.csv)",
        )
    if version.overlaps(day, day + ONE_DAY) or geography.is_carried(version, day):
        return None
    if version not in geography.crosswalks and geography.version_on(key, day) is not None:
        return None  # the workspace says that it is the same territory: same code, no crosswalk
    begins = version.valid_from or ""
    return (
        "crosswalk_missing",
        f"{_spoken(key, geography)} is an area of {state}; its values for {period} belong to the areas of "
        f"{day}, and no crosswalk leads to them.",
        f"rows {key[0]};{key[1]};{begins};... in geography/crosswalks.csv to areas that are valid on {day}, "
        "with weights that add up to 1",
    )
