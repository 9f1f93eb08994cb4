"""The release that a question is put to: which one, and whether its files are those that were published.

Lives here: the hash before every answer. Must not live here: what is asked (metric_queries.py).
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

from orchestration.atomic import sha256_of
from orchestration.metric_conditions import WrongQuery
from orchestration.release import current_release, read_manifest, release_folder
from orchestration.release.pointer import (
    MANIFEST,
    SEMANTIC_MANIFEST,
    database_name,
    is_pruned,
    release_numbers,
)
from orchestration.settings import Audience, Settings


class ReleaseAltered(RuntimeError):
    """The files of the release are not those that were published; nothing is read from them (exit code 3)."""


def release_as_of(settings: Settings, as_of: date | None) -> int:
    """The current release, or the last one published by the end of `as_of`; never an older one instead."""
    if as_of is None:
        pointer = current_release(settings)
        if pointer is None:
            raise WrongQuery(f"There is no release in {settings.home} yet. Run `sozialraum build` first.")
        return int(pointer["release"])
    numbers = [
        number
        for number in release_numbers(settings)
        if date.fromisoformat(str(read_manifest(settings, number)["built_at"])[:10]) <= as_of
    ]
    if not numbers:
        raise WrongQuery(f"No release was published by {as_of.isoformat()}. See `sozialraum release list`.")
    if is_pruned(settings, numbers[-1]):
        raise WrongQuery(
            f"Release {numbers[-1]}, the last one published by {as_of.isoformat()}, was pruned: its values"
            " are no longer kept. See `sozialraum release list`."
        )
    return numbers[-1]


@lru_cache(maxsize=16)
def _hash(path: Path, _stamp: tuple[int, int, int]) -> str:
    """sha256 of a file, computed once per process while size, time and inode stay what they are."""
    return sha256_of(path)


def _as_published(settings: Settings, number: int, name: str, expected: object, source: Path) -> Path:
    """A file of a release whose bytes are those that were published; raises ReleaseAltered."""
    path = release_folder(settings, number) / name
    try:
        found = path.stat()
        if _hash(path, (found.st_size, found.st_mtime_ns, found.st_ino)) == expected:
            return path
        what = f"does not match the hash in {source}"
    except FileNotFoundError:
        what = f"is missing, but {source} names it"
    raise ReleaseAltered(f"{path} {what}; run `sozialraum release verify {number}`. No answer was given.")


def published_files(settings: Settings, as_of: date | None, audience: Audience) -> tuple[int, Path, Path]:
    """The release that was current at `as_of`, its database and its semantic manifest, as published.

    The pointer says what the current database is, the manifest the rest. Raises WrongQuery, ReleaseAltered.
    """
    number = release_as_of(settings, as_of)
    hashes = read_manifest(settings, number)["file_hashes"]
    source = release_folder(settings, number) / MANIFEST
    name = database_name(audience)
    pointer = current_release(settings) if as_of is None else None
    if pointer is not None and pointer["release"] == number:
        expected = pointer["audiences"][audience]["sha256"]
        database = _as_published(settings, number, name, expected, settings.pointer)
    else:
        database = _as_published(settings, number, name, hashes.get(name), source)
    semantics = _as_published(settings, number, SEMANTIC_MANIFEST, hashes.get(SEMANTIC_MANIFEST), source)
    return number, database, semantics
