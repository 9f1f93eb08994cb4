"""Rules of what accompanies the cycle: sector plans, participation, steering reports, commentaries.

Lives here: what rows of these files must fulfil beside other rows. Must not live here: cells of one row
(cells.py), whether a named release is there (releases.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from orchestration.findings import Finding
from orchestration.register.rows import Register

STEERED = {"running", "paused"}  # states of an intervention that is reported on
UNEASY = {"yellow", "red"}


def sector_plans(register: Register) -> Iterator[Finding]:
    """A sector plan says where it meets the goals."""
    for row in register.rows("sector_plans"):
        if not row["goal_ids"] and not row["intervention_ids"]:
            text = f"Die Fachplanung {row.id!r} ist mit keinem Ziel und keiner Maßnahme verbunden."
            expected = "mindestens ein Eintrag in goal_ids oder intervention_ids"
            yield row.wrong("sector_plan_unlinked", text, expected, "goal_ids", "warning")


def participation(register: Register) -> Iterator[Finding]:
    """A group was reached or missed; something came of an event; what came of it is not older than it."""
    for row in register.rows("participation_events"):
        for group in sorted(set(row.parts("groups_reached")) & set(row.parts("groups_missed"))):
            text = f"{group!r} steht bei {row.id!r} als erreicht und als verfehlt."
            yield row.wrong("participation_group_twice", text, "eine der beiden Angaben", "groups_missed")
        if not row["challenge_ids"] and not row["need_ids"]:
            text = f"Was aus {row.id!r} wurde, steht nicht da."
            expected = "eine Herausforderung in challenge_ids oder ein Bedarf in need_ids"
            yield row.wrong("participation_without_result", text, expected, "need_ids", "warning")
        held = row.day("held_on")
        for need_id in row.parts("need_ids"):
            need = register.row("needs", need_id)
            raised = need.day("raised_on") if need else None
            if need is not None and held and raised and raised < held:
                text = (
                    f"{need_id!r} wurde schon am {raised} gemeldet ({need.place}), {row.id!r} war am {held}."
                )
                expected = "ein Bedarf, der aus der Beteiligung hervorging"
                yield row.wrong("need_before_participation", text, expected, "need_ids", "warning")


def steering_reports(register: Register) -> Iterator[Finding]:
    """A report is on an intervention that runs on its day; what is not green says why."""
    for row in register.rows("steering_reports"):
        day = row.day("as_of")
        if day and row["intervention_id"] in register.ids("interventions"):
            states = _states_on(register, row["intervention_id"], day)
            if not states & STEERED:
                was = ", ".join(sorted(states)) or "ohne Stand"
                text = f"{row['intervention_id']!r} läuft am {day} nicht: sie ist {was}."
                yield row.wrong("report_not_running", text, "ein Tag, an dem die Maßnahme läuft", "as_of")
        if row["light"] in UNEASY and not row["deviation_reasons"]:
            text = f"Die Ampel steht auf {row['light']!r}, ein Grund der Abweichung fehlt."
            expected = "mindestens ein Grund: process., project_design. oder framework. mit Unterpunkt"
            yield row.wrong("light_without_reason", text, expected, "deviation_reasons")


def _states_on(register: Register, intervention: str, day: date) -> set[str]:
    """The states in which an intervention was at any time of a day."""
    found: set[str] = set()
    for event in register.history("intervention", intervention):
        at = event.day("at")
        if at and at < day:
            found = {event["to_state"]}
        elif at == day:
            found.add(event["to_state"])
    return found


def commentaries(register: Register) -> Iterator[Finding]:
    """A commentary speaks of the figure of its subject, and was not written before the period began."""
    for row in register.rows("commentaries"):
        for kind, column in (("indicator", "indicator_id"), ("area", "area_id")):
            if row["subject_kind"] == kind and row[column] not in {"", row["subject_id"]}:
                text = (
                    f"{row.id!r} handelt von {row['subject_id']!r}, nennt in {column} aber {row[column]!r}."
                )
                yield row.wrong("commentary_subject", text, f"ein leeres {column}, oder dasselbe", column)
        written, year = row.day("written_on"), row["period_id"][:4]
        if written and year.isdigit() and written.year < int(year):
            text = f"{row.id!r} wurde am {written} geschrieben, spricht aber von {row['period_id']!r}."
            yield row.wrong(
                "commentary_before_period", text, "ein Zeitraum, der schon begonnen hat", "period_id"
            )


ACCOMPANYING_RULES = (sector_plans, participation, steering_reports, commentaries)
