"""What can be asked: all metrics of a release, or those that a word finds.

Lives here: reading names and words of metrics from a release. Must not live here: comparing them with a term
(metric_search.py) and asking for values (metric_queries.py).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from orchestration.metric_conditions import column
from orchestration.metric_queries import Answer
from orchestration.metric_search import Searched, search
from orchestration.queried_release import published_files
from orchestration.release.content import opened
from orchestration.settings import Audience, Settings

if TYPE_CHECKING:
    import duckdb

LISTED = ["metric", "kind", "unit", "name_de"]


def list_metrics(
    settings: Settings, term: str = "", as_of: date | None = None, audience: Audience = "public"
) -> Answer:
    """All metrics of a release: id, what it is, unit and German name; with a term those it finds, best first.

    Raises WrongQuery where nothing is found.
    """
    number, database, _ = published_files(settings, as_of, audience)
    with opened(database) as connection:
        metrics = _metrics(connection)
    notes = [f"Release {number}."]
    if not term.strip():
        rows: list[tuple[Any, ...]] = [(one.metric, one.kind, one.unit, one.name_de) for one in metrics]
        return Answer(LISTED, rows, number, notes)
    found = search(term, metrics)
    rows = [(one.metric, one.kind, one.unit, one.name_de, where) for one, where in found]
    return Answer([*LISTED, "found_in"], rows, number, [f"{len(rows)} found.", *notes])


def _metrics(connection: duckdb.DuckDBPyConnection) -> list[Searched]:
    """Indicators, then variables that are no indicator of the same id, by id."""
    columns = column(
        connection,
        "select column_name from duckdb_columns()"
        " where database_name = 'sozialraum' and table_name = 'dim_indicator'",
    )
    # Releases published before there were synonyms are still asked with --as-of.
    synonyms = "synonyms_de || synonyms_en" if "synonyms_de" in columns else "cast([] as varchar[])"
    rows = connection.execute(
        f"""
        select
            indicator_id as metric, 'indicator' as kind, unit, name_de, name_en,
            {synonyms} as synonyms, [definition_de, definition_en] as definitions
        from sozialraum.main.dim_indicator
        union all
        select variable_id, 'variable', unit, name_de, name_en, cast([] as varchar[]), cast([] as varchar[])
        from sozialraum.main.dim_variable
        where variable_id not in (select indicator_id from sozialraum.main.dim_indicator)
        order by kind, metric
        """
    ).fetchall()
    return [
        Searched(metric, kind, unit, name_de, {
            "id": [metric],
            "name": [name for name in (name_de, name_en) if name],
            "synonym": synonyms_of,
            "definition": [text for text in definitions if text],
        })
        for metric, kind, unit, name_de, name_en, synonyms_of, definitions in rows
    ]  # fmt: skip
