"""`sozialraum build` from the command line: a fresh process, Dagster with its events and checks, the whole
product.

The home has been built once from all files but the last, in place of which a preliminary one was delivered.
What is timed is the next build, on a copy of that home: the true file is read, everything is computed and
tested, and a release is published. It computes all tables of the product, not only the indicator mart.

Lives here: such a home and its builds. Must not live here: the workspace's files (bench_workspace.py).
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

from bench_processes import Ended, Run, run_process
from bench_scales import Scale
from bench_workspace import write_inbox, write_workspace

COMMAND = str(Path(sys.executable).parent / "sozialraum")


def _build(run: Run, city: Path, home: Path) -> Ended:
    paths = ["--workspace", str(city), "--inbox", str(city / "inbox"), "--home", str(home)]
    ended = run_process([COMMAND, "build", "--json", *paths], home.parent)
    run.peak_rss_mb = ended.peak_rss_mb
    if ended.code == 0:
        run.status = "ok"
        run.wall_seconds, run.cpu_seconds = ended.wall_seconds, ended.cpu_seconds
        run.detail = json.loads(ended.output)
    else:
        run.message = (ended.errors + ended.output).strip()[-2000:]
    return ended


def _preliminary(file: Path) -> str:
    """The last file with one changed figure: the first count of the last line is one more."""
    *lines, last = file.read_text(encoding="utf-8").splitlines()
    area, count, *others = last.split(";")
    return "\n".join([*lines, ";".join([area, str(int(count) + 1), *others]), ""])


def first_build(scale: Scale, data: Path, work: Path) -> Run:
    """Write workspace and inbox and build them into a new home: nothing parsed, nothing read before."""
    run = Run("build", "first", scale.name, 0)
    city, home = work / "city", work / "first_home"
    shutil.rmtree(work, ignore_errors=True)
    write_workspace(scale, data, city)
    write_inbox(scale, data, city)
    last = city / "inbox" / f"bench_{scale.years[-1]}.csv"
    true_file = work / last.name
    shutil.copyfile(last, true_file)
    last.write_text(_preliminary(last), encoding="utf-8")
    _build(run, city, home)
    true_file.replace(city / "inbox" / f"bench_final_{scale.years[-1]}.csv")
    return run


def next_build(scale: Scale, number: int, work: Path) -> tuple[Run, Path]:
    """Build a copy of the home from the true last file; returns the run and the release's file."""
    run = Run("build", "delivery", scale.name, number)
    home = work / "home"
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(work / "first_home", home)
    _build(run, work / "city", home)
    return run, home / "releases" / "000002" / "internal.duckdb"
