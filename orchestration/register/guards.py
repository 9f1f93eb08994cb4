"""What an item must say from a state on: cells of its own row.

To add one: its line in NEEDED, and its defect in the tests.

Lives here: requirements that one row can meet. Must not live here: those that need other rows (rules_*.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from orchestration.findings import Finding
from orchestration.register.rows import Register, Row
from orchestration.register.tables import ITEMS


@dataclass(frozen=True)
class Needed:
    """From `state` on an item has one of `columns` filled. lacks ends "... ist im Stand x, hat aber"."""

    kind: str
    state: str
    columns: tuple[str, ...]
    rule: str
    lacks: str
    expected: str


NEEDED: tuple[Needed, ...] = (
    Needed(
        *("goal", "proposed", ("framework_ids",), "goal_without_framework", "kein Rahmenwerk"),
        "mindestens ein Rahmenwerk aus frameworks.csv, zu dem das Ziel gehört",
    ),
    Needed(
        *("goal", "proposed", ("lead_office",), "goal_without_lead", "kein federführendes Amt"),
        "ein Amt aus offices.csv",
    ),
    Needed(
        *("goal", "proposed", ("challenge_ids",), "goal_without_challenge", "keine Herausforderung"),
        "mindestens eine Herausforderung, aus der das Ziel folgt",
    ),
    Needed(
        *("need", "ready_for_conference", ("stock_check_de",), "need_without_stock_check"),
        "keine Bestandsprüfung",
        "welche Angebote und Regelstrukturen geprüft wurden und warum sie nicht reichen",
    ),
    Needed(
        *("need", "ready_for_conference", ("inventory_as_of",), "need_without_inventory_date"),
        "keinen Stand der Bestandsprüfung",
        "der Tag, an dem der Bestand geprüft wurde",
    ),
    Needed(
        *("need", "ready_for_conference", ("finding_ids", "qualitative_reason_de"), "need_without_evidence"),
        "keinen Beleg",
        "ein Befund in finding_ids oder eine fachliche Begründung in qualitative_reason_de",
    ),
    Needed(
        *("need", "ready_for_conference", ("goal_ids",), "need_without_goal", "kein Ziel"),
        "mindestens ein Ziel, unter dem es steht",
    ),
    Needed(
        *("need", "accepted", ("responsible_office",), "need_without_office", "kein zuständiges Amt"),
        "das Amt, das sich um den anerkannten Bedarf kümmert",
    ),
    Needed(
        *("need", "accepted", ("review_on",), "need_without_review_date", "keinen Tag der Überprüfung"),
        "ein Tag, an dem der anerkannte Bedarf überprüft wird",
    ),
    Needed(
        *("intervention", "planned", ("strategy_id", "mandate_reason_de"), "intervention_without_strategy"),
        "keine Strategie, die sie ausführt",
        "eine Strategie in strategy_id, oder der gesetzliche Auftrag in mandate_reason_de",
    ),
    Needed(
        *("intervention", "running", ("starts_on",), "intervention_without_start", "keinen Beginn"),
        "der erste Tag der Maßnahme",
    ),
    Needed(
        *(
            "evaluation",
            "reviewed",
            ("reviewer_office",),
            "evaluation_without_reviewer",
            "kein prüfendes Amt",
        ),
        "ein anderes Amt als author_office",
    ),
    Needed(
        *("evaluation", "published", ("limitation_de",), "evaluation_without_limitation"),
        "keinen Satz zu ihren Grenzen",
        "was die Evaluation nicht sagen kann",
    ),
    Needed(
        *("followup", "agreed", ("owner_office",), "followup_without_owner", "kein zuständiges Amt"),
        "das Amt, das die Folge umsetzt",
    ),
    Needed(
        *("followup", "agreed", ("due_on",), "followup_without_due_date", "keine Frist"),
        "der Tag, bis zu dem sie umgesetzt ist",
    ),
    Needed(
        *("followup", "not_pursued", ("reason_de",), "followup_without_reason", "keine Begründung"),
        "warum die Folge nicht weiter verfolgt wird",
    ),
)


def in_state(row: Row, event: Row) -> str:
    """Beginning of a sentence about an item in a state."""
    return f"{row.id!r} ist seit {event['at']} im Stand {event['to_state']!r} ({event.place})"


def check_guards(register: Register) -> Iterator[Finding]:
    """All cells that the state of an item asks for and that are empty."""
    for needed in NEEDED:
        for row in register.rows(ITEMS[needed.kind]):
            event = register.reached(needed.kind, row.id, needed.state)
            if event is not None and not any(row[column] for column in needed.columns):
                text = f"{in_state(row, event)}, hat aber {needed.lacks}."
                yield row.wrong(needed.rule, text, needed.expected, needed.columns[0])
