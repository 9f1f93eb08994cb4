"""Reading a release: what a page asks for, 200 times each, on the published file and through the metrics
layer.

Run as a program in a process of its own: `bench_reads.py <scale> <workspace> <home>`; prints JSON.

Lives here: the questions and the clock. Must not live here: how MetricFlow is called
(orchestration/metric_queries).
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
from bench_scales import SCALES, Scale

from orchestration.metric_queries import Question, answer
from orchestration.release.content import opened
from orchestration.release.pointer import current_release
from orchestration.settings import Settings

N_READS = 200
N_METRIC = 50
N_PROFILE = 5
SHOWN = "value, ci_lower, ci_upper, value_status, comparison, trend, rank, rank_of"
FROM = "from sozialraum.main.fct_indicator_value where breakdown_id = 'total' and"
READS = {
    "map": f"select area_id, {SHOWN} {FROM} indicator_id = $indicator and level = $level and year = $year",
    "profile": f"select indicator_id, {SHOWN} {FROM} area_id = $area and year = $year",
    "series": f"select year, {SHOWN} {FROM} indicator_id = $indicator and area_id = $area",
    "matrix": f"select area_id, indicator_id, {SHOWN} {FROM} level = $level and year = $year",
}
LEVELS_READ = {"map": ("stadtbezirk", "stadtteil", "quartier"), "matrix": ("stadtteil",)}


def _choices(scale: Scale, connection: duckdb.DuckDBPyConnection) -> Iterator[dict[str, Any]]:
    """Parameters in turn: another indicator, area and year every time."""
    areas = [
        row[0]
        for row in connection.execute(
            "select area_id from sozialraum.main.dim_area where not is_remainder order by area_id"
        ).fetchall()
    ]
    for number in range(N_READS):
        yield {
            "indicator": scale.indicators[number * 7 % scale.n_indicators].indicator_id,
            "area": areas[number * 101 % len(areas)],
            "year": scale.years[-1 - number % scale.n_years],
            "number": number,
        }


def timed(read: Callable[[], int]) -> tuple[float, int]:
    """Milliseconds and rows of one read."""
    began = time.perf_counter()
    rows = read()
    return (time.perf_counter() - began) * 1000, rows


def summary(reads: list[tuple[float, int]]) -> dict[str, float]:
    """p50 and p95 in milliseconds, the number of reads and the rows of the largest."""
    times = sorted(milliseconds for milliseconds, _ in reads)
    return {
        "p50_ms": round(statistics.median(times), 3),
        "p95_ms": round(times[min(len(times) - 1, int(len(times) * 0.95))], 3),
        "reads": len(times),
        "rows": max(rows for _, rows in reads),
    }


def direct_reads(scale: Scale, database: Path) -> dict[str, dict[str, float]]:
    """The four questions on the release file, one read-only connection."""
    measured = {}
    with opened(database) as connection:
        choices = list(_choices(scale, connection))
        for name, sql in READS.items():
            levels = LEVELS_READ.get(name, ("",))

            def read(choice: dict[str, Any], sql: str = sql, levels: tuple[str, ...] = levels) -> int:
                values = {**choice, "level": levels[choice["number"] % len(levels)]}
                bound = {key: value for key, value in values.items() if f"${key}" in sql}
                return len(connection.execute(sql, bound).fetchall())

            read(choices[0])
            measured[name] = summary([timed(lambda c=choice: read(c)) for choice in choices])  # type: ignore[misc]
    return measured


def metric_reads(scale: Scale, settings: Settings) -> dict[str, dict[str, float]]:
    """One metric for all Stadtteile of a year, and all metrics for one area, as `sozialraum query` does."""
    year = scale.years[-1]
    names = [indicator.indicator_id for indicator in scale.indicators]

    def one(number: int) -> int:
        where = f"year = {scale.years[-1 - number % scale.n_years]}"
        question = Question([names[number * 7 % len(names)]], ["area"], "stadtteil", where=where)
        return len(answer(settings, question).rows)

    def profile(number: int) -> int:
        area = f"stadtteil-{number:04d}"
        question = Question(names, ["area"], "stadtteil", where=f"year = {year} and area = '{area}'")
        return len(answer(settings, question).rows)

    one(0)
    return {
        "one_metric": summary([timed(lambda n=number: one(n)) for number in range(N_METRIC)]),  # type: ignore[misc]
        "profile_metrics": summary([timed(lambda n=number: profile(n)) for number in range(N_PROFILE)]),  # type: ignore[misc]
    }


def metric_parts(scale: Scale, settings: Settings) -> dict[str, dict[str, float]]:
    """Where the time of one metric goes: hash of the release's files, MetricFlow's SQL."""
    from orchestration.metricflow_sql import metricflow_sql
    from orchestration.queried_release import published_files

    name = scale.indicators[0].indicator_id
    where = ["{{ Entity('area_level') }} = 'stadtteil'", "{{ Entity('breakdown') }} = 'total'"]
    _, _, semantics = published_files(settings, None, "public")

    def sql() -> int:
        return len(metricflow_sql(semantics, [name], ["area"], where)) and 1

    def hashed() -> int:
        return len(published_files(settings, None, "public")) and 1

    return {
        "release_hash": summary([timed(hashed) for _ in range(20)]),
        "metricflow_sql": summary([timed(sql) for _ in range(20)]),
    }


def main(scale_name: str, workspace: str, home: str) -> None:
    """All reads on the current release of a home."""
    scale = SCALES[scale_name]
    settings = Settings(Path(workspace), Path(workspace) / "inbox", Path(home))
    pointer = current_release(settings)
    assert pointer is not None
    database = settings.home / pointer["audiences"]["public"]["file"]
    print(
        json.dumps(
            {
                "direct": direct_reads(scale, database),
                "metrics": metric_reads(scale, settings),
                "parts_of_one_metric": metric_parts(scale, settings),
            }
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
