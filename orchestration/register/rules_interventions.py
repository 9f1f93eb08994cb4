"""Rules of interventions: a need or a mandate, a logic model, resources, dates, milestones.

Lives here: what rows of interventions.csv and of the files below it must fulfil beside other rows. Must not
live here: cells of an own row (guards.py), the decision (authority.py).
"""

from __future__ import annotations

from collections.abc import Iterator

from orchestration.findings import Finding
from orchestration.register.guards import in_state
from orchestration.register.rows import Register, Row

LEVELS = ("input", "activity", "output", "outcome")  # of the logic model; an impact is welcome
ZERO = 0


def need_or_mandate(register: Register) -> Iterator[Finding]:
    """Every intervention answers a need or a mandate."""
    for row in register.rows("interventions"):
        if not row["need_ids"] and not row["mandate_reason_de"]:
            text = f"Die Maßnahme {row.id!r} nennt weder einen Bedarf noch einen Auftrag."
            expected = "ein anerkannter Bedarf in need_ids, oder der Auftrag in mandate_reason_de"
            yield row.wrong("intervention_without_need", text, expected, "need_ids")


def needs_accepted(register: Register) -> Iterator[Finding]:
    """What is approved answers needs that were accepted by then, and begins after their decision."""
    for row in register.rows("interventions"):
        approved = register.reached("intervention", row.id, "approved")
        if approved is None:
            continue
        for need_id in row.parts("need_ids"):
            if register.item("need", need_id) is None:
                continue
            if not register.is_reached_by("need", need_id, "accepted", approved.day("at")):
                text = (
                    f"{in_state(row, approved)}, aber {need_id!r} war bis dahin nicht als Bedarf anerkannt."
                )
                expected = "ein anerkannter Bedarf, oder die Anerkennung vor der Genehmigung"
                yield row.wrong("intervention_need_not_accepted", text, expected, "need_ids")
            else:
                yield from _begins_after(register, row, need_id)


def _begins_after(register: Register, row: Row, need_id: str) -> Iterator[Finding]:
    accepted = register.reached("need", need_id, "accepted")
    decision = register.row("decisions", accepted["decision_id"]) if accepted else None
    decided, begins = decision.day("decided_on") if decision else None, row.day("starts_on")
    if decision is not None and decided and begins and begins < decided:
        text = f"{row.id!r} beginnt am {begins}, vor der Anerkennung von {need_id!r} am {decided}"
        expected = f"ein Beginn ab {decided}, oder ein anderer Bedarf"
        yield row.wrong("intervention_before_decision", f"{text} ({decision.place}).", expected, "starts_on")


def dates(register: Register) -> Iterator[Finding]:
    """An intervention ends after it begins, and runs only from its first day on."""
    for row in register.rows("interventions"):
        begins, ends = row.day("starts_on"), row.day("ends_on")
        if begins and ends and ends < begins:
            text = f"ends_on {ends} liegt vor starts_on {begins}."
            yield row.wrong("intervention_dates", text, f"ein Tag ab {begins}, oder leer", "ends_on")
        running = register.reached("intervention", row.id, "running")
        at = running.day("at") if running else None
        if running and begins and at and at < begins:
            text = f"{in_state(row, running)}, beginnt aber erst am {begins}."
            yield row.wrong("intervention_runs_early", text, f"ein Beginn bis zum {at}", "starts_on")


def logic_model(register: Register) -> Iterator[Finding]:
    """What is planned says how it works, and each of its outcomes is measured by a target."""
    for row in register.rows("interventions"):
        planned = register.reached("intervention", row.id, "planned")
        if planned is None:
            continue
        nodes = list(register.naming("logic_nodes", "intervention_id", row.id))
        missing = [level for level in LEVELS if level not in {node["level"] for node in nodes}]
        if missing:
            text = f"{in_state(row, planned)}, aber ihrem Wirkmodell fehlt {', '.join(missing)}."
            expected = f"in logic_nodes.csv mindestens eine Zeile je Ebene {', '.join(LEVELS)}"
            yield row.wrong("logic_model_incomplete", text, expected, "intervention_id")
        for node in nodes:
            if node["level"] == "outcome" and not node["target_id"]:
                text = f"Die Wirkung {node.id!r} der geplanten Maßnahme {row.id!r} hat keinen Zielwert."
                yield node.wrong("outcome_without_target", text, "ein Zielwert aus targets.csv", "target_id")


