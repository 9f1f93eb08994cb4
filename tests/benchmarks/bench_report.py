"""The table on the screen and the JSON of one measurement.

Lives here: words and layout. Must not live here: numbers.
"""

from __future__ import annotations

import importlib.metadata
import json
import os
import platform
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench_goals import Goal
from bench_processes import PROJECT, Run
from bench_scales import SCALES

PACKAGES = ("duckdb", "dbt-core", "dbt-duckdb", "dagster", "metricflow", "pandas", "numpy", "pyarrow")


def _first(path: str, key: str) -> str | None:
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(key)), None)


def machine() -> dict[str, Any]:
    """Size of the machine and how busy it was; no names."""
    memory = _first("/proc/meminfo", "MemTotal") or "0 kB"
    return {
        "cpus": len(os.sched_getaffinity(0)),
        "cpu_model": _first("/proc/cpuinfo", "model name"),
        "memory_gb": round(int(memory.split()[0]) / 1024**2, 1),
        "system": f"{platform.system()} {platform.machine()}",
        "load_average": [round(load, 2) for load in os.getloadavg()],
    }


def versions() -> dict[str, str]:
    """Python, the packages that compute, and the commit that was measured."""
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=PROJECT, capture_output=True, text=True, check=False
    ).stdout.strip()
    packages = {name: importlib.metadata.version(name) for name in PACKAGES}
    return {"sozialraum": commit or "unknown", "python": platform.python_version(), **packages}


def document(
    began: datetime,
    before: dict[str, Any],
    hashes: dict[str, str],
    runs: Sequence[Run],
    summary: Sequence[dict[str, Any]],
    reads: dict[str, Any],
    goals: Sequence[Goal],
) -> dict[str, Any]:
    """Everything that was measured."""
    return {
        "began_at": began.isoformat(timespec="seconds"),
        "ended_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": before,
        "versions": versions(),
        "inputs": {
            name: {"observations": SCALES[name].n_observations, "hash": text} for name, text in hashes.items()
        },
        "goals": [{**asdict(goal), "verdict": goal.verdict} for goal in goals],
        "summary": list(summary),
        "reads": reads,
        "runs": [asdict(run) for run in runs],
    }


def write(document: dict[str, Any], path: Path) -> None:
    """One JSON file, one line per entry of a list where that is short enough to read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _shown(value: Any, unit: str = "") -> str:
    if value is None:
        return "-"
    text = f"{value:.2f}" if isinstance(value, float) else str(value)
    return f"{text} {unit}".strip()


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [list(header), *([str(cell) for cell in row] for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(header))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def tables(summary: Sequence[dict[str, Any]], reads: dict[str, Any], goals: Sequence[Goal]) -> str:
    """What `make bench` prints."""
    fields = ("wall_seconds", "cpu_seconds", "peak_rss_mb", "ratio")
    runs = _table(
        ("scale", "implementation", "mode", "runs", "void", "wall s", "CPU s", "peak MB", "x reference"),
        (
            [
                e["scale"],
                e["implementation"],
                e["mode"],
                e["runs"],
                e["void"],
                *(_shown(e[f]) for f in fields),
            ]
            for e in summary
        ),
    )
    asked = _table(
        ("read", "rows", "p50 ms", "p95 ms", "reads"),
        (
            [f"{way} {name}", m["rows"], _shown(m["p50_ms"]), _shown(m["p95_ms"]), m["reads"]]
            for way, measured in reads.items()
            for name, m in measured.items()
        ),
    )
    verdicts = _table(
        ("goal", "at most", "measured", ""),
        ([g.name, _shown(g.limit, g.unit), _shown(g.measured, g.unit), g.verdict] for g in goals),
    )
    return "\n\n".join([runs, asked, verdicts] if reads else [runs, verdicts])
