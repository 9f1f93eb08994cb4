"""Deliveries as seen by validation: bytes plus the geography they are to be read against.

Lives here: where outlines come from, the digest of everything a landing depends on. Must not live here:
writing of any kind, so that `check` can use all of it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from orchestration import ledger
from orchestration.extracts.contract import Contract
from orchestration.extracts.geography import Geography
from orchestration.extracts.inbox import InboxPlan
from orchestration.extracts.landing import landed_digest, landed_path, read_landing
from orchestration.extracts.polygons import Polygons
from orchestration.extracts.reading import read_table
from orchestration.extracts.validation import Landed, validate
from orchestration.findings import Finding
from orchestration.settings import Settings
from orchestration.workspace import Workspace

Outcome = tuple[Landed | None, list[Finding]]


@dataclass(frozen=True)
class Source:
    """Delivered bytes of one extract: where they lie and how the inbox calls them."""

    extract_id: str
    sha256: str
    path: Path
    file_name: str


@dataclass
class Reader:
    """Reads deliveries of one workspace; remembers what it has read."""

    settings: Settings
    workspace: Workspace
    plan: InboxPlan | None
    withdrawn: frozenset[str] = frozenset()
    _read: dict[tuple[str, str, str], Outcome] = field(default_factory=dict)

    def outcome(self, source: Source) -> Outcome:
        """What a delivery produces and every finding about it; None when nothing can be produced."""
        key = (source.extract_id, source.sha256, source.file_name)
        if key not in self._read:
            contract = self.workspace.contracts[source.extract_id]
            table, findings = read_table(source.path, contract, source.file_name)
            landed = None
            if table is not None:
                geography = self.geography(contract)
                landed, more = validate(table, contract, geography, source.file_name)
                findings = findings + more
            self._read[key] = (landed, findings)
        return self._read[key]

    def geography(self, contract: Contract) -> Geography:
        """The workspace's areas, with the outlines that the contract's points need."""
        polygons: dict[str, Polygons | None] = {}
        if contract.area and contract.area.point:
            extract_id = contract.area.point.polygons
            polygons[extract_id] = self._polygons(extract_id)
        tables = self.workspace.tables
        return Geography.of(tables["areas"], polygons, self.workspace.config.crs, tables["crosswalks"])

    def sources(self, extract_id: str) -> list[Source]:
        """The deliveries of an extract that count, oldest first: accepted ones, then new files."""
        ignored = self.workspace.ignored_deliveries
        found = [
            Source(extract_id, event.sha256, self.settings.raw / event.sha256, event.file_name)
            for event in ledger.accepted(self.settings, self.withdrawn)
            if event.extract_id == extract_id and event.sha256 not in ignored
        ]
        known = {source.sha256 for source in found} | self.withdrawn
        for file in self.plan.files.get(extract_id, ()) if self.plan else ():
            if file.sha256 not in known:
                known.add(file.sha256)
                found.append(Source(extract_id, file.sha256, file.path, file.name))
        return found

    def _polygons(self, extract_id: str) -> Polygons | None:
        """The outlines of an extract, newer deliveries over older ones; None when there are none."""
        if extract_id not in self.workspace.contracts:
            return None
        texts: dict[str, str] = {}
        level = ""
        for source in self.sources(extract_id):
            path = landed_path(self.settings, "areas", ledger.delivery_id_of(extract_id, source.sha256))
            if landed_digest(path) == self.digest(extract_id):
                frame = read_landing(path)
            else:
                landed, findings = self.outcome(source)
                if landed is None or any(finding.severity == "error" for finding in findings):
                    continue
                frame = landed.frame
            for row_level, code, text in frame[["level", "area_code", "geometry_wkt"]].itertuples(
                index=False
            ):
                level, texts[code] = row_level, text
        if not texts:
            return None
        return Polygons.from_wkt(level, list(texts), list(texts.values()))

    def digest(self, extract_id: str) -> str:
        """sha256 over everything beside the bytes that a landing of this extract depends on.

        The contract, areas and crosswalks, the outlines its points are placed in, and the code that reads.
        """
        parts = [self.workspace.contract_digest[extract_id], code_digest(), self.workspace.config.crs]
        parts += [self.workspace.tables[name].to_csv(index=False) for name in ("areas", "crosswalks")]
        contract = self.workspace.contracts[extract_id]
        if contract.area and contract.area.point:
            needed = contract.area.point.polygons
            if needed in self.workspace.contracts:
                parts += [self.workspace.contract_digest[needed]]
                parts += [source.sha256 for source in self.sources(needed)]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()


@cache
def code_digest() -> str:
    """sha256 over the modules of this package: another way of reading lands every delivery again."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def in_order(contracts: dict[str, Contract]) -> list[str]:
    """Extract ids so that those which deliver outlines come before those which use them."""
    return sorted(contracts, key=lambda i: (contracts[i].produces != "areas", i))
