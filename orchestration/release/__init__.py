"""Releases: what was published, immutable, and which one is current. Readers know nothing else.

Lives here: the public functions, gathered. Must not live here: any of the work. Importing this package
is quick on purpose (no database is loaded until one is opened): the no-change decision depends on it.
"""

from __future__ import annotations

from orchestration.release.content import content_hash_of
from orchestration.release.differences import diff
from orchestration.release.errors import PointerDamaged, ReleaseRefused, UnknownRelease
from orchestration.release.pointer import (
    current_manifest,
    current_number,
    current_release,
    next_number,
    read_manifest,
    release_folder,
    remove_leftovers,
    unchanged_since_current,
    withdrawn_inputs,
)
from orchestration.release.publishing import publish
from orchestration.release.retention import pin, prune
from orchestration.release.rolling_back import rollback
from orchestration.release.state import save_state, start_work, usable_state
from orchestration.release.verification import list_releases, show, verify

__all__ = [
    "PointerDamaged",
    "ReleaseRefused",
    "UnknownRelease",
    "content_hash_of",
    "current_manifest",
    "current_number",
    "current_release",
    "diff",
    "list_releases",
    "next_number",
    "pin",
    "prune",
    "publish",
    "read_manifest",
    "release_folder",
    "remove_leftovers",
    "rollback",
    "save_state",
    "show",
    "start_work",
    "unchanged_since_current",
    "usable_state",
    "verify",
    "withdrawn_inputs",
]
