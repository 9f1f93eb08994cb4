"""The metrics layer: MetricFlow, embedded, answers questions on one release.

Lives here: turning a question into a MetricFlow request and its answer into rows. Must not live here:
definitions (dbt_project/models/metrics), the grammar of --where (metric_conditions.py), which metrics there
are (metric_list.py) and printing (cli).
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from orchestration.metric_conditions import (
    GRAINS,
    GROUPINGS,
    WrongQuery,
    column,
    constraints,
    read_conditions,
    suggest,
)
from orchestration.metricflow_sql import metricflow_sql
from orchestration.queried_release import published_files
from orchestration.release.content import opened
from orchestration.settings import Audience, Settings

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

NEVER_AGGREGATED = {"mean", "median", "published"}
QUERY_SECONDS = 10.0


@dataclass(frozen=True)
class Question:
    """metrics: ids of indicators or variables. by: area, year. level, breakdown: exactly one of each.
    grain: the time grain; a release has one, the year."""

    metrics: Sequence[str]
    by: Sequence[str] = ()
    level: str | None = None
    breakdown: str = "total"
    where: str | None = None
    as_of: date | None = None
    grain: str = "year"


@dataclass(frozen=True)
class Answer:
    """columns: groupings, then metrics in the order asked. rows: values in the unit of the metric, None where
    hidden or missing. notes: what was chosen for the reader."""

    columns: list[str]
    rows: list[tuple[Any, ...]]
    release: int
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Metric:
    name: str
    statistic: str
    multiplier: int
    denominator: str | None
    min_denominator: int
    is_additive: bool


def _metrics(connection: duckdb.DuckDBPyConnection, names: Sequence[str]) -> list[_Metric]:
    indicators = {
        row[0]: _Metric(*row)
        for row in connection.execute(
            "select indicator_id, statistic, multiplier, denominator_variable_id, min_denominator,"
            " numerators.is_additive and coalesce(denominators.is_additive, true)"
            " from sozialraum.main.dim_indicator"
            " inner join sozialraum.main.dim_variable as numerators"
            " on numerator_variable_id = numerators.variable_id"
            " left join sozialraum.main.dim_variable as denominators"
            " on denominator_variable_id = denominators.variable_id"
        ).fetchall()
    }
    variables = {
        row[0]: _Metric(row[0], "count" if row[1] else "published", 1, None, 0, bool(row[1]))
        for row in connection.execute(
            "select variable_id, is_additive from sozialraum.main.dim_variable"
        ).fetchall()
    }
    known = variables | indicators
    if not names:
        raise WrongQuery("No metric was named. Example: sozialraum query pop_total --by year")
    for name in names:
        if name not in known:
            hint = "`sozialraum query --list` names all metrics."
            raise suggest("metric", name, known, hint)
    return [known[name] for name in names]


def _check_level(connection: duckdb.DuckDBPyConnection, question: Question) -> str:
    levels = column(connection, "select level from sozialraum.main.dim_level order by rank")
    if question.level is None:
        if "area" in question.by:
            raise WrongQuery(f"--by area needs --level, exactly one of: {', '.join(levels)}.")
        return levels[0]
    if question.level not in levels:
        raise suggest("level", question.level, levels, f"Levels: {', '.join(levels)}.")
    return question.level


def _last_year(connection: duckdb.DuckDBPyConnection, metrics: Sequence[_Metric], level: str) -> int:
    years = set()
    for metric in metrics:
        row = connection.execute(
            "select max(year) from ("
            " select year from sozialraum.main.fct_indicator_value"
            " where indicator_id = $id and level = $level and value_status <> 'not_available'"
            " union all select year from sozialraum.main.fct_observation"
            " where variable_id = $id and level = $level and value_status <> 'not_available')",
            {"id": metric.name, "level": level},
        ).fetchone()
        years.add(row[0] if row else None)
    if len(years) > 1:
        raise WrongQuery(
            'These metrics end in different years. Name one: --where "year = 2020", or --by year.'
        )
    (year,) = years
    if year is None:
        raise WrongQuery(f"{metrics[0].name} has no data at level {level}. Try another --level.")
    return int(year)


def _shown(metric: _Metric) -> str:
    """The value in its unit; NaN (a hidden or missing cell entered) and too small a denominator are NULL."""
    value = f'"{metric.name}" * {metric.multiplier}' if metric.multiplier != 1 else f'"{metric.name}"'
    refused = [f'not isfinite("{metric.name}")']
    if metric.denominator:
        refused.append(f'not coalesce("{metric.denominator}" >= {metric.min_denominator}, false)')
    rounded = f"round({value}, 11 - cast(floor(log10(abs({value}))) as integer))"
    return (
        f'case when {" or ".join(refused)} then null when "{metric.name}" = 0 then 0.0 else {rounded} end'
        f' as "{metric.name}"'
    )


def _run(connection: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    import duckdb

    watchdog = threading.Timer(QUERY_SECONDS, connection.interrupt)
    watchdog.start()
    try:
        return connection.execute(sql).fetchall()
    except duckdb.InterruptException as error:
        raise WrongQuery(
            f"The query ran longer than {QUERY_SECONDS:.0f} s. Narrow it with --where."
        ) from error
    finally:
        watchdog.cancel()


def _check_shape(question: Question, metrics: Sequence[_Metric]) -> None:
    for what, names in (("metric", question.metrics), ("grouping", question.by)):
        if len(set(names)) < len(names):
            raise WrongQuery(f"A {what} was named twice: {', '.join(names)}. Name each once.")
    for name in question.by:
        if name not in GROUPINGS:
            raise suggest("grouping", name, GROUPINGS, "--by takes area and year.")
    if question.grain not in GRAINS:
        raise suggest("grain", question.grain, GRAINS, "--grain takes year.")
    for metric in metrics:
        if question.grain != "year":
            raise WrongQuery(
                f"{metric.name} is not known by {question.grain}: a release holds one figure a year, at the"
                " reference date of its source or over the whole year. Ask with --grain year."
            )
        if {"area", "year"} <= set(question.by):
            continue
        how = "is never aggregated: ask with --by area,year --level ..."
        if metric.statistic in NEVER_AGGREGATED:
            raise WrongQuery(f"{metric.name} is a {metric.statistic} and {how}")
        if not metric.is_additive:
            raise WrongQuery(f"{metric.name} rests on counts that do not add up over areas and {how}")


def answer(settings: Settings, question: Question, audience: Audience = "public") -> Answer:
    """Answer a question on the release that was current at `as_of`.

    Ratios are ratios of sums. A hidden or missing cell that enters a sum makes it None; so does a denominator
    below the indicator's minimum.
    Stocks without a year are taken at their last reference date. Raises WrongQuery.
    """
    number, database, semantics = published_files(settings, question.as_of, audience)
    with opened(database) as connection:
        return _answered(connection, number, semantics, question)


def _answered(
    connection: duckdb.DuckDBPyConnection, number: int, semantics: Path, question: Question
) -> Answer:
    metrics = _metrics(connection, question.metrics)
    _check_shape(question, metrics)
    level = _check_level(connection, question)
    breakdowns = column(connection, "select breakdown_id from sozialraum.main.dim_breakdown")
    if question.breakdown not in breakdowns:
        raise suggest("breakdown", question.breakdown, breakdowns, "`total` is always there.")
    conditions = read_conditions(connection, question.where)
    notes = [f"Level {level}, breakdown {question.breakdown}, release {number}."]
    if "year" not in question.by and not any(name == "year" for name, _, _ in conditions):
        year = _last_year(connection, metrics, level)
        conditions.append(("year", "=", [str(year)]))
        notes.append(f"Year {year}, the last with data.")
    where = [
        f"{{{{ Entity('area_level') }}}} = '{level}'",
        f"{{{{ Entity('breakdown') }}}} = '{question.breakdown}'",
    ]
    inputs = [metric.denominator for metric in metrics if metric.denominator]
    asked = list(dict.fromkeys([metric.name for metric in metrics] + inputs))
    by = [GROUPINGS[name] for name in question.by]
    inner = metricflow_sql(semantics, asked, by, where + constraints(conditions))
    groupings = ["area" if name == "area" else "year(metric_time__year) as year" for name in question.by]
    shown = [_shown(metric) for metric in metrics]
    # A missing or hidden cell is NaN here and becomes NULL; NULL in all metrics: no such cell is expected.
    expected = " or ".join(f'"{metric.name}" is not null' for metric in metrics)
    sql = f"select {', '.join(groupings + shown)} from ({inner}) where ({expected})"
    if "area" in question.by:
        sql += " and area not in (select area_id from sozialraum.main.dim_area where is_remainder)"
    if question.by:
        sql += f" order by {', '.join(question.by)}"
    return Answer([*question.by, *question.metrics], _run(connection, sql), number, notes)
