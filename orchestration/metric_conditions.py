"""What a question to the metrics layer may filter and group by, and what is said when it may not.

Lives here: the grammar of --where and its translation. Must not live here: answering (metric_queries.py).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

GROUPINGS = {"area": "area", "year": "metric_time__year"}
GRAINS = ("year", "quarter", "month")
Condition = tuple[str, str, list[str]]  # name, operator, values
CONDITION = re.compile(
    r"\s*(?P<name>\w+)\s*(?P<operator>=|!=|<=|>=|<|>|\bin\b)\s*(?P<value>\([^)]*\)|'[^']*'|[\w.-]+)\s*",
    re.IGNORECASE,
)


class WrongQuery(ValueError):
    """The question cannot be asked like this; the text says why and what to ask instead (exit code 2)."""


def suggest(what: str, value: str, known: Iterable[str], hint: str) -> WrongQuery:
    """Unknown `value`, with the nearest of the known ones; hint: a sentence on how to find the right one."""
    names = sorted(known)
    near = (
        difflib.get_close_matches(value, names, n=3, cutoff=0.5)
        or [n for n in names if value.lower() in n][:3]
    )
    proposal = f" Did you mean {', '.join(near)}?" if near else ""
    return WrongQuery(f"Unknown {what} {value!r}.{proposal} {hint}")


def column(connection: duckdb.DuckDBPyConnection, sql: str) -> list[str]:
    """The first column of an answer as text."""
    return [str(row[0]) for row in connection.execute(sql).fetchall()]


def read_conditions(connection: duckdb.DuckDBPyConnection, where: str | None) -> list[Condition]:
    """The conditions of --where in the order written; raises WrongQuery where one is not understood."""
    if where is None:
        return []
    parsed = []
    for part in re.split(r"\band\b", where, flags=re.IGNORECASE):
        match = CONDITION.fullmatch(part)
        if match is None or match["name"].lower() not in GROUPINGS:
            raise WrongQuery(
                f"--where {part.strip()!r} is not understood."
                " Use area or year with = != < <= > >= in, joined by and:"
                " \"year >= 2020 and area = 'stadt-0'\"."
            )
        values = [value.strip().strip("'") for value in match["value"].strip("()").split(",")]
        if match["value"].startswith("(") != (match["operator"].lower() == "in"):
            raise WrongQuery(
                f"--where {part.strip()!r}: a list in brackets goes with `in`, one value with = or <."
            )
        parsed.append((match["name"].lower(), match["operator"].lower(), values))
    areas = set(column(connection, "select distinct area_id from sozialraum.main.dim_area"))
    for name, _, values in parsed:
        for value in values:
            if name == "area" and value not in areas:
                raise suggest("area", value, areas, "Area ids are <level>-<code>.")
            if name == "year" and not re.fullmatch(r"\d{4}", value):
                raise WrongQuery(f"--where year: {value!r} is no year of four digits.")
    return parsed


def constraints(conditions: Sequence[Condition]) -> list[str]:
    """The same conditions in MetricFlow's language."""
    found = []
    for name, operator, values in conditions:
        if name == "area":
            left, right = "{{ Entity('area') }}", [f"'{value}'" for value in values]
        else:
            left = "{{ TimeDimension('metric_time', 'year') }}"
            right = [f"cast('{value}-01-01' as timestamp)" for value in values]
        listed = f"({', '.join(right)})" if operator == "in" else right[0]
        found.append(f"{left} {operator} {listed}")
    return found
