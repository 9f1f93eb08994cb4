"""Dagster's own storage in the home: deletable at any time, nothing of record lives only there.

Lives here: the instance's configuration. Must not live here: what runs in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestration.atomic import make_folder, write_bytes
from orchestration.settings import Settings

if TYPE_CHECKING:
    from dagster import DagsterInstance

# One run at a time: all runs work in one home. A run whose process was killed is found within a minute and retried
# once; the lock of the home has gone with the process.
CONFIGURATION = b"""\
telemetry:
  enabled: false
concurrency:
  runs:
    max_concurrent_runs: 1
run_monitoring:
  enabled: true
  start_timeout_seconds: 180
  poll_interval_seconds: 30
run_retries:
  enabled: true
  max_retries: 1
"""


def prepare_instance(settings: Settings) -> None:
    """Write `<home>/dagster/dagster.yaml` where it is absent or differs."""
    folder = make_folder(settings.dagster)
    file = folder / "dagster.yaml"
    if not file.exists() or file.read_bytes() != CONFIGURATION:
        write_bytes(file, CONFIGURATION)


def _skip_waiting_for_the_disk() -> None:
    """Dagster commits each of its events; without this a build waits longer for the disk than it computes.

    Nothing of record is in this storage: after a power cut it may be deleted.
    """
    import sqlite3

    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    def connected(connection: object, _: object) -> None:
        if isinstance(connection, sqlite3.Connection):
            connection.execute("pragma synchronous = off")

    event.listen(Engine, "connect", connected)


def instance(settings: Settings) -> DagsterInstance:
    """The instance of this home."""
    from dagster import DagsterInstance

    prepare_instance(settings)
    _skip_waiting_for_the_disk()
    return DagsterInstance.from_config(str(settings.dagster))
