"""What is said about deliveries as wholes: why one is refused, the same again, or contradicts another.

Lives here: the sentence for the ledger, which holds no delivered value, and the comparison of files. Must
not live here: rules about one delivery (validation.py) and what is written where (ingest.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import PurePosixPath

import pandas as pd

from orchestration.extracts.contract import Contract
from orchestration.extracts.inbox import InboxFile
from orchestration.extracts.observations import KEY
from orchestration.extracts.periods import period_in_name
from orchestration.extracts.table import visible
from orchestration.extracts.validation import Landed
from orchestration.findings import Finding, Severity, in_reading_order
from orchestration.ledger import Event
from orchestration.workspace import Workspace

NAMED_PLACES = 5  # errors whose place stands in the ledger; quarantine keeps all findings
SAID = ["value_text", "value_status"]


def reason_of(findings: Iterable[Finding], contract: Contract) -> str:
    """Number of errors, then rule and place of the first: no delivered value, no delivered column name."""
    errors = [finding for finding in in_reading_order(findings) if finding.severity == "error"]
    places = []
    for finding in errors:
        place = finding.rule
        if finding.line is not None:
            place += f" line {finding.line}"
        if finding.column in contract.column_by_name:
            place += f" column {finding.column!r}"
        places.append(place)
    more = f", and {len(places) - NAMED_PLACES} more" if len(places) > NAMED_PLACES else ""
    word = "error" if len(places) == 1 else "errors"
    return f"{len(places)} {word}: {', '.join(places[:NAMED_PLACES])}{more}" if places else "not readable"


def contradictions(new: Sequence[tuple[str, Landed]]) -> list[Finding]:
    """One finding per pair of new files of one extract that deliver different values for the same cell.

    new: file names and content in the order in which they count; the later one wins. A later file whose name
    is the earlier one's with something appended (`x_2022-korrektur.csv`) is a declared correction: an info.
    """
    frames = [(name, landed.frame) for name, landed in new if landed.kind == "observations"]
    if len(frames) < 2:
        return []
    keys = pd.concat([frame[KEY] for _, frame in frames], ignore_index=True)
    if not keys.duplicated().any():
        return []
    found = []
    for (earlier, first), (later, second) in combinations(frames, 2):
        both = first[KEY + SAID].merge(second[KEY + SAID], on=KEY, suffixes=("", "_later"))
        differ = int(
            (both[SAID].to_numpy() != both[[f"{name}_later" for name in SAID]].to_numpy()).any(1).sum()
        )
        if not differ:
            continue
        text = (
            f"{differ} of {len(both)} cells that {earlier!r} delivers too have other values; this file wins."
        )
        named = PurePosixPath(later).stem.startswith(PurePosixPath(earlier).stem)
        advice = f"one file per cell; name a correction {PurePosixPath(earlier).stem}-korrektur"
        severity: Severity = "info" if named else "warning"
        found.append(
            Finding(visible(later), None, None, "contradicting_files", severity, text, visible(advice))
        )
    return found


def same_bytes(file: InboxFile, other: str, workspace: Workspace) -> Finding:
    """An info; an error where the two names carry different periods: one of them would get wrong figures."""
    rule = workspace.contracts[file.extract_id].period
    periods = [period_in_name(rule, name) if rule else None for name in (other, file.name)]
    message = f"these are the same bytes as {other!r} (sha256 {file.sha256}); they are not loaded again."
    name = visible(file.name)
    if periods[0] == periods[1]:
        return Finding(name, None, None, "duplicate_file", "info", message, "each file once")
    expected = f"figures of another period than {periods[0]}; the file may have been copied"
    return Finding(name, None, None, "duplicate_file", "error", message, expected)


def purged(sha256: str, name: str, history: list[Event]) -> Finding | None:
    """An error for bytes that were removed for data protection and have come again."""
    events = [event for event in history if event.sha256 == sha256]
    if not events or events[-1].event != "purged":
        return None
    message = f"these bytes were purged on {events[-1].at[:10]} ({events[-1].reason})."
    expected = "another file; or list the sha256 under `ignore` in deliveries.yml"
    return Finding(visible(name), None, None, "purged", "error", message, expected)
