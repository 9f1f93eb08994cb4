"""Files that are either completely there or not there at all, also after a power cut.

Lives here: fsynced writes, private folders, and the sentence for a failing environment (disk full, no
permission, read-only). Must not live here: what is written, and where.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

PRIVATE_FOLDER = 0o700
READ_ONLY_FILE = 0o444

_CAUSES = {
    errno.ENOSPC: ("no space left on the device", "Free some space and run the command again."),
    errno.EDQUOT: ("the disk quota is used up", "Free some space and run the command again."),
    errno.EACCES: ("permission denied", "Give this user the right to write there, or choose another --home."),
    errno.EPERM: (
        "operation not permitted",
        "Give this user the right to write there, or choose another --home.",
    ),
    errno.EROFS: ("the file system is read-only", "Mount it writable, or choose another --home."),
    errno.ENOTDIR: ("a file is where a folder is expected", "Move it away, or choose another --home."),
    errno.ENOMEM: ("not enough memory", "Close other programs or use a machine with more memory."),
    errno.EMFILE: ("too many open files", "Raise the limit (ulimit -n) and run the command again."),
    errno.EIO: ("the device reports an input/output error", "Check the disk, then run the command again."),
}
# DuckDB reports the operating system's error only as text.
_CAUSES_IN_TEXT = {
    "no space left": errno.ENOSPC,
    "quota exceeded": errno.EDQUOT,
    "permission denied": errno.EACCES,
    "operation not permitted": errno.EPERM,
    "read-only file system": errno.EROFS,
    "too many open files": errno.EMFILE,
    "out of memory": errno.ENOMEM,
}


class EnvironmentFailed(RuntimeError):
    """The machine, not the data, is the problem; the text is a sentence with the path (exit code 3)."""


def _sentence(cause: int, path: object) -> str:
    what, advice = _CAUSES[cause]
    return f"Cannot write {path}: {what}. The published release is untouched. {advice}"


def cause_in(error: BaseException) -> int | None:
    """The errno of a failing environment that `error` stands for, or None for every other error."""
    if isinstance(error, MemoryError):
        return errno.ENOMEM
    if isinstance(error, OSError) and error.errno in _CAUSES:
        return error.errno
    if type(error).__module__.split(".")[0] in {"duckdb", "_duckdb"}:
        text = str(error).lower()
        return next((number for words, number in _CAUSES_IN_TEXT.items() if words in text), None)
    return None


@contextlib.contextmanager
def environment_errors(path: Path) -> Iterator[None]:
    """Turn disk full, missing permission and the like inside the block into EnvironmentFailed.

    path: what is being written; named in the sentence when the error itself names no file.
    """
    try:
        yield
    except EnvironmentFailed:
        raise
    except Exception as error:
        cause = cause_in(error)
        if cause is None:
            raise
        named = error.filename if isinstance(error, OSError) else None
        raise EnvironmentFailed(_sentence(cause, named or path)) from error


def fsync_folder(folder: Path) -> None:
    """Make renames and new names inside `folder` durable."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def fsync_file(path: Path) -> None:
    """Make the content of `path` durable."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(folder: Path, mode: int = 0o755) -> Path:
    """Create `folder` with its parents; an existing folder gets `mode` only when that is private."""
    with environment_errors(folder):
        folder.mkdir(mode=mode, parents=True, exist_ok=True)
        if mode == PRIVATE_FOLDER and (folder.stat().st_mode & 0o777) != mode:
            folder.chmod(mode)
    return folder


def _temporary_beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}-{uuid.uuid4().hex[:8]}.tmp")


def _write_synced(path: Path, data: bytes, mode: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def write_bytes(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Replace `path` by `data` in one step: a reader sees the old bytes or the new ones, never a part."""
    with environment_errors(path):
        temporary = _temporary_beside(path)
        try:
            _write_synced(temporary, data, mode)
            temporary.replace(path)
            fsync_folder(path.parent)
        finally:
            temporary.unlink(missing_ok=True)


def write_new(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Create `path` with `data` in one step; raises FileExistsError when somebody was faster."""
    with environment_errors(path):
        temporary = _temporary_beside(path)
        try:
            _write_synced(temporary, data, mode)
            os.link(temporary, path)  # unlike a rename, a link never replaces a file
            fsync_folder(path.parent)
        finally:
            temporary.unlink(missing_ok=True)


def as_json(content: object) -> bytes:
    """`content` as readable UTF-8 JSON with a final newline."""
    return (json.dumps(content, ensure_ascii=False, indent=2, default=str) + "\n").encode()


def write_json(path: Path, content: object, mode: int = 0o644) -> None:
    """Replace `path` by the JSON of `content` in one step."""
    write_bytes(path, as_json(content), mode)


def copy_file(source: Path, target: Path, mode: int = 0o644) -> None:
    """Copy `source` to `target` so that `target` appears complete and durable, or not at all."""
    with environment_errors(target):
        temporary = _temporary_beside(target)
        try:
            shutil.copyfile(source, temporary)
            temporary.chmod(mode)
            fsync_file(temporary)
            temporary.replace(target)
            fsync_folder(target.parent)
        finally:
            temporary.unlink(missing_ok=True)


def sha256_of(path: Path) -> str:
    """sha256 of a file's bytes, hexadecimal, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def remove_tree(folder: Path) -> None:
    """Remove a folder and everything in it, read-only files included; an absent folder is fine."""
    with environment_errors(folder):
        if folder.is_symlink() or folder.is_file():
            folder.unlink()
        elif folder.exists():
            shutil.rmtree(folder)
