"""Write, audit, publish: from a closed database to the current release, in one commit.

Lives here: the order of the steps and the manifest. Must not live here: what enters a file (building.py)
and what it must keep (audit.py). Killed anywhere before the pointer is replaced, the old release is
current and untouched; killed after it, the new one is.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from orchestration.atomic import (
    READ_ONLY_FILE,
    EnvironmentFailed,
    copy_file,
    environment_errors,
    fsync_file,
    fsync_folder,
    make_folder,
    remove_tree,
    sha256_of,
)
from orchestration.lock import build_lock
from orchestration.release.audit import audit_file
from orchestration.release.building import ReleaseRow, build_audience
from orchestration.release.candidate import (
    NO_COMPARISON,
    Candidate,
    about_of,
    clock_warning,
    predecessor,
    row_of,
)
from orchestration.release.errors import ReleaseRefused
from orchestration.release.pointer import (
    BUILDING_SUFFIX,
    SEMANTIC_MANIFEST,
    database_name,
    next_number,
    release_folder,
    release_name,
    remove_leftovers,
    withdrawn_inputs,
    write_manifest,
    write_pointer,
)
from orchestration.release.state import save_state
from orchestration.settings import AUDIENCES, Audience, Settings
from orchestration.stages import Stages

_log = logging.getLogger(__name__)
# The home's lock keeps other processes out, this one the other threads of the same process.
_one_at_a_time = threading.RLock()


def _build_files(
    folder: Path, sources: Mapping[Audience, Path], row: ReleaseRow, previous: Path | None
) -> dict[str, Any]:
    """Build and audit every audience's file; what the manifest says about their content."""
    counts: dict[str, Any] = {}
    hashes: dict[str, Any] = {}
    problems: list[str] = []
    warnings: list[str] = []
    for audience in AUDIENCES:
        target = folder / database_name(audience)
        earlier = previous / target.name if previous is not None else None
        built = build_audience(sources[audience], target, audience, row, earlier)
        if built.not_comparable is not None:
            warnings.append(f"{NO_COMPARISON}: {built.not_comparable}")
        audited = audit_file(target, audience, built.source_counts)
        problems += audited.problems
        counts[audience], hashes[audience] = audited.row_counts, audited.content_hash
    if problems:
        raise ReleaseRefused(problems)
    return {"row_counts": counts, "content_hash": hashes, "warnings": warnings}


def _seal(folder: Path) -> dict[str, dict[str, Any]]:
    """Make every file durable and read-only; their hashes and sizes."""
    names = [*(database_name(audience) for audience in AUDIENCES), SEMANTIC_MANIFEST]
    for name in names:
        (folder / name).chmod(READ_ONLY_FILE)
        fsync_file(folder / name)
    return {
        "file_hashes": {name: sha256_of(folder / name) for name in names},
        "file_sizes": {name: (folder / name).stat().st_size for name in names},
    }


def _prepare(
    settings: Settings,
    folder: Path,
    number: int,
    candidate: Candidate,
    stages: Stages,
    sources: Mapping[Audience, Path],
    semantic_manifest: Path,
) -> dict[str, str]:
    """Fill the unfinished folder completely; returns file name -> sha256."""
    now = datetime.now(UTC).replace(microsecond=0)
    with stages.stage("publish"):
        previous, compared, warnings = predecessor(settings)
        row = row_of(candidate, number, now, previous)
        content = _build_files(folder, sources, row, compared)
        remove_tree(folder / "tmp")
        copy_file(semantic_manifest, folder / SEMANTIC_MANIFEST)
        sealed = _seal(folder)
    about = about_of(candidate, number, now, previous)
    late = clock_warning(settings, previous, now)
    warnings = [*candidate.warnings, *warnings, *content["warnings"], *late]
    measured = {"stages": stages.as_dict(), "warnings": warnings}
    write_manifest(folder, {**about, **content, **sealed, **measured})
    hashes: dict[str, str] = sealed["file_hashes"]
    return hashes


def publish_from(
    settings: Settings,
    candidate: Candidate,
    sources: Mapping[Audience, Path],
    semantic_manifest: Path,
    stages: Stages,
) -> int:
    """Build, audit and commit one release; sources: the closed database of each audience."""
    with build_lock(settings), _one_at_a_time, environment_errors(settings.releases):
        make_folder(settings.releases)
        remove_leftovers(settings)
        number = next_number(settings)
        folder = settings.releases / (release_name(number) + BUILDING_SUFFIX)
        make_folder(folder)
        try:
            hashes = _prepare(settings, folder, number, candidate, stages, sources, semantic_manifest)
            fsync_folder(folder)
            folder.rename(release_folder(settings, number))
            fsync_folder(settings.releases)
        except BaseException:
            with contextlib.suppress(Exception):  # the first error is the one to tell
                remove_tree(folder)
            raise
        write_pointer(settings, number, hashes)
    return number


def publish(
    settings: Settings,
    *,
    workspace_id: str,
    workspace_digest: str,
    product_version: str,
    fingerprint: str,
    inputs: Sequence[Mapping[str, Any]],
    stages: Stages,
    n_checks: int,
    work_database: Path,
    semantic_manifest: Path,
    disclosure_note_de: str,
    disclosure_note_en: str,
    withdrawn: Iterable[str] | None = None,
    warnings: Sequence[str] = (),
) -> int:
    """Publish the closed work database as the next release and return its number.

    fingerprint: hash over ALL accepted deliveries, workspace and product version (see
    unchanged_since_current). inputs: one dict per delivery used, with delivery_id, extract_id, sha256 and
    file_name. withdrawn: sha256 of deliveries that stay taken back; default: those that rollbacks took
    back and that are not among the inputs again. warnings: sentences for the manifest.
    Raises ReleaseRefused (nothing published), LockHeld, EnvironmentFailed.
    """
    used = {str(one["sha256"]) for one in inputs}
    candidate = Candidate(
        workspace_id=workspace_id,
        workspace_digest=workspace_digest,
        product_version=product_version,
        fingerprint=fingerprint,
        inputs=inputs,
        n_checks=n_checks,
        disclosure_note_de=disclosure_note_de,
        disclosure_note_en=disclosure_note_en,
        withdrawn_inputs=(withdrawn_inputs(settings) if withdrawn is None else frozenset(withdrawn)) - used,
        warnings=list(warnings),
    )
    sources: dict[Audience, Path] = dict.fromkeys(AUDIENCES, work_database)
    with build_lock(settings), _one_at_a_time:
        number = publish_from(settings, candidate, sources, semantic_manifest, stages)
        try:
            save_state(settings, work_database, product_version, workspace_digest, number)
        except EnvironmentFailed as error:  # the release is out; only the next build takes longer
            _log.warning("Release %s is published, but its work state was not kept: %s", number, error)
    return number
