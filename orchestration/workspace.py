"""One city as a folder: reads the workspace's files into text tables and says all that is wrong with them.

Lives here: the shape of the workspace's own files. Must not live here: the contracts' shape
(extracts/contract.py) and anything about delivered files. To add a workspace table, add one line to TABLES
and describe it in the README section "Your own city".
"""

from __future__ import annotations

import csv
import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from orchestration.extracts.contract import Contract, extract_id_of
from orchestration.findings import Finding

if TYPE_CHECKING:
    import pandas as pd

# table -> (file, columns, required). An absent optional file is an empty table: readers find every table.
TABLES: dict[str, tuple[str, tuple[str, ...], bool]] = {
    "levels": (
        "geography/levels.csv",
        ("level", "name_de", "name_en", "plural_de", "plural_en", "rank", "parent_level"),
        True,
    ),
    "areas": (
        "geography/areas.csv",
        ("level", "code", "name", "parent_level", "parent_code", "valid_from", "valid_to"),
        True,
    ),
    "shares": (
        "geography/shares.csv",
        ("level", "code", "member_level", "member_code", "share", "valid_from", "valid_to"),
        False,
    ),
    "indicators": ("indicators.csv", ("indicator_id", "levels", "years", "note"), True),
    "disclosure_profiles": (
        "disclosure/profiles.csv",
        (
            "profile_id",
            "threshold",
            "protects_complement",
            "min_denominator",
            "hides",
            "note_de",
            "note_en",
        ),
        True,
    ),
    "disclosure_variables": ("disclosure/variables.csv", ("variable_id", "profile_id"), False),
    "corrections": (
        "corrections.csv",
        (
            "extract_id",
            "variable_id",
            "level",
            "code",
            "period_id",
            "breakdown_id",
            "expected_wrong_value",
            "corrected_value",
            "reason",
        ),
        False,
    ),
    "series_breaks": (
        "series_breaks.csv",
        ("break_id", "indicator_id", "period_id", "kind", "reason_de", "reason_en", "bridged"),
        False,
    ),
    "context_events": (
        "context_events.csv",
        ("event_id", "period_id", "kind", "label_de", "label_en", "area_ids"),
        False,
    ),
}
YEARS = re.compile(r"\d{4}(-\d{4})?(\|\d{4}(-\d{4})?)*")


class WorkspaceConfig(BaseModel):
    """workspace.yml: who the city is. crs is the projected system in which distances are metres."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)

    workspace_id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name_de: str = Field(min_length=1)
    name_en: str = Field(min_length=1)
    city_area_id: str
    is_demo: bool = False
    demo_label_de: str = ""
    demo_label_en: str = ""
    crs: str = Field(pattern=r"^EPSG:\d+$")
    contact_office: str
    feedback_address: str
    disclosure_default_profile: str


class DeliveriesFile(BaseModel):
    """deliveries.yml: deliveries (sha256) and files (glob) that are left alone, each with its reason."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ignore: dict[str, str] = {}
    ignore_files: dict[str, str] = {}


@dataclass(frozen=True)
class Workspace:
    """A loaded workspace. tables: every name of TABLES as text columns, empty where the file is absent."""

    path: Path
    config: WorkspaceConfig
    contracts: dict[str, Contract]
    contract_digest: dict[str, str]
    tables: dict[str, pd.DataFrame]
    ignored_deliveries: dict[str, str] = field(default_factory=dict)
    ignored_files: dict[str, str] = field(default_factory=dict)
    digest: str = ""


