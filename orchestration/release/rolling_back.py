"""Publishing an older release's content again, as a new and higher release.

Lives here: what a rollback takes from the old release and what it withdraws. Must not live here: the
publication itself (publishing.py).
"""

from __future__ import annotations

from orchestration.lock import build_lock
from orchestration.release.candidate import Candidate
from orchestration.release.errors import ReleaseRefused, UnknownRelease
from orchestration.release.pointer import (
    SEMANTIC_MANIFEST,
    Manifest,
    current_number,
    database_name,
    read_manifest,
    release_folder,
    release_numbers,
)
from orchestration.release.publishing import publish_from
from orchestration.release.verification import verify
from orchestration.settings import AUDIENCES, Settings
from orchestration.stages import Stages


def _withdrawn(settings: Settings, number: int, kept: Manifest) -> tuple[set[str], set[str]]:
    """Inputs and fingerprints of every release after `number` that `number` itself does not have."""
    inputs: set[str] = set(kept["withdrawn"]["inputs"])
    fingerprints: set[str] = set(kept["withdrawn"]["fingerprints"])
    for later in release_numbers(settings):
        if later <= number:
            continue
        try:
            manifest = read_manifest(settings, later)
        except (UnknownRelease, ValueError):
            continue  # what cannot be read cannot be withdrawn by name; verify reports it
        inputs |= {str(one["sha256"]) for one in manifest["inputs"]} | set(manifest["withdrawn"]["inputs"])
        fingerprints |= {manifest["fingerprint"], *manifest["withdrawn"]["fingerprints"]}
    inputs -= {str(one["sha256"]) for one in kept["inputs"]}
    return inputs, fingerprints - {kept["fingerprint"]}


def rollback(settings: Settings, number: int, stages: Stages | None = None) -> int:
    """Publish release `number` again as a new release with `rollback_of`, and return the new number.

    The deliveries that came after it are withdrawn: a build publishes them again only when they are
    delivered in a changed form, or when it is forced. The work state stays with the newer build and is
    not used by the next one. Raises UnknownRelease (also when pruned), ReleaseRefused when the old
    release does not verify, ValueError when it is current already, LockHeld, EnvironmentFailed.
    """
    with build_lock(settings):
        kept = read_manifest(settings, number)
        if number == current_number(settings):
            raise ValueError(f"Release {number} is already the current one.")
        problems = verify(settings, number)
        if problems:
            raise ReleaseRefused([f"Release {number} cannot be published again.", *problems])
        inputs, fingerprints = _withdrawn(settings, number, kept)
        folder = release_folder(settings, number)
        candidate = Candidate(
            workspace_id=kept["workspace"]["workspace_id"],
            workspace_digest=kept["workspace"]["digest"],
            product_version=kept["product_version"],
            fingerprint=kept["fingerprint"],
            inputs=kept["inputs"],
            n_checks=kept["checks_passed"],
            disclosure_note_de=kept["disclosure_note"]["de"],
            disclosure_note_en=kept["disclosure_note"]["en"],
            rollback_of=number,
            withdrawn_inputs=inputs,
            withdrawn_fingerprints=fingerprints,
            not_for_publication=kept["marks"]["not_for_publication"],
        )
        sources = {audience: folder / database_name(audience) for audience in AUDIENCES}
        return publish_from(settings, candidate, sources, folder / SEMANTIC_MANIFEST, stages or Stages())
