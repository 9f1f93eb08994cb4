"""Judges the finished file of one audience, opened read-only, before anybody else can see it.

Lives here: the promises of a published file. Must not live here: code shared with building the file;
what is asserted here is written down a second time on purpose.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.release.audit_register import register_problems
from orchestration.release.content import content_hash, opened, quoted, row_counts, tables_of
from orchestration.settings import Audience

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

REQUIRED_TABLES = frozenset(
    {
        "dim_area",
        "dim_column",
        "dim_delivery",
        "dim_indicator",
        "dim_period",
        "dim_release",
        "dim_variable",
        "dim_workspace",
        "fct_indicator_value",
        "fct_observation",
        "fct_release_change",
    }
)
# Tables that publishing fills itself or completes: their size is not that of the source.
SIZED_BY_PUBLISHING = frozenset({"dim_release", "fct_release_change", "dim_column"})
# What could be used to compute a hidden value back is hidden with it. `value` is NULL for every other
# status but ok, too; the denominator may stay, it is a figure of its own.
HIDDEN_TOGETHER = (
    "numerator",
    "ci_lower",
    "ci_upper",
    "ci_lower_998",
    "ci_upper_998",
    "rank",
    "z",
    "transformed_value",
    "contribution",
)
NEVER_PUBLIC = ("suppressed_primary", "suppressed_secondary")


@dataclass(frozen=True)
class Audited:
    """What the audit saw. problems: sentences, empty when the file keeps its promises."""

    problems: list[str]
    row_counts: dict[str, int]
    content_hash: str


def _count(connection: DuckDBPyConnection, table: str, condition: str) -> int:
    query = f"select count(*) from sozialraum.main.{quoted(table)} where {condition}"
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0


def _value_problems(
    connection: DuckDBPyConnection, table: str, columns: Mapping[str, str], audience: Audience
) -> list[str]:
    checks = {"has rows without value_status": "value_status is null"}
    if "value" in columns:
        checks["shows a value although its status is not ok"] = (
            "value is not null and value_status is distinct from 'ok'"
        )
    if columns.get("value") in {"DOUBLE", "FLOAT"}:
        checks["holds a value that is no number"] = "value is not null and not isfinite(value)"
    together = [name for name in HIDDEN_TOGETHER if name in columns]
    if together:
        shown = " or ".join(f"{quoted(name)} is not null" for name in together)
        checks["shows numerator, interval or rank of a hidden value"] = (
            f"starts_with(value_status, 'suppressed') and ({shown})"
        )
    if audience == "public":
        states = ", ".join(f"'{state}'" for state in NEVER_PUBLIC)
        checks["tells the public which hidden values are primary"] = f"value_status in ({states})"
    problems = []
    for complaint, condition in checks.items():
        n_rows = _count(connection, table, condition)
        if n_rows:
            problems.append(f"The {audience} file's {table} {complaint} ({n_rows} rows). Nothing published.")
    return problems


def _shape_problems(audience: Audience, expected: Mapping[str, int], counts: Mapping[str, int]) -> list[str]:
    problems = [
        f"The {audience} file lacks the table {table}. Every release must have it."
        for table in sorted(REQUIRED_TABLES - set(counts))
    ]
    for table, n_rows in expected.items():
        if table not in SIZED_BY_PUBLISHING and counts.get(table) != n_rows:
            problems.append(
                f"The {audience} file's {table} has {counts.get(table, 'no')} rows, its source {n_rows}."
            )
    return problems


def audit_file(path: Path, audience: Audience, expected: Mapping[str, int]) -> Audited:
    """Open the closed file as a reader would and check every promise.

    expected: table -> rows in the source, for the tables this audience gets.
    """
    with opened(path) as connection:
        tables = tables_of(connection, "sozialraum")
        counts = row_counts(connection, "sozialraum", tables)
        problems = _shape_problems(audience, expected, counts)
        for table, columns in tables.items():
            types = dict(columns)
            if "value_status" in types:
                problems += _value_problems(connection, table, types, audience)
        if audience == "public":
            problems += register_problems(connection, tables)
        return Audited(problems, counts, content_hash(connection))
