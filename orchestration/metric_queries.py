"""The metrics layer: MetricFlow, embedded, answers questions on one release.

Lives here: turning a question into a MetricFlow request and its answer into rows. Must not live here:
definitions (dbt_project/models/metrics) and printing (cli). MetricFlow's Python modules are internal to it:
the version is pinned and tests/orchestration/test_metric_queries.py covers what is used of them.
"""

from __future__ import annotations

import difflib
import re
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration.release import current_release, read_manifest, release_folder
from orchestration.release.pointer import database_name, release_numbers
from orchestration.settings import Audience, Settings

if TYPE_CHECKING:
    import duckdb

GROUPINGS = {"area": "area", "year": "metric_time__year"}
NEVER_AGGREGATED = {"mean", "median", "published"}
QUERY_SECONDS = 10.0
CONDITION = re.compile(
    r"\s*(?P<name>\w+)\s*(?P<operator>=|!=|<=|>=|<|>|\bin\b)\s*(?P<value>\([^)]*\)|'[^']*'|[\w.-]+)\s*",
    re.IGNORECASE,
)


class WrongQuery(ValueError):
    """The question cannot be asked like this; the text says why and what to ask instead (exit code 2)."""


@dataclass(frozen=True)
class Question:
    """metrics: ids of indicators or variables. by: area, year. level, breakdown: exactly one of each."""

    metrics: Sequence[str]
    by: Sequence[str] = ()
    level: str | None = None
    breakdown: str = "total"
    where: str | None = None
    as_of: date | None = None


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


def _suggest(what: str, value: str, known: Iterable[str], hint: str) -> WrongQuery:
    names = sorted(known)
    near = (
        difflib.get_close_matches(value, names, n=3, cutoff=0.5)
        or [n for n in names if value.lower() in n][:3]
    )
    proposal = f" Did you mean {', '.join(near)}?" if near else ""
    return WrongQuery(f"Unknown {what} {value!r}.{proposal} {hint}")


def release_as_of(settings: Settings, as_of: date | None) -> int:
    """The current release, or the last one published by the end of `as_of`."""
    if as_of is None:
        pointer = current_release(settings)
        if pointer is None:
            raise WrongQuery(f"There is no release in {settings.home} yet. Run `sozialraum build` first.")
        return int(pointer["release"])
    numbers = [
        number
        for number in release_numbers(settings)
        if date.fromisoformat(str(read_manifest(settings, number)["built_at"])[:10]) <= as_of
        and (release_folder(settings, number) / database_name("public")).exists()
    ]
    if not numbers:
        raise WrongQuery(f"No release was published by {as_of.isoformat()}. See `sozialraum release list`.")
    return numbers[-1]


def _open(database: Path) -> duckdb.DuckDBPyConnection:
    import duckdb

    connection = duckdb.connect(":memory:")
    path = str(database).replace("'", "''")
    connection.execute(f"attach '{path}' as sozialraum (read_only)")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    return connection


def _column(connection: duckdb.DuckDBPyConnection, sql: str) -> list[str]:
    return [str(row[0]) for row in connection.execute(sql).fetchall()]


