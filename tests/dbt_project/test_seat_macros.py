"""Hare/Niemeyer in whole numbers: published numbers, an oracle that tries every choice, and no silent lot.

Lives here: claims about the macro hare_niemeyer. Must not live here: elections of the register
(tests/orchestration/register).
"""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations
from math import ceil, floor
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles.seats import largest_remainder
from rendered import rendered

GOLDEN = {"A": 26, "B": 20, "C": 19, "D": 6, "E": 5, "F": 4, "G": 4, "H": 6}
TABLES = duckdb.connect(":memory:")
TABLES.execute("create table elections (allocation_id varchar, seats integer, lot_winner_ids varchar[])")
TABLES.execute("create table votes (allocation_id varchar, party_id varchar, votes integer)")

counts = st.integers(min_value=0, max_value=999_999_999)
small_counts = st.integers(min_value=0, max_value=12)  # ties are frequent
parties = st.lists(st.one_of(counts, small_counts), min_size=1, max_size=7)
seat_numbers = st.integers(min_value=0, max_value=30)


def named(votes: list[int]) -> dict[str, int]:
    return {f"p{number}": count for number, count in enumerate(votes)}


def allocated(votes: dict[str, int], seats: int, lot: tuple[str, ...] = ()) -> dict[str, dict[str, Any]]:
    """party_id -> its row."""
    TABLES.execute("delete from elections")
    TABLES.execute("delete from votes")
    TABLES.execute("insert into elections values ('x', ?, ?)", [seats, list(lot)])
    TABLES.executemany("insert into votes values ('x', ?, ?)", [list(one) for one in votes.items()])
    found = TABLES.execute(rendered("hare_niemeyer('elections', 'votes')"))
    names = [column[0] for column in found.description]
    return {row["party_id"]: row for row in (dict(zip(names, one, strict=True)) for one in found.fetchall())}


def seats_of(rows: dict[str, dict[str, Any]]) -> dict[str, int]:
    return {party: row["seats"] for party, row in sorted(rows.items())}


def test_published_example_leaves_the_last_seat_to_a_lot_between_f_and_g() -> None:
    rows = allocated(GOLDEN, 11)
    assert seats_of(rows) == {"A": 3, "B": 2, "C": 2, "D": 1, "E": 1, "F": 0, "G": 0, "H": 1}
    assert {
        (row["is_lot_required"], row["n_lot_seats"], tuple(row["tied_party_ids"])) for row in rows.values()
    } == {(True, 1, ("F", "G"))}
    assert {party for party, row in rows.items() if row["is_tied"]} == {"F", "G"}


@pytest.mark.parametrize("winner", ["F", "G"])
def test_recorded_lot_gives_the_seat_to_its_winner(winner: str) -> None:
    rows = allocated(GOLDEN, 11, (winner,))
    assert sum(seats_of(rows).values()) == 11
    assert (seats_of(rows)["F"], seats_of(rows)["G"]) == ((1, 0) if winner == "F" else (0, 1))
    assert all(row["is_lot_taken"] for row in rows.values())


@pytest.mark.parametrize("lot", [("A",), ("F", "G"), ("F", "F"), ("X",), ("A", "F")])
def test_lot_that_does_not_fit_is_not_taken(lot: tuple[str, ...]) -> None:
    rows = allocated(GOLDEN, 11, lot)
    assert seats_of(rows) == seats_of(allocated(GOLDEN, 11))
    assert not any(row["is_lot_taken"] for row in rows.values())


def test_lot_where_none_is_due_changes_nothing() -> None:
    rows = allocated({"A": 60, "B": 40}, 5, ("B",))
    assert seats_of(rows) == {"A": 3, "B": 2}
    assert not any(row["is_lot_required"] or row["is_lot_taken"] for row in rows.values())


def test_lot_may_decide_several_seats_at_once() -> None:
    rows = allocated({"A": 1, "B": 1, "C": 1}, 2, ("A", "C"))
    assert seats_of(rows) == {"A": 1, "B": 0, "C": 1}
    assert {row["n_lot_seats"] for row in rows.values()} == {2}


def test_more_seats_may_cost_a_party_one_as_the_method_is_known_to() -> None:
    """The Alabama paradox: with 11 instead of 10 seats party C loses one of its two."""
    votes = {"A": 6, "B": 6, "C": 2}
    assert (seats_of(allocated(votes, 10))["C"], seats_of(allocated(votes, 11))["C"]) == (2, 1)


def test_nobody_has_votes_nobody_has_seats() -> None:
    rows = allocated({"A": 0, "B": 0}, 5)
    assert [(row["seats"], row["is_lot_required"], row["is_tied"]) for row in rows.values()] == [
        (None, False, False)
    ] * 2


def test_no_seats_are_no_seats() -> None:
    assert seats_of(allocated(GOLDEN, 0)) == dict.fromkeys("ABCDEFGH", 0)


@settings(max_examples=100, deadline=None)
@given(parties.filter(any), seat_numbers)
def test_allocation_is_that_of_the_oracle(votes: list[int], seats: int) -> None:
    expected, rows = largest_remainder(named(votes), seats), allocated(named(votes), seats)
    assert seats_of(rows) == dict(sorted(expected.certain.items()))
    assert {party for party, row in rows.items() if row["is_tied"]} == expected.tied
    assert {row["n_lot_seats"] for row in rows.values()} == {expected.n_lot_seats}


@settings(max_examples=60, deadline=None)
@given(parties.filter(any), seat_numbers)
def test_seats_sum_to_all_or_wait_for_a_lot_and_keep_the_quota(votes: list[int], seats: int) -> None:
    rows, total = allocated(named(votes), seats), sum(votes)
    (pending,) = {row["n_lot_seats"] for row in rows.values()}
    assert sum(seats_of(rows).values()) + pending == seats
    for party, count in named(votes).items():
        quota = Fraction(count * seats, total)
        assert floor(quota) <= rows[party]["seats"] <= ceil(quota)
        assert count or not rows[party]["seats"], "without votes no seat"
        assert count or not rows[party]["is_tied"], "nor a lot"


@settings(max_examples=60, deadline=None)
@given(parties.filter(any), seat_numbers)
def test_more_votes_are_never_fewer_seats(votes: list[int], seats: int) -> None:
    rows = allocated(named(votes), seats)
    for one, other in permutations(named(votes), 2):
        if named(votes)[one] > named(votes)[other]:
            more, fewer = rows[one], rows[other]
            assert more["seats"] >= fewer["seats"]
            assert more["seats"] + more["is_tied"] >= fewer["seats"] + fewer["is_tied"], "lot included"


@settings(max_examples=50, deadline=None)
@given(parties.filter(any), seat_numbers, st.data())
def test_fitting_lot_completes_the_seats(votes: list[int], seats: int, data: st.DataObject) -> None:
    expected = largest_remainder(named(votes), seats)
    winners = tuple(data.draw(st.permutations(sorted(expected.tied)))[: expected.n_lot_seats])
    rows = allocated(named(votes), seats, winners)
    assert sum(seats_of(rows).values()) == seats
    gained = {party for party, row in rows.items() if row["seats"] > expected.certain[party]}
    assert gained == set(winners)
