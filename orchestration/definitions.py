"""What Dagster loads: `build_defs` for a given run.

Lives here: gathering. Must not live here: assets, checks, jobs, sensors themselves.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from dagster import Definitions, ResourceDefinition, resource

from orchestration import transform
from orchestration.assets import LOCK, extract_asset, landed_tables, published_release, transformed_models
from orchestration.build_run import BuildRun
from orchestration.checks import freshness_check
from orchestration.jobs import daily, refresh
from orchestration.lock import build_lock
from orchestration.product import product_version
from orchestration.release import start_work
from orchestration.sensors import inbox_sensor

if TYPE_CHECKING:
    from dbt.contracts.graph.manifest import Manifest


class ProjectUnreadable(RuntimeError):
    """The dbt project cannot be parsed; the text is what dbt finds wrong, one reason a line."""


def _lock_of(run: BuildRun) -> ResourceDefinition:
    @resource(
        description="The home's lock and a clean work folder, from the first to the last step of a run."
    )
    def home_lock(_: object) -> Iterator[None]:
        with build_lock(run.settings):
            start_work(run.settings, product_version(), run.workspace.digest)
            yield

    return home_lock


def build_defs(run: BuildRun) -> Definitions:
    """All definitions for one workspace and home. Raises ProjectUnreadable when dbt cannot parse."""
    reasons: list[str] = []
    dbt = transform.runner(reasons)
    with run.stages.stage("parse"):
        parsed = transform.invoke(run.settings, run.dbt_target, dbt, "parse")
    if isinstance(parsed.exception, KeyboardInterrupt):
        raise parsed.exception
    if not parsed.success:
        raise ProjectUnreadable("\n".join(reasons or [str(parsed.exception)]))
    resident = transform.runner()
    resident.manifest = cast("Manifest", parsed.result)
    manifest = json.loads((run.dbt_target / "manifest.json").read_text(encoding="utf-8"))
    contracts = run.workspace.contracts.values()
    run.n_steps = len(contracts) + len(manifest["nodes"]) + len(manifest["unit_tests"]) + 1
    models = transformed_models(run, resident, manifest)
    return Definitions(
        assets=[
            *(extract_asset(run, contract) for contract in contracts),
            landed_tables(run),
            models,
            published_release(run, models),
        ],
        asset_checks=[check for contract in contracts if (check := freshness_check(run, contract))],
        jobs=[refresh],
        schedules=[daily],
        sensors=[inbox_sensor(run.settings)],
        resources={LOCK: _lock_of(run)},
    )
