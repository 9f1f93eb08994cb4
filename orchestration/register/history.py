"""Each history of states is a path of the graph, in the order of its days; each item has one.

Lives here: the rules of status_events.csv that need no decision. Must not live here: who may decide
(authority.py) and what an item must say in a state (guards.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from orchestration.findings import Finding
from orchestration.register.cells import proposal, shown
from orchestration.register.rows import Register, Row
from orchestration.register.states import GRAPH, first_states, next_states, states_of
from orchestration.register.tables import ITEMS


def check_history(register: Register) -> Iterator[Finding]:
    """All changes of state that the graph or the calendar does not allow, and all items without any."""
    for kind, _, events in register.histories():
        if kind in GRAPH:
            yield from _begins(kind, events[0])
            for before, event in pairwise(events):
                yield from _follows(kind, before, event)
            for event in events:
                yield from _is_state(kind, event)
    for kind in GRAPH:
        for row in register.rows(ITEMS[kind]):
            if row.id and not register.history(kind, row.id):
                text = (
                    f"{shown(row.id)} hat keinen Stand: in planning/status_events.csv steht keine Zeile dazu."
                )
                begin = " oder ".join(repr(state) for state in first_states(kind))
                expected = f"eine Zeile {kind};{row.id};;… mit dem Anfangsstand {begin}"
                yield row.wrong("item_without_event", text, expected, row.table.key[0])


def _is_state(kind: str, event: Row) -> Iterator[Finding]:
    state = event["to_state"]
    if state and state not in states_of(kind):
        text = f"{shown(state)} ist kein Stand für {kind!r}. {proposal(state, states_of(kind))}"
        yield event.wrong(
            "unknown_state", text, f"einer von {', '.join(sorted(states_of(kind)))}", "to_state"
        )


def _begins(kind: str, event: Row) -> Iterator[Finding]:
    begin = " oder ".join(repr(state) for state in first_states(kind))
    if event["from_state"]:
        text = f"Die erste Zeile zu {event['entity_id']!r} hat from_state {shown(event['from_state'])}."
        expected = f"ein leeres from_state; die Geschichte beginnt mit {begin}"
        yield event.wrong("first_event", text, expected, "from_state")
    if event["to_state"] in states_of(kind) and event["to_state"] not in first_states(kind):
        text = f"Die Geschichte von {event['entity_id']!r} beginnt mit {event['to_state']!r}."
        yield event.wrong("first_event", text, f"der Anfangsstand {begin}", "to_state")


def _follows(kind: str, before: Row, event: Row) -> Iterator[Finding]:
    item, was, state = event["entity_id"], before["to_state"], event["to_state"]
    if event["from_state"] != was:
        text = f"from_state ist {shown(event['from_state'])}, der Stand von {item!r} war aber {was!r}"
        expected = f"{was!r}, oder die fehlende Zeile davor; Zeilen werden nur angehängt"
        yield event.wrong("state_path", f"{text} (Zeile {before.line}).", expected, "from_state")
    elif state in states_of(kind) and was in states_of(kind) and state not in next_states(kind, was):
        text = f"Von {was!r} führt kein Weg zu {state!r} ({kind} {item!r})."
        after = ", ".join(next_states(kind, was))
        expected = f"nach {was!r}: {after}" if after else f"keine weitere Zeile: {was!r} ist ein Endstand"
        yield event.wrong("state_path", text, expected, "to_state")
    at, at_before = event.day("at"), before.day("at")
    if at and at_before and at < at_before:
        text = f"{at} liegt vor dem vorigen Schritt von {item!r} am {at_before} (Zeile {before.line})."
        yield event.wrong("event_order", text, "Schritte in der Reihenfolge ihrer Tage", "at")
