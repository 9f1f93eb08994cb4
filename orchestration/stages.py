"""How long each stage of a run took and how much memory it needed at most.

Lives here: measuring. Must not live here: what the stages do, and printing.
"""

from __future__ import annotations

import contextlib
import resource
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

_CLEAR_REFS = Path("/proc/self/clear_refs")
_STATUS = Path("/proc/self/status")
_RESET_PEAK = "5"  # the kernel's code for "set the peak of resident memory to its present value"


@dataclass
class Stage:
    """One measured stage. seconds: wall clock; peak_mb: highest resident memory in MiB."""

    name: str
    seconds: float = 0.0
    peak_mb: float = 0.0


def _own_peak_kb() -> int:
    try:
        for line in _STATUS.read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
    except (OSError, ValueError, IndexError):
        pass
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _children_peak_kb() -> int:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss


def _reset_own_peak() -> None:
    # Where this is not allowed, a stage shows the highest peak so far: too high, never too low.
    with contextlib.suppress(OSError):
        _CLEAR_REFS.write_text(_RESET_PEAK, encoding="ascii")


class Stages:
    """Measures named stages of one run, in the order in which they began; nesting is allowed."""

    def __init__(self, on_done: Callable[[Stage], None] | None = None) -> None:
        """on_done: called after each stage, for printing."""
        self._stages: dict[str, Stage] = {}
        self._open: list[Stage] = []
        self._on_done = on_done
        self._guard = threading.Lock()

    def _fold_peak(self) -> None:
        peak = _own_peak_kb() / 1024
        for stage in self._open:
            stage.peak_mb = max(stage.peak_mb, peak)

    @contextlib.contextmanager
    def stage(self, name: str) -> Iterator[Stage]:
        """Measure the block as `name`; the same name again adds seconds and keeps the higher peak.

        The largest ended child process counts when it set a new record during the stage.
        """
        with self._guard:
            stage = self._stages.setdefault(name, Stage(name))
            self._fold_peak()
            self._open.append(stage)
            _reset_own_peak()
        children_before = _children_peak_kb()
        started = time.perf_counter()
        try:
            yield stage
        finally:
            with self._guard:
                stage.seconds += time.perf_counter() - started
                self._fold_peak()
                self._open.remove(stage)
                children = _children_peak_kb()
                if children > children_before:
                    stage.peak_mb = max(stage.peak_mb, children / 1024)
            if self._on_done is not None:
                self._on_done(stage)

    def as_dict(self) -> dict[str, dict[str, float]]:
        """Stage name -> seconds (2 decimals) and peak_mb (MiB, 1 decimal), for the manifest."""
        return {
            stage.name: {"seconds": round(stage.seconds, 2), "peak_mb": round(stage.peak_mb, 1)}
            for stage in self._stages.values()
        }
