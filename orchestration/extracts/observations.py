"""From the wide table of a delivery to one row per observation.

Lives here: the mapping of cells to variables and breakdowns. Must not live here: sums over observations
(totals.py) and reading of numbers (signs.py).
"""

from __future__ import annotations

import difflib
from decimal import Decimal

import numpy as np
import pandas as pd

from orchestration.extracts.contract import BreakdownFrom, Contract, ObservationCells
from orchestration.extracts.signs import scaled
from orchestration.extracts.table import LINE, REPEATED_FINDINGS, Complaints, Table
from orchestration.extracts.values import Readings

COLUMNS = [
    "row_number",
    "column_name",
    "variable_id",
    "level",
    "area_code",
    "area_id",
    "period_id",
    "breakdown_id",
    "value_text",
    "value_status",
    "value_flags",
]
KEY = ["variable_id", "area_id", "period_id", "breakdown_id"]


def observations(
    table: Table,
    contract: Contract,
    readings: dict[str, Readings],
    places: pd.DataFrame,
    complaints: Complaints,
) -> pd.DataFrame:
    """One row per observation, columns as COLUMNS, in file order.

    places: level, area_code and period_id of every row, "" where unknown. Rows without a place and cells
    that could not be read are left out; both have been reported.
    """
    place = {name: places[name].to_numpy(dtype=object) for name in ("level", "area_code", "period_id")}
    place["area_id"] = place["level"] + "-" + place["area_code"]
    parts = [_cells(table, contract, cells, readings, place, complaints) for cells in contract.observations]
    found = [part for part in parts if part is not None]
    if not found:
        return pd.DataFrame({name: pd.Series(dtype="object") for name in COLUMNS})
    joined = {name: np.concatenate([part[name] for part in found]) for name in COLUMNS}
    everything = pd.DataFrame(
        {name: pd.Series(values, dtype=values.dtype) for name, values in joined.items()}
    )
    _complain_doubled(everything, complaints)
    return everything.sort_values("row_number", kind="stable", ignore_index=True)


def _cells(
    table: Table,
    contract: Contract,
    cells: ObservationCells,
    readings: dict[str, Readings],
    place: dict[str, np.ndarray],
    complaints: Complaints,
) -> dict[str, np.ndarray] | None:
    """The observations of one mapping; None when a column it needs was not delivered."""
    needed = {cells.column, *cells.where, *cells.not_applicable_where}
    needed |= {cells.breakdown_from.column} if cells.breakdown_from else set()
    if not needed <= set(table.frame.columns) or cells.column not in readings:
        if cells.column in table.frame.columns and contract.column_by_name[cells.column].type in {
            "text",
            "code",
            "date",
        }:
            complaints.add(
                "not_a_number_column",
                "the contract makes values of it.",
                "type count, decimal or percent",
                column=cells.column,
            )
        return None
    chosen = _chosen(table, cells, place["level"], complaints)
    category = _categories(table, cells.breakdown_from, chosen, complaints)
    read = readings[cells.column]
    usable = chosen & ~read.wrong & (category != "?")
    usable &= (place["area_code"] != "") & (place["period_id"] != "")
    at = np.flatnonzero(usable)
    marked = _marked(table, cells)[at]
    status = np.where(marked, "not_applicable", read.status[at])
    return {name: values[at] for name, values in place.items()} | {
        "row_number": table.frame[LINE].to_numpy()[at],
        "column_name": np.full(len(at), cells.column, dtype=object),
        "variable_id": np.full(len(at), cells.variable, dtype=object),
        "breakdown_id": _breakdown_ids(cells, category[at]),
        "value_text": np.where(marked, "", _scaled(read.text[at], cells.factor)),
        "value_status": status,
        "value_flags": np.where(marked, "", _flags(read.flags[at], cells.estimated, status)),
    }


def _marked(table: Table, cells: ObservationCells) -> np.ndarray:
    """Rows whose cells are no values, because another column says so."""
    marked = np.full(len(table.frame), bool(cells.not_applicable_where))
    for name, value in cells.not_applicable_where.items():
        marked &= table.texts(name) == value
    return marked


