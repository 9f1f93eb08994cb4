"""Dagster's own storage in the home: deletable at any time, nothing of record lives only there.

Lives here: the instance's configuration. Must not live here: what runs in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from typing import TYPE_CHECKING

from orchestration.atomic import PRIVATE_FOLDER, make_folder, write_bytes
from orchestration.settings import Settings

if TYPE_CHECKING:
    from dagster import DagsterInstance

# Events of all runs in one file: the default writes each twice. One run at a time: all runs work in one home.
# A run whose process was killed is found within a minute and retried once; the home's lock went with it.
CONFIGURATION = """\
telemetry:
  enabled: false
event_log_storage:
  module: dagster._core.storage.event_log
  class: ConsolidatedSqliteEventLogStorage
  config:
    base_dir: {folder}/events
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
    folder = make_folder(settings.dagster, PRIVATE_FOLDER)
    file = folder / "dagster.yaml"
    content = CONFIGURATION.format(folder=folder).encode()
    if not file.exists() or file.read_bytes() != content:
        write_bytes(file, content)


def _skip_waiting_for_the_disk() -> None:
    import sqlite3

    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    def connected(connection: object, _: object) -> None:
        if isinstance(connection, sqlite3.Connection):
            connection.execute("pragma synchronous = off")

    event.listen(Engine, "connect", connected)


@contextmanager
def instance(settings: Settings) -> Iterator[DagsterInstance]:
    """The instance of this home, for one build in this process.

    Dagster opens a connection for each of its hundreds of events and commits each. Two things keep a build
    from waiting for that: nothing is forced to the disk (after a power cut delete the folder), and one
    idle connection a file stays open, so that closing the others does not fold the log back each time.
    Measured on the demo city with two cores: 27 s of processor time before, 22 s after.
    """
    import sqlite3

    from dagster import DagsterInstance

    prepare_instance(settings)
    _skip_waiting_for_the_disk()
    with DagsterInstance.from_config(str(settings.dagster)) as opened, ExitStack() as held:
        _ = opened.event_log_storage, opened.run_storage, opened.schedule_storage  # creates their files
        for file in sorted(settings.dagster.rglob("*.db")):
            connection = held.enter_context(closing(sqlite3.connect(file)))
            connection.execute("select count(*) from sqlite_master").fetchone()
        yield opened
