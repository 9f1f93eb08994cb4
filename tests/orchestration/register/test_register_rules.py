"""Each defect of the planning register is found with its file, line and rule, and only that defect.

Lives here: claims about findings. Must not live here: the defects (register_defects.py) and the register with
which nothing is wrong (clean_register.py).
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from clean_register import POVERTY, Planning
from defect import Defect, cell, edited
from register_defects import DEFECTS, example_goal
from register_defects_bodies import BODY_WEAKNESSES

from orchestration.findings import Finding
from orchestration.register.cells import READABLE
from orchestration.register.checking import check_register
from orchestration.register.guards import NEEDED
from orchestration.register.rows import Register
from orchestration.register.tables import REGISTER
from orchestration.workspace import load_workspace
from orchestration.workspace_catalogue import product_catalogue
from orchestration.workspace_files import TABLES, Tables, read_table

PROJECT = Path(__file__).resolve().parents[3]


def places(findings: list[Finding]) -> list[tuple[str, int | None, str]]:
    return [(finding.file, finding.line, finding.rule) for finding in findings]


def test_clean_register_has_no_finding(tmp_path: Path) -> None:
    found = Planning.clean().findings(tmp_path)
    assert found == [], [finding.sentence() for finding in found]


@pytest.mark.parametrize("defect", DEFECTS, ids=[f"{one.rule}-{one.stem}" for one in DEFECTS])
def test_defect_is_found_with_file_line_and_rule(defect: Defect, tmp_path: Path) -> None:
    planning = Planning.clean()
    defect.edit(planning)
    found = planning.findings(tmp_path)
    expected = [(defect.file, planning.line(defect.stem, defect.row), defect.rule)]
    assert places(found) == expected, [finding.sentence() for finding in found]
    (told,) = found
    assert (told.severity, told.language) == ("error", "de")
    assert told.column and told.expected, told
    assert re.match(rf"FEHLER \[{defect.rule}\] {defect.file}, Zeile \d+, Spalte '", told.sentence())


# Not errors, not one row, or not this file.


WEAKNESSES = [
    (cell("goals", "Z-2", "single_office", co_offices=""), "warning"),
    (cell("strategies", "S-1", "single_office", co_offices=""), "warning"),
    (edited("goals", "Z-1", "goal_without_target", lambda p: p.set("goals", "Z-2", parent_id="")), "warning"),
    (
        edited(
            "interventions",
            "M-1",
            "intervention_without_evaluation",
            lambda p: p.set("evaluations", "E-1", scope_kind="goal", scope_id="Z-2").end("M-1:completed"),
        ),
        "warning",
    ),
    (
        edited(
            "needs",
            "B-3",
            "no_accepting_body",
            lambda p: p.set("needs", "B-3", target_group="children").add(
                "status_events", "need;B-3;wish;raised;2022-02-02;x;;"
            ),
        ),
        "info",
    ),
    *BODY_WEAKNESSES,
]


@pytest.mark.parametrize(("weakness", "severity"), WEAKNESSES, ids=[one.rule for one, _ in WEAKNESSES])
def test_weakness_is_told_but_refuses_nothing(weakness: Defect, severity: str, tmp_path: Path) -> None:
    planning = Planning.clean()
    weakness.edit(planning)
    (told,) = planning.findings(tmp_path)
    assert places([told]) == [(weakness.file, planning.line(weakness.stem, weakness.row), weakness.rule)]
    assert told.severity == severity
    assert told.sentence().startswith({"warning": "WARNUNG", "info": "HINWEIS"}[severity])


def test_undecided_example_has_no_finding(tmp_path: Path) -> None:
    """A goal with its target and a need that rests on it, as far as nobody has to decide."""
    planning = example_goal(Planning.clean())
    planning.add("status_events", "goal;Z-3;draft;proposed;2022-01-10;x;;")
    target = f"ZW-9;Z-3;{POVERTY};stadt-0;;reach;;2020;quoted;20;15;2026;linear;linear;jugend;"
    planning.add("targets", target).set("targets", "ZW-9", example="true")
    planning.set("needs", "B-3", goal_ids="Z-3", example="true")
    found = planning.findings(tmp_path)
    assert found == [], [finding.sentence() for finding in found]


def test_row_named_twice_is_found_on_its_second_line(tmp_path: Path) -> None:
    planning = Planning.clean().add("offices", "jugend;Jugendamt;;")
    (told,) = planning.findings(tmp_path)
    last = len(planning.rows["offices"]) + 1
    assert places([told]) == [("planning/offices.csv", last, "duplicate_key")]
    assert "Zeile 2" in told.message


def test_goal_tree_without_circle_and_of_five_levels(tmp_path: Path) -> None:
    planning = Planning.clean().set("goals", "Z-1", parent_id="Z-2")
    found = planning.findings(tmp_path / "circle")
    assert places(found) == [("planning/goals.csv", 2, "goal_cycle"), ("planning/goals.csv", 3, "goal_cycle")]
    planning = Planning.clean()
    for level in range(3, 8):
        said = "Noch ein Teilziel;;Verfeinert das obere.;income;city;;;jugend;;H-1"
        cells = f"Z-{level};Z-{level - 1};sub;KP;{said}"
        planning.add("goals", cells).add("status_events", f"goal;Z-{level};;draft;2022-01-01;x;;")
    found = planning.findings(tmp_path / "deep")
    assert places(found) == [("planning/goals.csv", planning.line("goals", "Z-6"), "goal_depth")]


def test_name_that_leads_nowhere_comes_with_a_proposal(tmp_path: Path) -> None:
    (told,) = Planning.clean().set("needs", "B-2", goal_ids="Z-22").findings(tmp_path)
    assert "Meinten Sie 'Z-2'" in told.message


def test_finest_area_and_its_target_group_decide_who_accepts(tmp_path: Path) -> None:
    planning = Planning.clean().set("needs", "B-2", target_group="seniors")  # the city's row is coarser
    assert planning.findings(tmp_path / "finest") == []
    planning.add("acceptance_bodies", "sozialraum-01;seniors;SEN;;;")
    (told,) = planning.findings(tmp_path / "group")
    assert (told.rule, "'SEN'" in told.message) == ("decision_by_wrong_body", True)


def test_all_defects_are_told_at_once(tmp_path: Path) -> None:
    planning = (
        Planning.clean().set("decisions", "D-B1", body_id="RAT").set("milestones", "MS-1", due_on="bald")
    )
    planning.set("interventions", "M-2", mandate_reason_de="").set("evaluations", "E-1", release="")
    assert {finding.rule for finding in planning.findings(tmp_path)} == {
        *("decision_by_wrong_body", "not_a_date", "intervention_without_need"),
        "evaluation_without_frozen_release",
    }


@pytest.mark.parametrize(
    ("text", "line", "rule"),
    [
        ("office_id;name;name_en;contact\n", 1, "columns"),
        ("office_id;name_en;contact\n", 1, "columns"),  # the German name is never empty
        ("name_de;office_id\n", 1, "columns"),
        ("office_id;name_de;name_en;contact\njugend;Jugendamt\n", 2, "ragged_row"),
        ('office_id;name_de;name_en;contact\n"jugend', None, "csv_unreadable"),
    ],
)
def test_file_that_cannot_be_read_is_told_in_german_and_alone(
    text: str, line: int | None, rule: str, tmp_path: Path
) -> None:
    Planning.clean().write(tmp_path)
    (tmp_path / "planning" / "offices.csv").write_text(text, encoding="utf-8")
    (told,) = load_workspace(tmp_path)[1]
    assert (told.file, told.line, told.rule) == ("planning/offices.csv", line, rule)
    assert told.sentence().startswith(f"FEHLER [{rule}] planning/offices.csv")


def test_columns_that_may_be_empty_may_be_absent(tmp_path: Path) -> None:
    """A register that does not use a column does not write it; what it writes stands in its column."""
    planning = Planning.clean().write(tmp_path)
    whole = load_workspace(tmp_path)[0].tables["planning_offices"]
    (planning / "planning" / "offices.csv").write_text(
        "office_id;name_de\n" + "".join(f"{row.office_id};{row.name_de}\n" for row in whole.itertuples()),
        encoding="utf-8",
    )
    workspace, found = load_workspace(tmp_path)
    assert found == []
    told = workspace.tables["planning_offices"]
    assert told[["office_id", "name_de"]].equals(whole[["office_id", "name_de"]])
    assert set(told["contact"]) == {""}


def test_register_is_not_needed(tmp_path: Path) -> None:
    for file in (Planning.clean().write(tmp_path) / "planning").iterdir():
        file.unlink()
    assert load_workspace(tmp_path)[1] == []


def test_every_rule_has_its_defect() -> None:
    """Rules are named in the code; each name stands in this file."""
    named = set()
    for path in (PROJECT / "orchestration" / "register").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "wrong":
                named |= {arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant)}
    named |= {needed.rule for needed in NEEDED} | {rule for _, rule, _ in READABLE.values()}
    files = [
        Path(__file__),
        *Path(__file__).parent.glob("*_defects*.py"),
        *Path(__file__).parent.glob("*_baselines.py"),
    ]
    here = "".join(file.read_text(encoding="utf-8") for file in files)
    assert {rule for rule in named if f'"{rule}"' not in here} == set()


@pytest.mark.parametrize("cell", ["", "x|§"])
def test_no_cell_breaks_the_checks(cell: str, tmp_path: Path) -> None:
    Planning.clean().write(tmp_path)
    tables = Tables()
    for table in TABLES:
        read_table(tmp_path, table, tables, [])
    for table in REGISTER.values():
        frame = tables.frames[table.name]
        for column in table.header:
            tables.frames[table.name] = frame.assign(**{column: cell})
            found = check_register(Register(tables, product_catalogue()))
            assert all(finding.language == "de" and finding.line for finding in found)
        tables.frames[table.name] = frame
