"""Rules of targets: a baseline with its origin, a target value in the right direction, each only once.

Lives here: what a row of targets.csv of any type must fulfil beside the catalogue. Must not live here: what
one type needs (rules_target_types.py), progress on the way to the target (the warehouse computes it).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from orchestration.findings import Finding
from orchestration.register.periods import year_of
from orchestration.register.rows import Register, Row
from orchestration.register.target_types import MILESTONE, aim

UNDIRECTED = ("range", MILESTONE)  # inside is better than outside, done better than not: no indicator says so

WHOLE_POPULATION = ("", "total")  # indicators by breakdown are not computed yet
UNIQUE = ("goal_id", "indicator_id", "area_id", "breakdown_id", "target_year")
BASELINE = (
    ("baseline_period_id", "Zeitraum"),
    ("baseline_value", "Ausgangswert"),
    ("baseline_release", "Herkunft"),
)


def groups(register: Register) -> Iterator[Finding]:
    """Only what is computed can be a target."""
    for row in register.rows("targets"):
        if row["breakdown_id"] not in WHOLE_POPULATION:
            text = f"Kennzahlen nach {row['breakdown_id']!r} werden noch nicht berechnet."
            expected = "ein leeres breakdown_id oder total; die Gruppe kann die Kennzahl selbst nennen"
            yield row.wrong("target_breakdown_unsupported", text, expected, "breakdown_id")


def baseline(register: Register) -> Iterator[Finding]:
    """A target starts from a value whose origin is known, and lies ahead of it; a milestone needs none."""
    for row in register.rows("targets"):
        for column, what in BASELINE if row["target_type"] != MILESTONE else ():
            if not row[column]:
                text = f"Dem Zielwert {row.id!r} fehlt im Ausgangswert die Angabe {column} ({what})."
                expected = "Zeitraum und Wert, und die Nummer seiner Veröffentlichung oder quoted"
                yield row.wrong("target_without_baseline", text, expected, column)
        year = year_of(row["baseline_period_id"])
        if year and row["target_year"].isdigit() and int(row["target_year"]) <= year:
            text = f"Das Zieljahr {row['target_year']} liegt nicht nach dem Ausgangsjahr {year}."
            yield row.wrong("target_year", text, f"ein Jahr ab {year + 1}", "target_year")


def path(register: Register) -> Iterator[Finding]:
    """A geometric path needs values above zero."""
    for row in register.rows("targets"):
        for value in (row.number("baseline_value"), aim(row)) if row["path"] == "geometric" else ():
            if value is not None and value <= 0:
                text = f"Der Pfad führt über {value}; ein geometrischer Pfad wächst von einem Wert über 0."
                yield row.wrong("target_path", text, "Werte über 0, oder path linear", "path")


def direction(register: Register) -> Iterator[Finding]:
    """A target points where the indicator says it is better, or says why not."""
    for row in register.rows("targets"):
        own = register.catalogue.polarity.get(row["indicator_id"], "")
        if row["target_type"] in UNDIRECTED:
            continue
        if own == "neutral" and not row["polarity"]:
            text = f"Die Kennzahl {row['indicator_id']!r} wertet nicht; was besser ist, steht nicht da."
            expected = "polarity higher_better oder higher_worse für diesen Zielwert"
            yield row.wrong("target_polarity", text, expected, "polarity")
        elif own in {"higher_better", "higher_worse"} and row["polarity"] not in {"", own}:
            text = f"polarity {row['polarity']!r} widerspricht der Kennzahl: sie ist {own!r}."
            expected = f"ein leeres polarity; die Kennzahl {row['indicator_id']} sagt es selbst"
            yield row.wrong("target_polarity", text, expected, "polarity")
        else:
            yield from _points_there(row, own if own != "neutral" else row["polarity"])


def _points_there(row: Row, polarity: str) -> Iterator[Finding]:
    begin, end = row.number("baseline_value"), aim(row)
    if begin is None or end is None:
        return
    column = "relative_change" if row["target_type"] == "relative_change" else "target_value"
    if row["target_type"] == "maintain":
        yield from _is_kept(row, polarity, begin, end)
        return
    if begin == end:
        text = f"Der Zielwert {end} ist der Ausgangswert: ein Fortschritt lässt sich nicht messen."
        expected = "ein anderer Wert als baseline_value, oder target_type maintain"
        yield row.wrong("target_direction", text, expected, column)
    better = {"higher_better": end > begin, "higher_worse": end < begin}.get(polarity, True)
    if begin != end and not better and not row["direction_override_reason"]:
        way = "höhere" if polarity == "higher_better" else "niedrigere"
        text = f"Von {begin} auf {end} wäre ein Rückschritt: {way} Werte sind besser."
        expected = "ein Wert in der anderen Richtung, oder der Grund in direction_override_reason"
        yield row.wrong("target_direction", text, expected, column)


def _is_kept(row: Row, polarity: str, begin: Decimal, end: Decimal) -> Iterator[Finding]:
    """What is to be maintained is there at the baseline."""
    tolerance = row.number("tolerance") or Decimal(0)
    ahead = {"higher_better": begin - end, "higher_worse": end - begin}.get(polarity, Decimal(0))
    if ahead < -tolerance:
        text = f"Der Ausgangswert {begin} ist schlechter als {end}: das lässt sich nicht halten."
        yield row.wrong("target_direction", text, "target_type reach, oder ein anderer Wert", "target_value")


def measured(register: Register) -> Iterator[Finding]:
    """A target is measured by an indicator that the workspace expects on the level of its area."""
    levels = {row["indicator_id"]: row["levels"].split("|") for _, row in register.tables.rows("indicators")}
    for row in register.rows("targets"):
        level = register.areas.levels.get(row["area_id"])
        known = row["indicator_id"] in register.catalogue.indicators
        if level and known and level not in levels.get(row["indicator_id"], ()):
            text = f"{row['indicator_id']!r} wird auf der Ebene {level!r} nicht erwartet (indicators.csv)."
            expected = "eine Ebene, die indicators.csv für die Kennzahl nennt, oder diese Ebene dort"
            yield row.wrong("target_not_measured", text, expected, "area_id")


def once(register: Register) -> Iterator[Finding]:
    """One target for a goal, an indicator, an area, a breakdown and a year; milestones differ by text."""
    first: dict[tuple[str, ...], Row] = {}
    for row in register.rows("targets"):
        key = tuple("" if row[column] == "total" else row[column] for column in (*UNIQUE, "milestone_de"))
        if key in first and first[key].id != row.id:
            text = f"{row.id!r} misst dasselbe wie {first[key].id!r} (Zeile {first[key].line})."
            yield row.wrong("target_doubled", text, f"ein Zielwert je {', '.join(UNIQUE)}", "target_id")
        first.setdefault(key, row)


TARGET_RULES = (groups, baseline, path, direction, measured, once)