def _chosen(table: Table, cells: ObservationCells, levels: np.ndarray, complaints: Complaints) -> np.ndarray:
    """Which rows a mapping reads; none at all is an error."""
    chosen = np.ones(len(table.frame), dtype=bool)
    conditions = [f"{name} = {value!r}" for name, value in cells.where.items()]
    for name, value in cells.where.items():
        chosen &= table.texts(name) == value
    if cells.level is not None:
        conditions.append(f"an area of level {cells.level!r}")
        chosen &= levels == cells.level
    if not chosen.any() and len(table.frame):
        spoken = " and ".join(conditions)
        complaints.add(
            "no_matching_rows",
            f"no row has {spoken}, so {cells.variable!r} is not delivered.",
            "rows for every mapping of the contract; was a category renamed?",
            column=next(iter(cells.where), cells.column),
        )
    return chosen


def _scaled(texts: np.ndarray, factor: Decimal) -> np.ndarray:
    if factor == 1:
        return texts
    return np.array([scaled(text, factor) if text else "" for text in texts.tolist()], dtype=object)


def _categories(
    table: Table, source: BreakdownFrom | None, chosen: np.ndarray, complaints: Complaints
) -> np.ndarray:
    """The category id of each row: "" for the total, "?" where the delivered category is unknown."""
    if source is None:
        return np.full(len(table.frame), "", dtype=object)
    known = {" ".join(key.split()): value for key, value in source.categories.items()}
    codes, unique = pd.factorize(table.frame[source.column])
    spellings = [" ".join(str(text).split()) for text in unique]
    found = np.array([known.get(text, "?") for text in spellings] or [""], dtype=object)
    category = found[codes]
    category[category == "total"] = ""
    lines = table.frame[LINE].to_numpy()
    for at in np.flatnonzero(chosen & (category == "?")):
        text = spellings[codes[at]]
        near = difflib.get_close_matches(text, list(known), n=1)
        complaints.add(
            "unknown_category",
            f"{text!r} is no category of {source.dimension!r}.",
            f"one of {', '.join(map(repr, known))}" + (f"; the nearest is {near[0]!r}" if near else ""),
            line=int(lines[at]),
            column=source.column,
        )
    return category


def _breakdown_ids(cells: ObservationCells, category: np.ndarray) -> np.ndarray:
    """`total`, or `dimension=category` joined by | in alphabetical order."""
    made: dict[str, str] = {}
    for value in set(category.tolist()):
        parts = dict(cells.breakdown)
        if cells.breakdown_from is not None and value:
            parts[cells.breakdown_from.dimension] = value
        made[value] = "|".join(f"{name}={parts[name]}" for name in sorted(parts)) or "total"
    return np.array([made[value] for value in category.tolist()], dtype=object)


def _flags(flags: np.ndarray, estimated: bool, status: np.ndarray) -> np.ndarray:
    if not estimated:
        return flags
    joined = [
        "|".join(sorted({*text.split("|"), "estimated"} - {""})) if state == "ok" else text
        for text, state in zip(flags.tolist(), status.tolist(), strict=True)
    ]
    return np.array(joined, dtype=object)


def _complain_doubled(everything: pd.DataFrame, complaints: Complaints) -> None:
    """Two lines that deliver the same observation; a pair of lines is reported once, whatever it repeats."""
    doubled = everything[everything.duplicated(KEY, keep=False)]
    if complaints.count("duplicate_key") > REPEATED_FINDINGS:
        return  # enough are listed, and most would be the same lines again
    reported = complaints.lines("duplicate_key")
    for values, members in doubled.groupby(KEY, sort=False):
        lines = members["row_number"].tolist()
        first = int(min(lines))
        for line, column in list(zip(lines, members["column_name"], strict=True))[1:]:
            if int(line) in reported:
                continue
            reported.add(int(line))
            variable, area, period, breakdown = values
            complaints.add(
                "duplicate_key",
                f"{variable} of {area} in {period} ({breakdown}) stands in lines {first} and {int(line)}.",
                "each observation once; keep the right line",
                line=int(line),
                column=str(column),
            )
