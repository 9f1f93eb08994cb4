"""Cells against the contract's columns: number text, dates, ranges, allowed values, unique keys.

Lives here: cell-wise checks; the generic ones are a pandera schema built from the contract. Must not live
here: areas, periods, and sums over rows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from orchestration.extracts.contract import Column, Contract
from orchestration.extracts.periods import read_date
from orchestration.extracts.signs import NUMBER_TYPES, NumberRule, Reading, read_number
from orchestration.extracts.table import LINE, Complaints, Table

DEGREES = {"longitude": 180, "latitude": 90}
SHOWN = 60  # characters of a delivered value in a finding


@dataclass(frozen=True)
class Readings:
    """The cells of one number column by row: text, status, flags (joined by |), and whether it is wrong."""

    text: np.ndarray
    status: np.ndarray
    flags: np.ndarray
    wrong: np.ndarray

    def as_float(self) -> np.ndarray:
        """The numbers, NaN where there is none."""
        return np.array([float(text) if text else np.nan for text in self.text], dtype=float)


def checked_values(table: Table, contract: Contract, complaints: Complaints) -> dict[str, Readings]:
    """Check every declared column that is there and read the number columns.

    Each distinct text is read once, so that the cost follows the variety and not the number of rows.
    """
    readings: dict[str, Readings] = {}
    typed: dict[str, object] = {}
    for column in contract.columns:
        if column.name not in table.frame:
            continue
        delivered = table.frame[column.name]
        if column.type in NUMBER_TYPES:
            found = _numbers(table, delivered, NumberRule.of(contract, column), column, complaints)
            readings[column.name] = found
            typed[column.name] = found.as_float()
        else:
            if column.type == "date":
                _check_dates(table, column, complaints)
            typed[column.name] = table.texts(column.name)
    _check_schema(table, pd.DataFrame(typed, index=table.frame.index), contract, complaints)
    return readings


def _numbers(
    table: Table, delivered: pd.Series, rule: NumberRule, column: Column, complaints: Complaints
) -> Readings:
    codes, unique = pd.factorize(delivered)
    read = [read_number(text, rule) for text in unique.tolist()]
    problems = np.array([reading.problem is not None for reading in read], dtype=bool)
    wrong = problems[codes] if len(unique) else np.zeros(0, dtype=bool)
    lines = table.frame[LINE].to_numpy()
    for at in np.flatnonzero(wrong):
        reading = read[codes[at]]
        complaints.add(
            "number", reading.problem or "", reading.expected, line=int(lines[at]), column=column.name
        )
    return Readings(
        _spread([r.text for r in read], codes),
        _spread([r.status for r in read], codes),
        _spread([_joined(r) for r in read], codes),
        wrong,
    )


def _spread(values: list[str], codes: np.ndarray) -> np.ndarray:
    return np.array(values, dtype=object)[codes] if values else np.empty(0, dtype=object)


def _joined(reading: Reading) -> str:
    return "|".join(sorted(set(reading.flags)))


def _check_dates(table: Table, column: Column, complaints: Complaints) -> None:
    lines = table.frame[LINE].to_numpy()
    codes, unique = pd.factorize(table.texts(column.name))
    refused = np.array(
        [read_date(str(t)) is None if t else column.empty == "refuse" for t in unique], dtype=bool
    )
    for at in np.flatnonzero(refused[codes]) if len(unique) else ():
        complaints.add(
            "date",
            f"{str(unique[codes[at]])[:SHOWN]!r} is no date.",
            "YYYY-MM-DD or DD.MM.YYYY",
            line=int(lines[at]),
            column=column.name,
        )


def schema_of(contract: Contract, present: list[str]) -> pa.DataFrameSchema:
    """The pandera schema of a contract for the columns that are there; numbers are floats or NaN."""
    columns = {}
    for column in contract.columns:
        if column.name not in present:
            continue
        number = column.type in NUMBER_TYPES
        checks = []
        low = column.min if column.min is not None else _degrees(column, -1)
        high = column.max if column.max is not None else _degrees(column, 1)
        if number and low is not None:
            checks.append(pa.Check.ge(float(low), error=f"at least {low}"))
        if number and high is not None:
            checks.append(pa.Check.le(float(high), error=f"at most {high}"))
        if column.allowed is not None and not number:
            checks.append(
                pa.Check.isin(column.allowed, error=f"one of {', '.join(map(repr, column.allowed))}")
            )
        columns[column.name] = pa.Column(float if number else None, checks, nullable=number)
    unique = [name for name in contract.checks.unique if name in present]
    complete = unique if len(unique) == len(contract.checks.unique) else []
    return pa.DataFrameSchema(columns, unique=complete or None, report_duplicates="all")


def _degrees(column: Column, sign: int) -> int | None:
    return sign * DEGREES[column.type] if column.type in DEGREES else None


def _check_schema(table: Table, typed: pd.DataFrame, contract: Contract, complaints: Complaints) -> None:
    keys = [name for name in contract.checks.unique if name in table.frame]
    for name in keys:  # a key is compared as it was delivered, also where it is a number
        if name not in typed:
            typed[name] = table.texts(name)
    try:
        schema_of(contract, list(typed.columns)).validate(typed, lazy=True)
    except SchemaErrors as errors:
        cases = errors.failure_cases
        doubled = cases["check"].astype(str).str.startswith("multiple_fields_uniqueness")
        _complain_cases(table, cases[~doubled], complaints)
        if doubled.any():
            _complain_doubled(table, keys, complaints)


def _complain_cases(table: Table, cases: pd.DataFrame, complaints: Complaints) -> None:
    lines = table.frame[LINE]
    for case in cases.to_dict("records"):
        line = None if pd.isna(case["index"]) else int(lines.loc[case["index"]])
        name = str(case["column"])
        delivered = table.frame[name].loc[case["index"]] if line is not None else case["failure_case"]
        expected = str(case["check"])
        rule = "range" if expected.startswith("at ") else "not_allowed"
        complaints.add(rule, f"{str(delivered)[:SHOWN]!r}.", expected, line=line, column=name)


def _complain_doubled(table: Table, keys: list[str], complaints: Complaints) -> None:
    """One finding per repeated key that names the first line and each later one."""
    frame = table.frame
    stripped = pd.DataFrame({key: table.texts(key) for key in keys}, index=frame.index)
    for values, members in frame[stripped.duplicated(keep=False)].groupby(
        [stripped[key] for key in keys], sort=False
    )[LINE]:
        spoken = ", ".join(f"{key} {value!r}" for key, value in zip(keys, values, strict=True))
        first, *later = (int(line) for line in members)
        for line in later:
            complaints.add(
                "duplicate_key",
                f"the key ({spoken}) stands in lines {first} and {line}.",
                "each key once; keep the right line",
                line=line,
                column=keys[-1],
            )
