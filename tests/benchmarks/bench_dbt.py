"""The product's own models of the indicator mart, in a resident dbt process, with their tests.

A home is prepared as a build prepares it; then the table into which observations flow is filled by the
generator instead of by deliveries. What is timed is one `dbt build` of everything between that table and
fct_indicator_value: whatever models stand there.

Lives here: preparing such a home, and running the models on it. Must not live here: SQL of the product.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import duckdb
from bench_scales import Scale
from bench_workspace import write_workspace

from orchestration import transform
from orchestration.extracts.ingest import plan_inbox, reland_missing
from orchestration.frozen_landing import land_frozen
from orchestration.settings import Settings
from orchestration.workspace import load_workspace
from orchestration.workspace_landing import land_workspace

if TYPE_CHECKING:
    from dbt.cli.main import dbtRunner
    from dbt.contracts.graph.manifest import Manifest

OBSERVATIONS = "int_observations__rolled_up"
MART = "fct_indicator_value"
# The job: what lies between the observations and the mart. A comma means both, a blank means either.
JOB = (f"+{MART},{OBSERVATIONS}+", f"+{MART},int_indicators__*")
NOT_THE_JOB = (OBSERVATIONS, "int_observations__remainder")
PREPARED = "prepared.duckdb"
WITHOUT_UNIT_TESTS = ("--exclude-resource-type", "unit_test")

# Filled by name: columns that the generator does not know stay NULL.
FILL = f"""
    truncate intermediate.{OBSERVATIONS};
    insert into intermediate.{OBSERVATIONS} by name
    select
        variable_id, areas.area_version_id, areas.area_id, cells.level, cells.year::varchar as period_id,
        cells.year, 'total' as breakdown_id,
        case when cells.value_status <> 'not_available' then 'bench' end as delivery_id,
        cells.value_status, cast([] as varchar[]) as value_flags, cells.value
    from read_parquet('{{observations}}') as cells
    inner join intermediate.int_areas__versioned as areas on cells.area_id = areas.area_id
"""


def settings_of(folder: Path) -> Settings:
    """Workspace and home of a benchmark below `folder`."""
    return Settings(folder / "city", folder / "city" / "inbox", folder / "home")


def resident(settings: Settings) -> dbtRunner:
    """A dbtRunner that has parsed the project, as the build's own does."""
    parsed = transform.invoke(settings, settings.dbt_target, transform.runner(), "parse")
    if not parsed.success:
        raise RuntimeError(str(parsed.exception))
    runner = transform.runner()
    runner.manifest = cast("Manifest", parsed.result)
    return runner


def _checked(result: Any) -> Any:
    if not result.success:
        failed = [
            f"{r.node.name}: {r.status} {r.message}"
            for r in (result.result or [])
            if r.status not in {"success", "pass"}
        ]
        raise RuntimeError(str(result.exception) + "\n".join(failed))
    return result


def _land(settings: Settings) -> None:
    """Land the workspace without deliveries."""
    workspace, findings = load_workspace(settings.workspace)
    if any(finding.severity == "error" for finding in findings):
        raise RuntimeError("\n".join(finding.sentence() for finding in findings))
    reland_missing(settings, workspace, plan_inbox(settings, workspace))
    land_workspace(settings, workspace, [])
    land_frozen(settings, workspace)


def _only_city(settings: Settings) -> None:
    """Expect one value of each indicator: the tables around the job are built on next to nothing."""
    path = settings.landing / "workspace" / "indicators.parquet"
    rewrite(path, "* replace ('stadt' as levels, regexp_extract(years, '[0-9]{4}') as years)")


def rewrite(path: Path, columns: str, where: str = "true") -> None:
    """Replace a landed table by a selection of itself."""
    changed = path.with_suffix(".changed")
    duckdb.connect().execute(
        f"copy (select {columns} from read_parquet('{path}') where {where}) to '{changed}' (format parquet)"
    )
    changed.replace(path)


def prepare(scale: Scale, data: Path, folder: Path) -> Settings:
    """A home below `folder` on which only the job is left to do. Used again where it is already there.

    It stays where it is, or dbt would parse everything again; its database is kept apart for every run.
    """
    settings = settings_of(folder)
    if (folder / PREPARED).exists():
        return settings
    shutil.rmtree(folder, ignore_errors=True)
    write_workspace(scale, data, settings.workspace)
    settings.inbox.mkdir()
    settings.work.mkdir(parents=True)
    _land(settings)
    _only_city(settings)
    runner = resident(settings)
    around = [f"+{name}" for name in (MART, "dim_indicator", "dim_area")]
    untested = ["--resource-type", "model", "--resource-type", "seed"]
    _checked(transform.invoke(settings, settings.dbt_target, runner, "build", *untested, "--select", *around))
    _land(settings)
    with duckdb.connect(str(settings.work_database)) as connection:
        connection.execute(FILL.format(observations=data / "observations.parquet"))
    settings.work_database.rename(folder / PREPARED)
    return settings


def _not_testable(settings: Settings, manifest: Manifest) -> list[str]:
    """Tests that also read tables neither of the job nor prepared, such as the mart of observations."""
    with duckdb.connect(str(settings.work_database), read_only=True) as connection:
        known = {
            row[0]
            for row in connection.execute("select table_name from information_schema.tables").fetchall()
        }
    return [
        node.name
        for node in manifest.nodes.values()
        if node.resource_type.value == "test"
        and any(
            parent.resource_type != "source"
            and parent.config.materialized != "ephemeral"
            and parent.name not in known
            for parent in (manifest.expect(unique_id) for unique_id in node.depends_on.nodes)
        )
    ]


def run_job(settings: Settings, runner: dbtRunner) -> list[dict[str, Any]]:
    """Build and test the models of the job; returns name, kind, seconds of each node as they ended."""
    excluded = [*NOT_THE_JOB, *_not_testable(settings, cast("Manifest", runner.manifest))]
    command = ["build", "--select", *JOB, "--exclude", *excluded, *WITHOUT_UNIT_TESTS]
    _checked(transform.invoke(settings, settings.dbt_target, runner, *command))
    results = json.loads((settings.dbt_target / "run_results.json").read_text(encoding="utf-8"))["results"]
    return [
        {
            "node": str(result["unique_id"]).split(".")[2],
            "kind": str(result["unique_id"]).split(".")[0],
            "seconds": round(float(result["execution_time"]), 3),
        }
        for result in results
    ]
