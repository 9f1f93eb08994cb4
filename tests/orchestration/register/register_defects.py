"""The defects of the planning register, one for each rule and more where a rule has several sides.

Lives here: edits of the clean register, with the place where the finding must point. Must not live here: the
tests (test_register_rules.py).
"""

from __future__ import annotations

from clean_register import POVERTY, Planning
from defect import Defect, cell, edited
from register_defects_bodies import BODY_DEFECTS

CELLS: list[Defect] = [
    cell("offices", "jugend", "required", name_de=""),
    cell("strategies", "S-1", "required", goal_ids=""),
    cell("standards", "R-2", "required", source_de=""),
    cell("standards", "R-1", "required", valid_from=""),
    cell("papers", "P-1", "unknown_word", kind="Vorlage"),
    cell("evaluation_findings", "EB-1", "unknown_word", deviation_reasons="process.money"),
    cell("milestones", "MS-1", "not_a_date", due_on="30.06.2022"),
    cell("resources", "M-1:2022", "not_a_number", actual="95.000,50"),
    cell("decisions", "D-H1", "not_an_integer", votes_yes="-1"),
    cell("decisions", "D-H1", "not_a_boolean", is_public="ja"),
    cell("findings", "BF-1", "not_a_period", period_id="20"),
    edited("resources", "M-1:23", "not_a_year", lambda p: p.set("resources", "M-1:2023", year="23")),
    cell("decisions", "D-H1", "not_a_release", release="erste"),
    cell("decisions", "D-H1", "not_a_release", release="0"),
    cell("challenge_ratings", "H-1:STG:severity:politics", "out_of_bounds", score="6"),
    cell("challenge_ratings", "H-1:STG:severity:politics", "out_of_bounds", weight="0"),
    cell("standards", "R-2", "out_of_bounds", value_per_1000="0"),
    cell("standards", "R-1", "out_of_bounds", standard_size="0"),
    cell("goals", "Z-2", "text_too_short", title_de="Kurz"),
    cell("interventions", "M-1", "list_shape", providers="AWO | Caritas"),
    cell("interventions", "M-1", "list_doubled", providers="AWO|AWO"),
    edited(
        "papers",
        "P 1",
        "id_shape",
        lambda p: (
            p.set("papers", "P-1", paper_id="P 1")
            .set("decisions", "D-Z1A", paper_id="")
            .set("decisions", "D-Z2A", paper_id="")
            .drop("paper_steps", "P-1:1", "P-1:2")
        ),
    ),
    edited(
        "evaluation_findings",
        "EB-2",
        "duplicate_key",
        lambda p: p.set("findings", "BF-2", finding_id="EB-2").set("challenges", "H-1", finding_ids="BF-1"),
    ),
]

REFERENCES: list[Defect] = [
    cell("goals", "Z-2", "unknown_reference", lead_office="jugned"),
    cell("goals", "Z-2", "unknown_reference", area_ids="sozialraum-1"),
    cell("findings", "BF-2", "unknown_reference", indicator_id="kinderarmut"),
    edited(
        "decisions",
        "D-R1",
        "unknown_reference",
        lambda p: p.set("decisions", "D-R1", subject_id="R-9").set(
            "standards", "R-1", kind="law", decision_id=""
        ),
    ),
    edited(
        "status_events",
        "Z-9:draft",
        "unknown_reference",
        lambda p: p.add("status_events", "goal;Z-9;;draft;2021-01-01;x;;"),
    ),
    cell("followups", "F-1", "unknown_reference", creates_id="H-9"),
    cell("followups", "F-1", "half_reference", creates_id=""),
    cell("strategies", "S-1", "wrong_body_kind", focus_group_id="STG"),
]

