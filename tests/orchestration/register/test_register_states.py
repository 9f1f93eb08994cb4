"""Every change of state that the graph or the authority matrix does not allow is found with its row.

Lives here: claims generated from the graph and the matrix, on registers in memory. Must not live here:
defects of single rules (register_defects.py).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from clean_register import Planning

from orchestration.register.authority import check_authority
from orchestration.register.history import check_history
from orchestration.register.rows import Register
from orchestration.register.states import (
    ACCEPTING,
    ANY,
    AUTHORITY,
    GRAPH,
    Authority,
    first_states,
    next_states,
    states_of,
)
from orchestration.register.tables import ITEMS, REGISTER
from orchestration.register.tables_steering import BODY_KINDS, RESULTS
from orchestration.workspace_catalogue import Catalogue
from orchestration.workspace_files import TABLES, Tables, read_table

ITEM = {"challenge": "H-1", "goal": "Z-1", "strategy": "S-1", "need": "B-1", "intervention": "M-1",
        "evaluation": "E-1", "followup": "F-1"}  # fmt: skip
STEPS = {kind: [(a, b) for a in sorted(states_of(kind)) for b in sorted(states_of(kind))] for kind in GRAPH}
FORBIDDEN = [(kind, a, b) for kind, pairs in STEPS.items() for a, b in pairs if b not in next_states(kind, a)]
ALLOWED = [(kind, a, b) for kind, pairs in STEPS.items() for a, b in pairs if b in next_states(kind, a)]
LATER = [
    (kind, state) for kind in GRAPH for state in sorted(states_of(kind)) if state not in first_states(kind)
]
DECIDED = [(kind, state) for kind, state in AUTHORITY]


def way_to(kind: str, goal: str) -> list[str]:
    """The shortest path of the graph from a first state."""
    open_ways = deque([[state] for state in first_states(kind)])
    while open_ways[0][-1] != goal:
        way = open_ways.popleft()
        open_ways.extend([*way, after] for after in next_states(kind, way[-1]) if after not in way)
    return open_ways[0]


@dataclass
class Rows(Tables):
    """Tables as lists of rows: a register of them takes no time."""

    lists: dict[str, list[tuple[int, dict[str, str]]]] = field(default_factory=dict)

    def rows(self, table: str) -> Iterator[tuple[int, dict[str, str]]]:
        yield from self.lists[table]


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Rows:
    """The geography and the items of the clean register, read once; nothing else was written."""
    folder = Planning.clean().write(tmp_path_factory.mktemp("register"))
    tables = Tables()
    for table in TABLES:
        read_table(folder, table, tables, [])
    kept = Rows(lists={table: list(tables.rows(table)) for table in TABLES})
    others: dict[str, list[dict[str, str]]] = {stem: [] for stem in REGISTER if stem not in ITEMS.values()}
    return with_rows(kept, **others)


def with_rows(tables: Rows, **rows: list[dict[str, str]]) -> Rows:
    """The same tables, but for some whole planning files."""
    changed = dict(tables.lists)
    for stem, cells in rows.items():
        header = REGISTER[stem].header
        filled = [{column: row.get(column, "") for column in header} for row in cells]
        changed[f"planning_{stem}"] = list(enumerate(filled, 2))
    return Rows(lists=changed)


def history(kind: str, states: list[str], decision: str = "") -> list[dict[str, str]]:
    """The changes of state of one item; the last one names the decision."""
    rows = [
        {"entity": kind, "entity_id": ITEM[kind], "from_state": before, "to_state": state,
         "at": f"2023-01-{day:02}", "by_role": "x"}
        for day, (before, state) in enumerate(zip(["", *states], states, strict=False), 1)
    ]  # fmt: skip
    rows[-1]["decision_id"] = decision
    return rows


def told(tables: Rows, kind: str, states: list[str]) -> list[tuple[str, int | None]]:
    """What is wrong with a history, but for the items that then have none."""
    register = Register(with_rows(tables, status_events=history(kind, states)), Catalogue())
    return [(one.rule, one.line) for one in check_history(register) if one.file.endswith("events.csv")]


def test_graph_has_a_way_to_every_state_and_more_forbidden_steps_than_allowed_ones() -> None:
    assert all(way_to(kind, state) for kind in GRAPH for state in states_of(kind))
    assert len(FORBIDDEN) > 300 > len(ALLOWED) > 50


@pytest.mark.parametrize(("kind", "before", "after"), FORBIDDEN)
def test_forbidden_step_is_found_with_its_row(kind: str, before: str, after: str, clean: Rows) -> None:
    states = [*way_to(kind, before), after]
    assert told(clean, kind, states) == [("state_path", len(states) + 1)]


@pytest.mark.parametrize(("kind", "state"), LATER)
def test_history_begins_with_a_first_state(kind: str, state: str, clean: Rows) -> None:
    assert told(clean, kind, [state]) == [("first_event", 2)]


def test_allowed_steps_are_not_told(clean: Rows) -> None:
    for kind, before, after in ALLOWED:
        assert told(clean, kind, [*way_to(kind, before), after]) == [], (kind, before, after)


# Who may decide.


def _states(kind: str, state: str) -> list[str]:
    before = AUTHORITY[kind, state].after
    return [*way_to(kind, before[0]), state] if before else way_to(kind, state)


def decided(
    tables: Rows, kind: str, state: str, *, body: str, result: str, decision: str = "D-1"
) -> list[tuple[str, int | None]]:
    """What is wrong with the last change of a history whose decision a body of a kind made."""
    bodies = [{"body_id": "G-1", "kind": body, "name_de": "Gremium"}]
    decisions = [
        {"decision_id": "D-1", "body_id": "G-1", "decided_on": "2022-12-31", "subject_kind": kind,
         "subject_id": ITEM[kind], "result": result, "is_public": "true"}
    ]  # fmt: skip
    events = history(kind, _states(kind, state), decision)
    accepting = [{"area_id": "stadt-0", "body_id": "G-1" if body == "sozialraumkonferenz" else "G-2"}]
    changed = with_rows(
        tables, bodies=bodies, decisions=decisions, status_events=events, acceptance_bodies=accepting
    )
    last = len(events) + 1
    found = check_authority(Register(changed, Catalogue()))
    return [(one.rule, one.line) for one in found if one.file.endswith("events.csv") and one.line == last]


def _right_body(authority: Authority) -> str:
    return {ACCEPTING: "sozialraumkonferenz", ANY: "rat"}.get(authority.by, authority.by)


@pytest.mark.parametrize(("kind", "state"), DECIDED)
def test_only_the_right_body_decides_with_a_fitting_result(kind: str, state: str, clean: Rows) -> None:
    authority, last = AUTHORITY[kind, state], len(_states(kind, state)) + 1
    right, result = _right_body(authority), authority.results[0]
    for fitting in authority.results:
        assert decided(clean, kind, state, body=right, result=fitting) == []
    for other in sorted(set(RESULTS.split()) - set(authority.results)):
        assert decided(clean, kind, state, body=right, result=other) == [("decision_result", last)]
    missing = decided(clean, kind, state, body=right, result=result, decision="")
    assert missing == [("decision_missing", last)]
    for body in BODY_KINDS.split():
        is_wrong = authority.by != ANY and body != right
        expected = [("decision_by_wrong_body", last)] if is_wrong else []
        assert decided(clean, kind, state, body=body, result=result) == expected, body


def test_goal_that_nobody_adopted_is_withdrawn_without_a_decision(clean: Rows) -> None:
    for before in ("draft", "proposed"):
        events = history("goal", [*way_to("goal", before), "withdrawn"])
        register = Register(with_rows(clean, status_events=events), Catalogue())
        assert [one.rule for one in check_authority(register) if one.line == len(events) + 1] == []


def test_every_kind_of_item_is_tried() -> None:
    assert set(ITEM) == set(GRAPH) <= set(ITEMS)
