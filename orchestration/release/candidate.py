"""What a release says about itself, and what came before it.

Lives here: the candidate of a publication, its part of the manifest and its row of dim_release, and whether
the release before can be compared. Must not live here: files being written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from orchestration.release.building import ReleaseRow
from orchestration.release.errors import PointerDamaged
from orchestration.release.pointer import (
    Manifest,
    current_number,
    current_release,
    database_name,
    read_manifest,
    release_folder,
)
from orchestration.release.verification import file_problems
from orchestration.settings import AUDIENCES, Settings

NO_COMPARISON = "Vergleich mit Vorversion nicht möglich"


@dataclass(frozen=True)
class Candidate:
    """Everything a release says about itself besides its files.

    inputs: dicts with delivery_id, extract_id, sha256, file_name. withdrawn_inputs: sha256 of deliveries
    that a rollback took back; withdrawn_fingerprints: no-change fingerprints that it took back.
    """

    workspace_id: str
    workspace_digest: str
    product_version: str
    fingerprint: str
    inputs: Sequence[Mapping[str, Any]]
    n_checks: int
    disclosure_note_de: str
    disclosure_note_en: str
    rollback_of: int | None = None
    withdrawn_inputs: Iterable[str] = frozenset()
    withdrawn_fingerprints: Iterable[str] = frozenset()
    not_for_publication: bool = True
    warnings: list[str] = field(default_factory=list)


def about_of(candidate: Candidate, number: int, built_at: datetime, previous: int | None) -> Manifest:
    """The part of the manifest that does not depend on the files."""
    from duckdb import __version__ as duckdb_version

    return {
        "sequence": number,
        "built_at": built_at.isoformat(),
        "workspace": {"workspace_id": candidate.workspace_id, "digest": candidate.workspace_digest},
        "product_version": candidate.product_version,
        "duckdb_version": duckdb_version,
        "fingerprint": candidate.fingerprint,
        "inputs": [dict(one) for one in candidate.inputs],
        "previous_release": previous,
        "rollback_of": candidate.rollback_of,
        "withdrawn": {
            "fingerprints": sorted(candidate.withdrawn_fingerprints),
            "inputs": sorted(candidate.withdrawn_inputs),
        },
        "marks": {"not_for_publication": candidate.not_for_publication},
        "disclosure_note": {"de": candidate.disclosure_note_de, "en": candidate.disclosure_note_en},
        "checks_passed": candidate.n_checks,
    }


def row_of(candidate: Candidate, number: int, built_at: datetime, previous: int | None) -> ReleaseRow:
    """The one row of dim_release."""
    return ReleaseRow(
        release_number=number,
        built_at=built_at.replace(tzinfo=None),
        product_version=candidate.product_version,
        workspace_id=candidate.workspace_id,
        is_not_for_publication=candidate.not_for_publication,
        disclosure_note_de=candidate.disclosure_note_de,
        disclosure_note_en=candidate.disclosure_note_en,
        previous_release=previous,
        rollback_of=candidate.rollback_of,
    )


def clock_warning(settings: Settings, previous: int | None, now: datetime) -> list[str]:
    """A sentence when the clock is behind the last publication; the order of releases ignores it."""
    if previous is None:
        return []
    try:
        last = datetime.fromisoformat(str(read_manifest(settings, previous)["built_at"]))
    except (LookupError, ValueError):
        return []
    if now >= last:
        return []
    return [
        f"The clock ({now.isoformat()}) is behind release {previous} ({last.isoformat()}). "
        "Releases are ordered by number, so nothing is lost; set the clock."
    ]


def _predecessor_problem(settings: Settings, previous: int) -> str | None:
    try:
        manifest = read_manifest(settings, previous)
    except (LookupError, ValueError) as error:
        return str(error)
    databases = [database_name(audience) for audience in AUDIENCES]
    return " ".join(file_problems(settings, previous, manifest, databases)) or None


def predecessor(settings: Settings) -> tuple[int | None, Path | None, list[str]]:
    """The current release's number, its folder when its files verify, and warnings."""
    try:
        current_release(settings)
    except PointerDamaged as error:
        return None, None, [f"{NO_COMPARISON}: {error}"]
    previous = current_number(settings)
    if previous is None:
        return None, None, []
    problem = _predecessor_problem(settings, previous)
    if problem is not None:
        return previous, None, [f"{NO_COMPARISON} (release {previous}): {problem}"]
    return previous, release_folder(settings, previous), []
