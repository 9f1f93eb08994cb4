"""The private database of a build, and the state from which the next build may start.

Lives here: preparing `work/` and keeping `state/`. Must not live here: what dbt does in between. Both
folders hold unsuppressed counts and are closed to everybody else (0700).
"""

from __future__ import annotations

import json
from pathlib import Path

from orchestration.atomic import (
    PRIVATE_FOLDER,
    copy_file,
    environment_errors,
    fsync_folder,
    make_folder,
    remove_tree,
    sha256_of,
    write_json,
)
from orchestration.lock import build_lock
from orchestration.release.building import refuse_open_file
from orchestration.release.pointer import current_number, remove_leftovers
from orchestration.settings import Settings

STATE_FILE = "state.json"
TEMPORARY = "tmp"
PRIVATE_FILE = 0o600


def state_database(settings: Settings) -> Path:
    """Where the closed work database of the last published build is kept."""
    return settings.state / settings.work_database.name


def save_state(
    settings: Settings, work_database: Path, product_version: str, workspace_digest: str, release: int
) -> None:
    """Keep the closed work database of `release`. Without state.json there is no state: it goes first
    and comes last, so an interruption costs a full build and nothing else."""
    refuse_open_file(work_database)
    make_folder(settings.state, PRIVATE_FOLDER)
    with environment_errors(settings.state):
        (settings.state / STATE_FILE).unlink(missing_ok=True)
        fsync_folder(settings.state)
        copy_file(work_database, state_database(settings), PRIVATE_FILE)
        content = {
            "product_version": product_version,
            "workspace_digest": workspace_digest,
            "release": release,
            "sha256": sha256_of(state_database(settings)),
        }
        write_json(settings.state / STATE_FILE, content, PRIVATE_FILE)


def usable_state(settings: Settings, product_version: str, workspace_digest: str) -> Path | None:
    """The kept database when it is intact, belongs to the current release, and product and workspace
    are the same; else None, which means a full build."""
    try:
        content = json.loads((settings.state / STATE_FILE).read_bytes())
    except (OSError, ValueError):
        return None
    expected = (product_version, workspace_digest, current_number(settings))
    if not isinstance(content, dict):
        return None
    if (content.get("product_version"), content.get("workspace_digest"), content.get("release")) != expected:
        return None
    database = state_database(settings)
    if not database.is_file() or sha256_of(database) != content.get("sha256"):
        return None
    return database


def start_work(
    settings: Settings, product_version: str, workspace_digest: str, *, from_state: bool = True
) -> bool:
    """Prepare `work/` (0700) for a build; call it under the build lock.

    Removes what an interrupted build or publication left: the half-written database, temporary files,
    unfinished releases. dbt's parse cache stays. from_state: start from the kept state where it is
    usable. Returns True when the work database is a copy of the state, False when the build is a full one.
    """
    with build_lock(settings):
        make_folder(settings.home)
        make_folder(settings.work, PRIVATE_FOLDER)
        remove_leftovers(settings)
        database = settings.work_database
        for name in (database.name, database.name + ".wal", database.name + ".tmp", TEMPORARY):
            remove_tree(settings.work / name)
        for path in settings.work.glob(".*.tmp"):
            remove_tree(path)
        make_folder(settings.work / TEMPORARY, PRIVATE_FOLDER)
        kept = usable_state(settings, product_version, workspace_digest) if from_state else None
        if kept is None:
            return False
        copy_file(kept, database, PRIVATE_FILE)
        return True
