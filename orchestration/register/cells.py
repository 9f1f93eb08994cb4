"""What each cell of a planning file may say, told in German: words, dates, numbers, lists, keys.

Lives here: checks that need one table only. Must not live here: what a cell names (references.py) and rules
between rows (rules_*.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from difflib import get_close_matches

from orchestration.findings import Finding
from orchestration.register.columns import QUOTED, Column, Kind
from orchestration.register.rows import Register, Row
from orchestration.register.tables import REGISTER
from orchestration.workspace_values import day_of, is_number, is_period, is_whole

DIGITS = 9  # of a whole number: what a 32-bit column holds
LARGEST = Decimal(10) ** 15  # of a number: far above any budget, far below what a column holds
LONGEST_SHOWN = 60  # characters of a value in a sentence
N_SHOWN = 8  # words of a list in a sentence

# kind -> (test of a filled cell, rule, what was expected). Lists, choices and texts have tests of their own.
READABLE: dict[Kind, tuple[Callable[[str], bool], str, str]] = {
    "id": (
        lambda cell: re.fullmatch(r"[^\s|@]+", cell) is not None,
        "id_shape",
        "ein Schlüssel ohne Leerzeichen, | und @, z. B. Z-2022-03",
    ),
    "date": (lambda cell: day_of(cell) is not None, "not_a_date", "ein Datum wie 2024-12-31"),
    "number": (
        lambda cell: is_number(cell) and abs(Decimal(cell)) < LARGEST,
        "not_a_number",
        "eine Zahl mit Dezimalpunkt und ohne Tausenderpunkt, z. B. 12.5",
    ),
    "integer": (
        lambda cell: is_whole(cell) and len(cell) <= DIGITS,
        "not_an_integer",
        "eine ganze Zahl ab 0",
    ),
    "boolean": (lambda cell: cell in {"true", "false"}, "not_a_boolean", "true oder false"),
    "period": (is_period, "not_a_period", "ein Zeitraum: 2024, 2024-07, 2023/24 oder 2021..2023"),
    "year": (
        lambda cell: re.fullmatch(r"(19|20|21)\d\d", cell, re.ASCII) is not None,
        "not_a_year",
        "ein Jahr wie 2026",
    ),
    "release": (
        lambda cell: cell == QUOTED or (is_whole(cell) and len(cell) <= DIGITS and int(cell) > 0),
        "not_a_release",
        f"die Nummer einer Veröffentlichung, oder {QUOTED} für Angaben aus der Zeit vor der ersten",
    ),
}


def shown(value: str) -> str:
    """A value as a sentence shows it."""
    return repr(value if len(value) <= LONGEST_SHOWN else value[: LONGEST_SHOWN - 1] + "…")


def proposal(value: str, known: set[str] | tuple[str, ...]) -> str:
    """What was probably meant, else some of what there is."""
    near = get_close_matches(value, sorted(known), n=3)
    if near:
        return f"Meinten Sie {' oder '.join(repr(one) for one in near)}?"
    if not known:
        return "Bisher gibt es dort keinen Eintrag."
    some = ", ".join(sorted(known)[:N_SHOWN])
    return f"Es gibt: {some}{', …' if len(known) > N_SHOWN else ''}."


def check_cells(register: Register) -> Iterator[Finding]:
    """All cells that cannot be what their column is, and all rows named twice."""
    for stem, table in REGISTER.items():
        yield from _doubled(register.rows(stem), table.key)
        for row in register.rows(stem):
            for column in table.columns:
                yield from _cell(row, column)
    yield from _shared_ids(register)


def _doubled(rows: list[Row], key: tuple[str, ...]) -> Iterator[Finding]:
    first: dict[tuple[str, ...], Row] = {}
    for row in rows:
        named = tuple(row[column] for column in key)
        if named[0] and named in first:
            text = f"{' · '.join(cell for cell in named if cell)!r} steht schon in Zeile {first[named].line}."
            advice = "löschen Sie eine der beiden Zeilen oder ändern Sie den Schlüssel"
            yield row.wrong("duplicate_key", text, f"eine Zeile je {', '.join(key)}; {advice}", key[0])
        first.setdefault(named, row)


def _shared_ids(register: Register) -> Iterator[Finding]:
    """Findings of the analysis and of an evaluation are named in the same columns."""
    for row in register.rows("evaluation_findings"):
        other = register.row("findings", row["finding_id"])
        if other is not None and row["finding_id"]:
            yield row.wrong(
                "duplicate_key",
                f"{row['finding_id']!r} ist schon ein Befund der Analyse ({other.place}).",
                "ein Schlüssel, der in findings.csv und evaluation_findings.csv nur einmal vorkommt",
                "finding_id",
            )


def _cell(row: Row, column: Column) -> Iterator[Finding]:
    cell, name = row[column.name], column.name
    if not cell:
        if column.needed:
            expected = expected_in(column)
            yield row.wrong("required", f"{name} ist leer.", f"{expected}; diese Angabe ist Pflicht", name)
        return
    if column.kind == "list":
        yield from _list(row, column)
    elif column.kind == "choice":
        if cell not in column.vocabulary:
            text = f"{shown(cell)} ist kein Wort dieser Liste. {proposal(cell, column.vocabulary)}"
            yield row.wrong("unknown_word", text, expected_in(column), name)
    elif column.kind in READABLE and not READABLE[column.kind][0](cell):
        _, rule, expected = READABLE[column.kind]
        yield row.wrong(rule, f"{name} ist {shown(cell)}.", expected, name)
    elif column.kind in {"number", "integer"}:
        yield from _bounds(row, column)
    elif len(cell) < column.at_least:
        text = f"{shown(cell)} hat nur {len(cell)} Zeichen."
        yield row.wrong("text_too_short", text, f"ein Text mit mindestens {column.at_least} Zeichen", name)


def expected_in(column: Column) -> str:
    """What a cell of that column may say."""
    if column.vocabulary:
        some = ", ".join(column.vocabulary)
        return f"Wörter aus {some}, verbunden mit |" if column.kind == "list" else f"eines von {some}"
    if column.kind in READABLE:
        return READABLE[column.kind][2]
    return "mindestens ein Eintrag; mehrere mit | verbunden" if column.kind == "list" else "ein Text"


def _bounds(row: Row, column: Column) -> Iterator[Finding]:
    value, name = Decimal(row[column.name]), column.name
    if column.low is not None and column.high is not None and not column.low <= value <= column.high:
        expected = f"eine ganze Zahl von {column.low} bis {column.high}"
        yield row.wrong("out_of_bounds", f"{name} ist {value}.", expected, name)
    elif column.low is not None and value < column.low:
        yield row.wrong("out_of_bounds", f"{name} ist {value}.", f"mindestens {column.low}", name)
    elif column.above is not None and value <= column.above:
        yield row.wrong("out_of_bounds", f"{name} ist {value}.", f"mehr als {column.above}", name)


def _list(row: Row, column: Column) -> Iterator[Finding]:
    name, parts = column.name, row[column.name].split("|")
    if any(not part or part != part.strip() for part in parts):
        text = f"In {shown(row[name])} ist ein Teil leer oder von Leerzeichen umgeben."
        yield row.wrong("list_shape", text, "Einträge, verbunden mit | ohne Leerzeichen, z. B. a|b", name)
        return
    for twice in sorted({part for part in parts if parts.count(part) > 1}):
        yield row.wrong("list_doubled", f"{shown(twice)} steht doppelt.", "jeden Eintrag nur einmal", name)
    for part in parts:
        if column.vocabulary and part not in column.vocabulary:
            text = f"{shown(part)} ist kein Wort dieser Liste. {proposal(part, column.vocabulary)}"
            yield row.wrong("unknown_word", text, expected_in(column), name)
