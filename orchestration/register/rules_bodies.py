"""Rules of bodies at work: meetings, the ways of papers through them, and who sits in them.

Lives here: what rows of meetings.csv, paper_steps.csv and memberships.csv must fulfil beside other rows. Must
not live here: political seats (rules_seats.py), who may decide what (authority.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from orchestration.findings import Finding
from orchestration.register.areas import is_valid_on
from orchestration.register.rows import Register, Row

WELFARE_SEATS = 2  # of a Steuerungsgremium, as the council ordered
DECIDING = {"Beschlussvorlage", "Antrag"}  # kinds of papers that end with a decision


def meetings(register: Register) -> Iterator[Finding]:
    """A body meets while it exists; what names a meeting is of its body, a decision of its day as well."""
    for row in register.rows("meetings"):
        body, day = register.row("bodies", row["body_id"]), row.day("held_on")
        if body is not None and day is not None and not is_valid_on(body.cells, day):
            text = f"{body['name_de']!r} besteht am {day} nicht ({body.place})."
            expected = "ein Tag zwischen valid_from und valid_to des Gremiums"
            yield row.wrong("meeting_outside_body", text, expected, "held_on")
    for stem in ("decisions", "paper_steps"):
        for row in register.rows(stem):
            meeting = register.row("meetings", row["meeting_id"])
            if meeting is not None and row["body_id"] != meeting["body_id"]:
                text = f"{meeting.id!r} ist eine Sitzung von {meeting['body_id']!r} ({meeting.place})."
                expected = f"eine Sitzung von {row['body_id']}, oder ein anderes Gremium"
                yield row.wrong("meeting_of_other_body", text, expected, "meeting_id")
    for row in register.rows("decisions"):
        meeting = register.row("meetings", row["meeting_id"])
        held, decided = meeting.day("held_on") if meeting else None, row.day("decided_on")
        if meeting is not None and held and decided and held != decided:
            text = (
                f"{row.id!r} fiel am {decided}, die Sitzung {meeting.id!r} war am {held} ({meeting.place})."
            )
            yield row.wrong(
                "decision_not_in_meeting", text, f"der {held}, oder eine andere Sitzung", "decided_on"
            )


def _day(register: Register, step: Row) -> date | None:
    """The day of a step: of its meeting, else the planned one."""
    meeting = register.row("meetings", step["meeting_id"])
    return (meeting.day("held_on") if meeting else None) or step.day("planned_on")


def _way(register: Register, paper: Row) -> list[Row]:
    """The steps of a paper by their positions."""
    steps = (
        row for row in register.naming("paper_steps", "paper_id", paper.id) if row["position"].isdecimal()
    )
    return sorted(steps, key=lambda row: int(row["position"]))


def paper_ways(register: Register) -> Iterator[Finding]:
    """The steps of a paper are counted without a gap, come one after another and end where it is decided."""
    for paper in register.rows("papers"):
        way = _way(register, paper)
        counted = {int(step["position"]): step for step in reversed(way)}  # of doubled ones the first
        for number, (position, step) in enumerate(sorted(counted.items(), key=lambda one: one[0]), 1):
            if position != number:
                text = f"{paper.id!r} hat den Schritt {position}, aber keinen Schritt {number}."
                yield step.wrong("step_position", text, "Positionen 1, 2, 3 … ohne Lücke", "position")
                break
        yield from _in_time(register, paper, way)
        yield from _ends(register, paper, way)


def _in_time(register: Register, paper: Row, way: list[Row]) -> Iterator[Finding]:
    for step in way:
        day, dated = _day(register, step), paper.day("dated_on")
        if not step["meeting_id"] and not step["planned_on"]:
            text = f"Der Schritt {step['position']} von {paper.id!r} hat weder Sitzung noch Termin."
            yield step.wrong("step_without_day", text, "eine Sitzung, oder der geplante Tag", "planned_on")
        elif day and dated and day < dated:
            text = f"{paper.id!r} ist vom {dated} ({paper.place}), ihr Schritt {step['position']} vom {day}."
            yield step.wrong("step_before_paper", text, f"ein Tag ab {dated}", "planned_on")
        if step["result"] == "open" and day and day < date.today():
            text = f"Der Schritt {step['position']} von {paper.id!r} war für den {day} geplant und ist offen."
            yield step.wrong("step_overdue", text, "das Ergebnis, oder ein neuer Termin", "result", "warning")
    for before, step in pairwise(way):
        day, earlier = _day(register, step), _day(register, before)
        if day and earlier and day < earlier:
            text = f"Schritt {step['position']} von {paper.id!r} liegt am {day}, der davor am {earlier}"
            expected = f"ein Tag ab {earlier}, oder eine andere Reihenfolge"
            yield step.wrong("step_order", f"{text} (Zeile {before.line}).", expected, "position")
        if before["result"] == "open" and step["result"] not in {"", "open"}:
            text = f"Schritt {step['position']} von {paper.id!r} ist beraten, der davor noch offen"
            expected = "die Ergebnisse in der Reihenfolge der Schritte"
            yield step.wrong("step_order", f"{text} (Zeile {before.line}).", expected, "result")


def _ends(register: Register, paper: Row, way: list[Row]) -> Iterator[Finding]:
    """Decisions on a paper are of bodies on its way; the last of them is of its last body."""
    bodies = {step["body_id"] for step in way}
    decisions = [row for row in register.naming("decisions", "paper_id", paper.id) if row.day("decided_on")]
    for row in decisions if way else ():
        if row["body_id"] and row["body_id"] not in bodies:
            text = (
                f"{row['body_id']!r} entschied über {paper.id!r}, steht aber nicht in ihrer Beratungsfolge."
            )
            expected = f"eine Zeile {paper.id};… in paper_steps.csv, oder eine andere Vorlage"
            yield row.wrong("decision_outside_way", text, expected, "paper_id")
    last = max(decisions, key=lambda row: row["decided_on"], default=None)
    if (
        paper["kind"] in DECIDING
        and way
        and last is not None
        and last["body_id"] in bodies - {way[-1]["body_id"]}
    ):
        text = f"{paper.id!r} endet bei {way[-1]['body_id']!r}, zuletzt entschied aber {last['body_id']!r}"
        expected = f"{last['body_id']} als letzter Schritt"
        yield way[-1].wrong("paper_ends_elsewhere", f"{text} ({last.place}).", expected, "body_id")


def members(register: Register) -> Iterator[Finding]:
    """A seat is held while its body exists; who is only invited has no vote."""
    for row in register.rows("memberships"):
        body = register.row("bodies", row["body_id"])
        for column in ("valid_from", "valid_to"):
            day = row.day(column)
            if body is not None and day is not None and not _span(body)[0] <= day <= _span(body)[1]:
                text = f"{row.id!r}: {column} {day} liegt außerhalb der Zeit des Gremiums ({body.place})."
                yield row.wrong("membership_outside_body", text, "ein Tag, an dem es besteht", column)
        if row["seat_kind"] == "invited" and row["is_voting"] == "true":
            text = f"{row['holder_de']!r} ist nur eingeladen, hat aber eine Stimme."
            yield row.wrong("invited_votes", text, "is_voting false, oder eine andere seat_kind", "is_voting")


def _span(row: Row) -> tuple[date, date]:
    return row.day("valid_from") or date.min, row.day("valid_to") or date.max


def seats_on(register: Register, body: Row, kind: str, day: date) -> int:
    """Seats of a kind that are held in a body on a day."""
    held = register.naming("memberships", "body_id", body.id)
    return sum(
        int(row.number("seats") or 0)
        for row in held
        if row["seat_kind"] == kind and is_valid_on(row.cells, day)
    )


def welfare_seats(register: Register) -> Iterator[Finding]:
    """Two seats of a Steuerungsgremium are those of the welfare associations, on every day it has members."""
    for body in register.rows("bodies"):
        days = sorted({_span(row)[0] for row in register.naming("memberships", "body_id", body.id)})
        wrong = [
            (day, seats_on(register, body, "welfare", day))
            for day in (days if body["kind"] == "steuerungsgremium" else ())
            if seats_on(register, body, "welfare", day) != WELFARE_SEATS
        ]
        if wrong:
            day, seats = wrong[0]
            text = f"{body.id!r} hat am {max(day, _span(body)[0])} {seats} Sitze der Wohlfahrtsverbände."
            expected = f"{WELFARE_SEATS} Sitze mit seat_kind welfare in memberships.csv"
            yield body.wrong("welfare_seats", text, expected, "body_id", "warning")


BODY_RULES = (meetings, paper_ways, members, welfare_seats)
