"""Which releases keep their files. Lives here: prune and pin. Manifests are never removed.

Must not live here: the ledger of deliveries and the ledger of published cells; both outlive every release.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from orchestration.atomic import environment_errors, fsync_folder, write_json
from orchestration.lock import build_lock
from orchestration.release.pointer import (
    PINNED,
    PRUNED,
    current_release,
    is_pinned,
    read_manifest,
    release_folder,
    release_numbers,
)
from orchestration.settings import Settings

DEFAULT_KEEP = 5  # releases; two would do for safety, five leave a week of daily builds comparable


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def pin(settings: Settings, number: int, reason: str) -> None:
    """Keep the files of a release for good, for example because an evaluation rests on it."""
    if not reason.strip():
        raise ValueError("A pin needs a reason: somebody will ask why the release is still kept.")
    read_manifest(settings, number)
    write_json(release_folder(settings, number) / PINNED, {"at": _now(), "reason": reason.strip()})


def _protected(settings: Settings, keep: int, pinned: Iterable[int]) -> set[int]:
    numbers = release_numbers(settings)
    protected = {*pinned, *numbers[-keep:], *(n for n in numbers if is_pinned(settings, n))}
    pointer = current_release(settings)
    if pointer is None:
        return {*numbers}
    current = int(pointer["release"])
    protected.add(current)
    try:
        previous = read_manifest(settings, current)["previous_release"]
    except (LookupError, ValueError):
        previous = None
    older = [number for number in numbers if number < current]
    protected |= {previous if previous is not None else max(older, default=current)}
    return protected


def _remove_files(settings: Settings, number: int) -> int:
    folder = release_folder(settings, number)
    names = list(read_manifest(settings, number)["file_hashes"])
    with environment_errors(folder):
        write_json(folder / PRUNED, {"at": _now(), "files": names})
        freed = 0
        for path in (folder / name for name in names):
            if path.is_file():
                freed += path.stat().st_size
                path.unlink()
        fsync_folder(folder)
    return freed


def prune(settings: Settings, keep: int = DEFAULT_KEEP, pinned: Iterable[int] = ()) -> dict[str, Any]:
    """Remove the files of old releases; a reader who has one open can go on reading it.

    keep: how many of the newest releases keep their files, at least 1. Kept in any case: the current
    release, its predecessor, pinned ones, and every release whose manifest cannot be read. Result:
    {"pruned": numbers, "kept": numbers, "freed_bytes"}. Raises PointerDamaged rather than guess.
    """
    if keep < 1:
        raise ValueError(f"keep must be at least 1, not {keep}.")
    with build_lock(settings):
        protected = _protected(settings, keep, pinned)
        pruned, freed = [], 0
        for number in release_numbers(settings):
            if number in protected or (release_folder(settings, number) / PRUNED).is_file():
                continue
            try:
                freed += _remove_files(settings, number)
            except (LookupError, ValueError):
                continue
            pruned.append(number)
        gone = {n for n in release_numbers(settings) if (release_folder(settings, n) / PRUNED).is_file()}
        kept = [number for number in release_numbers(settings) if number not in gone]
    return {"pruned": pruned, "kept": kept, "freed_bytes": freed}
