"""Changes of state that a body decides: the decision exists, is about the item, by the right body, and fits.

Lives here: walking the authority matrix. Must not live here: the matrix (states.py) and the responsibility
for needs (acceptance.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from orchestration.findings import Finding
from orchestration.register.acceptance import responsible_bodies
from orchestration.register.areas import is_valid_on
from orchestration.register.cells import shown
from orchestration.register.rows import Register, Row
from orchestration.register.states import ACCEPTING, ANY, AUTHORITY, Authority

WAITING = {"raised", "under_review", "ready_for_conference", "returned"}


def check_authority(register: Register) -> Iterator[Finding]:
    """All changes of state that no decision carries, and needs for which nobody is responsible."""
    for kind, key, events in register.histories():
        for event in events:
            authority = AUTHORITY.get((kind, event["to_state"]))
            if authority is None or register.item(kind, key) is None:
                continue
            if not authority.after or event["from_state"] in authority.after:
                yield from _decided(register, event, authority)
    yield from _nobody_responsible(register)
    yield from _body_in_office(register)
    yield from _not_yet(register)


def _decided(register: Register, event: Row, authority: Authority) -> Iterator[Finding]:
    kind, key, state = event["entity"], event["entity_id"], event["to_state"]
    decision = register.row("decisions", event["decision_id"])
    if not event["decision_id"]:
        text = f"{kind} {key!r} kommt ohne Beschluss in den Stand {state!r}."
        expected = f"decision_id eines Beschlusses {_of_whom(authority)} über {key!r}"
        yield event.wrong("decision_missing", text, expected, "decision_id")
        return
    if decision is None:
        return  # told as a reference that leads nowhere
    named = f"Der Beschluss {decision.id!r} ({decision.place})"
    if (decision["subject_kind"], decision["subject_id"]) != (kind, key):
        about = f"{decision['subject_kind']} {decision['subject_id']!r}"
        text = f"{named} betrifft {about}, nicht {kind} {key!r}."
        expected = f"ein Beschluss mit subject_kind {kind} und subject_id {key}"
        yield event.wrong("decision_of_other_item", text, expected, "decision_id")
        return
    if decision["result"] not in authority.results:
        text = f"{named} hat das Ergebnis {shown(decision['result'])}; das trägt den Stand {state!r} nicht."
        expected = f"ein Ergebnis {' oder '.join(authority.results)}, oder ein anderer Stand"
        yield event.wrong("decision_result", text, expected, "to_state")
    decided, at = decision.day("decided_on"), event.day("at")
    if decided and at and decided > at:
        text = f"{named} fiel am {decided}, der Stand {state!r} gilt aber schon ab {at}."
        yield event.wrong("decision_after_event", text, "ein Tag ab dem Beschluss", "at")
    yield from _by_the_right_body(register, event, decision, authority)


def _of_whom(authority: Authority) -> str:
    if authority.by == ACCEPTING:
        return "des Gremiums, das planning/acceptance_bodies.csv für das Gebiet nennt,"
    return "eines Gremiums" if authority.by == ANY else f"eines Gremiums der Art {authority.by!r}"


def _by_the_right_body(
    register: Register, event: Row, decision: Row, authority: Authority
) -> Iterator[Finding]:
    body = register.row("bodies", decision["body_id"])
    if body is None or authority.by == ANY:
        return
    if authority.by == ACCEPTING:
        yield from _by_the_accepting_body(register, event, decision, body)
    elif body["kind"] != authority.by:
        who = f"{body['name_de']!r}, ein Gremium der Art {body['kind']!r}"
        text = f"Den Beschluss {decision.id!r} ({decision.place}) fasste {who}."
        expected = f"ein Beschluss eines Gremiums der Art {authority.by!r}; nur dieses darf es"
        yield event.wrong("decision_by_wrong_body", text, expected, "decision_id")


def _by_the_accepting_body(register: Register, event: Row, decision: Row, body: Row) -> Iterator[Finding]:
    need, day = register.item("need", event["entity_id"]), decision.day("decided_on")
    if need is None or day is None:
        return
    responsible = responsible_bodies(register, need, day)
    scope = f"Gebiet {need['area_id']!r}, Zielgruppe {need['target_group']!r}, am {day}"
    if not responsible:
        text = (
            f"Für {need.id!r} ist kein Gremium zuständig ({scope}); {event['to_state']!r} ist nicht möglich."
        )
        expected = (
            "eine Zeile in planning/acceptance_bodies.csv; bis dahin bleibt es ein Handlungserfordernis"
        )
        yield event.wrong("need_without_accepting_body", text, expected, "to_state")
    elif body.id not in responsible:
        text = (
            f"Über {need.id!r} beschloss {body['name_de']!r} ({body.id!r}, {decision.place}); zuständig ist "
            f"aber {', '.join(repr(one) for one in sorted(responsible))} ({scope})."
        )
        expected = (
            "ein Beschluss des zuständigen Gremiums, oder eine andere Zuständigkeit in acceptance_bodies.csv"
        )
        yield event.wrong("decision_by_wrong_body", text, expected, "decision_id")


def _nobody_responsible(register: Register) -> Iterator[Finding]:
    for need in register.rows("needs"):
        events = register.history("need", need.id)
        day = events[-1].day("at") if events and events[-1]["to_state"] in WAITING else None
        if day is not None and not responsible_bodies(register, need, day):
            scope = f"Gebiet {need['area_id']!r}, Zielgruppe {need['target_group']!r}"
            text = (
                f"Für {need.id!r} ist kein Gremium zuständig ({scope}): es bleibt ein Handlungserfordernis."
            )
            expected = "eine Zeile in planning/acceptance_bodies.csv, sobald ein Gremium zuständig ist"
            yield need.wrong("no_accepting_body", text, expected, "area_id", "info")


def _body_in_office(register: Register) -> Iterator[Finding]:
    """A body decides only while it exists."""
    for decision in register.rows("decisions"):
        body, day = register.row("bodies", decision["body_id"]), decision.day("decided_on")
        if body is not None and day is not None and not is_valid_on(body.cells, day):
            text = f"{body['name_de']!r} besteht am {day} nicht ({body.place})."
            expected = "ein Tag zwischen valid_from und valid_to des Gremiums"
            yield decision.wrong("body_not_in_office", text, expected, "decided_on")


def _not_yet(register: Register) -> Iterator[Finding]:
    """Nothing is decided, and no state reached, on a day that is still to come."""
    for stem, column, rule in (
        ("decisions", "decided_on", "decision_in_future"),
        ("status_events", "at", "event_in_future"),
    ):
        for row in register.rows(stem):
            day = row.day(column)
            if day is not None and day > date.today():
                text = f"Der {day} liegt in der Zukunft: das ist noch nicht geschehen."
                yield row.wrong(rule, text, "ein Tag bis heute", column)
