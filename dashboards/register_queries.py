"""The planning register: select, filter and order on its published tables.

Lives here: one typed function per question; values are bound, table names are literals. Must not live here:
arithmetic on values, wording, formatting, anything of Streamlit.
"""

from __future__ import annotations

from dashboards.need_records import Intervention, LogicNode, Milestone, Need, Resource
from dashboards.register_records import Challenge, Decision, Edge, Goal, Item, StatusEvent, Strategy, Target
from dashboards.release import Release
from dashboards.typed import typed

# Kinds in the order of the planning cycle; each part names what its page needs to show the item.
ITEMS = """
    select 1 as step, 'finding' as kind, finding_id as item_id, title_de, cast(null as varchar) as title_en,
        state_of_evaluation as state, area_id, indicator_id, period_id, kind = 'evaluation' as is_evaluation,
        cast(null as varchar) as category, file_name, row_number
    from sozialraum.main.dim_finding
    union all
    select 2, 'challenge', challenge_id, title_de, title_en, state, null, null, null, false, null, file_name,
        row_number
    from sozialraum.main.dim_challenge
    union all
    select 3, 'framework', framework_id, name_de, name_en, null, null, null, null, false, null, file_name,
        row_number
    from sozialraum.main.dim_framework
    union all
    select 4, 'goal', goal_id, title_de, title_en, state, null, null, null, false, null, file_name,
        row_number
    from sozialraum.main.dim_goal
    union all
    select 5, 'strategy', strategy_id, title_de, title_en, state, null, null, null, false, null, file_name,
        row_number
    from sozialraum.main.dim_strategy
    union all
    select 6, 'target', t.target_id, coalesce(t.milestone_de, i.name_de),
        case when t.milestone_de is null then i.name_en end, null, t.area_id, t.indicator_id,
        t.baseline_period_id, false, null, t.file_name,
        t.row_number
    from sozialraum.main.dim_target t
    left join sozialraum.main.dim_indicator i on i.indicator_id = t.indicator_id
    union all
    select 7, 'standard', d.standard_id, s.name_de, s.name_en, null, null, null, null, false, null,
        d.file_name,
        d.row_number
    from sozialraum.main.dim_standard d
    left join sozialraum.main.dim_service_type s on s.service_type = d.service_type
    union all
    select 8, 'need', need_id, title_de, title_en, state, area_id, null, null, false, category, file_name,
        row_number
    from sozialraum.main.dim_need
    union all
    select 9, 'intervention', intervention_id, title_de, title_en, state, null, null, null, false, null,
        file_name,
        row_number
    from sozialraum.main.dim_intervention
    union all
    select 10, 'evaluation', evaluation_id, title_de, null, state, null, null, null, true, null, file_name,
        row_number
    from sozialraum.main.dim_evaluation
    union all
    select 11, 'followup', followup_id, action_de, null, state, null, null, null, true, null, file_name,
        row_number
    from sozialraum.main.fct_followup
"""
NEEDED = (
    "dim_finding",
    "dim_goal",
    "dim_need",
    "dim_evaluation",
    "dim_decision",
    "dim_service_type",
    "fct_lineage",
    "fct_observation_source",
)


def has_register(release: Release) -> bool:
    """Whether the release was published by a product that knows the register."""
    sql = "select table_name from information_schema.tables where table_catalog = 'sozialraum'"
    return set(NEEDED) <= {row["table_name"] for row in release.rows(sql)}


def items(release: Release) -> list[Item]:
    """All entries of the register in the order of the cycle; none where the release does not know the
    register.
    """
    if not has_register(release):
        return []
    return typed(Item, release.rows(f"select * from ({ITEMS}) order by step, item_id"))


def basis(release: Release, kind: str, item_id: str) -> list[Edge]:
    """What an item or a figure rests on."""
    sql = """
        select * from sozialraum.main.fct_lineage where to_kind = ? and to_id = ? and from_kind <> 'decision'
        order by decided_release nulls first, from_kind, from_id
    """
    return typed(Edge, release.rows(sql, [kind, item_id]))


def consequences(release: Release, kind: str, item_id: str) -> list[Edge]:
    """What rests on an item or a figure."""
    sql = """
        select * from sozialraum.main.fct_lineage where from_kind = ? and from_id = ?
        order by decided_release nulls first, to_kind, to_id
    """
    return typed(Edge, release.rows(sql, [kind, item_id]))


