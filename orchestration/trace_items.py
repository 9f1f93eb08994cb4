"""What can be traced by an id, and what the rows of the register name beside the thread of the lineage.

To make another kind of id traceable: its table in ITEMS or its key in NUMBERS, and the links that lead to it.

Lives here: which published tables hold which ids. Must not live here: links between numbers (trace_links.py)
and walking (tracing.py). A table that an older release does not hold is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MAIN = "sozialraum.main"
TOTAL = "total"
# Kind -> (table, column of its id).
ITEMS: dict[str, tuple[str, str]] = {
    "finding": ("dim_finding", "finding_id"),
    "challenge": ("dim_challenge", "challenge_id"),
    "framework": ("dim_framework", "framework_id"),
    "goal": ("dim_goal", "goal_id"),
    "strategy": ("dim_strategy", "strategy_id"),
    "target": ("dim_target", "target_id"),
    "standard": ("dim_standard", "standard_id"),
    "need": ("dim_need", "need_id"),
    "intervention": ("dim_intervention", "intervention_id"),
    "milestone": ("fct_milestone", "milestone_id"),
    "logic_node": ("fct_logic_node", "node_id"),
    "evaluation": ("dim_evaluation", "evaluation_id"),
    "outcome": ("fct_evaluation", "outcome_id"),
    "followup": ("fct_followup", "followup_id"),
    "decision": ("dim_decision", "decision_id"),
    "paper": ("dim_paper", "paper_id"),
    "meeting": ("dim_meeting", "meeting_id"),
    "membership": ("fct_membership", "membership_id"),
    "sector_plan": ("dim_sector_plan", "sector_plan_id"),
    "participation": ("fct_participation", "participation_id"),
    "commentary": ("fct_commentary", "commentary_id"),
    "body": ("dim_body", "body_id"),
    "office": ("dim_office", "office_id"),
    "offer": ("dim_offer", "offer_id"),
    "delivery": ("dim_delivery", "delivery_id"),
}
WITHOUT_PLACE = ("offer", "delivery")  # all other rows name their file and row
# Kind of number -> (table, its key in the order of the id). A breakdown other than the total comes last.
NUMBERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "indicator_value": ("fct_indicator_value", ("indicator_id", "area_id", "period_id", "breakdown_id")),
    "observation": ("fct_observation", ("variable_id", "area_id", "period_id", "breakdown_id")),
    "gap": ("fct_need_gap", ("service_type", "area_id", "inventory_period_id")),
    "target_attainment": ("fct_target_attainment", ("target_id", "period_id")),
    "index_value": ("fct_index_value", ("index_id", "edition", "area_id")),
    "coverage": ("fct_coverage", ("level", "living_condition", "life_phase")),
}


@dataclass(frozen=True)
class Link:
    """Rows of a table that link two kinds: SQL of both ids, of the rows meant, and of the place they name."""

    basis: str
    basis_id: str
    follower: str
    follower_id: str
    relation: str
    table: str
    where: str = "true"
    joined: str = ""
    place: str = "t.file_name, t.row_number"

    @property
    def sql(self) -> str:
        return f"""
            select distinct '{self.basis}', {self.basis_id}, '{self.follower}', {self.follower_id},
                '{self.relation}', cast(null as bigint), false, cast(null as varchar), {self.place}
            from {MAIN}.{self.table} as t {self.joined} where {self.where}
        """


def _office(kind: str, column: str, relation: str = "responsible_for") -> Link:
    table, key = ITEMS[kind]
    return Link("office", column, kind, f"t.{key}", relation, table)


# What the register's rows name beside the thread of the lineage.
DETAILS = (
    Link("paper", "t.paper_id", "decision", "t.decision_id", "leads_to", "dim_decision"),
    Link("body", "t.body_id", "decision", "t.decision_id", "takes", "dim_decision"),
    Link("body", "t.body_id", "meeting", "t.meeting_id", "holds", "dim_meeting"),
    Link("body", "t.body_id", "membership", "t.membership_id", "seats", "fct_membership"),
    Link("meeting", "t.meeting_id", "decision", "t.decision_id", "takes", "dim_decision"),
    Link("goal", "unnest(t.goal_ids)", "sector_plan", "t.sector_plan_id", "pursued_by", "dim_sector_plan"),
    Link(
        *("intervention", "unnest(t.intervention_ids)", "sector_plan", "t.sector_plan_id"),
        *("planned_by", "dim_sector_plan"),
    ),
    Link(
        *("participation", "t.participation_id", "challenge", "unnest(t.challenge_ids)"),
        *("leads_to", "fct_participation"),
    ),
    Link(
        *("participation", "t.participation_id", "need", "unnest(t.need_ids)"),
        *("leads_to", "fct_participation"),
    ),
    Link(
        *("goal", "t.subject_id", "commentary", "t.commentary_id", "read_by", "fct_commentary"),
        where="t.subject_kind = 'goal'",
    ),
    Link("decision", "t.decision_id", "followup", "t.followup_id", "decides", "fct_followup"),
    Link("decision", "t.decision_id", "standard", "t.standard_id", "decides", "dim_standard"),
    Link("challenge", "unnest(t.challenge_ids)", "strategy", "t.strategy_id", "addressed_by", "dim_strategy"),
    Link("goal", "unnest(t.goal_ids)", "intervention", "t.intervention_id", "pursued_by", "dim_intervention"),
    Link(
        *("goal", "t.scope_id", "evaluation", "t.evaluation_id", "evaluated_by", "dim_evaluation"),
        where="t.scope_kind = 'goal'",
    ),
    Link("intervention", "t.intervention_id", "milestone", "t.milestone_id", "planned_by", "fct_milestone"),
    Link("intervention", "t.intervention_id", "logic_node", "t.node_id", "explained_by", "fct_logic_node"),
    Link("target", "t.target_id", "logic_node", "t.node_id", "aimed_at_by", "fct_logic_node"),
    Link("evaluation", "t.evaluation_id", "outcome", "t.outcome_id", "measures", "fct_evaluation"),
    Link("target", "t.target_id", "outcome", "t.outcome_id", "measured_by", "fct_evaluation"),
    Link("outcome", "t.outcome_id", "finding", "t.finding_id", "concludes", "dim_finding"),
    Link("body", "t.focus_group_id", "strategy", "t.strategy_id", "advises", "dim_strategy"),
    _office("goal", "t.lead_office"),
    _office("goal", "unnest(t.co_offices)", "contributes_to"),
    _office("strategy", "t.lead_office"),
    _office("strategy", "unnest(t.co_offices)", "contributes_to"),
    _office("target", "t.responsible_office"),
    _office("need", "t.responsible_office"),
    _office("intervention", "t.lead_office"),
    _office("intervention", "unnest(t.co_offices)", "contributes_to"),
    _office("evaluation", "t.author_office"),
    _office("evaluation", "t.reviewer_office", "reviews"),
    _office("followup", "t.owner_office"),
    _office("paper", "t.office_id", "writes"),
    _office("sector_plan", "t.owner_office"),
    _office("commentary", "t.office_id", "writes"),
)


def tables_in(connection: DuckDBPyConnection) -> set[str]:
    """Names of the tables that the release holds."""
    found = connection.execute("select table_name from duckdb_tables() where database_name = 'sozialraum'")
    return {str(row[0]) for row in found.fetchall()}


def parts_of(kind: str, traced: str) -> list[str]:
    """The parts of the id of a number, with its breakdown; an id of the register is one part."""
    if kind not in NUMBERS:
        return [traced]
    parts = traced.split("@")
    key = NUMBERS[kind][1]
    return [*parts, TOTAL] if key[-1] == "breakdown_id" and len(parts) == len(key) - 1 else parts


def numbers_like(traced: str) -> Iterator[tuple[str, str, tuple[str, ...], list[str]]]:
    """(kind, table, key, parts) of each kind of number that the id could name by its shape."""
    for kind, (table, key) in NUMBERS.items():
        parts = parts_of(kind, traced)
        if len(parts) == len(key):
            yield kind, table, key, parts
