"""A target starts from a value that the release it names shows."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from clean_register import POVERTY, Planning

from orchestration.findings import Finding
from orchestration.register.baselines import check_baselines
from orchestration.register.rows import Register
from orchestration.workspace import load_workspace
from orchestration.workspace_catalogue import Catalogue
from orchestration.workspace_files import Tables


def told(folder: Path, shown: list[tuple[str, str, str, str]]) -> list[Finding]:
    """What is found of ZW-1 beside a release that shows these (indicator, area, period, status)."""
    workspace, _ = load_workspace(Planning.clean().write(folder))
    row = Register(Tables(workspace.tables, workspace.lines), Catalogue()).row("targets", "ZW-1")
    assert row is not None
    with duckdb.connect(":memory:") as connection:
        connection.execute("attach ':memory:' as sozialraum")
        connection.execute(
            "create table sozialraum.main.fct_indicator_value (indicator_id varchar, area_id varchar,"
            " period_id varchar, value_status varchar, breakdown_id varchar default 'total')"
        )
        for cell in shown:
            connection.execute(
                "insert into sozialraum.main.fct_indicator_value by position values (?, ?, ?, ?, 'total')",
                cell,
            )
        return list(check_baselines([row], connection))


def test_baseline_that_is_shown_is_a_baseline(tmp_path: Path) -> None:
    assert told(tmp_path, [(POVERTY, "sozialraum-01", "2020", "ok")]) == []


@pytest.mark.parametrize(
    ("shown", "reason"),
    [
        ([], "liegt dort nicht vor"),
        ([(POVERTY, "sozialraum-01", "2019", "ok")], "liegt dort nicht vor"),
        ([(POVERTY, "stadt-0", "2020", "ok")], "liegt dort nicht vor"),
        ([(POVERTY, "sozialraum-01", "2020", "pending")], "liegt dort nicht vor"),
        ([(POVERTY, "sozialraum-01", "2020", "suppressed_primary")], "geheim gehalten"),
    ],
)
def test_baseline_that_is_absent_or_hidden_is_found_with_its_row(
    shown: list[tuple[str, str, str, str]], reason: str, tmp_path: Path
) -> None:
    (found,) = told(tmp_path, shown)
    assert (found.file, found.line, found.rule) == ("planning/targets.csv", 2, "target_baseline_unavailable")
    assert (found.severity, found.column) == ("error", "baseline_period_id")
    assert reason in found.message