PRIORITIES: list[Defect] = [
    cell("priority_weights", "PG-1:need_intensity", "priority_weights_sum", weight="0.597"),
    cell("priority_weights", "PG-1:need_intensity", "priority_indicator", indicator_id=""),
    edited(
        "priority_weights",
        "PG-1:need_intensity",
        "priority_indicator",
        lambda p: p.set("priority_weights", "PG-1:supply_gap", component="trend").set(
            "priority_weights", "PG-1:trend", indicator_id="hze_rate_under_21"
        ),
    ),
    cell("priority_weights", "PG-1:supply_gap", "priority_weights_mixed", service_type="schule"),
    cell("priority_weights", "PG-1:supply_gap", "priority_weights_mixed", dated_on="2021-04-16"),
    edited(
        "priority_weights",
        "PG-1:need_intensity",
        "priority_level",
        lambda p: (
            p.set("priority_weights", "PG-1:need_intensity", level="block")
            .set("priority_weights", "PG-1:supply_gap", level="block")
            .drop("priority_overrides", "PG-1:stadtteil-101")
        ),
    ),
    edited(
        "priority_overrides",
        "PG-1:stadtteil-101",
        "priority_without_decision",
        lambda p: p.set("priority_overrides", "PG-1:stadtteil-101", decision_id="D-R1"),
    ),
    cell("priority_weights", "PG-1:supply_gap", "required", decision_id=""),
    cell("priority_overrides", "PG-1:stadtteil-101", "required", decision_id=""),
    cell("priority_overrides", "PG-1:stadtteil-101", "text_too_short", reason_de="Darum."),
    edited(
        "priority_overrides",
        "PG-1:sozialraum-01",
        "priority_override_level",
        lambda p: p.set("priority_overrides", "PG-1:stadtteil-101", area_id="sozialraum-01"),
    ),
    edited(
        "priority_weights",
        "PG-1:urgency",
        "unknown_word",
        lambda p: p.set("priority_weights", "PG-1:supply_gap", component="urgency"),
    ),
]

STATES: list[Defect] = [
    edited(
        "status_events",
        "M-2:ideas",
        "unknown_state",
        lambda p: p.set("status_events", "M-2:idea", to_state="ideas"),
    ),
    cell("status_events", "M-2:idea", "first_event", from_state="idea"),
    edited(
        "status_events",
        "B-3:under_review",
        "first_event",
        lambda p: p.set("status_events", "B-3:wish", to_state="under_review"),
    ),
    cell("status_events", "S-1:running", "state_path", from_state="advised"),
    edited(
        "status_events",
        "B-3:ready_for_conference",
        "state_path",
        lambda p: p.add("status_events", "need;B-3;wish;ready_for_conference;2022-03-01;x;;").set(
            "needs",
            "B-3",
            stock_check_de="Keines",
            inventory_as_of="2022-02-01",
            qualitative_reason_de="x",
            goal_ids="Z-2",
        ),
    ),
    edited(
        "status_events",
        "B-2:withdrawn",
        "state_path",
        lambda p: p.add("status_events", "need;B-2;rejected;withdrawn;2022-04-01;x;;"),
    ),
    cell("status_events", "F-1:agreed", "event_order", at="2024-06-01"),
    edited("interventions", "M-2", "item_without_event", lambda p: p.drop("status_events", "M-2:idea")),
]

AUTHORITY: list[Defect] = [
    cell("status_events", "Z-2:adopted", "decision_missing", decision_id=""),
    cell("status_events", "Z-2:adopted", "decision_of_other_item", decision_id="D-Z1A"),
    edited(
        "status_events",
        "Z-2:adopted",
        "decision_result",
        lambda p: p.set("decisions", "D-Z2A", result="deferred"),
    ),
    edited(
        "status_events",
        "H-1:prioritised",
        "decision_result",
        lambda p: p.set("decisions", "D-H1", result="rejected"),
    ),
    edited(
        "status_events",
        "Z-2:adopted",
        "decision_after_event",
        lambda p: p.set("decisions", "D-Z2A", decided_on="2021-09-02"),
    ),
    edited(
        "status_events",
        "Z-2:adopted",
        "decision_by_wrong_body",
        lambda p: p.set("decisions", "D-Z2A", body_id="STG"),
    ),
    edited(
        "status_events",
        "S-1:advised",
        "decision_by_wrong_body",
        lambda p: p.set("decisions", "D-S1R", body_id="FG-1"),
    ),
    # The need of a Stadtteil inside a Sozialraum belongs to its conference, not to the council.
    edited(
        "status_events",
        "B-1:accepted",
        "decision_by_wrong_body",
        lambda p: p.set("decisions", "D-B1", body_id="RAT"),
    ),
    edited(
        "status_events",
        "B-2:rejected",
        "decision_by_wrong_body",
        lambda p: p.set("decisions", "D-B2", body_id="RAT"),
    ),
    edited(
        "status_events",
        "B-1:met",
        "decision_by_wrong_body",
        lambda p: p.set("decisions", "D-B1M", body_id="SEN"),
    ),
    # A fifth of the Stadtteil lies in the Sozialraum: that makes nobody responsible for its children.
    edited(
        "status_events",
        "B-2:rejected",
        "need_without_accepting_body",
        lambda p: p.set("needs", "B-2", area_id="stadtteil-103"),
    ),
    # The conference was responsible for its area again only after it had decided.
    edited(
        "status_events",
        "B-1:accepted",
        "need_without_accepting_body",
        lambda p: (
            p.set("acceptance_bodies", "sozialraum-01", valid_to="2022-02-01")
            .add("acceptance_bodies", "sozialraum-01;;SRK-01;2024-01-01;;")
            .drop("status_events", "B-2:rejected", "B-2:ready_for_conference", "B-2:under_review")
            .set("status_events", "B-2:raised", at="2024-02-01")
        ),
    ),
    edited(
        "decisions",
        "D-R1",
        "decision_in_future",
        lambda p: p.set("decisions", "D-R1", decided_on="2999-01-01"),
    ),
    cell("status_events", "H-2:draft", "event_in_future", at="2999-01-01"),
    edited(
        "decisions", "D-S1R", "body_not_in_office", lambda p: p.set("bodies", "STG", valid_to="2021-10-01")
    ),
]

