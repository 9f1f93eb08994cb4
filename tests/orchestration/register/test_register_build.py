"""A register that names what is not there, or breaks a rule, is refused; the last release stays.

Lives here: the register against a home, through the real command line. Must not live here: the single rules
(test_register_rules.py).
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from clean_register import Planning
from command_line import City, bytes_below, sozialraum

from orchestration.frozen_landing import frozen_releases
from orchestration.register.releases import check_releases
from orchestration.register.tables import REGISTER
from orchestration.settings import Settings
from orchestration.workspace import load_workspace

SOCIAL_SPACE, DISTRICT = "sozialraum-01", "stadtbezirk-1"  # the small city has no Sozialräume


def planning_of(city: City, planning: Planning) -> None:
    """Give the city the planning files."""
    for rows in planning.rows.values():
        for row in rows:
            row.update({column: DISTRICT for column, cell in row.items() if cell == SOCIAL_SPACE})
    planning.write_planning(city.workspace)


def told(city: City) -> list[tuple[str, int, str]]:
    workspace, _ = load_workspace(city.workspace)
    found = check_releases(Settings(city.workspace, city.inbox, city.home), workspace)
    return [(finding.file, finding.line or 0, finding.rule) for finding in found]


def test_named_release_is_published_or_the_next_one(tmp_path: Path) -> None:
    city = City(tmp_path / "city", tmp_path / "city" / "inbox", tmp_path / "home")
    planning = Planning.clean()
    planning.write(city.workspace)
    assert told(city) == []  # 1 is what the first build publishes
    planning.set("targets", "ZW-1", baseline_release="2").set("evaluations", "E-1", release="2")
    planning.write(city.workspace)
    assert told(city) == [
        ("planning/targets.csv", planning.line("targets", "ZW-1"), "unknown_release"),
        (
            "planning/evaluations.csv",
            planning.line("evaluations", "E-1"),
            "evaluation_without_frozen_release",
        ),
    ]


def test_releases_that_evaluations_and_commentaries_read_are_kept(tmp_path: Path) -> None:
    planning = Planning.clean().set("commentaries", "KO-2", release="3")
    workspace, _ = load_workspace(planning.write(tmp_path))
    assert frozen_releases(workspace) == {1: ["E-1", "KO-1"], 3: ["KO-2"]}


def test_damaged_release_holds_no_frozen_values(own_city: City) -> None:
    planning_of(own_city, Planning.clean().set("needs", "B-1", quantity_release="2"))
    assert told(own_city) == []  # 1 is published, 2 is next
    database = own_city.home / "releases" / "000001" / "internal.duckdb"
    database.chmod(0o644)
    with database.open("ab") as handle:
        handle.write(b"x")
    assert ("planning/evaluations.csv", 2, "evaluation_without_frozen_release") in told(own_city)
    assert ("planning/findings.csv", 2, "unknown_release") in told(own_city)


def test_refused_register_is_told_in_german_and_leaves_the_release(own_city: City) -> None:
    before = bytes_below(own_city.home)
    planning = Planning.clean()
    planning.set("decisions", "D-B1", body_id="RAT")
    planning.set("decisions", "D-B2", decided_on="2022-01-14")
    planning.set("interventions", "M-2", mandate_reason_de="")
    planning.set("evaluations", "E-1", release="7")
    planning_of(own_city, planning)
    defects = [
        ("status_events", planning.line("status_events", "B-1:accepted"), "decision_by_wrong_body"),
        ("decisions", planning.line("decisions", "D-B2"), "need_decided_before_raised"),
        ("interventions", planning.line("interventions", "M-2"), "intervention_without_need"),
        ("evaluations", planning.line("evaluations", "E-1"), "evaluation_without_frozen_release"),
    ]
    checked = sozialraum("check", *own_city.arguments)
    assert checked.returncode == 1
    assert checked.stdout.splitlines()[-1].startswith("4 errors, ")
    built = sozialraum("build", *own_city.arguments)
    assert built.returncode == 1
    assert "Refused: 4 errors" in built.stderr and "Release 1 stays." in built.stderr
    for stem, line, rule in defects:
        sentence = f"FEHLER [{rule}] planning/{stem}.csv, Zeile {line}, Spalte "
        assert sentence in checked.stdout and sentence in built.stderr
    answer = json.loads(sozialraum("check", *own_city.arguments, "--json").stdout)
    german = [finding for finding in answer["findings"] if finding["language"] == "de"]
    assert {finding["file"] for finding in german} == {f"planning/{stem}.csv" for stem, _, _ in defects}
    after = bytes_below(own_city.home)
    assert {name: after[name] for name in before if name.startswith(("releases/", "current"))} == {
        name: sha256 for name, sha256 in before.items() if name.startswith(("releases/", "current"))
    }


@pytest.mark.parametrize("stem", REGISTER)
def test_every_file_of_the_register_is_in_the_clean_one(stem: str) -> None:
    assert Planning.clean().rows[stem], "a table without a row is a table without a test"
