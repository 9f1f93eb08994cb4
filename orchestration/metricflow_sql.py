"""MetricFlow, embedded: the SQL it writes for a request.

Lives here: the only use of MetricFlow's Python modules. They are internal to it: the version is pinned and
tests/orchestration/test_metric_queries.py covers what is used of them. Must not live here: running the SQL.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any


@lru_cache(maxsize=2)
def _engine(manifest: Path, _stamp: tuple[int, int]) -> Any:
    """MetricFlow on the definitions of one release; kept, for reading them costs more than a query."""
    from metricflow.engine.metricflow_engine import MetricFlowEngine
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

    definitions = parse_manifest_from_dbt_generated_manifest(manifest.read_text("utf-8"))
    return MetricFlowEngine(SemanticManifestLookup(definitions), RenderOnly())


def metricflow_sql(manifest: Path, metrics: Sequence[str], by: Sequence[str], where: Sequence[str]) -> str:
    """The SQL that MetricFlow writes for the request."""
    from metricflow.engine.metricflow_engine import MetricFlowQueryRequest

    found = manifest.stat()
    request = MetricFlowQueryRequest.create(
        metric_names=list(metrics), group_by_names=list(by) or None, where_constraints=list(where)
    )
    explained = _engine(manifest, (found.st_size, found.st_mtime_ns)).explain(request)
    return str(explained.sql_statement.sql)
