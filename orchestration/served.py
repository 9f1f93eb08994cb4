"""The definitions that webserver and daemon load, from the environment's workspace and home.

Lives here: one lazy entry point. Must not live here: definitions (definitions.py).
"""

from __future__ import annotations

from dagster import Definitions, definitions

from orchestration.build_run import BuildRun
from orchestration.definitions import build_defs
from orchestration.extracts.ingest import plan_inbox
from orchestration.register.releases import check_releases
from orchestration.settings import Settings
from orchestration.workspace import load_workspace


@definitions
def defs() -> Definitions:
    """Load the workspace and plan its inbox anew: every run is a process of its own."""
    settings = Settings.resolve()
    workspace, found = load_workspace(settings.workspace)
    found += check_releases(settings, workspace)
    run = BuildRun(settings, workspace, plan_inbox(settings, workspace), workspace_findings=found)
    run.own_dbt_target = settings.dagster / "dbt" / "target"
    return build_defs(run)
