"""Delivered bytes at rest: the write-once raw store and the quarantine.

Lives here: copying, hashing, tidying of bytes. Must not live here: whether a delivery is accepted.
"""

from __future__ import annotations

import hashlib
import os
import uuid
from pathlib import Path

from orchestration.atomic import (
    PRIVATE_FOLDER,
    copy_file,
    environment_errors,
    fsync_folder,
    make_folder,
    write_json,
)
from orchestration.extracts.inbox import InboxFile
from orchestration.findings import Finding, in_reading_order
from orchestration.settings import Settings

CHUNK_BYTES = 1024 * 1024
DELIVERED = "delivered"  # name of the refused bytes in quarantine, whatever the inbox called them
FINDINGS = "findings.json"


def store_raw(settings: Settings, file: InboxFile) -> bool:
    """Copy the bytes to raw/<sha256> once and durably; False when the file changed since it was planned."""
    target = settings.raw / file.sha256
    if target.is_file() and target.stat().st_size == file.size:
        return True
    make_folder(settings.raw, PRIVATE_FOLDER)
    temporary = settings.raw / f".{file.sha256}.{os.getpid()}-{uuid.uuid4().hex[:8]}.tmp"
    with environment_errors(target):
        try:
            if _copied(file.path, temporary) != file.sha256:
                return False
            temporary.replace(target)
            fsync_folder(settings.raw)
        finally:
            temporary.unlink(missing_ok=True)
    return True


def _copied(source: Path, target: Path) -> str:
    """Copy bytes durably; returns their sha256. Links are not followed."""
    digest = hashlib.sha256()
    reading = os.open(source, os.O_RDONLY | os.O_NOFOLLOW)
    with os.fdopen(reading, "rb") as incoming:
        writing = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
        with os.fdopen(writing, "wb") as outgoing:
            while chunk := incoming.read(CHUNK_BYTES):
                digest.update(chunk)
                outgoing.write(chunk)
            outgoing.flush()
            os.fsync(outgoing.fileno())
    return digest.hexdigest()


def quarantine(settings: Settings, sha256: str, bytes_at: Path, findings: list[Finding]) -> None:
    """Keep refused bytes and their findings under quarantine/<sha256>/."""
    make_folder(settings.quarantine, PRIVATE_FOLDER)
    folder = make_folder(settings.quarantine / sha256, PRIVATE_FOLDER)
    if not (folder / DELIVERED).exists():
        copy_file(bytes_at, folder / DELIVERED, 0o400)
    content = [finding.as_dict() for finding in in_reading_order(findings)]
    write_json(folder / FINDINGS, content, 0o600)


def tidy_raw(settings: Settings) -> None:
    """Remove what killed runs left in the raw store. Only for the holder of the build lock."""
    for path in settings.raw.glob(".*.tmp") if settings.raw.is_dir() else ():
        with environment_errors(path):
            path.unlink(missing_ok=True)
