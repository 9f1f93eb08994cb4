"""Rules of the types of targets: what each needs, its interim values, its bounds, its rule of progress.

Lives here: what a row of targets.csv must fulfil because of its type. Must not live here: what holds for
every type (rules_targets.py), and what the types are (target_types.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from orchestration.findings import Finding
from orchestration.register.periods import year_of
from orchestration.register.rows import Register, Row
from orchestration.register.target_types import (
    METHODS,
    MILESTONE,
    NEEDED,
    OPTIONAL,
    TYPED,
    aim,
    interim_values,
)

ALL_METHODS = {rule for rules in METHODS.values() for rule in rules}
MEANINGS = {
    "target_value": "der Wert, der erreicht werden soll",
    "relative_change": "die Veränderung in Prozent des Ausgangswerts, z. B. -20",
    "target_lo": "die untere Grenze",
    "target_hi": "die obere Grenze",
    "milestone_de": "was bis zum Zieljahr geschehen sein soll",
}


def fields(register: Register) -> Iterator[Finding]:
    """Each type fills its own columns, and no other type's."""
    for row in register.rows("targets"):
        kind = row["target_type"]
        for column in NEEDED.get(kind, ()):
            if not row[column]:
                text = f"Dem Zielwert {row.id!r} der Art {kind} fehlt {column}."
                yield row.wrong("target_without_value", text, f"{MEANINGS[column]} in {column}", column)
        for column in TYPED if kind in NEEDED else ():
            if row[column] and column not in (*NEEDED[kind], *OPTIONAL[kind]):
                text = f"{column} gehört nicht zu einem Zielwert der Art {kind}."
                expected = f"ein leeres {column}, oder eine andere Art in target_type"
                yield row.wrong("target_of_other_type", text, expected, column)
        if kind in NEEDED and kind != MILESTONE and not row["indicator_id"]:
            text = f"Der Zielwert {row.id!r} nennt keine Kennzahl; nur ein Meilenstein kommt ohne sie aus."
            yield row.wrong("target_without_indicator", text, "eine Kennzahl des Katalogs", "indicator_id")


def bounds(register: Register) -> Iterator[Finding]:
    """A range has a lower bound below the upper one; partly attained begins between nothing and all."""
    for row in register.rows("targets"):
        low, high, partly = (row.number(name) for name in ("target_lo", "target_hi", "partly_from"))
        if low is not None and high is not None and low >= high:
            text = f"Die untere Grenze {low} liegt nicht unter der oberen {high}."
            yield row.wrong("target_range", text, "target_lo kleiner als target_hi", "target_lo")
        if partly is not None and partly >= 1:
            text = f"partly_from ist {partly}; ab 1 ist das Ziel ganz erreicht."
            yield row.wrong("target_partly_from", text, "ein Anteil unter 1, z. B. 0.6", "partly_from")


def interim(register: Register) -> Iterator[Finding]:
    """Interim values are readable, one per year, in order, between baseline and target."""
    for row in register.rows("targets"):
        found = interim_values(row)
        if found is None:
            text = f"interim ist {row['interim']!r}."
            yield row.wrong(
                "target_interim", text, "Jahr=Wert, verbunden mit |: 2023=20.1|2025=18", "interim"
            )
            continue
        begin, end = year_of(row["baseline_period_id"]), row["target_year"]
        years = [year for year, _ in found]
        within = begin is None or not end.isdigit() or all(begin < year < int(end) for year in years)
        if not within or any(later <= earlier for earlier, later in pairwise(years)):
            text = f"Die Jahre in interim sind {', '.join(map(str, years))}."
            expected = f"aufsteigende Jahre zwischen {begin} und {end}, jedes nur einmal"
            yield row.wrong("target_interim", text, expected, "interim")
        if row["path"] == "steps" and not found:
            text = "Ein Pfad in Stufen (steps) hat keine Stufe: interim ist leer."
            yield row.wrong("target_path", text, "Zwischenwerte in interim, oder path linear", "path")


def method(register: Register) -> Iterator[Finding]:
    """A rule of progress fits the type of the target and its values."""
    for row in register.rows("targets"):
        kind, rule = row["target_type"], row["progress_method"]
        if kind in METHODS and rule in ALL_METHODS and rule not in METHODS[kind]:
            text = f"Die Regel {rule!r} sagt über einen Zielwert der Art {kind} nichts."
            expected = f"ein leeres progress_method oder {' oder '.join(METHODS[kind]) or 'keine Regel'}"
            yield row.wrong("target_method", text, expected, "progress_method")
        elif rule == "cagr":
            yield from _grows(row)


def _grows(row: Row) -> Iterator[Finding]:
    """Open SDG replaces a zero by 0.001; here it is an error."""
    for name, value in (("Ausgangswert", row.number("baseline_value")), ("Zielwert", aim(row))):
        if value is not None and value <= 0:
            text = f"Der {name} ist {value}; eine Wachstumsrate gibt es nur von und zu Werten über 0."
            yield row.wrong(
                "target_method", text, "Werte über 0, oder progress_method linear", "progress_method"
            )


def gaps(register: Register) -> Iterator[Finding]:
    """The distance between an area and the rest of the city becomes smaller; the city has no rest."""
    for row in register.rows("targets"):
        if row["target_type"] != "reduce_gap":
            continue
        begin, end = row.number("baseline_value"), row.number("target_value")
        if begin is not None and end is not None and abs(end) >= abs(begin):
            text = f"Ein Abstand von {begin} wird mit {end} nicht kleiner."
            yield row.wrong("target_gap", text, f"ein Abstand näher an 0 als {begin}", "target_value")
        if register.areas.ranks.get(row["area_id"]) == 0:
            text = f"{row['area_id']!r} ist die ganze Stadt; zu ihr gibt es keine übrige Stadt."
            yield row.wrong("target_gap", text, "ein Gebiet der Stadt", "area_id")


TARGET_TYPE_RULES = (fields, bounds, interim, method, gaps)
