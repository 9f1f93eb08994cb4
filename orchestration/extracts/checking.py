"""What taking the inbox in would find, without writing anything.

Lives here: the walk over workspace, inbox and deliveries for `check`. Must not live here: the rules
themselves (validation.py, refusal.py) and anything that writes (ingest.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from orchestration import ledger
from orchestration.extracts.deliveries import Reader, Source, in_order
from orchestration.extracts.inbox import InboxFile, plan_inbox
from orchestration.extracts.refusal import contradictions, purged, same_bytes
from orchestration.extracts.validation import Landed
from orchestration.findings import Finding, count_of, in_reading_order
from orchestration.ledger import Event
from orchestration.settings import Settings
from orchestration.workspace import Workspace, WorkspaceUnusable, load_workspace


def _nothing_else(_: Settings, __: Workspace) -> list[Finding]:
    return []


def check(
    settings: Settings, also: Callable[[Settings, Workspace], list[Finding]] = _nothing_else
) -> list[Finding]:
    """Validate workspace and inbox without writing anything; all findings in reading order.

    also: what else is asked of a workspace that could be loaded, such as the releases that it names.
    """
    try:
        workspace, findings = load_workspace(settings.workspace)
    except WorkspaceUnusable as unusable:
        return in_reading_order(unusable.findings)
    plan = plan_inbox(settings, workspace)
    reader = Reader(settings, workspace, plan)
    found = [*findings, *also(settings, workspace), *plan.findings]
    history = ledger.events(settings)
    for extract_id in in_order(workspace.contracts):
        found += _checked(reader, extract_id, plan.files.get(extract_id, ()), history)
    return in_reading_order(found)


def _checked(
    reader: Reader, extract_id: str, files: Iterable[InboxFile], history: list[Event]
) -> list[Finding]:
    """What taking in the files of one extract would find."""
    accepted = ledger.accepted(reader.settings)
    before = {event.sha256: event.file_name for event in accepted if event.extract_id == extract_id}
    seen: dict[str, str] = {}
    found: list[Finding] = []
    new: list[tuple[str, Landed]] = []
    for file in files:
        gone = purged(file.sha256, file.name, history)
        if gone is not None:
            found.append(gone)
            continue
        first = before.get(file.sha256) or seen.get(file.sha256) or file.name
        if first != file.name:
            found.append(same_bytes(file, first, reader.workspace))
        if file.sha256 not in seen:
            seen[file.sha256] = first
            landed, findings = reader.outcome(Source(extract_id, file.sha256, file.path, first))
            found += findings
            if landed is not None and not count_of(findings, "error") and file.sha256 not in before:
                new.append((file.name, landed))
    return found + contradictions(new)
