"""Runs the dbt project on a home, in this process.

Lives here: one resident dbtRunner and its arguments. Must not live here: what is built (dbt_project/) and
what Dagster makes of the events (assets.py).
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.settings import DBT_PROJECT, Settings

if TYPE_CHECKING:
    from dbt.cli.main import dbtRunner, dbtRunnerResult
    from dbt_common.events.base_types import EventMsg

_working_directory = threading.Lock()


@contextmanager
def _inside(folder: Path) -> Iterator[None]:
    """dbt resolves the relative paths of profile and sources against the working directory."""
    with _working_directory:
        before = Path.cwd()
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(before)


def runner(reasons: list[str] | None = None) -> dbtRunner:
    """A dbtRunner; imported here because dbt takes seconds to load.

    reasons: takes what dbt says of an error before it fails; its exception alone only says that it failed.
    """
    from dbt.cli.main import dbtRunner

    def note(event: EventMsg) -> None:
        if reasons is not None and event.info.level == "error":
            said = event.info.msg  # type: ignore[attr-defined]
            reasons.append(said.removeprefix("Encountered an error:").strip())

    return dbtRunner(callbacks=[note])


def dbt_arguments(settings: Settings, target: Path, *command: str) -> list[str]:
    """The command line of a dbt call: absolute project, target and logs inside the home."""
    return [
        *command,
        "--project-dir",
        str(DBT_PROJECT),
        "--profiles-dir",
        str(DBT_PROJECT),
        "--target-path",
        str(target),
        "--log-path",
        str(settings.work / "dbt_logs"),
        "--log-level",
        "none",
        "--no-use-colors",
    ]


def invoke(settings: Settings, target: Path, dbt: dbtRunner, *command: str) -> dbtRunnerResult:
    """Run one dbt command with the home as working directory and the workspace's own metrics as models."""
    settings.home.mkdir(parents=True, exist_ok=True)
    metrics = target.parent / "workspace_metrics"
    shutil.rmtree(metrics, ignore_errors=True)
    own = settings.workspace / "metrics"
    if own.is_dir():
        shutil.copytree(own, metrics)
    else:
        metrics.mkdir(parents=True)
    os.environ["SOZIALRAUM_WORKSPACE_METRICS"] = os.path.relpath(metrics, DBT_PROJECT)
    with _inside(settings.home):
        try:
            return dbt.invoke(dbt_arguments(settings, target, *command))
        finally:
            _close_database()


def _close_database() -> None:
    """dbt-duckdb keeps its database open for the life of the process; only a closed file may be published."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    environment = DuckDBConnectionManager._ENV
    if environment is not None:
        environment.close()
    DuckDBConnectionManager.close_all_connections()  # type: ignore[no-untyped-call]
