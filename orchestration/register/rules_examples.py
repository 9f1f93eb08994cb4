"""Rules of rows marked `example`: they show how the register works and are decided by nobody.

Lives here: what an example may not be, and what may not rest on one. Must not live here: the states that need
a decision (states.py).
"""

from __future__ import annotations

from collections.abc import Iterator

from orchestration.findings import Finding
from orchestration.register.rows import Register, Row
from orchestration.register.states import undecided_states
from orchestration.register.tables import REGISTER

EXAMPLE = "example"
MARKED = tuple(stem for stem, table in REGISTER.items() if EXAMPLE in table.header)


def is_example(row: Row) -> bool:
    """Whether a row is marked as an example."""
    return row[EXAMPLE] == "true"


def states(register: Register) -> Iterator[Finding]:
    """An example is in no state into which a body brings an item."""
    for kind, key, events in register.histories():
        item = register.item(kind, key)
        if item is None or item.table.stem not in MARKED or not is_example(item):
            continue
        allowed = undecided_states(kind)
        for event in events:
            if event["to_state"] not in allowed:
                text = f"{key!r} ist ein Beispiel ({item.place}) und kann nicht {event['to_state']!r} sein."
                expected = f"einer von {', '.join(sorted(allowed))}; oder kein Beispiel"
                yield event.wrong("example_state", text, expected, "to_state")
                break  # what follows from that state is no defect of its own


def decided(register: Register) -> Iterator[Finding]:
    """No body decides about an example; a decision that carries a state is told there."""
    carrying = {event["decision_id"] for event in register.rows("status_events")}
    for decision in register.rows("decisions"):
        if decision.id in carrying:
            continue
        item = register.item(decision["subject_kind"], decision["subject_id"])
        if item is not None and item.table.stem in MARKED and is_example(item):
            text = f"{item.id!r} ist ein Beispiel ({item.place}), über das niemand beschließt."
            yield decision.wrong("example_decided", text, "ein Eintrag, der kein Beispiel ist", "subject_id")


def resting(register: Register) -> Iterator[Finding]:
    """What is meant in earnest rests on no example, and a target is one where its goal is."""
    for stem in MARKED:
        table = REGISTER[stem]
        for row in register.rows(stem):
            for column in table.columns:
                for to in (one for one in column.to if one in MARKED):
                    for named in (register.row(to, part) for part in row.parts(column.name)):
                        if named is not None and is_example(named) and not is_example(row):
                            text = f"{row.id!r} ist kein Beispiel, {named.id!r} aber schon ({named.place})."
                            expected = "example true auch hier, oder ein Eintrag, der kein Beispiel ist"
                            yield row.wrong("rests_on_example", text, expected, column.name)
    for row in register.rows("targets"):
        goal = register.row("goals", row["goal_id"])
        if goal is not None and is_example(row) and not is_example(goal):
            text = f"{row.id!r} ist ein Beispiel, das Ziel {goal.id!r} nicht ({goal.place})."
            yield row.wrong("example_of_goal", text, "ein Ziel, das selbst ein Beispiel ist", EXAMPLE)


EXAMPLE_RULES = (states, decided, resting)
