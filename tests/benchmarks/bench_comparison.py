"""Whether two implementations computed the same: every row, every column of the job.

Lives here: what has to be equal and how nearly. Must not live here: measuring.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

KEYS = ("indicator_id", "area_id", "year")
EQUAL = ("level", "value_status", "comparison", "trend", "rank", "rank_of")
CLOSE = (
    *("numerator", "denominator", "value"),
    *("ci_lower", "ci_upper", "ci_lower_998", "ci_upper_998", "benchmark_value"),
)
TOLERANCE = 1e-9  # relative
# Of the product's mart only the job; the name of the level and the year come as they are.
OF_THE_MART = "breakdown_id = 'total' and indicator_id like 'bench_share_%'"


@dataclass(frozen=True)
class Check:
    """rows: of the reference. mismatches: rows that differ or that one side lacks; example: one of them."""

    rows: int
    mismatches: int
    example: str | None

    @property
    def agrees(self) -> bool:
        return self.rows > 0 and self.mismatches == 0


def relation(result: Path) -> tuple[str, str]:
    """(statement that makes it reachable, what to select from) for a Parquet file or a database."""
    if result.suffix == ".parquet":
        return "select 1", f"read_parquet('{result}')"
    with duckdb.connect(str(result), read_only=True) as connection:
        tables = connection.execute("select table_name from information_schema.tables").fetchall()
    name = result.stem.replace("-", "_")
    table = "result" if ("result",) in tables else "fct_indicator_value"
    where = "true" if table == "result" else OF_THE_MART
    return (
        f"attach '{result}' as {name}_db (read_only)",
        f"(select * from {name}_db.main.{table} where {where})",
    )


def _differs() -> str:
    same_key = " or ".join(f"a.{column} is distinct from b.{column}" for column in EQUAL)
    apart = " or ".join(
        f"(a.{c} is null) <> (b.{c} is null)"
        f" or abs(a.{c} - b.{c}) > {TOLERANCE} * greatest(abs(a.{c}), abs(b.{c}))"
        for c in CLOSE
    )
    return f"a.{KEYS[0]} is null or b.{KEYS[0]} is null or {same_key} or {apart}"


def compare(reference: Path, other: Path) -> Check:
    """Row by row: keys and words equal, numbers within the tolerance, NULL only beside NULL."""
    connection = duckdb.connect()
    connection.execute("set threads = 2")
    selects = []
    for result in (reference, other):
        reach, selectable = relation(result)
        connection.execute(reach)
        selects.append(selectable)
    on = " and ".join(f"a.{key} = b.{key}" for key in KEYS)
    shown = ", ".join(
        f"'{column}: ' || coalesce(a.{column}::varchar, '-') || ' / ' || coalesce(b.{column}::varchar, '-')"
        for column in (*KEYS, *EQUAL, *CLOSE)
    )
    row = connection.execute(
        f"select (select count(*) from {selects[0]}), count(*) filter ({_differs()}),"
        f" min(concat_ws(', ', {shown})) filter ({_differs()})"
        f" from {selects[0]} as a full outer join {selects[1]} as b on {on}"
    ).fetchone()
    connection.close()
    assert row is not None
    return Check(int(row[0]), int(row[1]), row[2])
