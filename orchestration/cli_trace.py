"""The command `trace`: what a number or a row of the register came from, and what rests on it.

Lives here: parsing and printing. Must not live here: the walk (tracing.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import click

from orchestration.cli_options import Common, common_options, print_json


def _release(row: Mapping[str, Any]) -> str:
    """The release something was decided on."""
    if row["decided_release"] is not None:
        return f", on release {row['decided_release']}"
    return ", quoted from before the first release" if row["is_quoted"] else ""


def _place(row: Mapping[str, Any]) -> str:
    if row["file_name"] is None:
        return "computed"
    return (
        f"{row['file_name']}:{row['row_number']}" if row["row_number"] is not None else str(row["file_name"])
    )


def _link(row: Mapping[str, Any]) -> str:
    decided = f", decision {row['decision_id']}" if row["decision_id"] else ""
    ends = f"{row['from_kind']} {row['from_id']} -> {row['relation']} -> {row['to_kind']} {row['to_id']}"
    return f"{'  ' * int(row['step'])}{ends}  [{_place(row)}{decided}{_release(row)}]"


def _decision(row: Mapping[str, Any]) -> str:
    votes = ", {votes_yes}:{votes_no}:{votes_abstain}".format(**row) if row["votes_yes"] is not None else ""
    paper = f", paper {row['paper_number']}" if row["paper_number"] else ""
    about = f"{row['subject_kind']} {row['subject_id']} {row['result']}{votes}{paper}{_release(row)}"
    return f"  {row['decided_on']} {row['decision_id']} {row['body']}: {about}  [{_place(row)}]"


def _delivered(row: Mapping[str, Any]) -> str:
    line = f", row {row['row_number']}" if row["row_number"] is not None else ""
    column = f", column {row['column_name']!r}" if row.get("column_name") else ""
    return f"  {row['of']}: {row['file_name']}{line}{column}  sha256 {row['sha256'][:12]}"


@click.command()
@click.argument("traced", metavar="ID")
@common_options
def trace(options: Common, traced: str) -> int:
    """Show what ID came from and what rests on it: down to file, row and decision.

    ID is an id of the planning register (Z-2022-02), an offer, a delivery, or a number: of an indicator or a
    variable (sgb2_quota@stadt-0@2024, with @sex=f for a part), a gap (childcare_centre@stadt-0@2024), a
    target in a year (ZW-2022-01@2024), an index (INDEX@EDITION@AREA), coverage
    (LEVEL@LIVING_CONDITION@LIFE_PHASE).
    """
    from orchestration.tracing import trace as walk

    found = walk(options.settings, traced, options.audience)
    if options.as_json:
        print_json(asdict(found))
        return 0
    place = f"  [{found.file_name}:{found.row_number}]" if found.file_name else ""
    print(f"{found.kind} {found.id} in release {found.release}{place}")
    shown = f", the first {len(found.delivered)}" if found.n_delivered > len(found.delivered) else ""
    for title, lines in (
        ("Came from", [_link(row) for row in found.came_from]),
        ("Rests on it", [_link(row) for row in found.rests_on_it]),
        ("Decisions", [_decision(row) for row in found.decisions]),
        (f"Delivered rows: {found.n_delivered}{shown}", [_delivered(row) for row in found.delivered]),
    ):
        print("\n".join([f"{title}:", *(lines or ["  nothing"])]))
    return 0
