"""Running the real command line on a city, and reading what it left behind.

Lives here: helpers that several test files share. Must not live here: fixtures (conftest.py) and claims.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

COMMAND = str(Path(sys.executable).parent / "sozialraum")
BUILD_SECONDS = 600  # far above what any build of the small city takes on a busy machine


@dataclass(frozen=True)
class City:
    """A workspace with its inbox, and the home it is built into."""

    workspace: Path
    inbox: Path
    home: Path

    @property
    def arguments(self) -> list[str]:
        """Command-line options that name this city."""
        return ["--workspace", str(self.workspace), "--inbox", str(self.inbox), "--home", str(self.home)]


def copy_of(city: Any, folder: Path) -> City:
    """A copy of workspace, inbox and home under `folder`, to be changed."""
    shutil.copytree(city.workspace, folder / "city")
    shutil.copytree(city.home, folder / "home")
    return City(folder / "city", folder / "city" / "inbox", folder / "home")


def sozialraum(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the real command line; nothing is raised, the exit code is part of the result."""
    return subprocess.run(
        [COMMAND, *arguments],
        capture_output=True,
        text=True,
        timeout=BUILD_SECONDS,
        env={**os.environ, **environment},
        check=False,
    )


def answered(*arguments: str) -> Any:
    """The JSON that a command prints with `--json`; the command must succeed."""
    done = sozialraum(*arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def pointer_of(home: Path) -> dict[str, Any]:
    """current.json."""
    content: dict[str, Any] = json.loads((home / "current.json").read_text(encoding="utf-8"))
    return content


def manifest_of(home: Path, number: int | None = None) -> dict[str, Any]:
    """The manifest of a release, by default of the current one."""
    folder = home / "releases" / f"{number or pointer_of(home)['release']:06d}"
    content: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return content


def content_hash(home: Path) -> dict[str, str]:
    """Audience -> content hash of the current release."""
    hashes: dict[str, str] = manifest_of(home)["content_hash"]
    return hashes


def problems_of(home: Path) -> list[str]:
    """What `release verify` finds wrong with the current release."""
    done = sozialraum("release", "verify", "--home", str(home), "--json")
    problems: list[str] = json.loads(done.stdout)["problems"]
    assert done.returncode == (1 if problems else 0), done.stderr
    return problems


def events_of(home: Path) -> list[dict[str, Any]]:
    """The ledger of deliveries, oldest first."""
    return [
        json.loads(path.read_text(encoding="utf-8")) for path in sorted((home / "deliveries").glob("*.json"))
    ]


def bytes_below(folder: Path) -> dict[str, str]:
    """Relative path -> sha256 of every file below `folder`."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def opened_file(path: Path) -> duckdb.DuckDBPyConnection:
    """A database file, opened as a reader opens it: read-only, nothing else reachable."""
    connection = duckdb.connect(":memory:")
    connection.execute(f"attach '{path}' as sozialraum (read_only)")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    connection.execute("use sozialraum.main")
    return connection


def opened(home: Path, audience: str = "public") -> duckdb.DuckDBPyConnection:
    """The current release of a home."""
    return opened_file(home / pointer_of(home)["audiences"][audience]["file"])