STEERING: list[Defect] = [
    cell("frameworks", "KP", "validity", valid_from="2030-01-01", valid_to="2020-01-01"),
    cell("findings", "BF-2", "quoted_without_value", quoted_value=""),
    cell("findings", "BF-1", "value_twice", quoted_value="30"),
    cell("challenges", "H-2", "priority_without_decision", priority="B"),
    edited(
        "challenges",
        "H-1",
        "challenge_without_goal",
        lambda p: p.set("goals", "Z-1", challenge_ids="H-2").set("goals", "Z-2", challenge_ids="H-2"),
    ),
    edited(
        "status_events", "B-2:rejected", "reason_missing", lambda p: p.set("decisions", "D-B2", note_de="")
    ),
    cell("goals", "Z-2", "goal_without_framework", framework_ids=""),
    cell("goals", "Z-2", "goal_without_lead", lead_office=""),
    cell("goals", "Z-2", "goal_without_challenge", challenge_ids=""),
    cell("goals", "Z-2", "goal_scope", target_groups="", scope_kind="area_and_group"),
    cell("standards", "R-1", "standard_without_decision", decision_id=""),
    cell("standards", "R-1", "standard_without_decision", decision_id="D-S1A"),
    cell("standards", "R-2", "standard_overlap", valid_from="2023-12-30"),
]

TARGETS: list[Defect] = [
    cell("targets", "ZW-1", "target_without_baseline", baseline_value=""),
    cell("targets", "ZW-1", "target_without_baseline", baseline_release=""),
    cell("targets", "ZW-1", "target_without_value", target_value=""),
    cell("targets", "ZW-3", "target_year", target_year="2020"),
    cell("targets", "ZW-1", "target_breakdown_unsupported", breakdown_id="sex=f"),
    cell("targets", "ZW-1", "unknown_word", progress_method="growth"),
    cell("targets", "ZW-2", "target_path", target_value="0", progress_method=""),
    cell("targets", "ZW-4", "target_path", interim=""),
    cell("targets", "ZW-4", "target_without_baseline", baseline_period_id=""),
    cell("targets", "ZW-4", "target_without_value", target_value=""),
    cell("targets", "ZW-5", "target_without_value", relative_change=""),
    cell("targets", "ZW-6", "target_without_value", target_lo=""),
    cell("targets", "ZW-6", "target_without_value", target_hi=""),
    cell("targets", "ZW-7", "target_without_value", milestone_de=""),
    cell("targets", "ZW-1", "target_of_other_type", relative_change="-20"),
    cell("targets", "ZW-7", "target_of_other_type", target_value="1"),
    cell("targets", "ZW-1", "target_of_other_type", done_on="2024-05-01"),
    cell("targets", "ZW-5", "target_without_indicator", indicator_id=""),
    cell("targets", "ZW-6", "target_range", target_lo="38"),
    cell("targets", "ZW-1", "target_partly_from", partly_from="1"),
    cell("targets", "ZW-1", "out_of_bounds", partly_from="0"),
    cell("targets", "ZW-1", "out_of_bounds", tolerance="-1"),
    cell("targets", "ZW-1", "target_interim", interim="2022:36"),
    cell("targets", "ZW-1", "target_interim", interim="2022=36,5"),
    cell("targets", "ZW-1", "target_interim", interim="2024=36|2022=33.5"),
    cell("targets", "ZW-1", "target_interim", interim="2022=36|2022=33.5"),
    cell("targets", "ZW-1", "target_interim", interim="2020=38|2024=33.5"),
    cell("targets", "ZW-1", "target_interim", interim="2022=36|2026=33.5"),
    cell(
        "targets", "ZW-2", "target_method", baseline_value="0", path="linear", direction_override_reason="x"
    ),
    cell("targets", "ZW-3", "target_method", progress_method="sustainability"),
    cell("targets", "ZW-6", "target_method", progress_method="cagr"),
    cell("targets", "ZW-7", "target_method", progress_method="linear"),
    cell("targets", "ZW-4", "target_gap", target_value="-17", direction_override_reason="x"),
    cell("targets", "ZW-4", "target_gap", area_id="stadt-0"),
    cell("targets", "ZW-3", "target_direction", target_value="20"),
    cell("targets", "ZW-4", "target_direction", target_value="-12", baseline_value="-20"),
    cell("targets", "ZW-5", "target_direction", relative_change="20"),
    cell("targets", "ZW-1", "target_direction", target_value="45"),
    cell("targets", "ZW-2", "target_direction", target_value="45"),
    cell("targets", "ZW-1", "target_direction", target_value="38.5"),
    cell("targets", "ZW-2", "target_polarity", polarity=""),
    cell("targets", "ZW-1", "target_polarity", polarity="higher_better"),
    cell("targets", "ZW-2", "target_not_measured", area_id="stadtteil-101"),
    cell(
        "targets",
        "ZW-2",
        "target_doubled",
        indicator_id="child_poverty_sgb2_under_15",
        area_id="sozialraum-01",
        breakdown_id="total",
    ),
]

