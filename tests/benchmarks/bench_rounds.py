"""Rounds: every implementation once, interleaved, the reference before and after.

A machine that is busy for a while slows the neighbours of a round alike; ratios are therefore taken within a
round.

Lives here: the order of runs and their comparison. Must not live here: what one run is.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import bench_build
import bench_dbt
from bench_comparison import compare
from bench_incremental import incremental_runs
from bench_observations import write_observations
from bench_processes import Run, run_child
from bench_scales import SCALES, Scale

Say = Callable[[str], None]
MODES = {"dbt_resident": "resident", "pandas": "process"}


class Rounds:
    """All runs of one scale below one folder. implementations: beside the reference."""

    def __init__(self, scale: Scale, folder: Path, implementations: tuple[str, ...], say: Say) -> None:
        self.scale, self.folder, self.implementations, self.say = scale, folder, implementations, say
        self.data, self.dbt, self.city = folder / "data", folder / "dbt", folder / "build"
        self.runs: list[Run] = []
        self.input_hash = write_observations(scale, self.data)

    def prepare(self) -> None:
        """Homes in which only the job is left to do."""
        if "dbt_resident" in self.implementations:
            self.say(f"{self.scale.name}: preparing the home of dbt")
            bench_dbt.prepare(self.scale, self.data, self.dbt)
        if "build" in self.implementations:
            self.say(f"{self.scale.name}: first build")
            self._keep(bench_build.first_build(self.scale, self.data, self.city))

    def _keep(self, run: Run) -> Run:
        self.runs.append(run)
        seconds = "-" if run.wall_seconds is None else f"{run.wall_seconds:.2f} s"
        self.say(f"{run.scale} {run.round}: {run.implementation} ({run.mode}) {seconds} {run.status}")
        return run

    def _reference(self, number: int, mode: str) -> Path:
        result = self.folder / f"reference_{mode}.duckdb"
        self._keep(run_child(Run("reference", mode, self.scale.name, number), self.data, self.folder, result))
        return result

    def _one(self, implementation: str, number: int) -> tuple[Run, Path]:
        if implementation == "build":
            return bench_build.next_build(self.scale, number, self.city)
        work, result = self.folder, self.folder / "pandas.parquet"
        if implementation == "dbt_resident":
            work, result = self.dbt, bench_dbt.settings_of(self.dbt).work_database
        run = Run(implementation, MODES[implementation], self.scale.name, number)
        return run_child(run, self.data, work, result), result

    def run(self, number: int) -> None:
        """One round; who comes first changes from round to round."""
        turn = number % len(self.implementations) if self.implementations else 0
        order = self.implementations[turn:] + self.implementations[:turn]
        reference = self._reference(number, "before")
        done = [(self._keep(run), result) for run, result in (self._one(name, number) for name in order)]
        again = self._reference(number, "after")
        done.append((self.runs[-1], again))
        for run, result in done:
            if run.status == "ok":
                run.judged(compare(reference, result))
                self.say(f"{run.scale} {run.round}: {run.implementation} {run.status}")

    def incremental(self) -> None:
        """One delivery of five variables on top of the last run of dbt."""
        for run in incremental_runs(self.scale, self.data, self.dbt):
            self._keep(run)


def measure(
    names: list[str], folder: Path, n_rounds: int, say: Say, skipped: tuple[str, ...] = ()
) -> tuple[list[Run], dict[str, str]]:
    """All runs of these scales, and the fingerprint of the input of each."""
    runs: list[Run] = []
    hashes: dict[str, str] = {}
    for name in names:
        rounds = Rounds(SCALES[name], folder / name, implementations_at(name, skipped), say)
        hashes[name] = rounds.input_hash
        rounds.prepare()
        for number in range(1, n_rounds + 1):
            rounds.run(number)
        if "incremental" not in skipped and "dbt_resident" in rounds.implementations:
            rounds.incremental()
        runs += rounds.runs
    return runs, hashes


def implementations_at(name: str, skipped: tuple[str, ...]) -> tuple[str, ...]:
    """The command line builds the inbox of one city; pandas needs more memory at large than there is."""
    chosen = ["dbt_resident"]
    if name != "large":
        chosen.append("pandas")
    if name in {"tiny", "small"}:
        chosen.append("build")
    return tuple(implementation for implementation in chosen if implementation not in skipped)