class WorkspaceUnusable(Exception):
    """The workspace cannot be loaded at all; findings say why."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(f"{len(findings)} errors in the workspace")
        self.findings = findings


def _error(file: str, rule: str, message: str, expected: str, line: int | None = None) -> Finding:
    return Finding(file, line, None, rule, "error", message, expected)


def workspace_files(path: Path) -> list[Path]:
    """All files that make up a workspace, without its inbox, in a fixed order."""
    return sorted(
        file
        for file in path.rglob("*")
        if file.is_file()
        and file.relative_to(path).parts[0] != "inbox"
        and not any(part.startswith((".", "__")) for part in file.relative_to(path).parts)
    )


def workspace_digest(path: Path) -> str:
    """sha256 over names and bytes of all workspace files: changes whenever any of them does."""
    digest = hashlib.sha256()
    for file in workspace_files(path):
        digest.update(file.relative_to(path).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _read_yaml(path: Path, name: str, findings: list[Finding]) -> dict[str, Any]:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as problem:
        line = getattr(getattr(problem, "problem_mark", None), "line", None)
        why = str(getattr(problem, "problem", problem))
        findings.append(
            _error(
                name,
                "yaml_unreadable",
                f"cannot be read: {why}.",
                "valid YAML in UTF-8",
                None if line is None else line + 1,
            )
        )
        return {}
    if not isinstance(content, dict):
        findings.append(
            _error(name, "yaml_unreadable", "holds no mapping.", "a YAML mapping of keys to values")
        )
        return {}
    return content


def _explained(name: str, rule: str, problem: ValidationError) -> list[Finding]:
    found = []
    for error in problem.errors():
        where = ".".join(str(part) for part in error["loc"]) or "(whole file)"
        found.append(
            _error(name, rule, f"{where}: {error['msg']}.", "the shape described in 'Your own city'")
        )
    return found


def _load_contracts(path: Path, findings: list[Finding]) -> tuple[dict[str, Contract], dict[str, str]]:
    contracts: dict[str, Contract] = {}
    digests: dict[str, str] = {}
    for file in sorted((path / "extracts").glob("*.yml")):
        name = file.relative_to(path).as_posix()
        content = _read_yaml(file, name, findings)
        if not content:
            continue
        try:
            contract = Contract.model_validate({"extract_id": extract_id_of(file), **content})
        except ValidationError as problem:
            findings.extend(_explained(name, "contract_invalid", problem))
            continue
        contracts[contract.extract_id] = contract
        digests[contract.extract_id] = hashlib.sha256(file.read_bytes()).hexdigest()
    if not contracts and not findings:
        findings.append(
            _error("extracts/", "contract_missing", "no contract.", "one YAML file per delivered file")
        )
    return contracts, digests


def _load_table(path: Path, table: str, findings: list[Finding]) -> pd.DataFrame:
    import pandas as pd

    name, columns, required = TABLES[table]
    file = path / name
    empty = pd.DataFrame({column: pd.Series(dtype="str") for column in columns})
    if not file.exists():
        if required:
            findings.append(
                _error(name, "file_missing", "is missing.", f"a CSV with the columns {';'.join(columns)}")
            )
        return empty
    try:
        with file.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.reader(handle, delimiter=";", strict=True)
            header = next(reader, [])
            rows = [(reader.line_num, row) for row in reader if row]
    except (csv.Error, UnicodeDecodeError) as problem:
        findings.append(
            _error(name, "csv_unreadable", f"cannot be read: {problem}.", "CSV with ';' in UTF-8")
        )
        return empty
    if tuple(header) != columns:
        findings.append(
            _error(name, "columns", f"header is {';'.join(header)!r}.", f"{';'.join(columns)}", 1)
        )
        return empty
    good = []
    for line, row in rows:
        if len(row) == len(columns):
            good.append([cell.strip() for cell in row])
        else:
            findings.append(
                _error(name, "ragged_row", f"{len(row)} cells.", f"{len(columns)} cells, as the header", line)
            )
    return pd.DataFrame(good, columns=list(columns), dtype="str")


def _check_tables(
    tables: dict[str, pd.DataFrame], config: WorkspaceConfig, contracts: dict[str, Contract]
) -> list[Finding]:
    found: list[Finding] = []
    levels = set(tables["levels"]["level"])
    areas = tables["areas"]
    ids = set(areas["level"] + "-" + areas["code"])
    for position, row in enumerate(areas.to_dict("records"), start=2):
        parent = f"{row['parent_level']}-{row['parent_code']}"
        if row["level"] not in levels:
            found.append(
                _error(
                    "geography/areas.csv",
                    "unknown_level",
                    f"level {row['level']!r}.",
                    f"one of {sorted(levels)}",
                    position,
                )
            )
        if row["parent_level"] and parent not in ids:
            found.append(
                _error(
                    "geography/areas.csv",
                    "unknown_parent",
                    f"parent {parent!r} of {row['name']!r} is no area.",
                    "a level and code that stand in this file",
                    position,
                )
            )
    doubled = areas[areas.duplicated(["level", "code", "valid_from"], keep="first")]
    for index, again in doubled.iterrows():
        found.append(
            _error(
                "geography/areas.csv",
                "duplicate_key",
                f"{again['level']}-{again['code']} stands twice.",
                "one row per area and valid_from",
                int(str(index)) + 2,
            )
        )
    if config.city_area_id not in ids:
        found.append(
            _error(
                "workspace.yml",
                "unknown_area",
                f"city_area_id {config.city_area_id!r} is no area.",
                "an area of geography/areas.csv",
            )
        )
    profiles = set(tables["disclosure_profiles"]["profile_id"])
    named = {config.disclosure_default_profile} | set(tables["disclosure_variables"]["profile_id"])
    for profile in sorted(named - profiles):
        found.append(
            _error(
                "disclosure/profiles.csv",
                "unknown_profile",
                f"profile {profile!r} is used but not defined.",
                "a row in this file",
            )
        )
    for position, row in enumerate(tables["indicators"].to_dict("records"), start=2):
        if not YEARS.fullmatch(row["years"]):
            found.append(
                _error(
                    "indicators.csv",
                    "years",
                    f"years {row['years']!r} of {row['indicator_id']!r}.",
                    "2013, 2005-2012 or 2012|2014-2016",
                    position,
                )
            )
        for level in sorted(set(row["levels"].split("|")) - levels):
            found.append(
                _error(
                    "indicators.csv",
                    "unknown_level",
                    f"level {level!r}.",
                    f"one of {sorted(levels)}",
                    position,
                )
            )
    return found + _check_references(contracts, levels, tables)


def _check_references(
    contracts: dict[str, Contract], levels: set[str], tables: dict[str, pd.DataFrame]
) -> list[Finding]:
    """What contracts and corrections point at must exist in the workspace."""
    found = []
    for contract in contracts.values():
        name = f"extracts/{contract.extract_id}.yml"
        used = {contract.area.level} if contract.area and contract.area.level else set()
        used |= {pattern.level for pattern in contract.area.patterns} if contract.area else set()
        used |= {contract.areas.level} if contract.areas else set()
        for level in sorted(used - levels):
            found.append(_error(name, "unknown_level", f"level {level!r}.", f"one of {sorted(levels)}"))
        if contract.area and contract.area.point and contract.area.point.polygons not in contracts:
            found.append(
                _error(
                    name,
                    "unknown_extract",
                    f"area.point.polygons {contract.area.point.polygons!r} is no extract.",
                    f"one of {sorted(contracts)}",
                )
            )
    for position, extract in enumerate(tables["corrections"]["extract_id"], start=2):
        if extract not in contracts:
            found.append(
                _error(
                    "corrections.csv", "unknown_extract", f"extract {extract!r}.", "a contract's id", position
                )
            )
    return found


def load_workspace(path: Path) -> tuple[Workspace, list[Finding]]:
    """Read and check a workspace.

    Returns the workspace and its findings (file, line, rule). Raises WorkspaceUnusable with all findings
    when workspace.yml itself is missing or wrong.
    """
    findings: list[Finding] = []
    if not (path / "workspace.yml").exists():
        raise WorkspaceUnusable(
            [_error(str(path), "workspace_missing", "is no workspace.", "a folder with workspace.yml")]
        )
    raw = _read_yaml(path / "workspace.yml", "workspace.yml", findings)
    try:
        config = WorkspaceConfig.model_validate(raw)
    except ValidationError as problem:
        raise WorkspaceUnusable(_explained("workspace.yml", "workspace_invalid", problem)) from problem
    contracts, digests = _load_contracts(path, findings)
    tables = {table: _load_table(path, table, findings) for table in TABLES}
    deliveries = DeliveriesFile()
    if (path / "deliveries.yml").exists():
        try:
            deliveries = DeliveriesFile.model_validate(
                _read_yaml(path / "deliveries.yml", "deliveries.yml", findings)
            )
        except ValidationError as problem:
            findings.extend(_explained("deliveries.yml", "deliveries_invalid", problem))
    if not findings:
        findings.extend(_check_tables(tables, config, contracts))
    workspace = Workspace(
        path,
        config,
        contracts,
        digests,
        tables,
        deliveries.ignore,
        deliveries.ignore_files,
        workspace_digest(path),
    )
    return workspace, findings
