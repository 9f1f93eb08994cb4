"""One audience's database file, built from a closed database: copied, sorted, marked, closed.

Lives here: what goes into the file. Must not live here: judging the result (audit.py) and committing it
(publishing.py). A table in schema main of the work database is published without further ado.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.atomic import cause_in, environment_errors
from orchestration.release.content import literal, quoted, row_counts, tables_of
from orchestration.release.differences import CHANGE_COUNTS_SQL, COMPARED_COLUMNS, VALUE_TABLE, attach_earlier
from orchestration.release.errors import ReleaseRefused
from orchestration.settings import Audience

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# A table with this column holds rows that are not for everybody: drafts, wishes, ratings of the register.
PUBLIC_MARK = "is_public"
# Which hidden cell is primary and which only protects it tells an attacker about 9 more cells a table.
OWN_SUPPRESSION = ("suppressed_primary", "suppressed_secondary")
NEUTRAL_SUPPRESSION = "suppressed"

# How values are asked for: maps, matrices and metrics of a level first; an area is found by its index.
READ_ORDERS: Mapping[str, tuple[str, ...]] = {
    VALUE_TABLE: ("level", "indicator_id", "year", "area_id"),
    "fct_observation": ("level", "breakdown_id", "year", "variable_id"),
}
# The priority of areas under weights that a reader tries; internal, as what it reads.
PRIORITY_SCORE = Path(__file__).with_name("priority_score.sql")
MACRO_TABLE = "fct_priority_component"

# table -> column -> (type, description): the tables that only publishing can fill.
PUBLISHING_TABLES: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "dim_release": {
        "release_number": ("BIGINT", "Number of this release; a higher number is a later release."),
        "built_at": ("TIMESTAMP", "When this release was built, in UTC."),
        "product_version": ("VARCHAR", "Version of Sozialraum that computed the content."),
        "workspace_id": ("VARCHAR", "The city's workspace this release was built from."),
        "is_not_for_publication": ("BOOLEAN", "True while disclosure control is incomplete."),
        "disclosure_note_de": ("VARCHAR", "How small counts are protected in this release, in German."),
        "disclosure_note_en": ("VARCHAR", "How small counts are protected in this release, in English."),
        "previous_release": ("BIGINT", "The release that was current before; NULL for the first."),
        "rollback_of": ("BIGINT", "The release whose content this one repeats; NULL for a normal build."),
    },
    "fct_release_change": {
        "indicator_id": ("VARCHAR", "The indicator whose values differ from the previous release."),
        "n_changed": ("BIGINT", "Values shown in both releases that differ."),
        "n_new": ("BIGINT", "Values shown now that the previous release did not show."),
        "n_vanished": ("BIGINT", "Values the previous release showed that are no longer shown."),
    },
}
_TABLE_COMMENTS = {
    "dim_release": "One row: the release this file belongs to.",
    "fct_release_change": "One row per indicator whose values differ from the previous release.",
}


@dataclass(frozen=True)
class ReleaseRow:
    """The one row of dim_release."""

    release_number: int
    built_at: datetime
    product_version: str
    workspace_id: str
    is_not_for_publication: bool
    disclosure_note_de: str
    disclosure_note_en: str
    previous_release: int | None
    rollback_of: int | None


@dataclass(frozen=True)
class Built:
    """source_counts: rows in the source of each copied table. not_comparable: why there are no changes."""

    source_counts: dict[str, int]
    not_comparable: str | None


def published_tables(tables: Mapping[str, object]) -> list[str]:
    """Which source tables enter the files of a release, in name order."""
    return sorted(name for name in tables if name not in PUBLISHING_TABLES)


def _for(audience: Audience, columns: list[tuple[str, str]]) -> str:
    """The condition on the rows of an audience: nobody outside sees what is not marked public."""
    marked = any(name == PUBLIC_MARK for name, _ in columns)
    return f" where {PUBLIC_MARK}" if marked and audience == "public" else ""


def _select(table: str, columns: list[tuple[str, str]], audience: Audience) -> str:
    source = f"source.main.{quoted(table)}{_for(audience, columns)}"
    names = [name for name, _ in columns]
    first = [name for name in READ_ORDERS.get(table, ()) if name in names]
    order = ", ".join(quoted(name) for name in (*first, *(name for name in names if name not in first)))
    if audience == "public" and "value_status" in names:
        states = ", ".join(literal(state) for state in OWN_SUPPRESSION)
        neutral = (
            f"case when value_status in ({states}) then {literal(NEUTRAL_SUPPRESSION)} else value_status end"
        )
        return f"select * replace ({neutral} as value_status) from {source} order by {order}"
    return f"select * from {source} order by {order}"


def _copy_comments(connection: DuckDBPyConnection, tables: list[str]) -> None:
    on_tables = connection.execute(
        "select table_name, comment from duckdb_tables() where database_name = 'source'"
        " and schema_name = 'main' and comment is not null"
    ).fetchall()
    on_columns = connection.execute(
        "select table_name, column_name, comment from duckdb_columns() where database_name = 'source'"
        " and schema_name = 'main' and comment is not null and not internal"
    ).fetchall()
    for table, comment in on_tables:
        if table in tables:
            connection.execute(f"comment on table target.main.{quoted(table)} is {literal(comment)}")
    for table, column, comment in on_columns:
        if table in tables:
            place = f"target.main.{quoted(table)}.{quoted(column)}"
            connection.execute(f"comment on column {place} is {literal(comment)}")


def _create_publishing_tables(connection: DuckDBPyConnection, row: ReleaseRow) -> None:
    for table, columns in PUBLISHING_TABLES.items():
        place = f"target.main.{quoted(table)}"
        types = ", ".join(f"{quoted(name)} {data_type}" for name, (data_type, _) in columns.items())
        connection.execute(f"create table {place} ({types})")
        connection.execute(f"comment on table {place} is {literal(_TABLE_COMMENTS[table])}")
        for name, (_, description) in columns.items():
            connection.execute(f"comment on column {place}.{quoted(name)} is {literal(description)}")
    values = asdict(row)
    names = ", ".join(quoted(name) for name in values)
    marks = ", ".join("?" for _ in values)
    connection.execute(
        f"insert into target.main.dim_release ({names}) values ({marks})", list(values.values())
    )


def _complete_dictionary(connection: DuckDBPyConnection, columns: list[tuple[str, str]]) -> None:
    if not {"table_name", "column_name", "type", "description"} <= {name for name, _ in columns}:
        return
    rows = [
        (table, column, data_type, description)
        for table, described in PUBLISHING_TABLES.items()
        for column, (data_type, description) in described.items()
    ]
    marks = ", ".join("(?, ?, ?, ?)" for _ in rows)
    connection.execute(
        "insert into target.main.dim_column (table_name, column_name, type, description)"
        f" select * from (values {marks}) as added (table_name, column_name, type, description)"
        " where not exists (select 1 from target.main.dim_column as known"
        " where known.table_name = added.table_name and known.column_name = added.column_name)",
        [value for row in rows for value in row],
    )


def _fill(connection: DuckDBPyConnection, audience: Audience, row: ReleaseRow) -> dict[str, int]:
    tables = tables_of(connection, "source")
    names = published_tables(tables)
    missing = COMPARED_COLUMNS - {name for name, _ in tables.get(VALUE_TABLE, [])}
    if missing:
        columns = ", ".join(sorted(missing))
        raise ReleaseRefused([f"{VALUE_TABLE} lacks {columns}: without them nothing can be published."])
    for table in names:
        select = _select(table, tables[table], audience)
        connection.execute(f"create table target.main.{quoted(table)} as {select}")
    connection.execute(f"create index by_area on target.main.{quoted(VALUE_TABLE)} (area_id)")
    _copy_comments(connection, names)
    _create_publishing_tables(connection, row)
    if "dim_column" in names:
        _complete_dictionary(connection, tables["dim_column"])
    conditions = {name: _for(audience, tables[name]) for name in names}
    return row_counts(connection, "source", names, conditions)


def _add_macros(connection: DuckDBPyConnection, target: Path, audience: Audience) -> None:
    """Give the closed file of the internal audience its table macros.

    A macro names its tables in full, and readers attach a release under one name: so it is written under
    that name. It holds no content: what it answers follows from tables that are hashed.
    """
    tables = tables_of(connection, "target")
    connection.execute("detach target")
    if audience == "internal" and MACRO_TABLE in tables:
        connection.execute(f"attach {literal(target)} as sozialraum")
        connection.execute(PRIORITY_SCORE.read_text(encoding="utf-8"))
        connection.execute("checkpoint sozialraum")
        connection.execute("detach sozialraum")


def _attach_source(connection: DuckDBPyConnection, source: Path) -> None:
    import duckdb

    try:
        connection.execute(f"attach {literal(source)} as source (read_only)")
    except duckdb.Error as error:
        if cause_in(error) is not None:
            raise
        sentence = f"{source} is still open somewhere or is no intact database. Nothing published. {error}"
        raise ReleaseRefused([sentence]) from error


def build_audience(
    source: Path, target: Path, audience: Audience, row: ReleaseRow, predecessor: Path | None
) -> Built:
    """Write the closed, checkpointed file `target` for one audience.

    source: a closed database (work database, or the same audience's file of an older release).
    predecessor: the same audience's file of the release before, already verified; None leaves
    fct_release_change empty. Raises ReleaseRefused when source or result has a write-ahead log beside it,
    EnvironmentFailed when the disk is full or not writable.
    """
    import duckdb

    refuse_open_file(source)
    problem = None
    with environment_errors(target):
        connection = duckdb.connect(":memory:")
        try:
            connection.execute(f"set temp_directory = {literal(target.parent / 'tmp')}")
            _attach_source(connection, source)
            connection.execute(f"attach {literal(target)} as target")
            if predecessor is not None:
                problem = attach_earlier(connection, predecessor)
            connection.execute("begin")  # one transaction: one sync instead of one per statement
            counts = _fill(connection, audience, row)
            if predecessor is not None and problem is None:
                connection.execute(f"insert into target.main.fct_release_change {CHANGE_COUNTS_SQL}")
            connection.execute("commit")
            connection.execute("checkpoint target")
            _add_macros(connection, target, audience)
        finally:
            connection.close()
    refuse_open_file(target)
    return Built(counts, problem)


def refuse_open_file(path: Path) -> None:
    """Raise ReleaseRefused when `path` is absent or has a write-ahead log: alone it would lack rows."""
    log = path.with_name(path.name + ".wal")
    if not path.is_file():
        raise ReleaseRefused([f"{path} does not exist. Run a build first."])
    if log.exists():
        raise ReleaseRefused(
            [f"{path} is not closed: {log.name} lies beside it. Only a checkpointed file can be published."]
        )
