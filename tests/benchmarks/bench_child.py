"""One run of one implementation in a process of its own: `bench_child.py <implementation> <scale> <data>
<work> <out>`.

What takes place once per process is done before the clock starts: imports, and for dbt the parsing of the
project. The answer is the last line on standard output, as JSON.

Lives here: the clock. Must not live here: what is measured.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench_scales import SCALES, Scale

Job = Callable[[], Any]


def _reference(scale: Scale, data: Path, _: Path, result: Path) -> Job:
    import bench_reference

    result.unlink(missing_ok=True)
    return lambda: bench_reference.compute(scale, data, result)


def _pandas(_: Scale, data: Path, __: Path, result: Path) -> Job:
    import bench_pandas

    return lambda: bench_pandas.compute(data, result)


def _dbt_resident(_: Scale, __: Path, work: Path, result: Path) -> Job:
    import bench_dbt

    settings = bench_dbt.settings_of(work)
    if result != settings.work_database:
        raise ValueError(f"dbt writes to {settings.work_database}")
    shutil.copyfile(work / bench_dbt.PREPARED, result)
    runner = bench_dbt.resident(settings)
    return lambda: bench_dbt.run_job(settings, runner)


def _full_rebuild(scale: Scale, _: Path, work: Path, __: Path) -> Job:
    import bench_incremental

    return bench_incremental.full_rebuild(scale, work)


def _changed_only(scale: Scale, _: Path, work: Path, __: Path) -> Job:
    import bench_incremental

    return bench_incremental.changed_only(scale, work)


IMPLEMENTATIONS: dict[str, Callable[[Scale, Path, Path, Path], Job]] = {
    "reference": _reference,
    "pandas": _pandas,
    "dbt_resident": _dbt_resident,
    "full_rebuild": _full_rebuild,
    "changed_only": _changed_only,
}


def main(implementation: str, scale: str, data: str, work: str, result: str) -> None:
    """Get ready, then time the job."""
    job = IMPLEMENTATIONS[implementation](SCALES[scale], Path(data), Path(work), Path(result))
    os.sync()
    began, cpu_before = time.perf_counter(), time.process_time()
    detail = job()
    measured = {
        "wall_seconds": round(time.perf_counter() - began, 4),
        "cpu_seconds": round(time.process_time() - cpu_before, 4),
        "detail": detail,
    }
    print(json.dumps(measured))


if __name__ == "__main__":
    main(*sys.argv[1:])
