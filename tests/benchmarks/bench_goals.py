"""What was aimed at, what was measured, and whether it holds.

Lives here: ratios, summaries and goals. Must not live here: measuring and printing.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bench_processes import Run
from bench_scales import SCALES

RATIO_GOALS = {
    ("dbt_resident", "small"): 1.8,
    ("dbt_resident", "medium"): 1.3,
    ("dbt_resident", "large"): 1.15,
    ("build", "small"): 8.0,
}
GROWTH_GOAL = 1.0
MEMORY_GOAL_MB = 8192.0
INCREMENTAL_GOAL = 20.0
READ_GOALS_MS = {"map": 5.0, "profile": 5.0, "series": 5.0, "matrix": 10.0}
METRIC_GOAL_MS = 35.0
RATIO_DIGITS = 2


@dataclass(frozen=True)
class Goal:
    """measured is None where nothing was measured; what is above the limit is missed."""

    name: str
    limit: float
    measured: float | None
    unit: str

    @property
    def verdict(self) -> str:
        if self.measured is None:
            return "not measured"
        return "held" if self.measured <= self.limit else "missed"


def _times(
    runs: Sequence[Run], implementation: str, scale: str, mode: str | None = None
) -> dict[int, list[float]]:
    """Round -> seconds of the runs that count."""
    found: dict[int, list[float]] = {}
    for run in runs:
        counts = (run.implementation, run.scale, run.status) == (implementation, scale, "ok")
        if counts and run.wall_seconds and mode in {None, run.mode}:
            found.setdefault(run.round, []).append(run.wall_seconds)
    return found


def ratios(runs: Sequence[Run], implementation: str, scale: str, mode: str | None = None) -> list[float]:
    """Seconds over those of the reference before and after it in the same round, one per round."""
    reference = _times(runs, "reference", scale)
    own = _times(runs, implementation, scale, mode)
    return [
        own[number][0] / statistics.mean(reference[number])
        for number in sorted(own)
        if len(reference.get(number, [])) == 2
    ]


def summarise(runs: Sequence[Run]) -> list[dict[str, Any]]:
    """One entry per scale, implementation and mode: median seconds, ratio, memory, void runs."""
    kinds = dict.fromkeys((run.scale, run.implementation, run.mode) for run in runs)
    entries = []
    for scale, implementation, mode in kinds:
        own = [
            run for run in runs if (run.scale, run.implementation, run.mode) == (scale, implementation, mode)
        ]
        counted = [run for run in own if run.status == "ok"]
        of_round = ratios(runs, implementation, scale, mode) if implementation != "reference" else []
        entries.append(
            {
                "scale": scale,
                "implementation": implementation,
                "mode": mode,
                "runs": len(own),
                "void": len(own) - len(counted),
                "wall_seconds": _median(run.wall_seconds for run in counted),
                "cpu_seconds": _median(run.cpu_seconds for run in counted),
                "peak_rss_mb": max((run.peak_rss_mb or 0 for run in counted), default=None),
                "ratio": _median(of_round),
                "ratios": [round(ratio, RATIO_DIGITS) for ratio in of_round],
            }
        )
    return entries


def _median(values: Any) -> float | None:
    present = [value for value in values if value is not None]
    return round(statistics.median(present), 3) if present else None


def growth_exponent(summary: Sequence[dict[str, Any]], smaller: str, larger: str) -> float | None:
    """Power of the number of rows with which the seconds of our models grow from one scale to the next."""
    seconds = {e["scale"]: e["wall_seconds"] for e in summary if e["implementation"] == "dbt_resident"}
    if not seconds.get(smaller) or not seconds.get(larger):
        return None
    rows = SCALES[larger].n_observations / SCALES[smaller].n_observations
    return round(math.log(seconds[larger] / seconds[smaller]) / math.log(rows), RATIO_DIGITS)


def _of(
    summary: Sequence[dict[str, Any]], scale: str, implementation: str, field: str, mode: str = ""
) -> float | None:
    found = [
        entry[field]
        for entry in summary
        if (entry["scale"], entry["implementation"]) == (scale, implementation)
        and entry["mode"].startswith(mode)
    ]
    return found[0] if found else None


def incremental_percent(summary: Sequence[dict[str, Any]], scale: str, implementation: str) -> float | None:
    """Seconds in percent of the full rebuild of the same delivery."""
    full = _of(summary, scale, "full_rebuild", "wall_seconds")
    own = _of(summary, scale, implementation, "wall_seconds")
    return round(100 * own / full, 1) if full and own else None


def goals(summary: Sequence[dict[str, Any]], reads: dict[str, Any]) -> list[Goal]:
    """All goals of the project, measured or not."""
    listed = []
    for (implementation, scale), limit in RATIO_GOALS.items():
        mode = "delivery" if implementation == "build" else ""
        measured = _of(summary, scale, implementation, "ratio", mode)
        listed.append(Goal(f"{implementation} at {scale}, times the reference", limit, measured, "x"))
    for smaller, larger in (("small", "medium"), ("medium", "large")):
        exponent = growth_exponent(summary, smaller, larger)
        listed.append(
            Goal(f"growth exponent of dbt_resident, {smaller} to {larger}", GROWTH_GOAL, exponent, "")
        )
    memory = _of(summary, "large", "dbt_resident", "peak_rss_mb")
    listed.append(Goal("peak memory of dbt_resident at large", MEMORY_GOAL_MB, memory, "MB"))
    for implementation in ("full_rebuild", "changed_only"):
        percent = incremental_percent(summary, "medium", implementation)
        name = {
            "full_rebuild": "as the product builds it",
            "changed_only": "changed indicators only (design)",
        }
        listed.append(
            Goal(
                f"five variables at medium, {name[implementation]}",
                INCREMENTAL_GOAL,
                percent,
                "% of a full build",
            )
        )
    for read, limit in READ_GOALS_MS.items():
        measured = reads.get("direct", {}).get(read, {}).get("p95_ms")
        listed.append(Goal(f"read {read}, p95", limit, measured, "ms"))
    one = reads.get("metrics", {}).get("one_metric", {}).get("p95_ms")
    listed.append(Goal("one metric through MetricFlow, p95", METRIC_GOAL_MS, one, "ms"))
    return listed
