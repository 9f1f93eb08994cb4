"""Rules of political seats: votes to allocate by, one allocation at a time, a lot only where one is due.

Lives here: what rows of elections.csv and election_votes.csv must fulfil. Must not live here: the allocation
itself (seats.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from orchestration.findings import Finding
from orchestration.register.rows import Register, Row
from orchestration.register.rules_bodies import seats_on
from orchestration.register.seats import Lot, lots, votes_of


def elections(register: Register) -> Iterator[Finding]:
    """Seats are allocated by votes, and a body has one allocation on a day."""
    for row in register.rows("elections"):
        if row.number("seats") and not sum(votes_of(register, row).values()):
            text = f"Für {row.id!r} sind {row['seats']} Sitze zu verteilen, aber keine Stimmen eingetragen."
            expected = f"Zeilen {row.id};… in election_votes.csv mit votes über 0"
            yield row.wrong("election_without_votes", text, expected, "allocation_id")
    for first, second in combinations(register.rows("elections"), 2):
        (a, b), (c, d) = _span(first), _span(second)
        if first["body_id"] == second["body_id"] and a < d and c < b:
            text = f"{second.id!r} gilt zugleich mit {first.id!r} (Zeile {first.line}) für dasselbe Gremium."
            yield second.wrong("election_overlap", text, "valid_to der früheren Verteilung", "valid_from")


def _span(row: Row) -> tuple[date, date]:
    return row.day("valid_from") or date.min, row.day("valid_to") or date.max


def recorded_lots(register: Register) -> Iterator[Finding]:
    """A lot is drawn where the last seats tie, among the tied, for as many seats, and is on record."""
    due = lots(register)
    for row in register.rows("elections"):
        lot, named = due.get(row.id, Lot(0, (), False)), row["lot_winner_ids"]
        tied = ", ".join(lot.tied)
        if named and not lot.n_seats:
            text = f"Für {row.id!r} ist kein Los nötig: kein letzter Sitz steht gleich."
            yield row.wrong("lot_not_due", text, "ein leeres lot_winner_ids", "lot_winner_ids")
        elif named and not lot.is_taken:
            text = f"Das Los {named!r} passt nicht: {lot.n_seats} Sitz(e) sind zwischen {tied} zu losen."
            expected = f"{lot.n_seats} von {tied}, jede Partei höchstens einmal"
            yield row.wrong("lot_not_fitting", text, expected, "lot_winner_ids")
        elif lot.n_seats and not named:
            text = f"Los steht aus: {lot.n_seats} Sitz(e) von {row.id!r} sind zwischen {tied} zu losen."
            expected = "lot_winner_ids, lot_drawn_on und lot_witness_de, sobald gelost wurde"
            yield row.wrong("lot_pending", text, expected, "lot_winner_ids", "warning")
        for column in ("lot_drawn_on", "lot_witness_de"):
            if bool(row[column]) != bool(named):
                text = f"Zum Los von {row.id!r} gehört {column}; nur eines von beiden ist gefüllt."
                yield row.wrong("lot_incomplete", text, "Ergebnis, Tag und Zeuge, oder keines", column)
        drawn, elected = row.day("lot_drawn_on"), row.day("elected_on")
        if drawn and elected and drawn < elected:
            text = f"Das Los wurde am {drawn} gezogen, gewählt wurde aber erst am {elected}."
            yield row.wrong("lot_before_election", text, f"ein Tag ab {elected}", "lot_drawn_on")


def party_seats(register: Register) -> Iterator[Finding]:
    """Where the register names the parties of a body, they hold as many seats as its election allocated."""
    for row in register.rows("elections"):
        body, seats, (begins, _) = register.row("bodies", row["body_id"]), row.number("seats"), _span(row)
        found = seats_on(register, body, "party", begins) if body else 0
        if found and seats is not None and found != seats:
            text = (
                f"{row.id!r} verteilt {seats} Sitze, ab {begins} halten Parteien in memberships.csv {found}."
            )
            yield row.wrong("party_seats", text, "dieselbe Zahl von Sitzen", "seats", "warning")


SEAT_RULES = (elections, recorded_lots, party_seats)
