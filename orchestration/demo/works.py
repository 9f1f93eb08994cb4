"""What an intervention or a challenge says in short, as rows of the files it belongs to.

Short forms: money and staff "2017=120/120/118" (planned/approved/actual, thousand EUR or posts), milestones
"title=due/done/evidence" (instead of the day it was done: open, missed or cancelled), ratings "545 434 ..."
(one group per criterion, of administration, politics and welfare associations).

Lives here: reading the short forms. Must not live here: what they say (register/).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

Row = dict[str, str]
Rows = list[Row]
LEVELS = ("input", "activity", "output", "outcome")
RESOURCES = (("_budget", "budget", "EUR", 1000), ("_staff", "staff_fte", "Stellen", 1))
CRITERIA = {"severity": "0.25", "number_affected": "0.2", "urgency": "0.2", "influenceability": "0.15",
            "equity": "0.1", "synergy": "0.1"}  # fmt: skip
ROLES = ("administration", "politics", "welfare")
NOT_DONE = {"open", "missed", "cancelled"}


def nodes_and_edges(work: Row) -> tuple[Rows, Rows]:
    """The steps of a logic model, one per level, and what leads from each to the next."""
    key = work["intervention_id"]
    nodes: Rows = []
    for number, level in enumerate(LEVELS, start=1):
        node = {"node_id": f"{key}-{number}", "intervention_id": key, "level": level, "text_de": work[level]}
        if level == "output":
            node |= {column: work[column] for column in ("unit", "planned", "actual", "period_id")}
        if level == "outcome":
            node["target_id"] = work["target_id"]
        nodes.append(node)
    edges = [
        {"from_node_id": one["node_id"], "to_node_id": other["node_id"], "assumption_de": ""}
        for one, other in pairwise(nodes)
    ]
    edges[-1]["assumption_de"] = work["assumption"]
    return nodes, edges


def resources(row: Row) -> Rows:
    """Money and staff of an intervention by year."""
    found: Rows = []
    for column, kind, unit, times in RESOURCES:
        for year, given in _pairs(row.get(column, "")):
            amounts = [f"{float(one) * times:g}" if one else "" for one in given.split("/")]
            known = dict(zip(("planned", "approved", "actual"), amounts, strict=False))
            own = {"intervention_id": row["intervention_id"], "year": year, "kind": kind, "unit": unit}
            found.append({**own, **known, "source_de": row["_source"] if kind == "budget" else "Stellenplan"})
    return found


def milestones(row: Row) -> Rows:
    """The milestones of an intervention."""
    found: Rows = []
    for number, (title, said) in enumerate(_pairs(row.get("_milestones", ""))):
        due, done, evidence = (*said.split("/"), "")[:3]
        key = row["intervention_id"]
        own = {"milestone_id": f"{key}-{'ABCDE'[number]}", "intervention_id": key, "title_de": title}
        state = {"status": done} if done in NOT_DONE else {"status": "done", "done_on": done}
        found.append({**own, **state, "due_on": due, "evidence_de": evidence})
    return found


def ratings(row: Row) -> Rows:
    """What each role of a body said about a challenge, by criterion."""
    said = row.get("_ratings", "")
    body, day, *groups = said.split() if said else ("", "")
    return [
        {
            "challenge_id": row["challenge_id"],
            "body_id": body,
            "criterion": criterion,
            "score": score,
            "weight": weight,
            "rater_role": role,
            "rated_on": day,
        }
        for (criterion, weight), group in zip(CRITERIA.items(), groups, strict=False)
        for role, score in zip(ROLES, group, strict=True)
    ]


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for one in filter(None, text.split("|")):
        name, _, said = one.partition("=")
        yield name, said