def related(release: Release, item_id: str) -> list[str]:
    """Ids that hang together with an item, nearest first; forwards before backwards."""
    sql = """
        with recursive walked as (
            select ? as item_id, 0 as steps, 'both' as direction
            union
            select
                case when l.from_id = w.item_id then l.to_id else l.from_id end, w.steps + 1,
                case when l.from_id = w.item_id then 'forwards' else 'backwards' end
            from walked w
            join sozialraum.main.fct_lineage l
                on (l.from_id = w.item_id and w.direction in ('both', 'forwards'))
                or (l.to_id = w.item_id and w.direction in ('both', 'backwards'))
            where w.steps < 12
        )
        select item_id from walked
        group by item_id order by min(steps), min(direction) desc, item_id
    """
    return [row["item_id"] for row in release.rows(sql, [item_id])]


def decisions(release: Release) -> list[Decision]:
    """All decisions, newest first."""
    sql = "select * from sozialraum.main.dim_decision order by decided_on desc, decision_id"
    return typed(Decision, release.rows(sql))


def history(release: Release, kind: str, item_id: str) -> list[StatusEvent]:
    """The states an item went through."""
    sql = """
        select * from sozialraum.main.fct_status_event where entity = ? and entity_id = ?
        order by event_number
    """
    return typed(StatusEvent, release.rows(sql, [kind, item_id]))


def offices(release: Release) -> dict[str, tuple[str, str | None]]:
    """German and English names of offices by id."""
    rows = release.rows("select office_id, name_de, name_en from sozialraum.main.dim_office")
    return {row["office_id"]: (row["name_de"], row["name_en"]) for row in rows}


def challenges(release: Release) -> list[Challenge]:
    """Challenges by priority and rating."""
    sql = """
        select * from sozialraum.main.dim_challenge
        order by priority nulls last, rating desc nulls last, challenge_id
    """
    return typed(Challenge, release.rows(sql))


def goals(release: Release) -> list[Goal]:
    """Goals in the order of their tree."""
    return typed(Goal, release.rows("select * from sozialraum.main.dim_goal order by sort_path, goal_id"))


def strategies(release: Release) -> list[Strategy]:
    """All strategies."""
    return typed(Strategy, release.rows("select * from sozialraum.main.dim_strategy order by strategy_id"))


def targets(release: Release) -> list[Target]:
    """All targets by goal."""
    return typed(Target, release.rows("select * from sozialraum.main.dim_target order by goal_id, target_id"))


def needs(release: Release) -> list[Need]:
    """Needs, action requirements and wishes; accepted ones without an intervention first."""
    sql = """
        select * from sozialraum.main.dim_need
        order by is_without_intervention desc, category <> 'need', need_id
    """
    return typed(Need, release.rows(sql))


def interventions(release: Release) -> list[Intervention]:
    """Interventions, those with late milestones first."""
    sql = "select * from sozialraum.main.dim_intervention order by n_milestones_late desc, intervention_id"
    return typed(Intervention, release.rows(sql))


def resources(release: Release, intervention_id: str) -> list[Resource]:
    """Money and staff of an intervention by year."""
    sql = "select * from sozialraum.main.fct_resource where intervention_id = ? order by year, kind"
    return typed(Resource, release.rows(sql, [intervention_id]))


def logic_model(release: Release, intervention_id: str) -> list[LogicNode]:
    """The logic model from input to impact, each node with the nodes it leads to."""
    sql = """
        select n.*, (
            select array_agg(t.text_de order by t.node_id)
            from sozialraum.main.fct_logic_edge e
            join sozialraum.main.fct_logic_node t on t.node_id = e.to_node_id
            where e.from_node_id = n.node_id
        ) as leads_to
        from sozialraum.main.fct_logic_node n
        where n.intervention_id = ?
        order by list_position(['input', 'activity', 'output', 'outcome', 'impact'], n.level), n.node_id
    """
    return typed(LogicNode, release.rows(sql, [intervention_id]))


def milestones(release: Release, intervention_id: str) -> list[Milestone]:
    """Milestones, late ones first."""
    sql = """
        select * from sozialraum.main.fct_milestone where intervention_id = ?
        order by is_late desc, due_on, milestone_id
    """
    return typed(Milestone, release.rows(sql, [intervention_id]))
