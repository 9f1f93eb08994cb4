"""Rules of the priority score: weights of one weighting belong together, sum to 1 and are decided.

Lives here: what rows of priority_weights.csv and priority_overrides.csv must fulfil beside other rows. Must
not live here: the score (the warehouse computes it).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from orchestration.findings import Finding
from orchestration.register.rows import Register, Row

SUM_TOLERANCE = Decimal("0.002")  # published weights of other cities sum to .999
COMMON = ("service_type", "level", "author_office", "dated_on", "decision_id")
# Components that need to know of which indicator.
OF_AN_INDICATOR = ("need_intensity", "number_affected", "trend")
CARRYING = ("adopted", "adopted_modified")


def _weightings(register: Register) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in register.rows("priority_weights"):
        found[row["weighting_id"]].append(row)
    return found


def weights(register: Register) -> Iterator[Finding]:
    """The weights of a weighting sum to 1, and all its rows say the same of what is weighted and by whom."""
    for weighting_id, rows in _weightings(register).items():
        first, total = rows[0], sum((row.number("weight") or Decimal(0) for row in rows), Decimal(0))
        if abs(total - 1) > SUM_TOLERANCE:
            text = f"Die Gewichte von {weighting_id!r} ergeben zusammen {total}."
            yield first.wrong("priority_weights_sum", text, "zusammen 1", "weight")
        for row in rows[1:]:
            for column in COMMON:
                if row[column] and row[column] != first[column]:
                    text = f"{column} ist {row[column]!r}, in Zeile {first.line} aber {first[column]!r}."
                    expected = f"in allen Zeilen von {weighting_id!r} dasselbe"
                    yield row.wrong("priority_weights_mixed", text, expected, column)
        if first["level"] not in register.tables.values("levels", "level"):
            text = f"Die Ebene {first['level']!r} gibt es nicht."
            yield first.wrong("priority_level", text, "eine Ebene aus geography/levels.csv", "level")


def indicators(register: Register) -> Iterator[Finding]:
    """Need, persons affected and trend are those of one indicator, named where the need is weighted."""
    for weighting_id, rows in _weightings(register).items():
        named = {row["indicator_id"] for row in rows if row["component"] in OF_AN_INDICATOR} - {""}
        asked = [row for row in rows if row["component"] in OF_AN_INDICATOR]
        if asked and not named:
            text = f"{weighting_id!r} gewichtet {asked[0]['component']}, nennt aber keine Kennzahl."
            yield asked[0].wrong("priority_indicator", text, "eine Kennzahl in indicator_id", "indicator_id")
        elif len(named) > 1:
            text = f"{weighting_id!r} nennt mehrere Kennzahlen: {', '.join(sorted(named))}."
            yield asked[0].wrong("priority_indicator", text, "eine Kennzahl", "indicator_id")


def decided(register: Register) -> Iterator[Finding]:
    """Weights and departures from the rank rest on a decision about this very weighting."""
    for row in (*register.rows("priority_weights"), *register.rows("priority_overrides")):
        decision, weighting_id = register.row("decisions", row["decision_id"]), row["weighting_id"]
        if decision is None:
            continue  # told as empty, or as a reference that leads nowhere
        subject = (decision["subject_kind"], decision["subject_id"])
        if subject != ("priority", weighting_id) or decision["result"] not in CARRYING:
            text = f"Der Beschluss {decision.id!r} ({decision.place}) trägt {weighting_id!r} nicht."
            expected = f"ein Beschluss mit subject_kind priority, subject_id {weighting_id}, result adopted"
            yield row.wrong("priority_without_decision", text, expected, "decision_id")


def overrides(register: Register) -> Iterator[Finding]:
    """Another place than the score is for an area of the level that is ranked."""
    level = {name: rows[0]["level"] for name, rows in _weightings(register).items()}
    for row in register.rows("priority_overrides"):
        ranked = level.get(row["weighting_id"])
        if ranked is not None and row["area_id"] and row["area_id"].rpartition("-")[0] != ranked:
            text = f"{row['area_id']!r} ist kein Gebiet der Ebene {ranked!r}."
            yield row.wrong("priority_override_level", text, f"ein Gebiet wie {ranked}-1", "area_id")


PRIORITY_RULES = (weights, indicators, decided, overrides)
