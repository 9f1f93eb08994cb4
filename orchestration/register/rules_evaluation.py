"""Rules of evaluations: frozen data, four eyes, reasons of a deviation, follow-ups.

Lives here: what rows of evaluations.csv and of the files below it must fulfil beside other rows. Must not
live here: cells of an own row (guards.py); whether a named release is there (releases.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from orchestration.findings import Finding
from orchestration.register.columns import QUOTED
from orchestration.register.guards import in_state
from orchestration.register.periods import year_of
from orchestration.register.rows import Register, Row

FIGURE = ("indicator_id", "baseline_period_id", "followup_period_id")  # what a measured outcome names
COMPARING = {"did", "its"}  # designs that may look at a part of the target's area
DEVIATING = {"partly", "not_attained"}
SERIOUS = 2  # severity from which on a published finding needs a follow-up


def frozen(register: Register) -> Iterator[Finding]:
    """From the day on which its data are frozen an evaluation names a release."""
    for row in register.rows("evaluations"):
        event = register.reached("evaluation", row.id, "data_frozen")
        if event is not None and row["release"] in {"", QUOTED}:
            what = "als Veröffentlichung nur 'quoted'" if row["release"] else "keine Veröffentlichung"
            text = f"{in_state(row, event)}, nennt aber {what}: ihre Daten sind nicht eingefroren."
            expected = "die Nummer der Veröffentlichung, deren Werte gelten (`sozialraum release list`)"
            yield row.wrong("evaluation_without_frozen_release", text, expected, "release")


def four_eyes(register: Register) -> Iterator[Finding]:
    """Another office reviews than the one that wrote."""
    for row in register.rows("evaluations"):
        if row["reviewer_office"] and row["reviewer_office"] == row["author_office"]:
            text = f"{row['author_office']!r} prüft die eigene Evaluation {row.id!r}."
            yield row.wrong(
                "evaluation_four_eyes", text, "ein anderes Amt als author_office", "reviewer_office"
            )


def dates(register: Register) -> Iterator[Finding]:
    """An intervention is evaluated after it began."""
    for row in register.rows("evaluations"):
        scope = (
            register.item("intervention", row["scope_id"]) if row["scope_kind"] == "intervention" else None
        )
        begins, planned = scope.day("starts_on") if scope else None, row.day("planned_on")
        if scope is not None and begins and planned and planned < begins:
            text = f"{row.id!r} ist für den {planned} vorgesehen, {scope.id!r} beginnt aber erst am {begins}."
            yield row.wrong("evaluation_before_start", text, f"ein Tag ab {begins}", "planned_on")


def designs(register: Register) -> Iterator[Finding]:
    """A qualitative outcome is a text and no number; every other one names its figure and two periods."""
    for row in register.rows("evaluation_outcomes"):
        if row["design"] != "qualitative":
            for column in FIGURE:
                if not row[column]:
                    text = f"{row.id!r} misst mit design {row['design']!r}, aber {column} ist leer."
                    expected = "eine Kennzahl mit zwei Zeiträumen, oder design qualitative"
                    yield row.wrong("outcome_without_figure", text, expected, column)
            continue
        if not row["text_de"]:
            text = f"{row.id!r} ist qualitativ, sagt aber nichts."
            yield row.wrong("qualitative_without_text", text, "was beobachtet wurde, in text_de", "text_de")
        for column in ("target_id", *FIGURE):
            if row[column]:
                text = f"{row.id!r} ist qualitativ, nennt in {column} aber {row[column]!r}."
                expected = "keine Zahl, oder ein anderes design"
                yield row.wrong("qualitative_with_figure", text, expected, column)


def outcomes(register: Register) -> Iterator[Finding]:
    """An outcome is measured by its target's indicator in its area, later than at its beginning."""
    for row in register.rows("evaluation_outcomes"):
        target = register.row("targets", row["target_id"])
        for column in ("indicator_id", "area_id") if target else ():
            if target and row[column] not in {"", target[column]} and not _is_part(register, row, target):
                text = f"{column} ist {row[column]!r}, beim Zielwert {target.id!r} aber {target[column]!r}."
                expected = f"{target[column]} ({target.place}), oder ein anderer Zielwert"
                if column == "area_id":
                    expected += "; mit design did oder its auch ein Gebiet, das darin liegt"
                yield row.wrong("outcome_of_other_target", text, expected, column)
        begin, end = year_of(row["baseline_period_id"]), year_of(row["followup_period_id"])
        if begin and end and end <= begin:
            text = f"Der Vergleichszeitraum {end} liegt nicht nach dem Ausgangszeitraum {begin}."
            yield row.wrong("outcome_periods", text, f"ein Zeitraum ab {begin + 1}", "followup_period_id")


def _is_part(register: Register, outcome: Row, target: Row) -> bool:
    """Whether a comparison looks at an area inside the target's; the one thing in which they may differ."""
    if outcome["design"] not in COMPARING or outcome["indicator_id"] != target["indicator_id"]:
        return False
    year = year_of(outcome["followup_period_id"])
    inside = register.areas.containing(outcome["area_id"], date(year, 12, 31)) if year else set()
    return target["area_id"] in inside


def findings(register: Register) -> Iterator[Finding]:
    """A finding belongs to its evaluation; a published deviation has a reason, a serious one a follow-up."""
    followed = {row["finding_id"] for row in register.rows("followups")}
    for row in register.rows("evaluation_findings"):
        outcome = register.row("evaluation_outcomes", row["outcome_id"])
        if outcome is not None and outcome["evaluation_id"] != row["evaluation_id"]:
            text = f"{outcome.id!r} gehört zur Evaluation {outcome['evaluation_id']!r} ({outcome.place})."
            expected = f"ein Ergebnis der Evaluation {row['evaluation_id']}"
            yield row.wrong("finding_of_other_outcome", text, expected, "outcome_id")
        published = register.reached("evaluation", row["evaluation_id"], "published")
        if published is None:
            continue
        if row["verdict"] in DEVIATING and not row["deviation_reasons"]:
            text = (
                f"{row.id!r} ist veröffentlicht und weicht ab ({row['verdict']!r}), sagt aber nicht, warum."
            )
            expected = "mindestens ein Grund: process., project_design. oder framework. mit Unterpunkt"
            yield row.wrong("deviation_without_reason", text, expected, "deviation_reasons")
        if row["severity"].isdigit() and int(row["severity"]) >= SERIOUS and row.id not in followed:
            text = f"{row.id!r} ist veröffentlicht und hat Gewicht {row['severity']}, aber keine Folge."
            expected = f"eine Zeile in followups.csv mit finding_id {row.id}"
            yield row.wrong("finding_without_followup", text, expected, "finding_id")


EVALUATION_RULES = (frozen, four_eyes, dates, designs, outcomes, findings)
