"""What a public file may hold of the planning register, written down a second time on purpose.

Lives here: one condition a table that no public row may fulfil. Must not live here: code shared with the
build (building.py) or the models (macros/platform/planning.sql), which decide what becomes public.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from orchestration.release.content import quoted

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_EVALUATIONS = "evaluation_id not in (select evaluation_id from sozialraum.main.dim_evaluation)"
_INTERVENTIONS = "intervention_id not in (select intervention_id from sozialraum.main.dim_intervention)"
_UNKNOWN_GOAL = "not in (select goal_id from sozialraum.main.dim_goal)"
_GOALS = f"goal_id {_UNKNOWN_GOAL}"
_KNOWN = {
    "goal": "goal_id",
    "strategy": "strategy_id",
    "target": "target_id",
    "need": "need_id",
    "intervention": "intervention_id",
    "evaluation": "evaluation_id",
    "finding": "finding_id",
    "followup": "followup_id",
    "decision": "decision_id",
}
_FOLLOWUPS = "sozialraum.main.fct_followup"
_FINDINGS = "finding_id not in (select finding_id from sozialraum.main.dim_finding)"
_NEVER_ADOPTED = "(state = 'withdrawn' and adoption_decision_id is null)"
_NEEDS = "subject_id not in (select need_id from sozialraum.main.dim_need)"


def _some(kind: str) -> str:
    """A list of ids that names an item which the public file does not hold."""
    known = f"(select {kind}_id from sozialraum.main.dim_{kind})"
    return f"exists (select 1 from (select unnest({kind}_ids) as one) where one not in {known})"


# table -> what a row that must not be public looks like
FORBIDDEN: Mapping[str, str] = {
    "dim_challenge": "true",
    "fct_challenge_rating": "true",
    "dim_goal": f"state is null or state in ('draft', 'proposed', 'recommended') or {_NEVER_ADOPTED}",
    "dim_strategy": f"state is null or state in ('drafted', 'advised') or {_NEVER_ADOPTED}",
    "dim_target": _GOALS,
    "fct_target_attainment": _GOALS,
    "dim_need": "category <> 'need' or decision_result not in ('accepted', 'accepted_modified')",
    "dim_intervention": "state is null or state in ('idea', 'planned')",
    "fct_milestone": _INTERVENTIONS,
    "fct_resource": _INTERVENTIONS,
    "fct_intervention_delivery": _INTERVENTIONS,
    "fct_logic_node": _INTERVENTIONS,
    "fct_logic_edge": _INTERVENTIONS,
    "dim_evaluation": "state is null or state not in ('published', 'followed_up')",
    "fct_evaluation": _EVALUATIONS,
    "fct_evaluation_point": _EVALUATIONS,
    "fct_evaluation_comparison": _EVALUATIONS,
    "dim_finding": f"kind = 'analysis' or {_EVALUATIONS}",
    "fct_followup": f"state = 'open' or {_FINDINGS}",
    "fct_steering_report": "true",
    "dim_sector_plan": f"{_some('goal')} or {_some('intervention')}",
    "fct_participation": f"len(challenge_ids) > 0 or {_some('need')}",
    "fct_commentary": f"subject_kind = 'goal' and subject_id {_UNKNOWN_GOAL}",
    "fct_office_goal": _GOALS,
    "fct_paper_step": "paper_id not in (select paper_id from sozialraum.main.dim_paper)",
    "dim_decision": f"subject_kind = 'need' and {_NEEDS}",
    "fct_status_event": "to_state in ('draft', 'wish', 'raised', 'idea', 'drafted', 'rejected', 'returned')",
}


def _unknown_ends() -> str:
    """A link of the lineage with an end that the public file does not hold."""
    parts = ["'challenge' in (from_kind, to_kind)"]
    for kind, column in _KNOWN.items():
        table = _FOLLOWUPS if kind == "followup" else f"sozialraum.main.dim_{kind}"
        known = f"(select {column} from {table})"
        parts += [f"({end}_kind = '{kind}' and {end}_id not in {known})" for end in ("from", "to")]
    return " or ".join(parts)


def register_problems(connection: DuckDBPyConnection, tables: Mapping[str, object]) -> list[str]:
    """Sentences on rows of the register that must not be in a public file; only tables that are there."""
    problems = []
    for table, condition in {**FORBIDDEN, "fct_lineage": _unknown_ends()}.items():
        if table not in tables:
            continue
        row = connection.execute(
            f"select count(*) from sozialraum.main.{quoted(table)} where {condition}"
        ).fetchone()
        if row and row[0]:
            problems.append(
                f"The public file's {table} holds {row[0]} rows of the planning register that are not "
                "public. Nothing published."
            )
    return problems
