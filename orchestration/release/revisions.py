"""The revision report: which changed values matter, beyond the count of what changed.

Lives here: for each changed value whether it left the uncertainty of the old one and what it says otherwise
now, and which targets are assessed otherwise. Must not live here: what counts as a difference
(differences.py). A release of an older product version may lack columns: what they would say is NULL.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from orchestration.release.content import tables_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

TARGET_TABLE = "fct_target_attainment"
# What a value says beside its number, and the word for a change of it.
SAYINGS = {"comparison": "comparison_flips", "trend": "trend_flips"}
_KEY = ("indicator_id", "area_version_id", "period_id", "breakdown_id")


def _known(connection: DuckDBPyConnection, table: str) -> set[str]:
    """The columns that a table has in both releases."""
    both = [tables_of(connection, alias).get(table, []) for alias in ("predecessor", "target")]
    earlier, later = ({name for name, _ in columns} for columns in both)
    return earlier & later


def values_sql(connection: DuckDBPyConnection, differences: str, table: str) -> str:
    """Every differing value with what its change means.

    exceeds_interval: the value moved by more than half the width of the old 95 % interval; NULL without one.
    comparison_flips, trend_flips: the value is judged otherwise; NULL unless it is shown in both releases.
    """
    known = _known(connection, table)
    limits = {"ci_lower", "ci_upper"} <= known
    moved = "abs(changes.later_value - changes.earlier_value) > (earlier.ci_upper - earlier.ci_lower) / 2"
    said = [f"{moved if limits else 'cast(null as boolean)'} as exceeds_interval"]
    for column, flips in SAYINGS.items():
        if column in known:
            both = f"earlier.{column} <> later.{column}"
            said.append(f"case when changes.kind = 'changed' then {both} end as {flips}")
            said += [f"earlier.{column} as earlier_{column}", f"later.{column} as later_{column}"]
        else:
            said.append(f"cast(null as boolean) as {flips}")
    return f"""
select changes.*, {", ".join(said)}
from ({differences}) as changes
left join predecessor.main.{table} as earlier on {_same("earlier")}
left join target.main.{table} as later on {_same("later")}
order by changes.indicator_id, changes.period_id, changes.breakdown_id, changes.area_version_id
"""


def _same(alias: str) -> str:
    return " and ".join(f"changes.{column} = {alias}.{column}" for column in _KEY)


def targets_sql(connection: DuckDBPyConnection) -> str | None:
    """Targets whose status in a year differs between the releases; None where one release has no targets."""
    if not {"target_id", "period_id", "status", "indicator_id", "area_id"} <= _known(
        connection, TARGET_TABLE
    ):
        return None
    return f"""
select
    later.target_id, later.period_id, later.indicator_id, later.area_id,
    earlier.status as earlier_status, later.status as later_status
from predecessor.main.{TARGET_TABLE} as earlier
join target.main.{TARGET_TABLE} as later
    on earlier.target_id = later.target_id and earlier.period_id = later.period_id
where earlier.status <> later.status
order by later.target_id, later.period_id
"""


def per_indicator(values: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, int]]:
    """Indicator -> how many of its changed values left the old interval or are judged otherwise."""
    found: dict[str, dict[str, int]] = {}
    for value in values:
        counts = found.setdefault(value["indicator_id"], dict.fromkeys(_COUNTED, 0))
        for name, column in _COUNTED.items():
            counts[name] += value[column] is True
    return found


_COUNTED = {
    "n_beyond_interval": "exceeds_interval",
    "n_comparison_flips": "comparison_flips",
    "n_trend_flips": "trend_flips",
}


def summary(
    values: Collection[Mapping[str, Any]],
    counts: Mapping[str, Mapping[str, int]],
    targets: Collection[object],
) -> dict[str, int]:
    """The report in a few numbers."""
    kinds = [value["kind"] for value in values]
    return {
        "n_indicators": len(counts),
        "n_changed": kinds.count("changed"),
        "n_new": kinds.count("new"),
        "n_vanished": kinds.count("vanished"),
        **{name: sum(one[name] for one in counts.values()) for name in _COUNTED},
        "n_targets_otherwise": len(targets),
    }
