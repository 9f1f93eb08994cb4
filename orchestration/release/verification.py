"""Whether a release is still, byte for byte and row for row, what was published; and what there is.

Lives here: verify, list and show. Must not live here: repairing or choosing another release.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from orchestration.atomic import sha256_of
from orchestration.release.errors import PointerDamaged, UnknownRelease
from orchestration.release.pointer import (
    MANIFEST,
    Manifest,
    current_number,
    current_release,
    database_name,
    is_pinned,
    is_pruned,
    read_manifest,
    release_folder,
    release_numbers,
)
from orchestration.settings import AUDIENCES, Settings


def file_problems(
    settings: Settings, number: int, manifest: Manifest, names: Iterable[str] | None = None
) -> list[str]:
    """Files of a release (default: all) that are absent, altered, or have a write-ahead log beside them."""
    folder = release_folder(settings, number)
    problems = []
    for name, expected in sorted(manifest["file_hashes"].items()):
        if names is not None and name not in names:
            continue
        path = folder / name
        if not path.is_file():
            problems.append(f"{path} is missing.")
        elif sha256_of(path) != expected:
            problems.append(
                f"{path} was altered or damaged: {path.stat().st_size} bytes (published: "
                f"{manifest['file_sizes'][name]}), and the sha256 is not the published one."
            )
        if path.with_name(name + ".wal").exists():
            problems.append(f"{path}.wal must not exist: a published file is closed.")
    return problems


def _pointer_problems(settings: Settings, number: int, manifest: Manifest) -> list[str]:
    try:
        pointer = current_release(settings)
    except PointerDamaged:
        return []  # says nothing about this release
    if pointer is None or pointer["release"] != number:
        return []
    named = {name: pointer["audiences"][name]["sha256"] for name in AUDIENCES}
    return [
        f"{settings.pointer} names another sha256 for {audience} than the manifest of release {number}."
        for audience, sha256 in named.items()
        if sha256 != manifest["file_hashes"].get(database_name(audience))
    ]


def _content_problems(path: Path, manifest: Manifest, audience: str) -> list[str]:
    import duckdb

    from orchestration.release.content import content_hash, opened, row_counts, tables_of

    try:
        with opened(path) as connection:
            counts = row_counts(connection, "sozialraum", tables_of(connection, "sozialraum"))
            hashed = content_hash(connection)
    except duckdb.Error as error:
        return [
            f"{path} was written by DuckDB {manifest['duckdb_version']} and cannot be read by DuckDB "
            f"{duckdb.__version__}: {error}. Install the former, or rebuild with `sozialraum build --force`."
        ]
    expected: dict[str, int] = manifest["row_counts"][audience]
    problems = [
        f"{path}: table {table} has {counts.get(table, 'no')} rows,"
        f" the manifest says {expected.get(table, 'no')}."
        for table in sorted(set(counts) | set(expected))
        if counts.get(table) != expected.get(table)
    ]
    if hashed != manifest["content_hash"][audience]:
        problems.append(f"{path}: the content hash is not the one in the manifest.")
    return problems


def _unexpected_files(settings: Settings, number: int, manifest: Manifest) -> list[str]:
    known = {*manifest["file_hashes"], MANIFEST, "pinned.json"}
    known |= {f"{name}.wal" for name in manifest["file_hashes"]}  # reported with its file
    return [
        f"{path} does not belong to release {number}."
        for path in sorted(release_folder(settings, number).iterdir())
        if path.name not in known and not path.name.endswith(".tmp")
    ]


def verify(settings: Settings, number: int | None = None, *, deep: bool = True) -> list[str]:
    """Every problem of a release as a sentence; an empty list means it is what was published.

    number: default the current release. deep: also open the files and compare row counts and content
    hash; without it only bytes are compared. Raises UnknownRelease when there is no such release, and
    PointerDamaged when the current one is asked for and the pointer cannot be read.
    """
    if number is None:
        pointer = current_release(settings)
        if pointer is None:
            raise UnknownRelease(f"There is no release in {settings.home} yet. Run `sozialraum build`.")
        number = int(pointer["release"])
    try:
        manifest = read_manifest(settings, number)
    except ValueError as error:
        return [str(error)]
    except UnknownRelease as error:
        if number in {current_number(settings), *release_numbers(settings)}:
            return [f"Release {number} has no manifest: {error}"]
        raise
    if is_pruned(settings, number):
        return [f"Release {number} was pruned: its files are no longer kept, only its manifest is."]
    problems = file_problems(settings, number, manifest)
    problems += _unexpected_files(settings, number, manifest)
    problems += _pointer_problems(settings, number, manifest)
    if deep and not problems:
        for audience in AUDIENCES:
            path = release_folder(settings, number) / database_name(audience)
            problems += _content_problems(path, manifest, audience)
    return problems


def _row(settings: Settings, number: int, current: int | None) -> dict[str, Any]:
    problems = verify(settings, number, deep=False)
    row: dict[str, Any] = {
        "release": number,
        "built_at": None,
        "n_inputs": None,
        "product_version": None,
        "rollback_of": None,
        "previous_release": None,
        "is_current": number == current,
        "is_pruned": is_pruned(settings, number),
        "is_pinned": is_pinned(settings, number),
        "verifies": not problems,
        "problems": problems,
    }
    try:
        manifest = read_manifest(settings, number)
    except (UnknownRelease, ValueError):
        return row
    for name in ("built_at", "product_version", "rollback_of", "previous_release"):
        row[name] = manifest[name]
    return {**row, "n_inputs": len(manifest["inputs"])}


def list_releases(settings: Settings) -> list[dict[str, Any]]:
    """One dict per release, oldest first: release, built_at, n_inputs, product_version, rollback_of,
    previous_release, is_current, is_pruned, is_pinned, verifies (bytes compared), problems."""
    current = current_number(settings)
    return [_row(settings, number, current) for number in release_numbers(settings)]


def show(settings: Settings, number: int | None = None) -> dict[str, Any]:
    """The manifest of a release (default: the current one) with is_current, is_pruned and problems."""
    if number is None:
        pointer = current_release(settings)
        if pointer is None:
            raise UnknownRelease(f"There is no release in {settings.home} yet. Run `sozialraum build`.")
        number = int(pointer["release"])
    manifest = read_manifest(settings, number)
    return {
        **manifest,
        "is_current": number == current_number(settings),
        "is_pruned": is_pruned(settings, number),
        "is_pinned": is_pinned(settings, number),
        "problems": verify(settings, number, deep=False),
    }
