"""A city of five areas and contracts for it, small enough to see every row of a test at once.

Lives here: builders. Must not live here: claims.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from orchestration.extracts.contract import Contract
from orchestration.extracts.geography import Geography
from orchestration.extracts.polygons import Polygons
from orchestration.extracts.reading import read_table
from orchestration.extracts.table import Table
from orchestration.extracts.validation import Landed, validate
from orchestration.findings import Finding

TODAY = date(2025, 6, 1)
AREAS = """level;code;name;parent_level;parent_code;valid_from;valid_to
stadt;0;Musterstadt;;;;
stadtteil;101;Altstadt-Süd;stadt;0;;
stadtteil;102;Mülheim;stadt;0;;
stadtteil;103;Neubaugebiet;stadt;0;2020-01-01;
"""
HEADER = "Nr;Stadtteil;Jahr;Anzahl\n"
ROWS = "101;Altstadt-Süd;2013;1200\n102;Mülheim;2013;34\n"


def area_table() -> pd.DataFrame:
    """The workspace table `areas`."""
    rows = [line.split(";") for line in AREAS.splitlines()]
    return pd.DataFrame(rows[1:], columns=rows[0], dtype="str")


def geography(polygons: Mapping[str, Polygons | None] | None = None) -> Geography:
    """The small city."""
    return Geography.of(area_table(), polygons or {}, "EPSG:25832")


def fields(**changes: Any) -> dict[str, Any]:
    """A contract as its YAML would say it; `file` and `area` and `checks` are merged, the rest replaced."""
    base: dict[str, Any] = {
        "extract_id": "residents",
        "title": "Einwohner",
        "group": "statistics",
        "owner": "Statistikamt",
        "publisher": "Statistikamt",
        "licence": "dl-de/by-2-0",
        "purpose": "Sozialplanung",
        "legal_basis": "Zusammengefasste Statistik",
        "file": {"pattern": "einwohner*.csv", "format": "csv"},
        "columns": [
            {"name": "Nr", "type": "code"},
            {"name": "Stadtteil"},
            {"name": "Jahr", "type": "year"},
            {"name": "Anzahl", "type": "count"},
        ],
        "area": {"by": "code", "column": "Nr", "level": "stadtteil"},
        "period": {"column": "Jahr"},
        "produces": "observations",
        "observations": [{"column": "Anzahl", "variable": "population"}],
        "checks": {"unique": ["Nr", "Jahr"]},
    }
    for name, value in changes.items():
        merged = name in {"file", "area", "checks"} and isinstance(value, dict)
        base[name] = {**base[name], **value} if merged else value
    return base


def contract(**changes: Any) -> Contract:
    """A contract for `Nr;Stadtteil;Jahr;Anzahl`."""
    return Contract.model_validate(fields(**changes))


def deliver(
    folder: Path,
    content: str | bytes,
    rules: Contract | None = None,
    name: str = "einwohner.csv",
    polygons: Mapping[str, Polygons | None] | None = None,
) -> tuple[Landed | None, list[Finding]]:
    """Write a delivery, read and validate it."""
    rules = rules or contract()
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    table, findings = read_table(path, rules, name)
    if table is None:
        return None, findings
    landed, more = validate(table, rules, geography(polygons), name, TODAY)
    return landed, findings + more


def read(
    folder: Path, content: str | bytes, rules: Contract | None = None
) -> tuple[Table | None, list[Finding]]:
    """Write a delivery and read it only."""
    path = folder / "einwohner.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return read_table(path, rules or contract(), path.name)


def cells(landed: Landed | None, *columns: str) -> list[tuple[Any, ...]]:
    """Chosen columns of what was landed, row by row."""
    assert landed is not None
    return [tuple(row) for row in landed.frame[list(columns)].itertuples(index=False, name=None)]


def rules_of(findings: list[Finding], severity: str = "error") -> list[str]:
    """The rules of the findings of one severity, in order."""
    return [finding.rule for finding in findings if finding.severity == severity]


def only(findings: list[Finding], rule: str) -> Finding:
    """The one finding of a rule."""
    found = [finding for finding in findings if finding.rule == rule]
    assert len(found) == 1, [finding.sentence() for finding in findings]
    return found[0]
