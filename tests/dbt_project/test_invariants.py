"""The invariants I1 to I15 of the register and of published facts: each dbt test finds its one broken row.

Lives here: each test's own SQL on a few rows in memory, whole and with one defect. Must not live here: the
register's rules, which tell a planner the row before a build (tests/orchestration/register).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import duckdb
import pytest
from jinja2 import Environment
from rendered import MACROS

from orchestration.check_sentences import claim_of
from orchestration.register.states import steps

TESTS = MACROS.parent / "tests" / "singular"
REGISTER_TESTS = MACROS.parents[1] / "tests" / "orchestration" / "register"
Rows = list[dict[str, Any]]
PLACE = {"file_name": "planning/x.csv", "row_number": 2}


@dataclass(frozen=True)
class Invariant:
    """name: the dbt test. tables: rows of which none breaks it. broken: table -> column -> value that does.

    found: what stands in the first column of the row found. rule: the finding that tells a planner of it
    before the build; empty where no row of the register can break it.
    """

    name: str
    found: str
    tables: dict[str, Rows]
    broken: dict[str, dict[str, Any]] = field(default_factory=dict)
    rule: str = ""


GOAL = {"goal_id": "Z-1", "state": "in_force", "is_without_target": False, **PLACE}
TARGET = {
    "target_id": "ZW-1",
    "target_type": "reach",
    "baseline_value": 3.5,
    "baseline_release": 1,
    "baseline_is_quoted": False,
    **PLACE,
}
NEED = {
    "need_id": "B-1", "category": "need", "decision_result": "accepted", "raised_on": date(2022, 1, 1),
    "decided_on": date(2022, 3, 1), **PLACE,
}  # fmt: skip
INTERVENTION = {
    "intervention_id": "M-1", "state": "completed", "need_ids": ["B-1"], "mandate_reason_de": "",
    "starts_on": date(2022, 6, 1), **PLACE,
}  # fmt: skip
EVALUATION = {
    "evaluation_id": "E-1", "intervention_id": "M-1", "planned_on": date(2024, 1, 1), "is_public": True,
    **PLACE,
}  # fmt: skip
FINDING = {"finding_id": "EB-1", "evaluation_id": "E-1", "severity": 2, **PLACE}
EVENTS = [
    {"entity": "goal", "entity_id": "Z-1", "from_state": "", "to_state": "draft", "at": date(2021, 1, 1),
     "event_number": 1, **PLACE},
    {"entity": "goal", "entity_id": "Z-1", "from_state": "draft", "to_state": "proposed",
     "at": date(2021, 2, 1), "event_number": 2, "file_name": "planning/x.csv", "row_number": 3},
]  # fmt: skip
GRAPH = [dict(zip(("entity", "from_state", "to_state"), step, strict=True)) for step in steps()]
FIGURE = {
    "indicator_id": "poverty", "area_version_id": "stadt-0@1", "period_id": "2024", "breakdown_id": "total",
    "value_status": "suppressed_primary", **dict.fromkeys(
        ("value", "numerator", "ci_lower", "ci_upper", "ci_lower_998", "ci_upper_998")
    ),
}  # fmt: skip
OBSERVATION = {
    "variable_id": "poor", "area_version_id": "stadt-0@1", "area_id": "stadt-0", "period_id": "2024",
    "breakdown_id": "total", "level": "stadt", "year": 2024, "value_status": "ok", "value": 10.0,
    "is_recast": False, "delivery_id": "d",
}  # fmt: skip
PART = {**OBSERVATION, "area_version_id": "teil-1@1", "area_id": "teil-1", "level": "teil"}
AREA = {
    "area_version_id": "stadt-0@1", "area_id": "stadt-0", "level": "stadt", "parent_area_id": "",
    "valid_from": date(2020, 1, 1), "valid_to": date(2999, 1, 1),
}  # fmt: skip
PART_AREA = {
    **AREA,
    "area_version_id": "teil-1@1",
    "area_id": "teil-1",
    "level": "teil",
    "parent_area_id": "stadt-0",
}
POINT = {
    "outcome_id": "EO-1", "area_id": "stadt-0", "period_id": "2024", "indicator_id": "poverty",
    "frozen_release": 1, "value": 0.1 + 0.2,
}  # fmt: skip
FROZEN = {
    "release_number": 1, "indicator_id": "poverty", "area_id": "stadt-0", "period_id": "2024",
    "breakdown_id": "total", "value": 0.1 + 0.2,
}  # fmt: skip
COMPONENTS = [
    {"index_id": "mss", "edition": "2023", "part": "status", "component_id": name, "weight": 0.333}
    for name in "abc"
]
WEIGHTS = [
    {"weighting_id": "PG-1", "component": "need_intensity", "weight": 0.6},
    {"weighting_id": "PG-1", "component": "supply_gap", "weight": 0.4},
]
SEATS = [
    {"allocation_id": "SV-1", "party_id": party, "seats": seats, "seats_total": 11, "n_lot_seats": 1,
     "is_lot_pending": True}
    for party, seats in {"A": 10, "F": 0, "G": 0}.items()
]  # fmt: skip
CYCLE = {"dim_need": [NEED], "dim_intervention": [INTERVENTION], "dim_evaluation": [EVALUATION]}

INVARIANTS = [
    Invariant(
        "invariant_i01_goal_in_force_has_target", "Z-1", {"dim_goal": [GOAL]},
        {"dim_goal": {"is_without_target": True}}, "goal_without_target",
    ),
    Invariant(
        "invariant_i02_target_has_baseline", "ZW-1", {"stg_register__targets": [TARGET]},
        {"stg_register__targets": {"baseline_release": None}}, "target_without_baseline",
    ),
    Invariant(
        "invariant_i03_accepted_need_has_decision", "B-1", {"dim_need": [NEED]},
        {"dim_need": {"decision_result": None}}, "decision_missing",
    ),
    Invariant(
        "invariant_i04_intervention_answers_need_or_mandate", "M-1",
        {"dim_need": [NEED], "dim_intervention": [INTERVENTION | {"mandate_reason_de": None}]},
        {"dim_need": {"category": "wish"}}, "intervention_without_need",
    ),
    Invariant(
        "invariant_i05_completed_intervention_is_evaluated", "M-1", CYCLE,
        {"dim_evaluation": {"intervention_id": "M-2"}}, "intervention_without_evaluation",
    ),
    Invariant(
        "invariant_i06_serious_finding_has_followup", "EB-1",
        {"dim_finding": [FINDING], "dim_evaluation": [EVALUATION],
         "fct_followup": [{"followup_id": "F-1", "finding_id": "EB-1"}]},
        {"fct_followup": {"finding_id": "EB-2"}}, "finding_without_followup",
    ),
    Invariant(
        "invariant_i07_goals_form_a_tree", "Z-1",
        {"stg_register__goals": [GOAL], "int_register__goal_tree": [{"goal_id": "Z-1"}]},
        {"int_register__goal_tree": {"goal_id": "Z-2"}}, "goal_cycle",
    ),
    Invariant(
        "invariant_i08_history_is_a_path_of_the_state_graph", "Z-1",
        {"int_register__events": EVENTS, "state_graph": GRAPH},
        {"int_register__events": {"to_state": "adopted"}}, "state_path",
    ),
    Invariant(
        "invariant_i09_dates_follow_one_another", "B-1", CYCLE,
        {"dim_need": {"raised_on": date(2022, 3, 2)}}, "need_decided_before_raised",
    ),
    Invariant(
        "invariant_i09_dates_follow_one_another", "M-1", CYCLE,
        {"dim_intervention": {"starts_on": date(2022, 2, 28)}}, "intervention_before_decision",
    ),
    Invariant(
        "invariant_i09_dates_follow_one_another", "E-1", CYCLE,
        {"dim_evaluation": {"planned_on": date(2022, 5, 31)}}, "evaluation_before_start",
    ),
    Invariant(
        "invariant_i10_hidden_cells_hold_no_value", "poverty",
        {"fct_indicator_value": [FIGURE], "fct_observation": [OBSERVATION]},
        {"fct_indicator_value": {"numerator": 3.0}},
    ),
    Invariant(
        "invariant_i10_hidden_cells_hold_no_value", "poor",
        {"fct_indicator_value": [FIGURE], "fct_observation": [OBSERVATION]},
        {"fct_observation": {"value_status": "suppressed_source"}},
    ),
    Invariant(
        "invariant_i11_areas_exist_in_their_period", "stadt-0@1",
        {"fct_observation": [OBSERVATION], "dim_area": [AREA]},
        {"dim_area": {"valid_to": date(2024, 12, 31)}}, "unknown_reference",
    ),
    Invariant(
        "invariant_i12_children_add_up_to_parent", "poor",
        {"fct_observation": [PART, OBSERVATION], "dim_area": [PART_AREA, AREA],
         "stg_workspace__shares": [{"level": "sozialraum"}],
         "dim_variable": [{"variable_id": "poor", "is_additive": True}],
         "stg_workspace__deliveries": [{"delivery_id": "d", "extract_id": "e"}],
         "stg_workspace__extracts": [{"extract_id": "e", "area_sum_tolerance": 0.5}]},
        {"fct_observation": {"value": 9.0}},
    ),
    Invariant(
        "invariant_i13_frozen_figures_are_those_of_their_release", "EO-1",
        {"fct_evaluation_point": [POINT], "stg_workspace__frozen_values": [FROZEN]},
        {"fct_evaluation_point": {"value": 0.3}},
    ),
    Invariant(
        "invariant_i14_weights_sum_to_one", "mss 2023 status",
        {"stg_indices__components": COMPONENTS, "stg_register__priority_weights": WEIGHTS},
        {"stg_indices__components": {"weight": 0.3}},
    ),
    Invariant(
        "invariant_i14_weights_sum_to_one", "PG-1",
        {"stg_indices__components": COMPONENTS, "stg_register__priority_weights": WEIGHTS},
        {"stg_register__priority_weights": {"weight": 0.3}}, "priority_weights_sum",
    ),
    Invariant(
        "invariant_i15_seats_sum_to_all_or_wait_for_a_lot", "SV-1", {"fct_seat_allocation": SEATS},
        {"fct_seat_allocation": {"seats": 11}}, "lot_not_fitting",
    ),
]  # fmt: skip


def found_by(name: str, tables: dict[str, Rows]) -> list[tuple[Any, ...]]:
    """The rows that a dbt test returns where its tables hold these rows."""
    macros = (MACROS / "platform" / "values.sql").read_text(encoding="utf-8")
    source = (TESTS / f"{name}.sql").read_text(encoding="utf-8")
    template = Environment(autoescape=False).from_string(macros + source)  # noqa: S701 - SQL, not HTML
    sql = template.render(ref=lambda table: table, source=lambda _, table: table, config=lambda **_: "")
    with duckdb.connect(":memory:") as connection:
        for table, rows in tables.items():
            typed = [{**rows[0], **row} for row in rows]
            columns = ", ".join(f'"{name}" {_type(typed, name)}' for name in rows[0])
            connection.execute(f"create table {table} ({columns})")
            marks = ", ".join("?" for _ in rows[0])
            connection.executemany(
                f"insert into {table} values ({marks})", [list(row.values()) for row in typed]
            )
        return connection.execute(sql).fetchall()


def _type(rows: Rows, column: str) -> str:
    value = next((row[column] for row in rows if row[column] is not None), None)
    words = {bool: "boolean", int: "integer", float: "double", date: "date", list: "varchar[]"}
    numbers = {"value", "numerator", "ci_lower", "ci_upper", "ci_lower_998", "ci_upper_998"}
    return "double" if column in numbers else words.get(type(value), "varchar")


@pytest.mark.parametrize(
    "invariant", INVARIANTS, ids=[f"{one.name[10:13]}-{one.found}" for one in INVARIANTS]
)
def test_invariant_holds_on_whole_rows_and_finds_the_broken_one(invariant: Invariant) -> None:
    assert found_by(invariant.name, invariant.tables) == []
    ((table, cells),) = invariant.broken.items()
    *others, last = invariant.tables[table]
    changed = [last | cells, *others] if table == "fct_evaluation_point" else [*others, last | cells]
    found = found_by(invariant.name, invariant.tables | {table: changed})
    assert [row[0] for row in found] == [invariant.found]


def test_every_invariant_is_a_dbt_test_that_says_so_and_has_its_fixture() -> None:
    files = {path.stem: path.read_text(encoding="utf-8") for path in TESTS.glob("invariant_*.sql")}
    assert sorted({name[10:13] for name in files}) == [f"i{number:02}" for number in range(1, 16)]
    assert {one.name for one in INVARIANTS} == set(files)
    for name, text in files.items():
        sentence = claim_of({"raw_code": text})  # what a refused build says
        assert sentence.startswith(f"Invariant I{int(name[11:13])}: ") and sentence.endswith("."), name


# Which finding tells a planner of it before anything is built.


def test_what_a_row_of_the_register_can_break_is_a_finding_with_its_row() -> None:
    assert {one.name[10:13] for one in INVARIANTS if not one.rule} == {"i10", "i12", "i13", "i14"}
    tried = "".join(path.read_text(encoding="utf-8") for path in REGISTER_TESTS.glob("*.py"))
    assert {one.rule for one in INVARIANTS if one.rule and f'"{one.rule}"' not in tried} == set()
