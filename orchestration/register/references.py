"""What the cells of the planning register name must exist: items, offices, bodies, areas, indicators.

Lives here: references from a cell to a row. Must not live here: whether the named row fits (rules_*.py).
"""

from __future__ import annotations

from collections.abc import Iterator

from orchestration.findings import Finding
from orchestration.register.cells import proposal, shown
from orchestration.register.columns import AREA, INDICATOR, Column
from orchestration.register.rows import Register, Row
from orchestration.register.tables import ITEMS, REGISTER


def check_references(register: Register) -> Iterator[Finding]:
    """All names that lead nowhere, each with what was probably meant."""
    for stem, table in REGISTER.items():
        for row in register.rows(stem):
            for column in table.columns:
                if column.to_by:
                    yield from _by_kind(register, row, column)
                elif column.to:
                    yield from _named(register, row, column)


def _known(register: Register, targets: tuple[str, ...]) -> set[str]:
    known: set[str] = set()
    for target in targets:
        if target == AREA:
            known |= register.areas.ids
        elif target == INDICATOR:
            known |= register.catalogue.indicators
        else:
            known |= register.ids(target)
    return known


def _where(register: Register, targets: tuple[str, ...]) -> str:
    places = {
        AREA: "ein Gebiet aus geography/areas.csv, geschrieben <Ebene>-<Nummer>",
        INDICATOR: "eine Kennzahl des Katalogs (`sozialraum query --list`)",
    }
    return " oder ".join(
        places[to] if to in places else f"ein Schlüssel aus {register.place(to)}" for to in targets
    )


def _named(register: Register, row: Row, column: Column) -> Iterator[Finding]:
    parts = row.parts(column.name) if column.kind == "list" else [row[column.name]]
    known = _known(register, column.to)
    for part in parts:
        if part and part not in known:
            text = f"{shown(part)} gibt es nicht. {proposal(part, known)}"
            yield row.wrong("unknown_reference", text, _where(register, column.to), column.name)
        elif part and column.body_kinds:
            yield from _kind_of_body(register, row, column, part)


def _kind_of_body(register: Register, row: Row, column: Column, named: str) -> Iterator[Finding]:
    body = register.row("bodies", named)
    if body is not None and body["kind"] not in column.body_kinds:
        text = f"{shown(named)} ist ein Gremium der Art {body['kind']!r} ({body.place})."
        expected = f"ein Gremium der Art {' oder '.join(column.body_kinds)}"
        yield row.wrong("wrong_body_kind", text, expected, column.name)


def _by_kind(register: Register, row: Row, column: Column) -> Iterator[Finding]:
    kind, named = row[column.to_by], row[column.name]
    if bool(kind) != bool(named):
        empty = column.name if kind else column.to_by
        if not column.needed:  # else told as a missing cell
            text = f"{empty} ist leer, obwohl die andere der beiden Angaben gefüllt ist."
            yield row.wrong("half_reference", text, f"{column.to_by} und {column.name}, oder keines", empty)
    elif kind in ITEMS or kind in {AREA, INDICATOR}:
        meant = (ITEMS.get(kind, kind),)
        known = _known(register, meant)
        if named not in known:
            text = f"{shown(named)} gibt es nicht. {proposal(named, known)}"
            expected = f"{_where(register, meant)}, weil {column.to_by} {kind!r} ist"
            yield row.wrong("unknown_reference", text, expected, column.name)
