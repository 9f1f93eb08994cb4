"""One city as a folder: loads the workspace and says all that is wrong with it.

Lives here: the shape of workspace.yml and deliveries.yml, the loaded workspace. Must not live here: reading
tables (workspace_files.py), what cells may say (workspace_values.py) or point at (workspace_checks.py), the
contracts' shape (extracts/contract.py) and anything about delivered files.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from orchestration.extracts.contract import Contract, extract_id_of
from orchestration.findings import Finding
from orchestration.indices.checks import Known, check_indices, expected_years, read_indices
from orchestration.indices.shape import IndexDefinition
from orchestration.register.checking import check_register
from orchestration.register.rows import Register
from orchestration.register.workbook import read_workbook
from orchestration.workspace_catalogue import Catalogue, product_catalogue, read_catalogue
from orchestration.workspace_checks import References, check_references
from orchestration.workspace_files import TABLES, Tables, explained, read_table, read_yaml, wrong
from orchestration.workspace_values import check_values

if TYPE_CHECKING:
    import pandas as pd

# Where the planning register's rules look. What is unreadable elsewhere does not hide its defects.
REGISTER_LOOKS_AT = ("planning/", "geography/", "metrics/", "indicators.csv")


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
    """A loaded workspace. tables: every name of TABLES as text columns, empty where the file is absent.

    lines: table -> the line in its file of each of these rows. letters: as in `Tables`.
    """

    path: Path
    config: WorkspaceConfig
    contracts: dict[str, Contract]
    contract_digest: dict[str, str]
    tables: dict[str, pd.DataFrame]
    lines: dict[str, list[int]]
    ignored_deliveries: dict[str, str] = field(default_factory=dict)
    ignored_files: dict[str, str] = field(default_factory=dict)
    indices: tuple[IndexDefinition, ...] = ()
    digest: str = ""
    letters: dict[str, dict[str, str]] = field(default_factory=dict)


class WorkspaceUnusable(Exception):
    """The workspace cannot be loaded at all; findings say why."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(f"{len(findings)} errors in the workspace")
        self.findings = findings


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


def _load_contracts(path: Path, findings: list[Finding]) -> tuple[dict[str, Contract], dict[str, str]]:
    contracts: dict[str, Contract] = {}
    digests: dict[str, str] = {}
    for file in sorted((path / "extracts").glob("*.yml")):
        name = file.relative_to(path).as_posix()
        content = read_yaml(file, name, findings)
        if not content:
            continue
        try:
            contract = Contract.model_validate({"extract_id": extract_id_of(file), **content})
        except ValidationError as problem:
            findings.extend(explained(name, "contract_invalid", problem))
            continue
        contracts[contract.extract_id] = contract
        digests[contract.extract_id] = hashlib.sha256(file.read_bytes()).hexdigest()
    if not contracts and not findings:
        findings.append(
            wrong("extracts/", "contract_missing", "no contract.", "one YAML file per delivered file")
        )
    return contracts, digests


def _load_config(path: Path) -> WorkspaceConfig:
    findings: list[Finding] = []
    if not (path / "workspace.yml").exists():
        expected = "a folder with workspace.yml"
        raise WorkspaceUnusable([wrong(str(path), "workspace_missing", "is no workspace.", expected)])
    raw = read_yaml(path / "workspace.yml", "workspace.yml", findings)
    if findings:
        raise WorkspaceUnusable(findings)
    try:
        return WorkspaceConfig.model_validate(raw)
    except ValidationError as problem:
        raise WorkspaceUnusable(explained("workspace.yml", "workspace_invalid", problem)) from problem


def _load_deliveries(path: Path, findings: list[Finding]) -> DeliveriesFile:
    if (path / "deliveries.yml").exists():
        content = read_yaml(path / "deliveries.yml", "deliveries.yml", findings)
        try:
            return DeliveriesFile.model_validate(content)
        except ValidationError as problem:
            findings.extend(explained("deliveries.yml", "deliveries_invalid", problem))
    return DeliveriesFile()


def _known_to_indices(tables: Tables, catalogue: Catalogue) -> Known:
    areas: dict[str, set[str]] = {level: set() for level in tables.values("levels", "level")}
    for _, row in tables.rows("areas"):
        areas.setdefault(row["level"], set()).add(row["code"])
    # What indicators.csv leaves open, or does not name of the workspace's own, is expected where delivered.
    own = catalogue.indicators - product_catalogue().indicators
    expected = {indicator: dict.fromkeys(areas, expected_years("")) for indicator in own}
    for _, row in tables.rows("indicators"):
        levels = row["levels"].split("|") if row["levels"] else list(areas)
        expected[row["indicator_id"]] = dict.fromkeys(levels, expected_years(row["years"]))
    return Known(catalogue.indicators, set(catalogue.variables), areas, expected)


def load_workspace(path: Path) -> tuple[Workspace, list[Finding]]:
    """Read and check a workspace.

    Returns the workspace and its findings (file, line, rule). Raises WorkspaceUnusable with all findings
    when workspace.yml itself is missing or wrong.
    """
    findings: list[Finding] = []
    config = _load_config(path)
    contracts, digests = _load_contracts(path, findings)
    tables = Tables()
    for table in TABLES:
        read_table(path, table, tables, findings)
    read_workbook(path, tables, findings)
    deliveries = _load_deliveries(path, findings)
    catalogue = read_catalogue(path, findings)
    indices = read_indices(path, findings)
    errors = [one for one in findings if one.severity == "error"]
    is_register_readable = not any(one.file.startswith(REGISTER_LOOKS_AT) for one in errors)
    references: list[Finding] = []
    if not errors:  # in a file that could not be read, nothing would be found
        known = References(
            tables, contracts, catalogue, config.city_area_id, config.crs, config.disclosure_default_profile
        )
        references = check_references(known)
    values = check_values(tables)
    if not errors and not references and not values:  # an index points at what these say
        references = check_indices(indices, _known_to_indices(tables, catalogue))
    findings += [
        *references,
        *values,
        *check_register(Register(tables, catalogue), is_register_readable),
    ]
    workspace = Workspace(
        path,
        config,
        contracts,
        digests,
        tables.frames,
        tables.lines,
        deliveries.ignore,
        deliveries.ignore_files,
        indices,
        workspace_digest(path),
        tables.letters,
    )
    return workspace, findings
