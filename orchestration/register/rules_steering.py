"""Rules of challenges, the goal tree, strategies, standards, validity and quoted values.

Lives here: what these rows must fulfil beside other rows. Must not live here: targets (rules_targets.py),
what one row says from a state on (guards.py), states and decisions (history.py, authority.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from orchestration.findings import Finding
from orchestration.register.columns import QUOTED
from orchestration.register.guards import in_state
from orchestration.register.rows import Register, Row
from orchestration.register.states import AGREED
from orchestration.register.tables import REGISTER

DEEPEST_GOAL = 5  # levels of the goal tree, its top included
SCOPES = {
    "area": ("area_ids",),
    "target_group": ("target_groups",),
    "area_and_group": ("area_ids", "target_groups"),
}


def validity(register: Register) -> Iterator[Finding]:
    """What is valid ends after it begins."""
    for stem, table in REGISTER.items():
        for row in register.rows(stem) if "valid_to" in table.header else ():
            begins, ends = row.day("valid_from"), row.day("valid_to")
            if begins and ends and ends <= begins:
                text = f"valid_to {ends} liegt nicht nach valid_from {begins}."
                yield row.wrong("validity", text, "der erste Tag, an dem es nicht mehr gilt", "valid_to")


def quoted_findings(register: Register) -> Iterator[Finding]:
    """A finding quotes a value exactly where no release holds it."""
    for row in register.rows("findings"):
        if row["release"] == QUOTED and not row["quoted_value"]:
            text = f"Der Befund {row.id!r} ist {QUOTED}, nennt aber keinen Wert."
            yield row.wrong("quoted_without_value", text, "der damals genannte Wert", "quoted_value")
        elif row["release"] not in {"", QUOTED} and row["quoted_value"]:
            text = f"Der Befund {row.id!r} beruht auf Veröffentlichung {row['release']} und nennt einen Wert."
            expected = (
                f"ein leeres quoted_value; der Wert steht in der Veröffentlichung. Oder release {QUOTED}"
            )
            yield row.wrong("value_twice", text, expected, "quoted_value")


def challenges(register: Register) -> Iterator[Finding]:
    """A priority is decided, an addressed challenge has a goal, a rejected one a reason."""
    for row in register.rows("challenges"):
        if row["priority"] and register.reached("challenge", row.id, "prioritised") is None:
            text = f"{row.id!r} hat die Priorität {row['priority']}, wurde aber nicht priorisiert."
            expected = "ein Schritt nach 'prioritised' mit dem Beschluss, oder keine Priorität"
            yield row.wrong("priority_without_decision", text, expected, "priority")
        addressed = register.reached("challenge", row.id, "addressed")
        if addressed is not None and not any(register.naming("goals", "challenge_ids", row.id)):
            text = f"{in_state(row, addressed)}, aber kein Ziel nennt diese Herausforderung."
            expected = f"ein Ziel mit {row.id} in challenge_ids"
            yield row.wrong("challenge_without_goal", text, expected, "challenge_id")


def reasons(register: Register) -> Iterator[Finding]:
    """What is rejected or stopped says why, in the change of state or in its decision."""
    for kind, state in (("challenge", "rejected"), ("need", "rejected"), ("intervention", "aborted")):
        for _, key, events in (found for found in register.histories() if found[0] == kind):
            for event in events:
                decision = register.row("decisions", event["decision_id"])
                said = event["note_de"] or (decision is not None and decision["note_de"])
                if event["to_state"] == state and not said:
                    text = f"{key!r} kommt ohne Begründung in den Stand {state!r}."
                    yield event.wrong("reason_missing", text, "die Begründung in einem Satz", "note_de")


def offices(register: Register) -> Iterator[Finding]:
    """An integrated goal or strategy is that of two offices at least."""
    for kind, stem, begun in (("goal", "goals", "proposed"), ("strategy", "strategies", "drafted")):
        for row in register.rows(stem):
            together = {row["lead_office"], *row.parts("co_offices")} - {""}
            is_alone = row["lead_office"] and len(together) == 1  # without a lead another rule tells
            if is_alone and register.reached(kind, row.id, begun) is not None:
                text = f"{row.id!r} nennt nur ein Amt ({', '.join(together)}): so ist es nicht integriert."
                expected = "mindestens ein weiteres Amt in co_offices"
                yield row.wrong("single_office", text, expected, "co_offices", "warning")


def goal_tree(register: Register) -> Iterator[Finding]:
    """The goals form a tree of at most five levels."""
    for row in register.rows("goals"):
        above = [row.id]
        parent = register.row("goals", row["parent_id"])
        while parent is not None and parent.id not in above:
            above.append(parent.id)
            parent = register.row("goals", parent["parent_id"])
        if parent is not None and parent.id == row.id:
            way = " → ".join([*above, row.id])
            text = f"{row.id!r} steht über parent_id unter sich selbst: {way}."
            yield row.wrong("goal_cycle", text, "ein Zielbaum ohne Kreis", "parent_id")
        elif parent is None and len(above) == DEEPEST_GOAL + 1:  # the first level too deep, once
            text = f"{row.id!r} steht auf Ebene {len(above)} des Zielbaums."
            yield row.wrong("goal_depth", text, f"höchstens {DEEPEST_GOAL} Ebenen", "parent_id")


def goal_scope(register: Register) -> Iterator[Finding]:
    """A goal for areas names them, a goal for groups names those."""
    for row in register.rows("goals"):
        for column in SCOPES.get(row["scope_kind"], ()):
            if not row[column]:
                text = f"{row.id!r} gilt für {row['scope_kind']!r}, nennt in {column} aber nichts."
                yield row.wrong("goal_scope", text, "mindestens ein Eintrag, oder scope_kind city", column)


def goal_without_target(register: Register) -> Iterator[Finding]:
    """A goal in force at the end of a branch is measured."""
    measured = {row["goal_id"] for row in register.rows("targets")}
    parents = {row["parent_id"] for row in register.rows("goals")}
    for row in register.rows("goals"):
        if register.state("goal", row.id) == "in_force" and row.id not in measured | parents:
            text = f"Ziel ohne Messgröße: {row.id!r} ist in Kraft, aber kein Zielwert misst es."
            expected = f"eine Zeile in targets.csv mit goal_id {row.id}"
            yield row.wrong("goal_without_target", text, expected, "goal_id", "warning")


def standards(register: Register) -> Iterator[Finding]:
    """A standard value that the council set names its decision; at most one holds on a day."""
    for row in register.rows("standards"):
        decision = register.row("decisions", row["decision_id"])
        if row["kind"] == "council_decision" and not row["decision_id"]:
            text = f"{row.id!r} ist ein Ratsbeschluss, nennt aber keinen Beschluss."
            expected = "decision_id, oder kind law, professional oder demo"
            yield row.wrong("standard_without_decision", text, expected, "decision_id")
        elif decision is not None and not _decides(decision, row):
            text = f"Der Beschluss {decision.id!r} ({decision.place}) setzt {row.id!r} nicht fest."
            expected = f"ein Beschluss mit subject_kind standard, subject_id {row.id}, result adopted"
            yield row.wrong("standard_without_decision", text, expected, "decision_id")
    for first, second in combinations(register.rows("standards"), 2):
        same = all(first[column] == second[column] for column in ("service_type", "target_group"))
        if same and _overlap(first, second):
            text = f"{second.id!r} gilt zugleich mit {first.id!r} (Zeile {first.line}) für dieselben."
            expected = "je Angebotsart und Zielgruppe ein Richtwert an einem Tag; valid_to des früheren"
            yield second.wrong("standard_overlap", text, expected, "valid_from")


def _decides(decision: Row, standard: Row) -> bool:
    subject = (decision["subject_kind"], decision["subject_id"])
    return subject == ("standard", standard.id) and decision["result"] in AGREED


def _overlap(first: Row, second: Row) -> bool:
    def spans(row: Row) -> tuple[date, date]:
        return row.day("valid_from") or date.min, row.day("valid_to") or date.max

    (a, b), (c, d) = spans(first), spans(second)
    return a < d and c < b


STEERING_RULES = (
    validity,
    quoted_findings,
    challenges,
    reasons,
    offices,
    goal_tree,
    goal_scope,
    goal_without_target,
    standards,
)
