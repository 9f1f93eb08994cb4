"""What differs between two releases: changed, new and vanished values per indicator.

Lives here: the one comparison, in SQL over whole tables. Must not live here: judging a difference
(revisions.py).
A value counts as shown when it is not NULL; a cell that is hidden or missing in both is no difference.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration.release import revisions
from orchestration.release.content import literal, tables_of
from orchestration.release.errors import UnknownRelease
from orchestration.release.pointer import database_name, is_pruned, read_manifest, release_folder
from orchestration.release.verification import file_problems
from orchestration.settings import Audience, Settings

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

VALUE_TABLE = "fct_indicator_value"

COMPARED_COLUMNS = frozenset(
    {
        "area_id",
        "area_version_id",
        "breakdown_id",
        "denominator",
        "indicator_id",
        "numerator",
        "period_id",
        "value",
        "value_status",
    }
)

# One row per differing value between predecessor and target. Numerator and denominator count as well:
# a share may stay the same while what it rests on was revised.
DIFFERENCES_SQL = f"""
with earlier as (
    select * from predecessor.main.{VALUE_TABLE}
),

later as (
    select * from target.main.{VALUE_TABLE}
),

paired as (
    select
        coalesce(later.indicator_id, earlier.indicator_id) as indicator_id,
        coalesce(later.area_id, earlier.area_id) as area_id,
        coalesce(later.area_version_id, earlier.area_version_id) as area_version_id,
        coalesce(later.period_id, earlier.period_id) as period_id,
        coalesce(later.breakdown_id, earlier.breakdown_id) as breakdown_id,
        case
            when earlier.value is null and later.value is null then null
            when earlier.value is null then 'new'
            when later.value is null then 'vanished'
            when earlier.value is distinct from later.value
                or earlier.numerator is distinct from later.numerator
                or earlier.denominator is distinct from later.denominator then 'changed'
        end as kind,
        earlier.value as earlier_value,
        later.value as later_value,
        earlier.value_status as earlier_status,
        later.value_status as later_status
    from earlier
    full outer join later
        on earlier.indicator_id = later.indicator_id
        and earlier.area_version_id = later.area_version_id
        and earlier.period_id = later.period_id
        and earlier.breakdown_id = later.breakdown_id
)

select * from paired where kind is not null
"""

CHANGE_COUNTS_SQL = f"""
select
    indicator_id,
    count(*) filter (kind = 'changed') as n_changed,
    count(*) filter (kind = 'new') as n_new,
    count(*) filter (kind = 'vanished') as n_vanished
from ({DIFFERENCES_SQL})
group by indicator_id
order by indicator_id
"""

_AREAS_SQL = f"""
select
    indicator_id,
    count(*) filter (kind = 'changed') as n_changed,
    count(*) filter (kind = 'new') as n_new,
    count(*) filter (kind = 'vanished') as n_vanished,
    list_sort(list(distinct area_id)) as areas
from ({DIFFERENCES_SQL})
group by indicator_id
order by indicator_id
"""


def _dicts(cursor: Any) -> list[dict[str, Any]]:
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _checked(settings: Settings, number: int, audience: Audience) -> Path:
    manifest = read_manifest(settings, number)
    if is_pruned(settings, number):
        raise UnknownRelease(f"Release {number} was pruned: its files are no longer kept.")
    problems = file_problems(settings, number, manifest, [database_name(audience)])
    if problems:
        raise ValueError(f"Release {number} cannot be compared. " + " ".join(problems))
    return release_folder(settings, number) / database_name(audience)


def attach_earlier(connection: DuckDBPyConnection, path: Path) -> str | None:
    """Attach `path` as `predecessor`; a sentence why its values cannot be compared, or None when they can."""
    import duckdb

    try:
        connection.execute(f"attach {literal(path)} as predecessor (read_only)")
        columns = {name for name, _ in tables_of(connection, "predecessor").get(VALUE_TABLE, [])}
    except duckdb.Error as error:
        return f"{path} cannot be opened: {error}"
    missing = ", ".join(sorted(COMPARED_COLUMNS - columns))
    return f"{path} has no {VALUE_TABLE} with {missing}." if missing else None


def diff(settings: Settings, a: int, b: int, audience: Audience = "public") -> dict[str, Any]:
    """How the values of release `b` differ from those of release `a`, as one audience sees them.

    Result: {"a", "b", "audience", "summary", "indicators", "values", "targets"}. indicators: one dict per
    differing indicator with n_changed, n_new, n_vanished, its areas, and how many of its changed values
    left the old interval or are judged otherwise. values: one dict per differing value with indicator_id,
    area_id, area_version_id, period_id, breakdown_id, kind, earlier_value, later_value (unit of the
    indicator), earlier_status, later_status and what revisions.values_sql says of it. targets: those whose
    status differs. Raises UnknownRelease, or ValueError when a file does not verify.
    """
    import duckdb

    earlier, later = (_checked(settings, number, audience) for number in (a, b))
    connection = duckdb.connect(":memory:")
    try:
        problem = attach_earlier(connection, earlier)
        if problem is not None:
            raise ValueError(f"Release {a} cannot be compared. {problem}")
        if a == b:
            report = _report([], [], [])
        else:
            connection.execute(f"attach {literal(later)} as target (read_only)")
            report = _compared(connection)
    finally:
        connection.close()
    return {"a": a, "b": b, "audience": audience, **report}


def _compared(connection: DuckDBPyConnection) -> dict[str, Any]:
    indicators = _dicts(connection.execute(_AREAS_SQL))
    values = _dicts(connection.execute(revisions.values_sql(connection, DIFFERENCES_SQL, VALUE_TABLE)))
    sql = revisions.targets_sql(connection)
    return _report(indicators, values, _dicts(connection.execute(sql)) if sql else [])


def _report(
    indicators: list[dict[str, Any]], values: list[dict[str, Any]], targets: list[dict[str, Any]]
) -> dict[str, Any]:
    counts = revisions.per_indicator(values)
    return {
        "summary": revisions.summary(values, counts, targets),
        "indicators": [row | counts[row["indicator_id"]] for row in indicators],
        "values": values,
        "targets": targets,
    }
