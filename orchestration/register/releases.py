"""The releases that the register names must be there, intact, or be the one that is built next.

Lives here: the checks of the register that need a home. Must not live here: verifying a release
(release/verification.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from orchestration.findings import Finding
from orchestration.register.baselines import check_baselines
from orchestration.register.columns import QUOTED
from orchestration.register.rows import Register, Row
from orchestration.register.tables import REGISTER
from orchestration.release import UnknownRelease, next_number, verify
from orchestration.release.content import opened
from orchestration.release.pointer import database_name, release_folder
from orchestration.settings import Settings
from orchestration.workspace_catalogue import Catalogue
from orchestration.workspace_files import Tables
from orchestration.workspace_values import is_whole

if TYPE_CHECKING:
    from orchestration.workspace import Workspace


def check_releases(settings: Settings, workspace: Workspace) -> list[Finding]:
    """All cells that name a release which is neither published and intact in this home nor the next one.

    A build publishes the next one; what the register decides on its figures may name it already.
    """
    register = Register(Tables(workspace.tables, workspace.lines, workspace.letters), Catalogue())
    coming = next_number(settings)
    named = [
        (row, column.name, int(row[column.name]))
        for stem, table in REGISTER.items()
        for column in table.columns
        if column.kind == "release"
        for row in register.rows(stem)
        if row[column.name] != QUOTED and is_whole(row[column.name])
    ]
    problems = {number: _problem(settings, number) for _, _, number in named if number != coming}
    return [*_told(named, problems, coming), *_baselines(settings, named, problems)]


def _baselines(
    settings: Settings, named: list[tuple[Row, str, int]], problems: Mapping[int, str]
) -> Iterator[Finding]:
    """Baselines of targets in the releases that can be read; those of the coming one are not known yet."""
    for number in sorted(number for number, problem in problems.items() if not problem):
        rows = [row for row, column, its in named if column == "baseline_release" and its == number]
        if rows:
            path = release_folder(settings, number) / database_name("internal")
            with opened(path) as connection:
                yield from check_baselines(rows, connection)


def _problem(settings: Settings, number: int) -> str:
    """Why the values of a release cannot be read; empty where they can."""
    try:
        problems = verify(settings, number, deep=False)
    except UnknownRelease:
        return "gibt es in diesem Arbeitsordner nicht"
    return "ist nicht mehr vollständig oder wurde verändert" if problems else ""


def _told(named: list[tuple[Row, str, int]], problems: Mapping[int, str], coming: int) -> Iterator[Finding]:
    for row, column, number in named:
        if problem := problems.get(number, ""):
            rule = (
                "evaluation_without_frozen_release" if row.table.stem == "evaluations" else "unknown_release"
            )
            text = f"Die Veröffentlichung {number} {problem} (`sozialraum release verify {number}`)."
            expected = (
                f"eine Nummer aus `sozialraum release list`, die nächste ({coming}), oder quoted; eine "
                "beschädigte Veröffentlichung kommt aus der Sicherung zurück"
            )
            yield row.wrong(rule, text, expected, column)
