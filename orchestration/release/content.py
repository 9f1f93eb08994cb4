"""What a database says, as one hash that does not depend on row order, thread count or file layout.

Lives here: the content hash, row counts and the guarded read-only connection. Must not live here:
changing a database.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Columns that say when or under which number something was published, not what is known.
COLUMNS_WITHOUT_CONTENT = frozenset({"built_at", "received_at", "release_number"})
# Tables that only publishing knows: they differ between two releases of the same content.
TABLES_WITHOUT_CONTENT = frozenset({"dim_release", "fct_release_change"})

# Separators that no text of a delivery contains (control characters are refused while reading).
_BETWEEN_COLUMNS = "chr(31)"
_NULL = "chr(30)"


def quoted(identifier: str) -> str:
    """An SQL identifier; names come from the catalogue, quotes keep even strange ones harmless."""
    return '"' + identifier.replace('"', '""') + '"'


def literal(text: object) -> str:
    """An SQL text literal, for the statements that take no parameters (ATTACH, COMMENT)."""
    return "'" + str(text).replace("'", "''") + "'"


@contextmanager
def opened(path: Path, alias: str = "sozialraum", threads: int | None = None) -> Iterator[DuckDBPyConnection]:
    """A connection that can read the file under `alias` and nothing else, and change nothing."""
    import duckdb

    connection = duckdb.connect(":memory:")
    try:
        connection.execute(f"attach {literal(path)} as {quoted(alias)} (read_only)")
        connection.execute("set enable_external_access = false")
        if threads is not None:
            connection.execute(f"set threads = {int(threads)}")
        connection.execute("set lock_configuration = true")
        yield connection
    finally:
        connection.close()


def tables_of(connection: DuckDBPyConnection, alias: str) -> dict[str, list[tuple[str, str]]]:
    """Table or view of schema main -> its columns as (name, type) in their order."""
    rows = connection.execute(
        "select table_name, column_name, data_type from duckdb_columns()"
        " where database_name = ? and schema_name = 'main' and not internal"
        " order by table_name, column_index",
        [alias],
    ).fetchall()
    tables: dict[str, list[tuple[str, str]]] = {}
    for table, column, data_type in rows:
        tables.setdefault(table, []).append((column, data_type))
    return tables


def row_counts(
    connection: DuckDBPyConnection,
    alias: str,
    tables: Iterable[str],
    conditions: Mapping[str, str] | None = None,
) -> dict[str, int]:
    """Table -> number of rows, in the order given; conditions: table -> a where clause."""
    counts: dict[str, int] = {}
    for table in tables:
        condition = (conditions or {}).get(table, "")
        row = connection.execute(
            f"select count(*) from {quoted(alias)}.main.{quoted(table)}{condition}"
        ).fetchone()
        counts[table] = int(row[0]) if row else 0
    return counts


def _table_hash(
    connection: DuckDBPyConnection, alias: str, table: str, columns: list[tuple[str, str]]
) -> str:
    kept = sorted(column for column in columns if column[0] not in COLUMNS_WITHOUT_CONTENT)
    texts = ", ".join(f"coalesce({quoted(name)}::varchar, {_NULL})" for name, _ in kept) or "''"
    row = connection.execute(
        "select md5(array_to_string(list_sort(list(row_hash)), ''))"
        f" from (select md5(concat_ws({_BETWEEN_COLUMNS}, {texts})) as row_hash"
        f" from {quoted(alias)}.main.{quoted(table)})"
    ).fetchone()
    head = "|".join(f"{name} {data_type}" for name, data_type in kept)
    return f"{table}({head}):{row[0] if row else None}"


def content_hash(connection: DuckDBPyConnection, alias: str = "sozialraum") -> str:
    """sha256 over all published tables: names, column names and types, and the sorted rows of each.

    Published doubles are already rounded to 12 significant digits, so their shortest text is stable.
    Columns and tables without content are left out (see the two sets above).
    """
    combined = hashlib.sha256()
    for table, columns in sorted(tables_of(connection, alias).items()):
        if table not in TABLES_WITHOUT_CONTENT:
            combined.update(_table_hash(connection, alias, table, columns).encode())
            combined.update(b"\n")
    return combined.hexdigest()


def content_hash_of(path: Path, threads: int | None = None) -> str:
    """The content hash of a closed database file."""
    with opened(path, threads=threads) as connection:
        return content_hash(connection)
