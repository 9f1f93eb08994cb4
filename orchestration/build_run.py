"""What the steps of one build share: settings, workspace, plan of the inbox, measurements, findings.

Lives here: the state of one run, in memory only. Must not live here: the steps (assets.py), their
order (jobs.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.findings import Finding
from orchestration.ledger import Event, accepted
from orchestration.product import product_version
from orchestration.release import withdrawn_inputs
from orchestration.settings import Settings
from orchestration.stages import Stages
from orchestration.workspace import Workspace

if TYPE_CHECKING:
    from orchestration.extracts.ingest import InboxPlan, IngestResult


def _silent(_: str) -> None:
    return None


@dataclass
class BuildRun:
    """One build from inbox to release.

    forced: withdrawn deliveries are used again. progress: called with the name of each finished step.
    """

    settings: Settings
    workspace: Workspace
    plan: InboxPlan
    stages: Stages = field(default_factory=Stages)
    progress: Callable[[str], None] = _silent
    forced: bool = False
    workspace_findings: list[Finding] = field(default_factory=list)
    results: dict[str, IngestResult] = field(default_factory=dict)
    landing_findings: list[Finding] = field(default_factory=list)
    failed_checks: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    n_checks: int = 0
    n_steps: int = 0  # extracts, dbt nodes and the release, for progress
    release: int | None = None
    own_dbt_target: Path | None = None

    @property
    def dbt_target(self) -> Path:
        """Where dbt keeps its manifest; a server that outlives runs has a folder of its own."""
        return self.own_dbt_target or self.settings.dbt_target

    def findings(self) -> list[Finding]:
        """All findings of the deliveries read so far, the plan's included."""
        read = [finding for result in self.results.values() for finding in result.findings]
        return [*self.plan.findings, *read, *self.landing_findings]

    @property
    def withdrawn(self) -> frozenset[str]:
        """Deliveries that a rollback took back and that this build leaves alone."""
        return frozenset() if self.forced else withdrawn_inputs(self.settings)

    def deliveries(self) -> list[Event]:
        """The deliveries that enter this build, oldest first."""
        return [
            event
            for event in accepted(self.settings, self.withdrawn)
            if event.extract_id in self.workspace.contracts
            and event.sha256 not in self.workspace.ignored_deliveries
        ]


def fingerprint(settings: Settings, workspace_digest: str) -> str:
    """Hash over product version, workspace and all accepted deliveries: equal means nothing to build."""
    known = sorted(event.delivery_id for event in accepted(settings))
    parts = [product_version(), workspace_digest, *known]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def new_deliveries(settings: Settings, plan: InboxPlan) -> list[str]:
    """sha256 of the files in the inbox that are not accepted yet, sorted."""
    known = {event.sha256 for event in accepted(settings)}
    return [sha256 for sha256 in plan.fingerprint if sha256 not in known]
