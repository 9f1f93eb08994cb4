"""The small city: written and built once for all tests through the real command line.

Lives here: shared fixtures. Tests that change a home or a workspace work on a copy.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest
from command_line import City, copy_of, opened, sozialraum

PROJECT = Path(__file__).resolve().parent.parent
SHARED_DATA = PROJECT.parent / "shared" / "data"
SMALL_SCALE = "0.1"  # two Bezirke, nine Stadtteile; all extracts and years of the demo city


@contextmanager
def _one_worker_at_a_time(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _built_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that the first of all test workers fills and the others find filled."""
    base = factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    folder = shared / f"shared_{name}"
    folder.mkdir(exist_ok=True)
    with _one_worker_at_a_time(folder):
        if not (folder / "done").exists():
            make(folder)
            (folder / "done").touch()
    return folder


def _build(city: City) -> None:
    result = sozialraum("build", *city.arguments)
    assert result.returncode == 0, result.stderr


@pytest.fixture(scope="session")
def small_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small city's workspace with its inbox; never changed."""

    def make(folder: Path) -> None:
        result = sozialraum("demo", "--out", str(folder / "city"), "--scale", SMALL_SCALE, "--quiet")
        assert result.returncode == 0, result.stderr

    return _built_once(tmp_path_factory, "small_workspace", make) / "city"


@pytest.fixture(scope="session")
def small_city(tmp_path_factory: pytest.TempPathFactory, small_workspace: Path) -> City:
    """The small city with one published release; never changed."""

    def city_in(folder: Path) -> City:
        return City(small_workspace, small_workspace / "inbox", folder / "home")

    return city_in(_built_once(tmp_path_factory, "small_city", lambda folder: _build(city_in(folder))))


@pytest.fixture
def own_city(tmp_path: Path, small_city: City) -> City:
    """A copy of the small city, workspace, inbox and home, that a test may change."""
    return copy_of(small_city, tmp_path)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The published data of real cities, read in place."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"the published data is not there ({SHARED_DATA.name} beside the project)")
    return SHARED_DATA


@pytest.fixture(scope="session")
def koeln_home(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> Path:
    """A home in which the real Köln workspace was built; never changed."""

    def make(folder: Path) -> None:
        _build(City(PROJECT / "seeds" / "koeln", shared_data / "koeln", folder / "home"))

    return _built_once(tmp_path_factory, "koeln", make) / "home"


@pytest.fixture(scope="session")
def flensburg_home(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> Path:
    """A home in which the real Flensburg workspace was built; never changed."""

    def make(folder: Path) -> None:
        _build(City(PROJECT / "seeds" / "flensburg", shared_data / "flensburg", folder / "home"))

    return _built_once(tmp_path_factory, "flensburg", make) / "home"


@pytest.fixture(scope="session")
def berlin_home(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> Path:
    """A home in which the real Berlin workspace was built; never changed."""

    def make(folder: Path) -> None:
        _build(City(PROJECT / "seeds" / "berlin", shared_data / "berlin_mss_2013", folder / "home"))

    return _built_once(tmp_path_factory, "berlin", make) / "home"


@pytest.fixture(scope="session")
def small_release(small_city: City) -> Iterator[duckdb.DuckDBPyConnection]:
    """The small city's public release."""
    connection = opened(small_city.home)
    yield connection
    connection.close()
