"""The states of the register's items, who may bring an item into one, and by what result.

To add a state: its line in GRAPH; in AUTHORITY where a body decides; what must be filled from then on in
guards.py. To add a kind of item: all of that, and its table (tables.py).

Lives here: the graph and the authority matrix, as data. Must not live here: walking them (history.py,
authority.py).
"""

from __future__ import annotations

from dataclasses import dataclass

# kind -> state -> states that may follow. The first one, or those of FIRST, begins a history.
GRAPH: dict[str, dict[str, str]] = {
    "challenge": {
        "draft": "assessed",
        "assessed": "prioritised deferred rejected",
        "deferred": "assessed",
        "prioritised": "addressed",
        "addressed": "archived",
    },
    "goal": {
        "draft": "proposed withdrawn",
        "proposed": "recommended withdrawn",
        "recommended": "adopted withdrawn",
        "adopted": "in_force",
        "in_force": "achieved partly_achieved not_achieved superseded withdrawn",
    },
    "strategy": {
        "drafted": "advised",
        "advised": "adopted",
        "adopted": "running",
        "running": "completed superseded withdrawn",
    },
    "need": {
        "wish": "raised withdrawn",
        "raised": "under_review withdrawn",
        "under_review": "ready_for_conference withdrawn",
        "ready_for_conference": "accepted returned rejected withdrawn",
        "returned": "under_review withdrawn",
        "accepted": "planned",
        "planned": "in_delivery",
        "in_delivery": "met partially_met lapsed",
    },
    "intervention": {
        "idea": "planned",
        "planned": "approved",
        "approved": "running",
        "running": "paused completed aborted",
        "paused": "running aborted",
        "completed": "evaluated",
        "aborted": "evaluated",
    },
    "evaluation": {
        "planned": "data_frozen",
        "data_frozen": "drafted",
        "drafted": "reviewed",
        "reviewed": "published",
        "published": "followed_up",
    },
    "followup": {
        "open": "agreed not_pursued",
        "agreed": "in_progress not_pursued",
        "in_progress": "done not_pursued",
    },
}
FIRST = {"need": ("wish", "raised")}

ACCEPTING = "accepting"  # the body responsible for the need's scope, by acceptance_bodies.csv
ANY = "any"
AGREED = ("adopted", "adopted_modified")
TAKEN_ON = ("accepted", "accepted_modified")


@dataclass(frozen=True)
class Authority:
    """by: the kind of body that decides, ACCEPTING or ANY. results: what it may have decided.

    after: only a change from one of these states is decided; empty: every one.
    """

    by: str
    results: tuple[str, ...]
    after: tuple[str, ...] = ()


# (kind, state) -> who decides that an item comes into it.
AUTHORITY: dict[tuple[str, str], Authority] = {
    ("challenge", "prioritised"): Authority("steuerungsgremium", AGREED),
    ("challenge", "deferred"): Authority("steuerungsgremium", ("deferred",)),
    ("challenge", "rejected"): Authority("steuerungsgremium", ("rejected",)),
    ("goal", "recommended"): Authority("steuerungsgremium", AGREED),
    ("goal", "adopted"): Authority("rat", AGREED),
    ("goal", "withdrawn"): Authority("rat", AGREED, after=("in_force",)),
    ("strategy", "advised"): Authority("steuerungsgremium", (*AGREED, "noted")),
    ("strategy", "adopted"): Authority("rat", AGREED),
    ("strategy", "withdrawn"): Authority("rat", AGREED),
    ("need", "accepted"): Authority(ACCEPTING, TAKEN_ON),
    ("need", "returned"): Authority(ACCEPTING, ("returned",)),
    ("need", "rejected"): Authority(ACCEPTING, ("rejected",)),
    ("need", "met"): Authority(ACCEPTING, (*TAKEN_ON, *AGREED)),
    ("intervention", "approved"): Authority(ANY, (*AGREED, *TAKEN_ON)),
}


def first_states(kind: str) -> tuple[str, ...]:
    """The states in which a history may begin."""
    return FIRST.get(kind, (next(iter(GRAPH[kind])),))


def next_states(kind: str, state: str) -> tuple[str, ...]:
    """The states that may follow; none after a last one."""
    return tuple(GRAPH[kind].get(state, "").split())


def states_of(kind: str) -> set[str]:
    """All states of a kind of item."""
    return {state for first, after in GRAPH[kind].items() for state in (first, *after.split())}


def steps() -> list[tuple[str, str, str]]:
    """(kind, state, state that may follow) of all kinds; an empty state begins a history."""
    begins = [(kind, "", state) for kind in GRAPH for state in first_states(kind)]
    return begins + [
        (kind, state, after) for kind in GRAPH for state in GRAPH[kind] for after in next_states(kind, state)
    ]
