"""From the way of an item in one row to its changes of state and the decisions about it.

A row of register/ says its way in columns that begin with an underscore: _route, a sequence of register/ways/
routes.csv; _until, the state at which it stops; _ends, states that follow, each with its day; _votes,
_body and _note for the decision. What has no _route is written by hand in status_events.csv.

Lives here: the walk along a route. Must not live here: which rows there are (register/), what a cell says of
the city (facts.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

Row = dict[str, str]
Rows = list[Row]
KINDS = {
    "challenges": ("challenge", "challenge_id"),
    "goals": ("goal", "goal_id"),
    "strategies": ("strategy", "strategy_id"),
    "needs": ("need", "need_id"),
    "interventions": ("intervention", "intervention_id"),
    "evaluations": ("evaluation", "evaluation_id"),
    "followups": ("followup", "followup_id"),
}
DECIDED = "decided"  # a state that the decision itself names
RETURNED = "An die Sozialraumkoordination zurückgegeben"
TOLD = {
    "prioritised",
    "deferred",
    "rejected",
    "returned",
    "withdrawn",
    "aborted",
    "not_pursued",
}  # with _note
NOT_PUBLIC = {"rejected", "returned", "deferred"}  # what was not taken on is told to those who asked
ACCEPTING = "accepting"  # the body that acceptance_bodies.csv names for the area and the group
FIRST_RELEASE = "2025-01-01"  # from this day on the figures of the first release are known to decisions
SATURDAY = 5


@dataclass
class Histories:
    """Tables by stem, routes by name; `inside`: area -> areas that contain it, the finest first."""

    tables: dict[str, Rows]
    routes: dict[str, Rows]
    inside: dict[str, list[str]]
    events: Rows = field(default_factory=list)
    decisions: Rows = field(default_factory=list)

    def walk(self) -> None:
        """Fills events and decisions from all rows that name a route."""
        order = ("challenges", "goals", "strategies", "interventions", "needs", "evaluations", "followups")
        for stem in order:
            for row in self.tables[stem]:
                if row.get("_route"):
                    self._follow(stem, row)

    def reached(self, entity: str, item: str, state: str) -> str:
        """The day on which an item came into a state; empty where it never did."""
        days = (e["at"] for e in self.events if (e["entity"], e["entity_id"], e["to_state"]) == (
            entity, item, state
        ))  # fmt: skip
        return next(days, "")

    def _follow(self, stem: str, row: Row) -> None:
        kind, key = KINDS[stem]
        before = ""
        for step in self._steps(row):
            at = self._day(step, row)
            body = self._body(step, row, at)
            if not at or (step["body"] and not body):
                return  # nobody is responsible, or nothing answers it: it stays where it is
            event = {"entity": kind, "entity_id": row[key], "from_state": before, "to_state": step["state"]}
            event |= {"at": at, "by_role": step["by_role"], "decision_id": "", "note_de": step["note_de"]}
            if body:
                event["decision_id"] = self._decide(event, step, row, body)
            self.events.append(event)
            before = step["state"]

    def _steps(self, row: Row) -> Iterator[Row]:
        steps: Rows = []
        for step in self.routes[row["_route"]]:
            steps.append(dict(step))
            if step["state"] == row.get("_until"):
                break
        for one in filter(None, row.get("_ends", "").split("|")):
            state, _, day = one.partition(" ")
            known = next(
                s for s in self.routes["ends"] if s["entity"] == steps[0]["entity"] and s["state"] == state
            )
            steps.append({**known, "at": day or known["at"]})
        for step in steps:
            if step["state"] == DECIDED:
                step |= {"state": row["_result"].removesuffix("_modified"), "result": row["_result"]}
                step["note_de"] = step["note_de"] if step["state"] == "accepted" else RETURNED
        told = [step for step in steps if step["state"] in TOLD][-1:]
        for step in told if row.get("_note") else ():
            step["note_de"] = row["_note"]
        yield from steps

    def _day(self, step: Row, row: Row) -> str:
        """A day as it stands, a column of the row, or so many days from it; never a weekend before today."""
        at = step["at"]
        if at.startswith("answer "):
            return self._answered(row, at.removeprefix("answer "))
        column, sign, days = at.partition("+") if "+" in at else at.partition("-")
        if not row.get(column):
            return at if at[:1].isdigit() else ""
        if not sign:
            return row[column]
        day = date.fromisoformat(row[column]) + timedelta(days=int(sign + days))
        return str(day - timedelta(days=max(0, day.weekday() - SATURDAY + 1)))

    def _answered(self, need: Row, state: str) -> str:
        """When the first intervention for a need came into a state, not before the need was accepted."""
        answers = [
            one for one in self.tables["interventions"] if need["need_id"] in one["need_ids"].split("|")
        ]
        days = [self.reached("intervention", one["intervention_id"], state) for one in answers]
        known = sorted(filter(None, days))
        accepted = self.reached("need", need["need_id"], "accepted")
        return max(known[0], accepted) if known else ""

    def _body(self, step: Row, row: Row, at: str) -> str:
        if step["body"] == ACCEPTING:
            return self._responsible(row, at)
        return row.get("_body", "") if step["body"] == "_body" else step["body"]

    def _responsible(self, need: Row, day: str) -> str:
        """The body of the finest area that holds the need's, one for its group before one for all."""
        rows = [one for one in self.tables["acceptance_bodies"] if _holds(one, day)]
        for area in self.inside[need["area_id"]]:
            for group in (need["target_group"], ""):
                for one in rows:
                    if (one["area_id"], one["target_group"]) == (area, group):
                        return one["body_id"]
        return ""

    def _decide(self, event: Row, step: Row, row: Row, body: str) -> str:
        item = event["entity_id"]
        number = sum(one["subject_id"] == item for one in self.decisions) + 1
        votes = (row.get("_votes") if step["body"] in (ACCEPTING, "_body") else "") or step["votes"]
        yes, no, abstained = (votes or "::").split(":")
        self.decisions.append(
            {
                "decision_id": f"D-{item}-{number}",
                "body_id": body,
                "decided_on": event["at"],
                "subject_kind": event["entity"],
                "subject_id": item,
                "result": step["result"],
                "votes_yes": yes,
                "votes_no": no,
                "votes_abstain": abstained,
                "paper_id": step["paper_id"] or (row.get("_paper", "") if step["body"] == "_body" else ""),
                "release": "quoted" if event["at"] < FIRST_RELEASE else "1",
                "note_de": event["note_de"] or step["note_de"],
                "is_public": "false" if event["to_state"] in NOT_PUBLIC else "true",
            }
        )
        return f"D-{item}-{number}"


def _holds(row: Row, day: str) -> bool:
    return (not row["valid_from"] or row["valid_from"] <= day) and (
        not row["valid_to"] or day < row["valid_to"]
    )