NEEDS: list[Defect] = [
    cell("decisions", "D-B1", "need_decided_before_raised", decided_on="2022-01-09"),
    cell("needs", "B-1", "need_raised_after_event", raised_on="2022-01-11"),
    cell("needs", "B-1", "quantity_incomplete", quantity_unit=""),
    cell("needs", "B-1", "quantity_incomplete", quantity_release=""),
    cell("needs", "B-2", "need_without_stock_check", stock_check_de=""),
    cell("needs", "B-2", "need_without_inventory_date", inventory_as_of=""),
    cell("needs", "B-2", "need_without_evidence", qualitative_reason_de=""),
    cell("needs", "B-2", "need_without_goal", goal_ids=""),
    cell("needs", "B-1", "need_without_office", responsible_office=""),
    cell("needs", "B-1", "need_without_review_date", review_on=""),
    edited(
        "needs",
        "B-1",
        "need_without_intervention",
        lambda p: p.set("status_events", "B-1:planned", at="2022-03-31"),
    ),
    edited(
        "needs",
        "B-1",
        "need_met_without_finding",
        lambda p: (
            p.set("evaluations", "E-1", scope_kind="cycle", scope_id="A")
            .end("M-1:running")
            .set("resources", "M-1", actual="")
        ),
    ),
]

INTERVENTIONS: list[Defect] = [
    cell("interventions", "M-2", "intervention_without_need", mandate_reason_de=""),
    cell("interventions", "M-1", "intervention_need_not_accepted", need_ids="B-1|B-2"),
    cell("interventions", "M-1", "intervention_before_decision", starts_on="2022-02-28"),
    cell("interventions", "M-2", "intervention_dates", starts_on="2022-06-01", ends_on="2022-05-31"),
    cell("interventions", "M-1", "intervention_runs_early", starts_on="2022-06-02"),
    cell("interventions", "M-1", "intervention_without_start", starts_on=""),
    cell("interventions", "M-1", "intervention_without_strategy", strategy_id=""),
    edited("interventions", "M-1", "logic_model_incomplete", lambda p: p.drop("logic_nodes", "W-2")),
    cell("logic_nodes", "W-4", "outcome_without_target", target_id=""),
    edited(
        "logic_edges",
        "W-3",
        "logic_edge_across",
        lambda p: p.add("logic_nodes", "W-9;M-2;impact;x;;;;;").set("logic_edges", "W-3", to_node_id="W-9"),
    ),
    edited(
        "interventions",
        "M-1",
        "intervention_without_resources",
        lambda p: p.set("resources", "M-1:2022", approved=""),
    ),
    edited(
        "interventions",
        "M-1",
        "intervention_without_actuals",
        lambda p: p.set("resources", "M-1:2022", actual=""),
    ),
    edited(
        "interventions",
        "M-1",
        "intervention_not_evaluated",
        lambda p: p.set("status_events", "M-1:evaluated", at="2024-05-31"),
    ),
    cell("milestones", "MS-1", "milestone_done", done_on=""),
    cell("milestones", "MS-2", "milestone_done", done_on="2023-07-01"),
]

