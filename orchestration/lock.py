"""One run at a time in one home: a kernel lock that dies with its process.

Lives here: taking, naming and releasing the lock. Must not live here: what is done under it.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from orchestration.atomic import environment_errors, make_folder
from orchestration.settings import Settings

# The winner writes its name within milliseconds after taking the lock; the loser must answer within 2 s.
WAIT_FOR_NAME_SECONDS = 0.5


class LockHeld(RuntimeError):
    """Another process works in this home; the text names its run, process and since when (exit code 3)."""


@dataclass
class _Held:
    descriptor: int
    depth: int


_held: dict[Path, _Held] = {}
_guard = threading.Lock()


def _forget_in_child() -> None:
    # A forked child must neither believe that it holds the lock nor keep it alive after its parent.
    global _guard
    _guard = threading.Lock()
    for held in _held.values():
        with contextlib.suppress(OSError):
            os.close(held.descriptor)
    _held.clear()


os.register_at_fork(after_in_child=_forget_in_child)


def _is_alive(pid: object) -> bool:
    return isinstance(pid, int) and Path(f"/proc/{pid}").exists()


def _holder(path: Path) -> dict[str, object] | None:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) and _is_alive(content.get("pid")) else None


def _held_sentence(path: Path) -> str:
    deadline = time.monotonic() + WAIT_FOR_NAME_SECONDS
    holder = _holder(path)
    while holder is None and time.monotonic() < deadline:
        time.sleep(0.02)
        holder = _holder(path)
    if holder is None:
        return f"Another run is active in {path.parent}. Wait until it has ended, then try again."
    return (
        f"Run {holder.get('run_id')} is active since {holder.get('since')} "
        f"(process {holder.get('pid')}, home {path.parent}). Wait until it has ended, then try again."
    )


def _take(path: Path, run_id: str | None) -> int:
    make_folder(path.parent)
    with environment_errors(path):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(descriptor)
            raise LockHeld(_held_sentence(path)) from error
        except BaseException:
            os.close(descriptor)
            raise
        who = {
            "run_id": run_id or uuid.uuid4().hex[:8],
            "pid": os.getpid(),
            "since": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        try:
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, json.dumps(who).encode(), 0)
        except BaseException:
            os.close(descriptor)  # closing releases the kernel's lock
            raise
    return descriptor


@contextlib.contextmanager
def build_lock(settings: Settings, run_id: str | None = None) -> Iterator[None]:
    """Hold the home's lock for the block; a second process is turned away at once.

    run_id: the name others read while this run holds the lock; a random one by default. Within one
    process, from any thread, the lock may be taken again. After a crash the kernel has released it.
    Raises LockHeld when another process holds it, EnvironmentFailed when the file cannot be written.
    """
    path = settings.lock
    with _guard:
        held = _held.get(path)
        if held is None:
            held = _held[path] = _Held(_take(path, run_id), 0)
        held.depth += 1
    try:
        yield
    finally:
        with _guard:
            held.depth -= 1
            if held.depth == 0 and _held.get(path) is held:
                del _held[path]
                with contextlib.suppress(OSError):
                    os.ftruncate(held.descriptor, 0)
                os.close(held.descriptor)
