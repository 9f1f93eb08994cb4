"""Rules of targets: a baseline with its origin, a target value in the right direction, each only once.

Lives here: what a row of targets.csv must fulfil beside the catalogue. Must not live here: progress on the
way to the target (the warehouse computes it).
"""

from __future__ import annotations

from collections.abc import Iterator

from orchestration.findings import Finding
from orchestration.register.periods import year_of
from orchestration.register.rows import Register, Row

SUPPORTED = ("reach",)  # other kinds of targets come with a later issue
WHOLE_POPULATION = ("", "total")  # indicators by breakdown are not computed yet
UNIQUE = ("goal_id", "indicator_id", "area_id", "breakdown_id", "target_year")


def kinds(register: Register) -> Iterator[Finding]:
    """Only what is computed can be a target."""
    for row in register.rows("targets"):
        if row["target_type"] and row["target_type"] not in SUPPORTED:
            text = f"Die Zielart {row['target_type']!r} wird noch nicht berechnet."
            expected = (
                f"target_type {' oder '.join(SUPPORTED)}: ein Wert, der bis zu einem Jahr erreicht wird"
            )
            yield row.wrong("target_type_unsupported", text, expected, "target_type")
        if row["breakdown_id"] not in WHOLE_POPULATION:
            text = f"Kennzahlen nach {row['breakdown_id']!r} werden noch nicht berechnet."
            expected = "ein leeres breakdown_id oder total; die Gruppe kann die Kennzahl selbst nennen"
            yield row.wrong("target_breakdown_unsupported", text, expected, "breakdown_id")


def baseline(register: Register) -> Iterator[Finding]:
    """A target starts from a value whose origin is known, and lies ahead of it."""
    for row in register.rows("targets"):
        for column, what in (("baseline_value", "Ausgangswert"), ("baseline_release", "Herkunft")):
            if not row[column]:
                text = f"Dem Zielwert {row.id!r} fehlt im Ausgangswert die Angabe {column} ({what})."
                expected = "der Wert, und die Nummer seiner Veröffentlichung oder quoted"
                yield row.wrong("target_without_baseline", text, expected, column)
        if row["target_type"] == "reach" and not row["target_value"]:
            text = f"Dem Zielwert {row.id!r} fehlt der Wert, der erreicht werden soll."
            yield row.wrong("target_without_value", text, "eine Zahl in target_value", "target_value")
        year = year_of(row["baseline_period_id"])
        if year and row["target_year"].isdigit() and int(row["target_year"]) <= year:
            text = f"Das Zieljahr {row['target_year']} liegt nicht nach dem Ausgangsjahr {year}."
            yield row.wrong("target_year", text, f"ein Jahr ab {year + 1}", "target_year")


def path(register: Register) -> Iterator[Finding]:
    """A geometric path needs values above zero."""
    for row in register.rows("targets"):
        for column in ("baseline_value", "target_value") if row["path"] == "geometric" else ():
            value = row.number(column)
            if value is not None and value <= 0:
                text = f"{column} ist {value}; ein geometrischer Pfad wächst von einem Wert über 0."
                yield row.wrong("target_path", text, "ein Wert über 0, oder path linear", column)


def direction(register: Register) -> Iterator[Finding]:
    """A target points where the indicator says it is better, or says why not."""
    for row in register.rows("targets"):
        own = register.catalogue.polarity.get(row["indicator_id"], "")
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
    begin, end = row.number("baseline_value"), row.number("target_value")
    if begin is None or end is None or row["target_type"] != "reach":
        return
    if begin == end:
        text = f"Der Zielwert {end} ist der Ausgangswert: ein Fortschritt lässt sich nicht messen."
        yield row.wrong("target_direction", text, "ein anderer Wert als baseline_value", "target_value")
    better = {"higher_better": end > begin, "higher_worse": end < begin}.get(polarity, True)
    if begin != end and not better and not row["direction_override_reason"]:
        way = "höhere" if polarity == "higher_better" else "niedrigere"
        text = f"Von {begin} auf {end} wäre ein Rückschritt: {way} Werte sind besser."
        expected = "ein Wert in der anderen Richtung, oder der Grund in direction_override_reason"
        yield row.wrong("target_direction", text, expected, "target_value")


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
    """One target for a goal, an indicator, an area, a breakdown and a year."""
    first: dict[tuple[str, ...], Row] = {}
    for row in register.rows("targets"):
        key = tuple("" if row[column] == "total" else row[column] for column in UNIQUE)
        if key in first and first[key].id != row.id:
            text = f"{row.id!r} misst dasselbe wie {first[key].id!r} (Zeile {first[key].line})."
            yield row.wrong("target_doubled", text, f"ein Zielwert je {', '.join(UNIQUE)}", "target_id")
        first.setdefault(key, row)


TARGET_RULES = (kinds, baseline, path, direction, measured, once)
