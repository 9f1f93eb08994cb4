"""The small city with a late correction as its second release: built once for all tests.

Lives here: the shared fixture. Must not live here: the changed input (corrected_city.py).
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pytest
from command_line import City, copy_of, sozialraum
from corrected_city import change_input


@pytest.fixture(scope="session")
def corrected_city(tmp_path_factory: pytest.TempPathFactory, small_city: City) -> City:
    """Release 1 is the small city, release 2 an undisturbed build of its changed input; never changed."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    folder = shared / "shared_corrected_city"
    folder.mkdir(exist_ok=True)
    city = City(folder / "city", folder / "city" / "inbox", folder / "home")
    with (folder / "lock").open("w") as handle:  # the first of all test workers builds
        fcntl.flock(handle, fcntl.LOCK_EX)
        if not (folder / "done").exists():
            assert copy_of(small_city, folder) == city
            change_input(city)
            done = sozialraum("build", *city.arguments, "--json")
            (folder / "build.json").write_text(done.stdout, encoding="utf-8")
            assert done.returncode == 0, done.stderr
            (folder / "done").touch()
    return city


@pytest.fixture
def own_corrected_city(tmp_path: Path, corrected_city: City) -> City:
    """A copy of the corrected city that a test may change."""
    return copy_of(corrected_city, tmp_path)
