"""The command `register template`: the planning register as a workbook.

Lives here: parsing, where the file goes, printing. Must not live here: the workbook (register/template.py).
"""

from __future__ import annotations

from pathlib import Path

import click

from orchestration.cli_options import Common, WrongUse, common_options, print_json
from orchestration.findings import Finding
from orchestration.register.columns import WORKBOOK


@click.group()
def register() -> None:
    """The planning register: goals, needs, interventions, decisions, evaluations."""


def _writable(out: Path) -> Path:
    """Where to write; a workbook that somebody may have filled in is never overwritten."""
    if out.suffix.lower() != ".xlsx":
        raise WrongUse(f"{out} is no name of a workbook. Choose an --out that ends with .xlsx.")
    if out.is_dir() or (out.exists() and out.stat().st_size > 0):
        raise WrongUse(f"{out} is there already and is not overwritten. Choose another --out.")
    if not out.resolve().parent.is_dir():
        raise WrongUse(f"The folder of {out} does not exist. Create it, or choose another --out.")
    return out


@register.command()
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The workbook to write, .xlsx.")
@click.option("--filled", is_flag=True, help="With the rows of the workspace's register.")
@common_options
def template(options: Common, out: Path, filled: bool) -> int:
    """Write the register as a workbook: instructions, a sheet per table, drop-down lists.

    Lists of areas and indicators are those of the workspace. Stored in it as planning/register.xlsx the
    workbook is read like the files planning/*.csv; with --filled it takes their place.
    """
    from orchestration.atomic import write_bytes
    from orchestration.register.template import CellUnwritable, register_workbook
    from orchestration.register.workbook import read_workbook
    from orchestration.workspace import WorkspaceUnusable
    from orchestration.workspace_catalogue import read_catalogue
    from orchestration.workspace_files import TABLES, Tables, read_table

    target, workspace = _writable(out), options.settings.workspace
    tables = Tables()
    findings: list[Finding] = []
    for table in TABLES:
        if table == "areas" or table.startswith("planning_"):
            read_table(workspace, table, tables, findings)
    read_workbook(workspace, tables, findings)
    errors = [one for one in findings if one.severity == "error"]
    if errors:
        raise WorkspaceUnusable(errors)
    try:
        data = register_workbook(tables, read_catalogue(workspace, []).names(), filled)
    except CellUnwritable as wrong:
        raise WrongUse(str(wrong)) from wrong
    write_bytes(target, data)
    n_rows = sum(len(tables.lines[table]) for table in tables.lines if table != "areas") if filled else 0
    if options.as_json:
        print_json({"file": str(target), "workspace": str(workspace), "rows": n_rows})
    elif not options.quiet:
        rows = f" with {n_rows} rows of {workspace}" if filled else ""
        print(f"Workbook written to {target}{rows}. A workspace keeps it as {WORKBOOK}.")
    return 0
