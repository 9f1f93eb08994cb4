"""One delivery of five variables with changed values: everything anew, or only the indicators it concerns.

The product has no incremental path: its next build is a full one, which is measured here as `full_rebuild`.
What a path could cost is measured by `changed_only`: the product's own models run on the changed variables
with their denominators in a second database, and the rows of their indicators are replaced in the mart.
Nothing in the job reaches from one indicator to another, so the result is the same, and that is checked row
by row.

Lives here: both ways. Must not live here: the models.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bench_dbt
import duckdb
from bench_comparison import compare
from bench_processes import Run, run_child
from bench_scales import Scale

N_CHANGED = 5
OBSERVATIONS = f"intermediate.{bench_dbt.OBSERVATIONS}"
MART = f"main.{bench_dbt.MART}"
BEFORE, FULL = "before_delivery.duckdb", "full_rebuild.duckdb"

# Which variables changed is read off their content, whatever the reason: a delivery, a correction, a rule.
HASHES = f"""
    select
        variable_id, bit_xor(hash(area_version_id, period_id, breakdown_id, value, value_status)) as content
    from {{source}}.{OBSERVATIONS}
    group by variable_id
"""


def changed_variables(scale: Scale) -> list[str]:
    """Every n-th count of a part, so that both profiles and several denominators are among them."""
    step = max(1, scale.n_indicators // N_CHANGED)
    return [indicator.numerator for indicator in scale.indicators[::step]][:N_CHANGED]


def deliver(scale: Scale, database: Path) -> None:
    """Every tenth of the persons counted by the changed variables is gone."""
    names = ", ".join(f"'{name}'" for name in changed_variables(scale))
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            f"update {OBSERVATIONS} set value = value - floor(value / 10) where variable_id in ({names})"
        )


def full_rebuild(scale: Scale, work: Path) -> Callable[[], Any]:
    """The job on the changed observations, from nothing."""
    settings = bench_dbt.settings_of(work)
    shutil.copyfile(work / bench_dbt.PREPARED, settings.work_database)
    deliver(scale, settings.work_database)
    runner = bench_dbt.resident(settings)
    return lambda: bench_dbt.run_job(settings, runner)


def _replace(mart: Path, partial: Path) -> None:
    """The rows of the changed indicators, exchanged in one transaction."""
    with duckdb.connect(str(mart)) as connection:
        connection.execute(f"attach '{partial}' as partial (read_only)")
        connection.execute("begin")
        ids = f"(select distinct indicator_id from partial.{MART})"
        connection.execute(f"delete from {MART} where indicator_id in {ids}")
        connection.execute(f"insert into {MART} by name select * from partial.{MART}")
        connection.execute("commit")


def _take_over(scale: Scale, partial: Path, before: Path, delivered: Path) -> list[str]:
    """Fill the partial database with what the changed indicators need; returns their ids."""
    pairs = [(i.indicator_id, i.numerator, i.denominator) for i in scale.indicators]
    with duckdb.connect(str(partial)) as connection:
        connection.execute("set threads = 2; set preserve_insertion_order = false")
        connection.execute(f"attach '{before}' as before (read_only)")
        connection.execute(f"attach '{delivered}' as delivered (read_only)")
        changed = {
            row[0]
            for row in connection.execute(
                f"select variable_id from ({HASHES.format(source='delivered')})"
                f" anti join ({HASHES.format(source='before')}) using (variable_id, content)"
            ).fetchall()
        }
        concerned = [pair for pair in pairs if pair[1] in changed or pair[2] in changed]
        needed = sorted({name for pair in concerned for name in pair[1:]})
        connection.execute(f"truncate {OBSERVATIONS}")
        connection.execute(
            f"insert into {OBSERVATIONS} select * from delivered.{OBSERVATIONS}"
            " where list_contains(?, variable_id)",
            [needed],
        )
    return [pair[0] for pair in concerned]


def changed_only(scale: Scale, work: Path) -> Callable[[], Any]:
    """The job on what changed, on a second database, and the exchange of its rows in the mart."""
    settings = bench_dbt.settings_of(work)
    mart, partial, delivered = work / BEFORE, settings.work_database, work / "delivered.duckdb"
    shutil.copyfile(work / bench_dbt.PREPARED, delivered)
    deliver(scale, delivered)
    shutil.copyfile(work / bench_dbt.PREPARED, partial)
    with duckdb.connect(str(partial)) as connection:
        connection.execute(f"truncate {OBSERVATIONS}")
    runner = bench_dbt.resident(settings)

    def job() -> list[dict[str, Any]]:
        concerned = _take_over(scale, partial, mart, delivered)
        expected = settings.landing / "workspace" / "indicators.parquet"
        whole = expected.read_bytes()
        names = ", ".join(f"'{name}'" for name in concerned)
        try:
            bench_dbt.rewrite(expected, "*", f"indicator_id in ({names})")
            nodes = bench_dbt.run_job(settings, runner)
        finally:
            expected.write_bytes(whole)
        _replace(mart, partial)
        return nodes

    return job


def incremental_runs(scale: Scale, data: Path, work: Path) -> list[Run]:
    """Both ways once, each in a fresh process; changed_only is judged by what the full rebuild computed."""
    database = bench_dbt.settings_of(work).work_database
    shutil.copyfile(database, work / BEFORE)
    full = run_child(Run("full_rebuild", "five variables", scale.name, 0), data, work, database)
    if full.status != "ok":
        return [full]
    shutil.copyfile(database, work / FULL)
    changed = run_child(Run("changed_only", "five variables", scale.name, 0), data, work, work / BEFORE)
    if changed.status == "ok":
        changed.judged(compare(work / FULL, work / BEFORE))
    return [full, changed]
