"""From the inbox to landing: store the bytes, validate, then accept or refuse; a kill does no harm.

Lives here: the order of the steps and what is recorded. Must not live here: what is right or wrong with a
delivery (validation.py), how files are written (atomic.py, landing.py). Every step leaves whole files; a run
that was killed is completed by the next one.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from orchestration import ledger
from orchestration.extracts.checking import check
from orchestration.extracts.deliveries import Reader, Source, in_order
from orchestration.extracts.inbox import InboxFile, InboxPlan, plan_inbox
from orchestration.extracts.landing import (
    Delivery,
    landed_digest,
    landed_findings,
    landed_path,
    prepare_landing,
    tidy_landing,
    write_landing,
)
from orchestration.extracts.refusal import contradictions, purged, reason_of, same_bytes
from orchestration.extracts.storing import quarantine, store_raw, tidy_raw
from orchestration.extracts.table import visible
from orchestration.extracts.validation import Landed
from orchestration.findings import Finding, count_of, in_reading_order
from orchestration.ledger import Event
from orchestration.settings import Settings
from orchestration.workspace import Workspace

__all__ = ["InboxPlan", "IngestResult", "check", "ingest_extract", "plan_inbox", "reland_missing"]


@dataclass
class IngestResult:
    """What became of the files of one extract: delivery ids, and all findings in reading order."""

    extract_id: str
    accepted: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    duplicates: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    new: list[tuple[str, Landed]] = field(default_factory=list, repr=False)  # accepted for the first time

    @property
    def has_errors(self) -> bool:
        return count_of(self.findings, "error") > 0


def ingest_extract(
    settings: Settings,
    workspace: Workspace,
    plan: InboxPlan,
    extract_id: str,
    withdrawn: frozenset[str] = frozenset(),
) -> IngestResult:
    """Take the files of one extract in: raw first, then landing and ledger, or quarantine and ledger.

    withdrawn: sha256 or delivery ids that a rollback took back; their files are left alone. Bytes that are
    accepted and landed under the same digest are left as they are. Raises EnvironmentFailed when the machine
    fails; what was done until then is complete.
    """
    prepare_landing(settings)
    reader = Reader(settings, workspace, plan, withdrawn)
    result = IngestResult(extract_id)
    for file in plan.files.get(extract_id, ()):
        delivery_id = ledger.delivery_id_of(extract_id, file.sha256)
        if file.sha256 in withdrawn or delivery_id in withdrawn:
            text = "withdrawn by a rollback; change the file or force the build to publish it again."
            result.findings.append(Finding(visible(file.name), None, None, "withdrawn", "info", text))
            continue
        _ingest_file(reader, file, delivery_id, result)
    result.findings = in_reading_order([*result.findings, *contradictions(result.new)])
    result.new.clear()  # the content is landed; nobody needs it in memory
    return result


def _ingest_file(reader: Reader, file: InboxFile, delivery_id: str, result: IngestResult) -> None:
    settings = reader.settings
    history = ledger.events(settings)
    gone = purged(file.sha256, file.name, history)
    if gone is not None:
        result.findings.append(gone)
        result.refused.append(delivery_id)
        return
    if not store_raw(settings, file):
        text = "the file changed while it was being read."
        again = "run again when it is complete"
        result.findings.append(Finding(visible(file.name), None, None, "still_growing", "error", text, again))
        return
    before = next((e for e in ledger.accepted(settings) if e.delivery_id == delivery_id), None)
    if before is not None and before.file_name != file.name:
        _record_duplicate(reader, file, before, history, result)
        return
    contract = reader.workspace.contracts[file.extract_id]
    digest = reader.digest(file.extract_id)
    landed_here = landed_digest(landed_path(settings, contract.produces, delivery_id)) == digest
    if before is not None and landed_here:
        result.unchanged.append(delivery_id)
        result.findings += landed_findings(settings, delivery_id)
        return
    source = Source(file.extract_id, file.sha256, settings.raw / file.sha256, file.name)
    _land(
        reader, source, Delivery(delivery_id, file.extract_id, file.name, digest), file.size, before, result
    )


def _land(
    reader: Reader, source: Source, delivery: Delivery, size: int, before: Event | None, result: IngestResult
) -> None:
    """Validate and either land or quarantine; the ledger says so only after the files are there."""
    settings = reader.settings
    landed, findings = reader.outcome(source)
    result.findings += findings
    errors, warnings = count_of(findings, "error"), count_of(findings, "warning")
    if landed is None or errors:
        result.refused.append(delivery.delivery_id)
        quarantine(settings, source.sha256, source.path, findings)
        reason = reason_of(findings, reader.workspace.contracts[source.extract_id])
        if not _said_before(settings, source, reason):
            ledger.append(
                settings,
                event="refused",
                extract_id=source.extract_id,
                file_name=source.file_name,
                sha256=source.sha256,
                size=size,
                row_count=landed.row_count if landed else None,
                n_errors=errors,
                n_warnings=warnings,
                reason=reason,
            )
        return
    write_landing(settings, delivery, landed, findings)
    result.accepted.append(delivery.delivery_id)
    if before is None:
        result.new.append((source.file_name, landed))
        ledger.append(
            settings,
            event="accepted",
            extract_id=source.extract_id,
            file_name=source.file_name,
            sha256=source.sha256,
            size=size,
            row_count=landed.row_count,
            reference_period=landed.reference_period,
            n_errors=0,
            n_warnings=warnings,
        )


def _said_before(settings: Settings, source: Source, reason: str) -> bool:
    """Whether the last event of these bytes is this very refusal: it is recorded once."""
    events = [
        e for e in ledger.events(settings) if (e.extract_id, e.sha256) == (source.extract_id, source.sha256)
    ]
    last = events[-1] if events else None
    return last is not None and (last.event, last.reason, last.file_name) == (
        "refused",
        reason,
        source.file_name,
    )


def _record_duplicate(
    reader: Reader, file: InboxFile, before: Event, history: list[Event], result: IngestResult
) -> None:
    """The same bytes under another name: recorded once, landed never."""
    result.duplicates.append(before.delivery_id)
    result.findings.append(same_bytes(file, before.file_name, reader.workspace))
    known = {(e.extract_id, e.sha256, e.file_name) for e in history if e.event == "duplicate"}
    if (file.extract_id, file.sha256, file.name) not in known:
        ledger.append(
            reader.settings,
            event="duplicate",
            extract_id=file.extract_id,
            file_name=file.name,
            sha256=file.sha256,
            size=file.size,
            reason=f"same bytes as {before.file_name}, accepted as number {before.sequence}",
        )


def reland_missing(
    settings: Settings,
    workspace: Workspace,
    plan: InboxPlan | None = None,
    withdrawn: frozenset[str] = frozenset(),
) -> list[Finding]:
    """Make landing hold exactly the deliveries a build rests on, each read after today's workspace.

    Accepted deliveries that are not landed, or landed under another digest, are landed from raw; landing
    files of purged, ignored or withdrawn deliveries and leftovers of killed runs are removed. To be called
    after the extracts, by the holder of the build lock. An error in the result means: do not build.
    """
    prepare_landing(settings)
    reader = Reader(settings, workspace, plan, withdrawn)
    result = IngestResult("")
    kept: set[str] = set()
    current = [
        event
        for event in ledger.accepted(settings, withdrawn)
        if event.extract_id in workspace.contracts and event.sha256 not in workspace.ignored_deliveries
    ]
    order = {extract_id: at for at, extract_id in enumerate(in_order(workspace.contracts))}
    for event in sorted(current, key=lambda e: (order[e.extract_id], e.sequence)):
        kept.add(event.delivery_id)
        digest = reader.digest(event.extract_id)
        kind = workspace.contracts[event.extract_id].produces
        if landed_digest(landed_path(settings, kind, event.delivery_id)) == digest:
            continue
        source = Source(event.extract_id, event.sha256, settings.raw / event.sha256, event.file_name)
        if not source.path.is_file():
            text = f"its bytes are no longer in {settings.raw} (sha256 {event.sha256})."
            advice = "the file in the inbox again, or `sozialraum delivery purge` with the reason"
            result.findings.append(
                Finding(visible(event.file_name), None, None, "raw_missing", "error", text, advice)
            )
            continue
        delivery = Delivery(event.delivery_id, event.extract_id, event.file_name, digest)
        _land(reader, source, delivery, event.size, event, result)
    tidy_landing(settings, kept)
    tidy_raw(settings)
    return in_reading_order(result.findings)
