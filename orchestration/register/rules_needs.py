"""Rules of needs: from a wish to what was accepted, planned and met.

Lives here: what a row of needs.csv must fulfil beside other rows. Must not live here: cells of its own row
(guards.py), who accepts (acceptance.py, authority.py).
"""

from __future__ import annotations

from collections.abc import Iterator

from orchestration.findings import Finding
from orchestration.register.guards import in_state
from orchestration.register.rows import Register, Row


def dates(register: Register) -> Iterator[Finding]:
    """Nothing is decided or on its way before it was raised."""
    for need in register.rows("needs"):
        raised_on = need.day("raised_on")
        if raised_on is None:
            continue
        for decision in register.naming("decisions", "subject_id", need.id):
            decided = decision.day("decided_on")
            if decision["subject_kind"] == "need" and decided and decided < raised_on:
                text = (
                    f"Über {need.id!r} wurde am {decided} beschlossen, gemeldet wurde es erst am {raised_on}"
                )
                expected = f"ein Beschluss ab {raised_on}, oder ein früherer Tag in raised_on"
                yield decision.wrong(
                    "need_decided_before_raised", f"{text} ({need.place}).", expected, "decided_on"
                )
        raised = register.reached("need", need.id, "raised")
        at = raised.day("at") if raised else None
        if raised and at and at < raised_on:
            text = f"{in_state(need, raised)}, gemeldet wurde es aber erst am {raised_on}."
            yield need.wrong("need_raised_after_event", text, f"ein Tag bis zum {at}", "raised_on")


def quantity(register: Register) -> Iterator[Finding]:
    """A quantity has a unit and the release in which it was computed."""
    for need in register.rows("needs"):
        for column in ("quantity_unit", "quantity_release"):
            if need["quantity"] and not need[column]:
                text = f"{need.id!r} nennt eine Menge, aber kein {column}."
                expected = "die Einheit, und die Veröffentlichung, aus der die Menge stammt, oder quoted"
                yield need.wrong("quantity_incomplete", text, expected, column)


def planned(register: Register) -> Iterator[Finding]:
    """An accepted need is planned by an intervention that is planned itself."""
    for need in register.rows("needs"):
        event = register.reached("need", need.id, "planned")
        if event is None:
            continue
        answers = register.naming("interventions", "need_ids", need.id)
        on = event.day("at")
        if not any(register.is_reached_by("intervention", one.id, "planned", on) for one in answers):
            text = f"{in_state(need, event)}, aber keine Maßnahme mit {need.id} war bis dahin geplant."
            expected = "eine Maßnahme mit diesem Bedarf in need_ids und einem Schritt nach 'planned'"
            yield need.wrong("need_without_intervention", text, expected, "need_id")


def met(register: Register) -> Iterator[Finding]:
    """A need is met by what an evaluation found; the decision on it is a matter of authority."""
    for need in register.rows("needs"):
        event = register.reached("need", need.id, "met")
        if event is not None and not _is_evaluated(register, need):
            text = f"{in_state(need, event)}, aber kein Befund einer Evaluation sagt es."
            expected = (
                "ein Befund in evaluation_findings.csv zu einer Maßnahme oder einem Ziel dieses Bedarfs"
            )
            yield need.wrong("need_met_without_finding", text, expected, "need_id")


def _is_evaluated(register: Register, need: Row) -> bool:
    interventions = {row.id for row in register.naming("interventions", "need_ids", need.id)}
    scopes = {("intervention", one) for one in interventions} | {
        ("goal", one) for one in need.parts("goal_ids")
    }
    found = {row["evaluation_id"] for row in register.rows("evaluation_findings")}
    return any(
        (row["scope_kind"], row["scope_id"]) in scopes and row.id in found
        for row in register.rows("evaluations")
    )


NEED_RULES = (dates, quantity, planned, met)
