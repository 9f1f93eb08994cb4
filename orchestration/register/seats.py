"""The political seats of a body as the warehouse computes them, for the rules of the register.

Lives here: running the one seat rule (macros/statistics/seats.sql of the dbt project) on the rows of the
register. Must not live here: a second seat rule, and what is wrong with an election (rules_seats.py).
"""

from __future__ import annotations

from dataclasses import dataclass

from orchestration.register.rows import Register, Row
from orchestration.settings import DBT_PROJECT
from orchestration.workspace_values import is_whole

MACRO = DBT_PROJECT / "macros" / "statistics" / "seats.sql"
DIGITS = 9  # of a number of votes or seats: what the column holds


@dataclass(frozen=True)
class Lot:
    """What an election leaves to a lot: seats to draw for, parties among which, and whether one was taken."""

    n_seats: int
    tied: tuple[str, ...]
    is_taken: bool


def _is_count(cell: str) -> bool:
    return is_whole(cell) and len(cell) <= DIGITS


def votes_of(register: Register, election: Row) -> dict[str, int]:
    """party_id -> votes of an election; what cannot be read is left out."""
    rows = register.naming("election_votes", "allocation_id", election.id)
    return {row["party_id"]: int(row["votes"]) for row in rows if row["party_id"] and _is_count(row["votes"])}


def lots(register: Register) -> dict[str, Lot]:
    """allocation_id -> its lot, of all elections with seats and votes."""
    elections = [row for row in register.rows("elections") if row.id and _is_count(row["seats"])]
    votes = [(row.id, party, count) for row in elections for party, count in votes_of(register, row).items()]
    if not votes:
        return {}
    import duckdb
    from jinja2 import Environment

    call = MACRO.read_text(encoding="utf-8") + "{{ hare_niemeyer('elections', 'votes') }}"
    sql = Environment(autoescape=False).from_string(call).render()  # noqa: S701 - SQL, not HTML
    with duckdb.connect(":memory:") as connection:
        connection.execute(
            "create table elections (allocation_id varchar, seats integer, lot_winner_ids varchar[])"
        )
        connection.execute("create table votes (allocation_id varchar, party_id varchar, votes integer)")
        known = {row.id: [row.id, int(row["seats"]), row.parts("lot_winner_ids")] for row in elections}
        connection.executemany("insert into elections values (?, ?, ?)", list(known.values()))
        connection.executemany("insert into votes values (?, ?, ?)", sorted(set(votes)))
        found = connection.execute(
            f"select distinct allocation_id, n_lot_seats, tied_party_ids, is_lot_taken from ({sql})"
        ).fetchall()
    return {one: Lot(int(n), tuple(tied), bool(taken)) for one, n, tied, taken in found}
