"""Readers of the releases of real cities: the published file is opened as a dashboard opens it.

Lives here: how these tests open a release. Must not live here: claims.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest


def _open(home: Path, audience: str) -> duckdb.DuckDBPyConnection:
    """Follow current.json and open the audience's file: read-only, nothing else reachable."""
    pointer = json.loads((home / "current.json").read_text(encoding="utf-8"))
    file = home / pointer["audiences"][audience]["file"]
    connection = duckdb.connect(":memory:")
    connection.execute(f"ATTACH '{file}' AS sozialraum (READ_ONLY)")
    connection.execute("SET enable_external_access=false")
    connection.execute("SET lock_configuration=true")
    connection.execute("USE sozialraum")
    return connection


@pytest.fixture(scope="session")
def koeln_release(koeln_home: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The public release of Köln."""
    connection = _open(koeln_home, "public")
    yield connection
    connection.close()


@pytest.fixture(params=["public", "internal"])
def each_koeln_release(
    request: pytest.FixtureRequest, koeln_home: Path
) -> Iterator[duckdb.DuckDBPyConnection]:
    """The release of Köln, once per audience."""
    connection = _open(koeln_home, str(request.param))
    yield connection
    connection.close()


@pytest.fixture(scope="session")
def flensburg_release(flensburg_home: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The public release of Flensburg."""
    connection = _open(flensburg_home, "public")
    yield connection
    connection.close()


@pytest.fixture(scope="session")
def flensburg_inbox(shared_data: Path) -> Path:
    """The published tables of Flensburg, read where they lie."""
    return shared_data / "flensburg"


@pytest.fixture(scope="session")
def koeln_inbox(shared_data: Path) -> Path:
    """The published files of Köln, read where they lie."""
    return shared_data / "koeln"
