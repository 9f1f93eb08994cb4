"""Progress of a build: a bar on a terminal, a few plain lines when piped.

Lives here: printing progress to stderr. Must not live here: measuring (stages.py).
"""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

LINES_WHEN_PIPED = 10  # a log should show that the build moves, not every step of it


class BuildProgress:
    """Counts finished steps; silent when told so."""

    def __init__(self, silent: bool) -> None:
        self._silent = silent
        self._total = 0
        self._done = 0
        self._bar: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> BuildProgress:
        return self

    def announce(self, total: int) -> None:
        """Say once how many steps there will be."""
        self._total = max(total, 1)
        if self._silent or not sys.stderr.isatty():
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        self._bar = Progress(
            TextColumn("Building"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.description}"),
            console=Console(stderr=True),
            transient=True,
        )
        self._bar.start()
        self._task = self._bar.add_task("", total=self._total)

    def step(self, name: str) -> None:
        """One step is finished."""
        self._done = min(self._done + 1, self._total)
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=self._done, description=name)
        elif not self._silent and self._total:
            every = max(self._total // LINES_WHEN_PIPED, 1)
            if self._done % every == 0:
                print(f"[{100 * self._done // self._total:3d} %] {name}", file=sys.stderr)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()
