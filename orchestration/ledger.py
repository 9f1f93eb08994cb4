"""What was delivered when, and what became of it: an append-only ledger, one JSON file per event.

Lives here: writing and reading events, and removing delivered bytes on request (purge). Must not live
here: deciding whether a delivery is accepted. Order is the sequence number, never the clock.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from orchestration.atomic import (
    PRIVATE_FOLDER,
    as_json,
    environment_errors,
    fsync_folder,
    make_folder,
    remove_tree,
    write_new,
)
from orchestration.lock import build_lock
from orchestration.settings import Settings

EventKind = Literal["accepted", "refused", "duplicate", "purged"]
LANDED_KINDS = ("observations", "offers", "areas", "register", "findings")
SHORTEST_REFERENCE = 6  # characters of a sha256 that may stand for the whole one


class LedgerDamaged(RuntimeError):
    """A file of the ledger is not an event; the text names it (exit code 3)."""


class UnknownDelivery(LookupError):
    """No event, or more than one delivery, fits the given reference; the text says which."""


@dataclass(frozen=True)
class Event:
    """One event of one delivery. size in bytes, row_count in delivered rows, both of the delivered file."""

    sequence: int
    at: str
    event: EventKind
    delivery_id: str
    extract_id: str
    file_name: str
    sha256: str
    size: int
    row_count: int | None = None
    reference_period: str | None = None
    n_errors: int = 0
    n_warnings: int = 0
    reason: str | None = None

    def as_dict(self) -> dict[str, object]:
        """The event for JSON output."""
        return asdict(self)


_FIELDS = {field.name for field in fields(Event)}
_EVENT_FILE = re.compile(r"\d{6,}\.json")


def delivery_id_of(extract_id: str, sha256: str) -> str:
    """The id of a delivery: the same bytes for the same extract are always the same delivery."""
    return f"{extract_id}-{sha256[:12]}"


def events(settings: Settings) -> list[Event]:
    """All events in sequence order; raises LedgerDamaged naming a file that is not an event."""
    if not settings.ledger.is_dir():
        return []
    found = []
    for path in settings.ledger.iterdir():
        if not _EVENT_FILE.fullmatch(path.name):
            continue
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            found.append(Event(**{key: value for key, value in content.items() if key in _FIELDS}))
        except (ValueError, TypeError, AttributeError) as error:
            raise LedgerDamaged(
                f"{path} is not an event of the delivery ledger ({error}). Restore it."
            ) from error
    return sorted(found, key=lambda event: event.sequence)


def _next_sequence(settings: Settings) -> int:
    numbers = [int(path.stem) for path in settings.ledger.iterdir() if _EVENT_FILE.fullmatch(path.name)]
    return max(numbers, default=0) + 1


def append(
    settings: Settings,
    *,
    event: EventKind,
    extract_id: str,
    file_name: str,
    sha256: str,
    size: int,
    delivery_id: str | None = None,
    row_count: int | None = None,
    reference_period: str | None = None,
    n_errors: int = 0,
    n_warnings: int = 0,
    reason: str | None = None,
) -> Event:
    """Write one event under the next free sequence number and return it; it is never changed again."""
    make_folder(settings.ledger, PRIVATE_FOLDER)
    identity = delivery_id or delivery_id_of(extract_id, sha256)
    while True:
        written = Event(
            sequence=_next_sequence(settings),
            at=datetime.now(UTC).isoformat(timespec="seconds"),
            event=event,
            delivery_id=identity,
            extract_id=extract_id,
            file_name=file_name,
            sha256=sha256,
            size=size,
            row_count=row_count,
            reference_period=reference_period,
            n_errors=n_errors,
            n_warnings=n_warnings,
            reason=reason,
        )
        try:
            write_new(settings.ledger / f"{written.sequence:06d}.json", as_json(written.as_dict()))
        except FileExistsError:
            continue  # another writer took this number
        return written


def accepted(settings: Settings, withdrawn: Iterable[str] = frozenset()) -> list[Event]:
    """The deliveries a build rests on: the newest acceptance of each, unless purged later; oldest first.

    withdrawn: sha256 or delivery ids that a rollback took back; they are left out.
    """
    left_out = frozenset(withdrawn)
    newest: dict[str, Event] = {}
    for event in events(settings):
        if event.event == "accepted":
            newest[event.delivery_id] = event
        elif event.event == "purged":
            newest.pop(event.delivery_id, None)
    kept = (e for e in newest.values() if e.sha256 not in left_out and e.delivery_id not in left_out)
    return sorted(kept, key=lambda event: event.sequence)


def find(settings: Settings, reference: str) -> list[Event]:
    """All events of the delivered bytes that `reference` names: a delivery id, a sha256 or its beginning."""
    history = events(settings)
    named = {e.sha256 for e in history if reference in {e.sha256, e.delivery_id}}
    if not named and len(reference) >= SHORTEST_REFERENCE:
        named = {e.sha256 for e in history if e.sha256.startswith(reference.lower())}
    if not named:
        raise UnknownDelivery(
            f"No delivery {reference!r} in {settings.ledger}. `sozialraum delivery list` shows what came."
        )
    if len(named) > 1:
        raise UnknownDelivery(f"{reference!r} fits {len(named)} delivered files. Give more of the sha256.")
    return [e for e in history if e.sha256 in named]


def list_deliveries(settings: Settings) -> list[dict[str, object]]:
    """One dict per event in sequence order, with `is_current`: the next build rests on it."""
    current = {event.sequence for event in accepted(settings)}
    return [{**e.as_dict(), "is_current": e.sequence in current} for e in events(settings)]


def show_delivery(settings: Settings, reference: str) -> dict[str, object]:
    """Everything known of one delivered file: its events, findings in quarantine, and what is still kept."""
    history = find(settings, reference)
    sha256 = history[0].sha256
    quarantined = settings.quarantine / sha256 / "findings.json"
    findings = json.loads(quarantined.read_text(encoding="utf-8")) if quarantined.is_file() else []
    return {
        "sha256": sha256,
        "delivery_ids": sorted({event.delivery_id for event in history}),
        "events": [event.as_dict() for event in history],
        "findings": findings,
        "raw_kept": (settings.raw / sha256).is_file(),
        "landed": sorted(str(path.relative_to(settings.home)) for path in _landed(settings, history)),
    }


def _landed(settings: Settings, history: list[Event]) -> list[Path]:
    identities = {event.delivery_id for event in history}
    paths = (settings.landing / kind / f"{name}.parquet" for kind in LANDED_KINDS for name in identities)
    return [path for path in paths if path.is_file()]


def _remove_bytes(settings: Settings, history: list[Event]) -> None:
    sha256 = history[0].sha256
    for path in [settings.raw / sha256, *_landed(settings, history)]:
        with environment_errors(path):
            if path.exists():
                path.unlink()
                fsync_folder(path.parent)
    remove_tree(settings.quarantine / sha256)
    # Both hold counts of this delivery in the clear; the next build is a full one from what is left.
    remove_tree(settings.state)
    remove_tree(settings.work)


def purge(settings: Settings, reference: str, reason: str) -> list[Event]:
    """Remove the delivered bytes and everything landed from them; one tombstone per delivery stays.

    The tombstone is written first: whatever happens then, no build rests on the delivery, and the same
    command again removes what is left without a second tombstone. Published releases stay as they are.
    Returns the tombstones. Raises UnknownDelivery, ValueError without a reason, LockHeld during a build.
    """
    if not reason.strip():
        raise ValueError("A purge needs a reason: it is all that will be left of the delivery.")
    with build_lock(settings):
        history = find(settings, reference)
        last = {event.delivery_id: event for event in history}
        tombstones = [
            event
            if event.event == "purged"
            else append(
                settings,
                event="purged",
                extract_id=event.extract_id,
                file_name=event.file_name,
                sha256=event.sha256,
                size=event.size,
                delivery_id=event.delivery_id,
                row_count=event.row_count,
                reference_period=event.reference_period,
                reason=reason.strip(),
            )
            for event in last.values()
        ]
        _remove_bytes(settings, history)
    return tombstones