def logic_edges(register: Register) -> Iterator[Finding]:
    """An assumption connects steps of one logic model."""
    for row in register.rows("logic_edges"):
        begin, end = (register.row("logic_nodes", row[side]) for side in ("from_node_id", "to_node_id"))
        if begin and end and begin["intervention_id"] != end["intervention_id"]:
            of, to = begin["intervention_id"], end["intervention_id"]
            text = f"{begin.id!r} gehört zur Maßnahme {of!r}, {end.id!r} aber zu {to!r}."
            yield row.wrong("logic_edge_across", text, "zwei Schritte derselben Maßnahme", "to_node_id")


def resources(register: Register) -> Iterator[Finding]:
    """What is approved has resources in its first year; what is completed says what was used."""
    for row in register.rows("interventions"):
        given = list(register.naming("resources", "intervention_id", row.id))
        approved = register.reached("intervention", row.id, "approved")
        begins = row.day("starts_on")
        first = str(begins.year) if begins else min((one["year"] for one in given), default="")
        if approved is not None and not any(
            (one.number("approved") or ZERO) > ZERO for one in given if one["year"] == first
        ):
            year = first or "ihr erstes Jahr"
            text = f"{in_state(row, approved)}, aber für {year} sind keine Mittel bewilligt."
            expected = "eine Zeile in resources.csv für dieses Jahr mit approved über 0"
            yield row.wrong("intervention_without_resources", text, expected, "intervention_id")
        completed = register.reached("intervention", row.id, "completed")
        if completed is not None and not any(one["actual"] for one in given):
            text = f"{in_state(row, completed)}, aber kein Verbrauch ist eingetragen."
            expected = "actual in resources.csv"
            yield row.wrong("intervention_without_actuals", text, expected, "intervention_id")


def evaluated(register: Register) -> Iterator[Finding]:
    """What is completed has an evaluation, at least a planned one; what is evaluated a published one."""
    for row in register.rows("interventions"):
        own = [
            one
            for one in register.naming("evaluations", "scope_id", row.id)
            if one["scope_kind"] == "intervention"
        ]
        completed = register.reached("intervention", row.id, "completed")
        if completed is not None and not own:
            text = f"{in_state(row, completed)}, aber keine Evaluation ist vorgesehen."
            expected = f"eine Zeile in evaluations.csv mit scope_id {row.id} und planned_on"
            yield row.wrong("intervention_without_evaluation", text, expected, "intervention_id", "warning")
        event = register.reached("intervention", row.id, "evaluated")
        if event and not any(
            register.is_reached_by("evaluation", one.id, "published", event.day("at")) for one in own
        ):
            text = f"{in_state(row, event)}, aber bis dahin wurde keine Evaluation veröffentlicht."
            expected = "eine Evaluation dieser Maßnahme mit einem Schritt nach 'published'"
            yield row.wrong("intervention_not_evaluated", text, expected, "intervention_id")


def milestones(register: Register) -> Iterator[Finding]:
    """A milestone has the day on which it was done exactly when it is done."""
    for row in register.rows("milestones"):
        if row["status"] == "done" and not row["done_on"]:
            text = f"Der Meilenstein {row.id!r} ist erledigt, aber ohne Tag."
            yield row.wrong("milestone_done", text, "der Tag, an dem er erreicht wurde", "done_on")
        elif row["status"] in {"open", "missed", "cancelled"} and row["done_on"]:
            text = f"Der Meilenstein {row.id!r} ist {row['status']!r}, nennt aber einen Tag der Erledigung."
            yield row.wrong("milestone_done", text, "status done, oder ein leeres done_on", "status")


INTERVENTION_RULES = (
    need_or_mandate,
    needs_accepted,
    dates,
    logic_model,
    logic_edges,
    resources,
    evaluated,
    milestones,
)