def _metrics(connection: duckdb.DuckDBPyConnection, names: Sequence[str]) -> list[_Metric]:
    indicators = {
        row[0]: _Metric(*row)
        for row in connection.execute(
            "select indicator_id, statistic, multiplier, denominator_variable_id, min_denominator"
            " from sozialraum.main.dim_indicator"
        ).fetchall()
    }
    variables = {
        row[0]: _Metric(row[0], "count" if row[1] else "published", 1, None, 0)
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
            raise _suggest("metric", name, known, hint)
    return [known[name] for name in names]


def _check_level(connection: duckdb.DuckDBPyConnection, question: Question) -> str:
    levels = _column(connection, "select level from sozialraum.main.dim_level order by rank")
    if question.level is None:
        if "area" in question.by:
            raise WrongQuery(f"--by area needs --level, exactly one of: {', '.join(levels)}.")
        return levels[0]
    if question.level not in levels:
        raise _suggest("level", question.level, levels, f"Levels: {', '.join(levels)}.")
    return question.level


def _conditions(connection: duckdb.DuckDBPyConnection, where: str | None) -> list[tuple[str, str, list[str]]]:
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
    areas = set(_column(connection, "select distinct area_id from sozialraum.main.dim_area"))
    for name, _, values in parsed:
        for value in values:
            if name == "area" and value not in areas:
                raise _suggest("area", value, areas, "Area ids are <level>-<code>.")
            if name == "year" and not re.fullmatch(r"\d{4}", value):
                raise WrongQuery(f"--where year: {value!r} is no year of four digits.")
    return parsed


def _constraints(conditions: Sequence[tuple[str, str, list[str]]]) -> list[str]:
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


def _metricflow_sql(manifest: Path, metrics: Sequence[str], by: Sequence[str], where: Sequence[str]) -> str:
    """The SQL that MetricFlow writes for the request."""
    from metricflow.engine.metricflow_engine import MetricFlowEngine, MetricFlowQueryRequest
    from metricflow.protocols.sql_client import SqlEngine
    from metricflow.sql.render.duckdb_renderer import DuckDbSqlPlanRenderer
    from metricflow_semantics.model.dbt_manifest_parser import parse_manifest_from_dbt_generated_manifest
    from metricflow_semantics.model.semantic_manifest_lookup import SemanticManifestLookup

    class RenderOnly:
        """A client that renders DuckDB's SQL and runs none: the locked connection of the release does."""

        sql_engine_type = SqlEngine.DUCKDB
        sql_plan_renderer = DuckDbSqlPlanRenderer()

        def query(self, *args: object, **kwargs: object) -> Any:
            raise NotImplementedError

        execute = query
        dry_run = query

        def close(self) -> None:
            return None

        def render_bind_parameter_key(self, bind_parameter_key: str) -> str:
            return f"${bind_parameter_key}"

    lookup = SemanticManifestLookup(parse_manifest_from_dbt_generated_manifest(manifest.read_text("utf-8")))
    engine = MetricFlowEngine(lookup, RenderOnly())
    request = MetricFlowQueryRequest.create(
        metric_names=list(metrics), group_by_names=list(by) or None, where_constraints=list(where)
    )
    return str(engine.explain(request).sql_statement.sql)


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
            raise _suggest("grouping", name, GROUPINGS, "--by takes area and year.")
    for metric in metrics:
        if metric.statistic in NEVER_AGGREGATED and not {"area", "year"} <= set(question.by):
            raise WrongQuery(
                f"{metric.name} is a {metric.statistic} and is never aggregated:"
                " ask with --by area,year --level ..."
            )


def answer(settings: Settings, question: Question, audience: Audience = "public") -> Answer:
    """Answer a question on the release that was current at `as_of`.

    Ratios are ratios of sums. A hidden or missing cell that enters a sum makes it None; so does a denominator
    below the indicator's minimum.
    Stocks without a year are taken at their last reference date. Raises WrongQuery.
    """
    number = release_as_of(settings, question.as_of)
    folder = release_folder(settings, number)
    connection = _open(folder / database_name(audience))
    metrics = _metrics(connection, question.metrics)
    _check_shape(question, metrics)
    level = _check_level(connection, question)
    breakdowns = _column(connection, "select breakdown_id from sozialraum.main.dim_breakdown")
    if question.breakdown not in breakdowns:
        raise _suggest("breakdown", question.breakdown, breakdowns, "`total` is always there.")
    conditions = _conditions(connection, question.where)
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
    inner = _metricflow_sql(folder / "semantic_manifest.json", asked, by, where + _constraints(conditions))
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


def list_metrics(settings: Settings, as_of: date | None = None, audience: Audience = "public") -> Answer:
    """All metrics of a release: id, what it is, unit and German name."""
    number = release_as_of(settings, as_of)
    connection = _open(release_folder(settings, number) / database_name(audience))
    rows = connection.execute(
        "select indicator_id as metric, 'indicator' as kind, unit, name_de from sozialraum.main.dim_indicator"
        " union all select variable_id, 'variable', unit, name_de from sozialraum.main.dim_variable"
        " where variable_id not in (select indicator_id from sozialraum.main.dim_indicator)"
        " order by kind, metric"
    ).fetchall()
    return Answer(["metric", "kind", "unit", "name_de"], rows, number, [f"Release {number}."])
