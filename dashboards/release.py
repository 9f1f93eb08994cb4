"""Which release is shown: resolve the pointer, verify, open read-only, follow new ones.

Lives here: the environment (SOZIALRAUM_HOME, SOZIALRAUM_AUDIENCE), current.json, hashes and connections.
Must not live here: SQL on published tables (queries.py), anything of Streamlit.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb

LOG = logging.getLogger(__name__)
AUDIENCES = ("public", "internal")
# How long a look at the pointer counts, in seconds. Sessions look every 4 s (app.py), so a new release is
# seen within 5 s; a smaller value means more reads of a file of 300 bytes and nothing else.
POINTER_LIFETIME_S = 0.5
# How many answers a release keeps. A page needs about 15; 400 hold every indicator and year of a city.
CACHED_ANSWERS = 400
# How many releases stay open: the current one and a few that readers pinned with ?release=N.
OPEN_RELEASES = 6
# A query is interrupted after this many seconds (reliability bar, section 4).
QUERY_LIMIT_S = 10.0


class ReleaseUnavailable(Exception):
    """No release can be shown; the message is a sentence for the reader of a log or of /healthz."""


@dataclass
class Release:
    """One immutable, verified release of one audience, open for reading."""

    number: int
    audience: str
    path: Path
    connection: duckdb.DuckDBPyConnection
    _answers: OrderedDict[tuple[str, tuple[Any, ...]], list[dict[str, Any]]] = field(
        default_factory=OrderedDict
    )
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """Answer of one query as a list of rows; kept for the life of the release, which never changes."""
        key = (sql, tuple(parameters))
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key]
        answer = self._ask(sql, list(parameters))
        with self._lock:
            self._answers[key] = answer
            while len(self._answers) > CACHED_ANSWERS:
                self._answers.popitem(last=False)
        return answer

    def _ask(self, sql: str, parameters: list[Any]) -> list[dict[str, Any]]:
        cursor = self.connection.cursor()
        timer = threading.Timer(QUERY_LIMIT_S, cursor.interrupt)
        timer.start()
        try:
            cursor.execute(sql, parameters)
            names = [column[0] for column in cursor.description or []]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        finally:
            timer.cancel()
            cursor.close()


@dataclass(frozen=True)
class Shown:
    """What a session shows now: the release, and a sentence why it is not the one the pointer names."""

    release: Release
    problem: str | None = None


class ReleaseStore:
    """Opens releases of one home for one audience and never goes backwards."""

    def __init__(self, home: Path, audience: str) -> None:
        if audience not in AUDIENCES:
            raise ReleaseUnavailable(
                f"SOZIALRAUM_AUDIENCE is '{audience}'; expected one of: {', '.join(AUDIENCES)}."
            )
        self.home = home
        self.audience = audience
        self._open: OrderedDict[int, Release] = OrderedDict()
        self._broken: dict[tuple[int, str], str] = {}
        self._current: Shown | None = None
        self._looked_at = 0.0
        self._lock = threading.RLock()

    def current(self) -> Shown:
        """The newest verified release.

        Raises ReleaseUnavailable when nothing was ever published here or the first release fails
        verification.
        """
        with self._lock:
            now = time.monotonic()
            if self._current is None or now - self._looked_at > POINTER_LIFETIME_S:
                self._current = self._look()
                self._looked_at = now
            return self._current

    def pinned(self, number: int) -> Release | None:
        """Release `number` of this home, verified against its manifest, or None where it cannot be shown."""
        with self._lock:
            if number in self._open:
                return self._open[number]
            folder = self.home / "releases" / f"{number:06d}"
            manifest = _read_json(folder / "manifest.json") or {}
            sha256 = manifest.get("file_hashes", {}).get(f"{self.audience}.duckdb")
            if sha256 is None:
                return None
            try:
                return self._opened(number, folder / f"{self.audience}.duckdb", sha256)
            except (ReleaseUnavailable, OSError, duckdb.Error) as error:
                LOG.warning("release %s cannot be pinned: %s", number, error)
                return None

    def numbers(self) -> list[int]:
        """Numbers of the releases whose files are still here, newest first."""
        folders = (self.home / "releases").glob("[0-9]*")
        return sorted(
            (int(f.name) for f in folders if (f / f"{self.audience}.duckdb").exists()), reverse=True
        )

    def _look(self) -> Shown:
        shown = self._current
        try:
            release = self._follow(shown.release if shown else None)
        except (ReleaseUnavailable, OSError, duckdb.Error) as error:
            if shown is None:
                raise ReleaseUnavailable(str(error)) from error
            if shown.problem is None:
                LOG.error("staying on release %s: %s", shown.release.number, error)
            return Shown(shown.release, str(error))
        return Shown(release)

    def _follow(self, last: Release | None) -> Release:
        pointer = self.home / "current.json"
        content = _read_json(pointer)
        if content is None:
            raise ReleaseUnavailable(
                f"No release can be shown: {pointer} is missing or not readable. Run `sozialraum "
                f"build` first."
            )
        entry = content.get("audiences", {}).get(self.audience)
        if not isinstance(entry, dict) or not isinstance(content.get("release"), int):
            raise ReleaseUnavailable(f"{pointer} does not name a release for the audience '{self.audience}'.")
        number = int(content["release"])
        if last is not None and number < last.number:
            raise ReleaseUnavailable(
                f"{pointer} names release {number}, older than release {last.number} shown here."
            )
        if last is not None and number == last.number:
            return last
        return self._opened(number, self.home / entry["file"], entry["sha256"])

    def _opened(self, number: int, path: Path, sha256: str) -> Release:
        if number in self._open:
            return self._open[number]
        if (number, sha256) in self._broken:
            raise ReleaseUnavailable(self._broken[number, sha256])
        if not path.is_file():
            raise ReleaseUnavailable(f"Release {number}: the file {path} is missing.")
        if file_sha256(path) != sha256:
            self._broken[number, sha256] = (
                f"Release {number}: {path} does not have the published sha256; do not trust it."
            )
            raise ReleaseUnavailable(self._broken[number, sha256])
        release = Release(number, self.audience, path, connect(path))
        self._open[number] = release
        while len(self._open) > OPEN_RELEASES:
            self._open.popitem(last=False)  # closed when the last session lets go of it
        return release


def connect(path: Path) -> duckdb.DuckDBPyConnection:
    """A locked, read-only connection that sees nothing but the release, under the name `sozialraum`."""
    connection = duckdb.connect(":memory:")
    quoted = str(path).replace("'", "''")
    connection.execute(f"ATTACH '{quoted}' AS sozialraum (READ_ONLY)")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def file_sha256(path: Path) -> str:
    """Hex sha256 of a file, read in pieces."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _read_json(path: Path) -> dict[str, Any] | None:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) else None


@lru_cache(maxsize=8)
def _store(home: str, audience: str) -> ReleaseStore:
    return ReleaseStore(Path(home), audience)


def store() -> ReleaseStore:
    """The process's store for SOZIALRAUM_HOME (default: `var` beside the project) and SOZIALRAUM_AUDIENCE
    (default: public).
    """
    default = Path(__file__).resolve().parent.parent / "var"
    home = Path(os.environ.get("SOZIALRAUM_HOME") or default).resolve()
    return _store(str(home), os.environ.get("SOZIALRAUM_AUDIENCE") or "public")
