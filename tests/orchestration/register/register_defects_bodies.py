"""Defects of bodies at work and of what accompanies the cycle: one for each rule.

Lives here: edits of the clean register, as in register_defects.py. Must not live here: the tests
(test_register_rules.py).
"""

from __future__ import annotations

from defect import Defect, cell, edited

REFERENCES: list[Defect] = [
    cell("commentaries", "KO-2", "unknown_reference", subject_id="sozialraum-09"),
    cell("commentaries", "KO-1", "unknown_reference", subject_id="kinderarmut"),
    cell("commentaries", "KO-3", "unknown_reference", subject_id="Z-9"),
    cell("sector_plans", "FP-1", "unknown_reference", owner_office="jugned"),
    cell("steering_reports", "M-1", "unknown_word", light="orange"),
    cell("memberships", "MG-3", "out_of_bounds", seats="0"),
]

BODIES: list[Defect] = [
    edited(
        "meetings",
        "SI-1",
        "meeting_outside_body",
        lambda p: p.set("bodies", "STG", valid_to="2021-08-20").set(
            "decisions", "D-S1R", decided_on="2021-08-01"
        ),
    ),
    edited(
        "decisions",
        "D-Z1A",
        "meeting_of_other_body",
        lambda p: p.set("meetings", "SI-1", held_on="2021-09-01").set(
            "decisions", "D-Z1A", meeting_id="SI-1"
        ),
    ),
    cell("paper_steps", "P-1:1", "meeting_of_other_body", meeting_id="SI-2"),
    cell("decisions", "D-Z1A", "decision_not_in_meeting", decided_on="2021-08-31"),
    edited("paper_steps", "P-1:3", "step_position", lambda p: p.set("paper_steps", "P-1:2", position="3")),
    cell("paper_steps", "P-1:1", "step_without_day", meeting_id="", planned_on=""),
    edited(
        "paper_steps",
        "P-1:1",
        "step_before_paper",
        lambda p: p.set("meetings", "SI-1", held_on="2021-07-31"),
    ),
    edited("paper_steps", "P-1:2", "step_order", lambda p: p.set("meetings", "SI-1", held_on="2021-09-02")),
    edited(
        "paper_steps",
        "P-1:2",
        "step_order",
        lambda p: p.set("paper_steps", "P-1:1", result="open", meeting_id="", planned_on="2099-01-01").set(
            "paper_steps", "P-1:2", meeting_id="", planned_on="2099-02-01"
        ),
    ),
    edited(
        "decisions",
        "D-S1R",
        "decision_outside_way",
        lambda p: p.set("decisions", "D-S1R", paper_id="P-1").set(
            "paper_steps", "P-1:1", body_id="SEN", meeting_id=""
        ),
    ),
    edited(
        "paper_steps",
        "P-1:3",
        "paper_ends_elsewhere",
        lambda p: p.add("paper_steps", "P-1;3;STG;;2021-10-01;noted"),
    ),
    cell("memberships", "MG-1", "membership_outside_body", valid_from="2019-12-31"),
    cell("memberships", "MG-3", "invited_votes", is_voting="true"),
]

SEATS: list[Defect] = [
    edited(
        "elections",
        "SV-2",
        "election_without_votes",
        lambda p: p.add("elections", "SV-2;STG;Ratswahl 2014;2014-05-25;3;hare_niemeyer;;;;;2020-11-05"),
    ),
    edited(
        "elections",
        "SV-2",
        "election_overlap",
        lambda p: p.add("elections", "SV-2;STG;Nachwahl;2021-05-25;11;hare_niemeyer;;;;2021-06-01;").add(
            "election_votes", "SV-2;A;Partei A;100"
        ),
    ),
    cell("elections", "SV-1", "lot_not_fitting", lot_winner_ids="A"),
    cell("elections", "SV-1", "lot_not_fitting", lot_winner_ids="F|G"),
    edited("elections", "SV-1", "lot_not_due", lambda p: p.set("election_votes", "SV-1:G", votes="3")),
    cell("elections", "SV-1", "lot_incomplete", lot_witness_de=""),
    cell("elections", "SV-1", "lot_incomplete", lot_drawn_on=""),
    cell("elections", "SV-1", "lot_before_election", lot_drawn_on="2020-09-12"),
]

ACCOMPANYING: list[Defect] = [
    cell("participation_events", "BE-1", "participation_group_twice", groups_missed="parents|seniors"),
    cell("steering_reports", "M-1", "report_not_running", as_of="2022-05-31"),
    cell("steering_reports", "M-1", "light_without_reason", deviation_reasons=""),
    cell("commentaries", "KO-1", "commentary_subject", indicator_id="hze_rate_under_21"),
    cell("commentaries", "KO-2", "commentary_subject", area_id="stadt-0"),
    cell("commentaries", "KO-1", "commentary_before_period", period_id="2022"),
]

BODY_DEFECTS = [*REFERENCES, *BODIES, *SEATS, *ACCOMPANYING]

BODY_WEAKNESSES: list[tuple[Defect, str]] = [
    (cell("paper_steps", "P-1:2", "step_overdue", result="open"), "warning"),
    (
        edited("bodies", "STG", "welfare_seats", lambda p: p.set("memberships", "MG-1", seats="3")),
        "warning",
    ),
    (
        edited("elections", "SV-1", "party_seats", lambda p: p.set("memberships", "MG-2", seats="10")),
        "warning",
    ),
    (
        cell("elections", "SV-1", "lot_pending", lot_drawn_on="", lot_witness_de="", lot_winner_ids=""),
        "warning",
    ),
    (cell("sector_plans", "FP-1", "sector_plan_unlinked", goal_ids="", intervention_ids=""), "warning"),
    (
        cell("participation_events", "BE-1", "participation_without_result", challenge_ids="", need_ids=""),
        "warning",
    ),
    (cell("participation_events", "BE-1", "need_before_participation", held_on="2022-01-11"), "warning"),
]
