"""The project's macros, rendered as dbt renders them and run in DuckDB.

Lives here: turning a macro call into SQL and its answer. Must not live here: expected numbers.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import duckdb
from jinja2 import Environment

MACROS = Path(__file__).resolve().parents[2] / "dbt_project" / "macros"
FILES = [
    *sorted((MACROS / "statistics").glob("*.sql")),
    MACROS / "platform" / "values.sql",
    MACROS / "platform" / "series.sql",
]
_ENVIRONMENT = Environment(extensions=["jinja2.ext.do"], autoescape=False)  # noqa: S701 - SQL, not HTML
_SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in FILES)
_CONNECTION = duckdb.connect(":memory:")


@cache
def rendered(call: str) -> str:
    """The SQL of a macro call such as `wilson_limit('x', 'n', 1, z95(), 'lower')`."""
    return str(_ENVIRONMENT.from_string(_SOURCE + "\n{{- " + call + " -}}").render()).strip()


def model_sql(model: Path, tables: dict[str, str], variables: dict[str, Any]) -> str:
    """The SQL of a model that reads these tables, with these variables of dbt_project.yml."""
    source = _SOURCE + "\n" + model.read_text(encoding="utf-8")
    return str(
        _ENVIRONMENT.from_string(source).render(ref=tables.__getitem__, var=variables.__getitem__)
    ).strip()


def computed(call: str, **columns: Any) -> Any:
    """The value of a macro call on one row with these columns; lists are doubles, oldest first."""
    names = ", ".join(f"${name} as {name}" for name in columns) or "null as nothing"
    row = _CONNECTION.execute(
        f"with one as (select {names}) select {rendered(call)} from one", columns
    ).fetchone()
    assert row is not None
    return row[0]