EVALUATIONS: list[Defect] = [
    cell("evaluations", "E-1", "evaluation_without_frozen_release", release=""),
    cell("evaluations", "E-1", "evaluation_without_frozen_release", release="quoted"),
    cell("evaluations", "E-1", "evaluation_four_eyes", reviewer_office="soziales"),
    cell("evaluations", "E-1", "evaluation_without_reviewer", reviewer_office=""),
    cell("evaluations", "E-1", "evaluation_without_limitation", limitation_de=""),
    cell("evaluations", "E-1", "evaluation_before_start", planned_on="2022-05-31"),
    cell("evaluation_outcomes", "EO-1", "outcome_of_other_target", area_id="stadt-0"),
    cell("evaluation_outcomes", "EO-1", "outcome_periods", followup_period_id="2018..2020"),
    cell("evaluation_outcomes", "EO-1", "outcome_without_figure", indicator_id=""),
    cell("evaluation_outcomes", "EO-1", "outcome_without_figure", followup_period_id=""),
    cell("evaluation_outcomes", "EO-2", "qualitative_without_text", text_de=""),
    cell("evaluation_outcomes", "EO-2", "qualitative_with_figure", baseline_period_id="2020"),
    cell("evaluation_outcomes", "EO-2", "qualitative_with_figure", target_id="ZW-1"),
    cell("evaluations", "E-1", "not_a_boolean", excludes_neighbours="ja"),
    cell("evaluation_findings", "EB-1", "deviation_without_reason", deviation_reasons=""),
    cell("evaluation_findings", "EB-2", "finding_without_followup", severity="2"),
    edited(
        "evaluation_findings",
        "EB-2",
        "finding_of_other_outcome",
        lambda p: (
            p.add("evaluations", "E-2;cycle;A;Zyklus;;2026-01-01;jugend;;;;")
            .add("status_events", "evaluation;E-2;;planned;2024-01-01;x;;")
            .set("evaluation_findings", "EB-2", evaluation_id="E-2")
        ),
    ),
    cell("followups", "F-1", "followup_without_owner", owner_office=""),
    cell("followups", "F-1", "followup_without_due_date", due_on=""),
    edited(
        "followups",
        "F-1",
        "followup_without_reason",
        lambda p: p.add("status_events", "followup;F-1;agreed;not_pursued;2024-12-01;x;;"),
    ),
]


def example_goal(planning: Planning, key: str = "Z-3", example: str = "true", parent: str = "") -> Planning:
    """Another goal, an example, of which nothing is decided."""
    said = "Ein Ziel zum Zeigen;;Es zeigt, wie ein Ziel aussieht.;income;city;;;jugend;soziales;H-1"
    planning.add("goals", f"{key};{parent};operational;KP;{said}").set("goals", key, example=example)
    return planning.add("status_events", f"goal;{key};;draft;2022-01-01;x;;")


def _recommended_example(planning: Planning) -> Planning:
    example_goal(planning).add("decisions", "D-E1;STG;2022-02-01;goal;Z-3;adopted;;;;;;;true")
    planning.add("status_events", "goal;Z-3;draft;proposed;2022-01-10;x;;")
    return planning.add("status_events", "goal;Z-3;proposed;recommended;2022-02-01;x;D-E1;")


EXAMPLES: list[Defect] = [
    edited("status_events", "Z-3:recommended", "example_state", _recommended_example),
    edited(
        "decisions",
        "D-E1",
        "example_decided",
        lambda p: example_goal(p).add("decisions", "D-E1;STG;2022-02-01;goal;Z-3;noted;;;;;;;true"),
    ),
    edited("goals", "Z-4", "rests_on_example", lambda p: example_goal(example_goal(p), "Z-4", "", "Z-3")),
    edited(
        "targets",
        "ZW-9",
        "rests_on_example",
        lambda p: example_goal(p).add(
            "targets",
            f"ZW-9;Z-3;{POVERTY};stadt-0;;reach;;2020;quoted;20;15;2026;linear;linear;jugend;",
        ),
    ),
    cell("targets", "ZW-1", "example_of_goal", example="true"),
]

DEFECTS = [
    *CELLS,
    *REFERENCES,
    *PRIORITIES,
    *STATES,
    *AUTHORITY,
    *STEERING,
    *TARGETS,
    *NEEDS,
    *INTERVENTIONS,
    *EVALUATIONS,
    *BODY_DEFECTS,
    *EXAMPLES,
]
