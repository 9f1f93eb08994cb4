"""Which release is current, and what each release's manifest says.

Lives here: reading and writing `current.json` and `releases/<n>/manifest.json`, the order of releases,
and the no-change decision. Must not live here: opening a database; this module must stay quick to import.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from orchestration.atomic import (
    READ_ONLY_FILE,
    as_json,
    environment_errors,
    remove_tree,
    write_json,
    write_new,
)
from orchestration.release.errors import PointerDamaged, UnknownRelease
from orchestration.settings import AUDIENCES, Audience, Settings

MANIFEST = "manifest.json"
SEMANTIC_MANIFEST = "semantic_manifest.json"
PRUNED = "pruned.json"
PINNED = "pinned.json"
BUILDING_SUFFIX = ".building"
_RELEASE_FOLDER = re.compile(r"\d{6,}")

Manifest = dict[str, Any]


def release_name(number: int) -> str:
    """The folder name of a release."""
    return f"{number:06d}"


def release_folder(settings: Settings, number: int) -> Path:
    """The folder of a release, whether it exists or not."""
    return settings.releases / release_name(number)


def database_name(audience: Audience) -> str:
    """The file name of an audience's database inside a release."""
    return f"{audience}.duckdb"


def release_numbers(settings: Settings) -> list[int]:
    """The numbers of all release folders, ascending; unfinished ones are not releases."""
    if not settings.releases.is_dir():
        return []
    names = (path.name for path in settings.releases.iterdir() if path.is_dir())
    return sorted(int(name) for name in names if _RELEASE_FOLDER.fullmatch(name))


def _is_pointer(content: object) -> bool:
    if not isinstance(content, dict) or type(content.get("release")) is not int:
        return False
    audiences = content.get("audiences")
    return isinstance(audiences, dict) and all(
        isinstance(audiences.get(name), dict)
        and isinstance(audiences[name].get("file"), str)
        and isinstance(audiences[name].get("sha256"), str)
        for name in AUDIENCES
    )


def current_release(settings: Settings) -> dict[str, Any] | None:
    """The pointer `{"release": n, "audiences": {...}}`, or None before the first release.

    Raises PointerDamaged when the file is there but unreadable as a pointer.
    """
    try:
        content = json.loads(settings.pointer.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except ValueError:
        content = None
    if not _is_pointer(content):
        raise PointerDamaged(
            f"{settings.pointer} is damaged and names no release. `sozialraum release list` shows which "
            "releases verify; the next build, or `sozialraum release rollback N`, writes a new pointer."
        )
    return dict(content)


def current_number(settings: Settings) -> int | None:
    """The number of the current release; None when there is none or the pointer is damaged."""
    try:
        pointer = current_release(settings)
    except PointerDamaged:
        return None
    return int(pointer["release"]) if pointer else None


def remove_leftovers(settings: Settings) -> list[str]:
    """Remove what an interrupted publication left; returns the names. Call it under the lock only."""
    if not settings.releases.is_dir():
        return []
    leftovers = [path for path in settings.releases.iterdir() if path.name.endswith(BUILDING_SUFFIX)]
    for path in leftovers:
        remove_tree(path)
    return sorted(path.name for path in leftovers)


def next_number(settings: Settings) -> int:
    """One above every release folder and the pointer; the clock has no say."""
    return max([0, current_number(settings) or 0, *release_numbers(settings)]) + 1


def write_pointer(settings: Settings, number: int, file_hashes: Mapping[str, str]) -> None:
    """Make release `number` current: the only commit point. file_hashes: file name -> sha256."""
    audiences = {
        audience: {
            "file": f"{settings.releases.name}/{release_name(number)}/{database_name(audience)}",
            "sha256": file_hashes[database_name(audience)],
        }
        for audience in AUDIENCES
    }
    write_json(settings.pointer, {"release": number, "audiences": audiences})


def _checksum(manifest: Manifest) -> str:
    content = {key: value for key, value in manifest.items() if key != "checksum"}
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write a release's manifest once, with a checksum over its own content."""
    plain: Manifest = json.loads(as_json(manifest))
    with environment_errors(folder):
        write_new(folder / MANIFEST, as_json({**plain, "checksum": _checksum(plain)}), READ_ONLY_FILE)


def read_manifest(settings: Settings, number: int) -> Manifest:
    """The manifest of a release; raises UnknownRelease, or ValueError when it was changed or damaged."""
    path = release_folder(settings, number) / MANIFEST
    try:
        content = json.loads(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError) as error:
        known = ", ".join(str(n) for n in release_numbers(settings)) or "none"
        raise UnknownRelease(
            f"There is no release {number} in {settings.home}. Existing: {known}."
        ) from error
    except ValueError as error:
        raise ValueError(f"{path} is damaged: it is not JSON.") from error
    if not isinstance(content, dict) or content.get("checksum") != _checksum(content):
        raise ValueError(f"{path} is damaged: its content does not fit its checksum.")
    if content.get("sequence") != number:
        raise ValueError(f"{path} is the manifest of release {content.get('sequence')}, not of {number}.")
    return content


def _readable_manifest(settings: Settings, number: int) -> Manifest | None:
    try:
        return read_manifest(settings, number)
    except (UnknownRelease, ValueError, OSError):
        return None


def current_manifest(settings: Settings) -> Manifest | None:
    """The manifest of the current release; None when there is none or it cannot be read."""
    number = current_number(settings)
    return _readable_manifest(settings, number) if number is not None else None


def unchanged_since_current(settings: Settings, fingerprint: str) -> bool:
    """True when a build would only repeat the current release, or one that a rollback took back.

    fingerprint: hash over ALL accepted deliveries (withdrawn ones too), workspace and product version.
    The files of the current release must be there; whether they are intact is a matter for `verify`.
    """
    manifest = current_manifest(settings)
    if manifest is None:
        return False
    folder = release_folder(settings, int(manifest["sequence"]))
    if not all((folder / database_name(audience)).is_file() for audience in AUDIENCES):
        return False
    return fingerprint == manifest["fingerprint"] or fingerprint in manifest["withdrawn"]["fingerprints"]


def withdrawn_inputs(settings: Settings) -> frozenset[str]:
    """sha256 of deliveries that rollbacks took back and that no later release has used again."""
    # Beside a damaged pointer the newest readable manifest answers: forgetting would publish them again.
    numbers = [n for n in (current_number(settings), *reversed(release_numbers(settings))) if n is not None]
    manifests = (_readable_manifest(settings, number) for number in numbers)
    manifest = next((one for one in manifests if one is not None), None)
    return frozenset(manifest["withdrawn"]["inputs"]) if manifest else frozenset()


def is_pruned(settings: Settings, number: int) -> bool:
    """True when retention removed the files of this release; its manifest is still there."""
    return (release_folder(settings, number) / PRUNED).is_file()


def is_pinned(settings: Settings, number: int) -> bool:
    """True when somebody asked to keep the files of this release for good."""
    return (release_folder(settings, number) / PINNED).is_file()
