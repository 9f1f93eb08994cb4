"""One build from the command line: decide whether there is anything to do, then run the job in this process.

Lives here: the order of decisions before and after the job. Must not live here: printing (cli) and steps
(assets). Imports nothing heavy until there is work: a build without changes must answer at once.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.atomic import PRIVATE_FOLDER, make_folder, sha256_of, write_json
from orchestration.build_run import BuildRun, fingerprint, new_deliveries
from orchestration.findings import Finding, count_of, in_reading_order
from orchestration.lock import build_lock
from orchestration.register.releases import check_releases
from orchestration.release import current_number, unchanged_since_current
from orchestration.settings import Settings
from orchestration.stages import Stages
from orchestration.workspace import WorkspaceUnusable, load_workspace, workspace_digest

if TYPE_CHECKING:
    from dagster import ExecuteInProcessResult


# A signal during a step reaches us as an error of that step.
INTERRUPTED = {"DagsterExecutionInterruptedError", "KeyboardInterrupt"}


@dataclass
class BuildOutcome:
    """release: the current one after the build. unchanged: nothing built. refused: the data was refused."""

    release: int | None
    unchanged: bool = False
    refused: bool = False
    findings: list[Finding] = field(default_factory=list)
    failed_checks: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    stages: dict[str, dict[str, float]] = field(default_factory=dict)


class BuildBroken(RuntimeError):
    """A step failed for a reason that is not the data; the text names the step and the error."""


def _seen_file(settings: Settings) -> Path:
    return settings.state / "seen.json"


def _seen(settings: Settings) -> str:
    """Hash over inbox, workspace, product, ledger and current release, from names and bytes alone."""
    digest = hashlib.sha256()
    digest.update(fingerprint(settings, workspace_digest(settings.workspace)).encode())
    digest.update(f"{settings.inbox}\0{current_number(settings)}\0".encode())
    if settings.inbox.is_dir():
        for path in sorted(settings.inbox.rglob("*")):
            if path.is_file() and not path.is_symlink():
                digest.update(f"{path.relative_to(settings.inbox)}\0{sha256_of(path)}\0".encode())
            elif path.is_symlink():
                digest.update(f"{path.relative_to(settings.inbox)}\0symlink\0".encode())
    return digest.hexdigest()


def _nothing_changed(settings: Settings) -> bool:
    try:
        return bool(json.loads(_seen_file(settings).read_bytes())["seen"] == _seen(settings))
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _remember(settings: Settings) -> None:
    make_folder(settings.state, PRIVATE_FOLDER)
    write_json(_seen_file(settings), {"seen": _seen(settings)})


def _is_current(run: BuildRun) -> bool:
    return unchanged_since_current(run.settings, fingerprint(run.settings, run.workspace.digest))


def _execute(run: BuildRun, announce: Callable[[int], None]) -> ExecuteInProcessResult:
    with run.stages.stage("load"):
        from orchestration.definitions import ProjectUnreadable, build_defs
        from orchestration.instance import instance

    try:
        definitions = build_defs(run)
    except ProjectUnreadable as unreadable:
        where = "The workspace's own definitions lie in its folder metrics."
        raise BuildBroken(f"dbt cannot read the definitions. {where}\n{unreadable}") from None
    with run.stages.stage("load"):
        job = definitions.resolve_job_def("refresh")
    announce(run.n_steps)
    with instance(run.settings) as opened:
        return job.execute_in_process(
            instance=opened,
            raise_on_error=False,
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
        )


def _first_error(result: ExecuteInProcessResult) -> str:
    for event in result.all_events:
        data = event.event_specific_data
        error = getattr(data, "error", None)
        if event.is_failure and error is not None:
            while error.cause is not None:
                error = error.cause
            if error.cls_name in INTERRUPTED:
                raise KeyboardInterrupt
            return f"{event.step_key or 'build'}: {error.message.strip()}"
    return "the job failed without saying why"


def build(
    settings: Settings,
    *,
    force: bool = False,
    progress: Callable[[str], None] | None = None,
    announce: Callable[[int], None] = lambda _: None,
) -> BuildOutcome:
    """Ingest new deliveries, transform, test, publish; or find that nothing changed.

    progress: called with the name of each finished step; announce: called once with the number of steps.
    Raises LockHeld, EnvironmentFailed, BuildBroken; a refusal is an outcome, not an exception.
    """
    with build_lock(settings):
        if not force and _nothing_changed(settings):
            return BuildOutcome(current_number(settings), unchanged=True)
        stages = Stages()
        with stages.stage("plan"):
            from orchestration.extracts.ingest import check, ingest_extract, plan_inbox

            try:
                workspace, found = load_workspace(settings.workspace)
            except WorkspaceUnusable as unusable:
                return BuildOutcome(current_number(settings), refused=True, findings=unusable.findings)
            found += check_releases(settings, workspace)
            plan = plan_inbox(settings, workspace)
        run = BuildRun(settings, workspace, plan, stages, forced=force)
        run.progress = progress or run.progress
        problems = [*found, *plan.findings]
        if count_of(problems, "error"):
            # A defect of the workspace or the inbox does not hide those of the deliveries: all at once.
            everything = check(settings, check_releases)
            return BuildOutcome(current_number(settings), refused=True, findings=everything)
        if not force and not new_deliveries(settings, plan) and _is_current(run):
            for extract_id in plan.files:
                run.results[extract_id] = ingest_extract(settings, workspace, plan, extract_id, run.withdrawn)
            _remember(settings)
            return BuildOutcome(current_number(settings), unchanged=True, findings=run.findings())
        result = _execute(run, announce)
        outcome = BuildOutcome(
            current_number(settings),
            unchanged=result.success and run.release is None,
            refused=count_of(run.findings(), "error") > 0 or bool(run.failed_checks),
            findings=in_reading_order([*found, *run.findings()]),
            failed_checks=run.failed_checks,
            warnings=run.warnings,
            stages=stages.as_dict(),
        )
        if not result.success and not outcome.refused:
            raise BuildBroken(_first_error(result))
        if result.success:
            _remember(settings)
        return outcome
