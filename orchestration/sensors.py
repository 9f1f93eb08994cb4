"""The sensor on the inbox: new, stable files start a refresh.

Lives here: when a refresh is worth starting. Must not live here: reading files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from dagster import (
    DagsterRunStatus,
    DefaultSensorStatus,
    RunRequest,
    RunsFilter,
    SensorDefinition,
    SensorEvaluationContext,
    SkipReason,
    sensor,
)

from orchestration.build_run import new_deliveries
from orchestration.extracts.ingest import plan_inbox
from orchestration.jobs import refresh
from orchestration.settings import Settings
from orchestration.workspace import load_workspace

ACTIVE = [DagsterRunStatus.QUEUED, DagsterRunStatus.STARTING, DagsterRunStatus.STARTED]


def run_key(sha256s: Sequence[str]) -> str:
    """One key per set of new files: the same set never starts a second run, whatever its order."""
    return hashlib.sha256("\0".join(sorted(sha256s)).encode()).hexdigest()


def inbox_sensor(settings: Settings) -> SensorDefinition:
    """Starts one refresh per new set of stable files, one run at a time."""

    @sensor(
        name="inbox",
        job=refresh,
        minimum_interval_seconds=30,
        default_status=DefaultSensorStatus.RUNNING,
        description="Looks for new, completely delivered files in the inbox.",
    )
    def inbox(context: SensorEvaluationContext) -> RunRequest | SkipReason:
        if context.instance.get_runs(RunsFilter(statuses=ACTIVE), limit=1):
            return SkipReason("A refresh is running.")
        workspace, _ = load_workspace(settings.workspace)
        new = new_deliveries(settings, plan_inbox(settings, workspace, stable_only=True))
        if not new:
            return SkipReason("No new stable file in the inbox.")
        return RunRequest(run_key=run_key(new), tags={"sozialraum/new_files": str(len(new))})

    return inbox
