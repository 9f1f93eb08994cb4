"""Fresh processes, and what they cost.

Lives here: starting one, its wall clock, processor time and highest resident memory. Must not live here:
rounds.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bench_comparison import Check

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent.parent
LOOK_SECONDS = 0.02


@dataclass
class Run:
    """One run. status: ok, mismatch (its timing is void) or failed; mode: what the clock covers."""

    implementation: str
    mode: str
    scale: str
    round: int
    status: str = "failed"
    wall_seconds: float | None = None
    cpu_seconds: float | None = None
    peak_rss_mb: float | None = None
    check: dict[str, Any] | None = None
    detail: Any = None
    message: str | None = None

    def judged(self, check: Check) -> Run:
        """With the result of the comparison: what computed something else has no time."""
        self.check = asdict(check)
        if self.status == "ok" and not check.agrees:
            self.status = "mismatch"
        return self


@dataclass(frozen=True)
class Ended:
    """A process that ended: exit code, output, and what it cost as a whole."""

    code: int
    output: str
    errors: str
    wall_seconds: float
    cpu_seconds: float
    peak_rss_mb: float


def _peak_kb(process: subprocess.Popen[bytes]) -> int:
    try:
        status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")), 0)


def _watch(process: subprocess.Popen[bytes], ended: threading.Event, peaks: list[int]) -> None:
    """The kernel's own maximum, read until the end: that of wait4 is never below the parent's memory."""
    while not ended.wait(LOOK_SECONDS):
        peaks.append(_peak_kb(process))


def run_process(command: Sequence[str], folder: Path) -> Ended:
    """Run to the end; CPU time of children that it waited for is counted in."""
    folder.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    output, errors = folder / "child.out", folder / "child.err"
    with output.open("w") as out, errors.open("w") as err:
        began = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=err, env=environment)
        done, peaks = threading.Event(), [0]
        watcher = threading.Thread(target=_watch, args=(process, done, peaks), daemon=True)
        watcher.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        done.set()
        watcher.join()
        process.returncode = os.waitstatus_to_exitcode(status)
    return Ended(
        process.returncode,
        output.read_text(encoding="utf-8"),
        errors.read_text(encoding="utf-8"),
        round(wall, 4),
        round(usage.ru_utime + usage.ru_stime, 4),
        round(max(peaks) / 1024, 1),
    )


def run_child(run: Run, data: Path, work: Path, result: Path) -> Run:
    """Fill a run by bench_child.py: wall and CPU are of the job, memory is of the whole process."""
    script = str(HERE / "bench_child.py")
    arguments = [run.implementation, run.scale, str(data), str(work), str(result)]
    ended = run_process([sys.executable, script, *arguments], work)
    run.peak_rss_mb = ended.peak_rss_mb
    if ended.code != 0:
        run.message = ended.errors.strip()[-2000:]
        return run
    measured = json.loads(ended.output.strip().splitlines()[-1])
    run.status = "ok"
    run.wall_seconds, run.cpu_seconds = measured["wall_seconds"], measured["cpu_seconds"]
    run.detail = measured["detail"]
    return run
