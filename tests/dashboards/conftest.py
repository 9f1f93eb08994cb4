"""One small invented city for the tests of the dashboards, published once per run."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from small_city import City, publish

from dashboards import release as releases
from dashboards.locales import Language
from dashboards.release import Release, ReleaseStore


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with release 1; tests read it only."""
    return publish(tmp_path_factory.mktemp("published") / "home", City())


@pytest.fixture
def home(published: Path, tmp_path: Path) -> Path:
    """A copy of the home that a test may change."""
    return Path(shutil.copytree(published, tmp_path / "home"))


@pytest.fixture
def served(published: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The environment of a server on the published home."""
    monkeypatch.setenv("SOZIALRAUM_HOME", str(published))
    monkeypatch.delenv("SOZIALRAUM_AUDIENCE", raising=False)
    releases._store.cache_clear()
    yield published
    releases._store.cache_clear()


@pytest.fixture(scope="session")
def release(published: Path) -> Release:
    """Release 1, open for reading."""
    return ReleaseStore(published, "public").current().release


@pytest.fixture
def german() -> Language:
    return Language("de")
