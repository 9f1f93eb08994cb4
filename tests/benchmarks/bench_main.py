"""`make bench`: measure, print a table, write one JSON.

`bench_main.py --scales small,medium --rounds 3 --out docs/benchmarks`; generated data goes to a temporary
folder that is removed, or to --folder, which is kept and used again.

Lives here: the order of the whole. Must not live here: any part of it.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import bench_calibration
from bench_goals import goals, summarise
from bench_processes import HERE, run_process
from bench_report import document, machine, tables, write
from bench_rounds import Say, measure
from bench_scales import SCALES


def reads_of(folder: Path, say: Say) -> dict[str, Any]:
    """Reads on the release that the command line built last; nothing where it built none."""
    city, home = folder / "small" / "build" / "city", folder / "small" / "build" / "home"
    if not (home / "current.json").exists():
        return {}
    say("small: reads")
    ended = run_process([sys.executable, str(HERE / "bench_reads.py"), "small", str(city), str(home)], folder)
    if ended.code != 0:
        say(ended.errors.strip()[-2000:])
        return {}
    read: dict[str, Any] = json.loads(ended.output.strip().splitlines()[-1])
    return read


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scales", default="small,medium", help="of " + ", ".join(SCALES))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--skip", default="", help="parts not to run: pandas,build,dbt_resident,incremental,calibration"
    )
    parser.add_argument("--runs", type=int, default=2000, help="simulated interventions per cell")
    parser.add_argument("--folder", type=Path, help="where generated data is kept")
    parser.add_argument("--out", type=Path, required=True, help="folder of the JSON")
    return parser.parse_args()


def _say(text: str) -> None:
    print(time.strftime("%H:%M:%S"), text, file=sys.stderr, flush=True)


def main() -> int:
    """Exit code 1 when a run failed or computed something else than the reference, or a cell was missed."""
    options = _options()
    began, before = datetime.now(UTC), machine()
    skipped = tuple(filter(None, options.skip.split(",")))
    with tempfile.TemporaryDirectory(prefix="sozialraum_bench_") as temporary:
        folder = (options.folder or Path(temporary)).resolve()
        runs, hashes = measure(options.scales.split(","), folder, options.rounds, _say, skipped)
        reads = reads_of(folder, _say) if "small" in hashes else {}
    cells = [] if "calibration" in skipped else bench_calibration.calibrate(options.runs, _say)
    summary = summarise(runs)
    reached = goals(summary, reads)
    path = options.out / f"{began.date().isoformat()}.json"
    found = document(began, before, hashes, runs, summary, reads, reached)
    write({**found, "calibration": bench_calibration.records(cells)}, path)
    print(tables(summary, reads, reached))
    if cells:
        print(f"\n{bench_calibration.table(cells)}")
    print(f"\n{path}")
    for run in runs:
        if run.status != "ok":
            print(
                f"{run.scale} {run.implementation} ({run.mode}) {run.status}: {run.message or run.check}",
                file=sys.stderr,
            )
    missed = any(cell.is_judged and not cell.is_held for cell in cells)
    return int(missed or any(run.status != "ok" for run in runs))


if __name__ == "__main__":
    sys.exit(main())
