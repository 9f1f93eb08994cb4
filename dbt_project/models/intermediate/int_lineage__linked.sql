{# Each entry: basis kind, id, follower kind, id, relation, table, condition, release, quoted, decision.
   To add a link between two kinds of items, add one entry. -#}
{% set links = [
    ('indicator_value', value_id('indicator_id', 'area_id', 'period_id'), 'finding', 'finding_id', 'shows', 'findings'),
    ('finding', 'unnest(finding_ids)', 'challenge', 'challenge_id', 'evidences', 'challenges'),
    ('challenge', 'unnest(challenge_ids)', 'goal', 'goal_id', 'addressed_by', 'goals'),
    ('framework', 'unnest(framework_ids)', 'goal', 'goal_id', 'refined_by', 'goals'),
    ('goal', 'parent_id', 'goal', 'goal_id', 'refined_by', 'goals'),
    ('goal', 'unnest(goal_ids)', 'strategy', 'strategy_id', 'pursued_by', 'strategies'),
    ('goal', 'goal_id', 'target', 'target_id', 'measured_by', 'targets'),
    ('indicator_value', value_id('indicator_id', 'area_id', 'baseline_period_id'), 'target', 'target_id', 'based_on', 'targets'),
    ('standard', 'standard_id', 'gap', 'gap_id', 'based_on', 'gaps'),
    ('gap', 'gap_id', 'need', 'need_id', 'evidences', 'need_gaps'),
    ('finding', 'unnest(finding_ids)', 'need', 'need_id', 'evidences', 'needs'),
    ('goal', 'unnest(goal_ids)', 'need', 'need_id', 'requires', 'needs'),
    ('need', 'unnest(need_ids)', 'intervention', 'intervention_id', 'answered_by', 'interventions'),
    ('strategy', 'strategy_id', 'intervention', 'intervention_id', 'carried_out_by', 'interventions'),
    ('intervention', 'intervention_id', 'evaluation', 'evaluation_id', 'evaluated_by', 'evaluated_interventions'),
    ('target', 'target_id', 'evaluation', 'evaluation_id', 'evaluated_by', 'evaluated_outcomes'),
    ('indicator_value', value_id('indicator_id', 'area_id', 'followup_period_id'), 'evaluation', 'evaluation_id', 'based_on', 'evaluated_outcomes'),
    ('evaluation', 'evaluation_id', 'finding', 'finding_id', 'concludes', 'concluded'),
    ('finding', 'finding_id', 'followup', 'followup_id', 'leads_to', 'followups'),
    ('followup', 'followup_id', 'creates_kind', 'creates_id', 'creates', 'creating'),
] -%}
with

findings as (
    select * from {{ ref('stg_register__findings') }}
),

challenges as (
    select * from {{ ref('stg_register__challenges') }}
),

goals as (
    select * from {{ ref('stg_register__goals') }}
),

strategies as (
    select * from {{ ref('stg_register__strategies') }}
),

targets as (
    select
        * exclude (baseline_release, baseline_is_quoted),
        baseline_release as release_number,
        baseline_is_quoted as is_quoted
    from {{ ref('stg_register__targets') }}
),

needs as (
    select
        * exclude (quantity_release, quantity_is_quoted),
        quantity_release as release_number,
        quantity_is_quoted as is_quoted
    from {{ ref('stg_register__needs') }}
),

interventions as (
    select * from {{ ref('stg_register__interventions') }}
),

evaluations as (
    select * from {{ ref('stg_register__evaluations') }}
),

outcomes as (
    select * from {{ ref('stg_register__evaluation_outcomes') }}
),

evaluation_findings as (
    select * from {{ ref('stg_register__evaluation_findings') }}
),

followups as (
    select * from {{ ref('stg_register__followups') }}
),

standards as (
    select * from {{ ref('stg_register__standards') }}
),

decisions as (
    select * from {{ ref('stg_register__decisions') }}
),

supplied as (
    select
        *,
        {{ value_id('service_type', 'area_id', 'inventory_period_id') }} as gap_id
    from {{ ref('int_inventory__supplied') }}
),

-- Which computed gap a need stands beside: its service, its group, its very area.
need_gaps as (
    select
        needs.*,
        supplied.gap_id
    from needs
    inner join supplied
        on
            needs.service_type = supplied.service_type
            and needs.target_group = supplied.target_group
            and needs.area_id = supplied.area_id
),

gaps as (
    select distinct
        standards.standard_id,
        need_gaps.gap_id,
        standards.file_name,
        standards.row_number
    from need_gaps
    inner join standards
        on need_gaps.service_type = standards.service_type and need_gaps.target_group = standards.target_group
),

evaluated_interventions as (
    select
        *,
        scope_id as intervention_id
    from evaluations
    where scope_kind = 'intervention'
),

evaluated_outcomes as (
    select
        outcomes.*,
        evaluations.release_number,
        evaluations.is_quoted
    from outcomes
    inner join evaluations on outcomes.evaluation_id = evaluations.evaluation_id
),

concluded as (
    select
        evaluation_findings.*,
        evaluations.release_number,
        evaluations.is_quoted
    from evaluation_findings
    inner join evaluations on evaluation_findings.evaluation_id = evaluations.evaluation_id
),

creating as (
    select * from followups
    where creates_id is not null
),

linked as (
    {% for from_kind, from_id, to_kind, to_id, relation, relation_table in links -%}
    select
        '{{ from_kind }}' as from_kind,
        {{ from_id }} as from_id,
        {{ to_kind if to_kind == 'creates_kind' else "'" ~ to_kind ~ "'" }} as to_kind,
        {{ to_id }} as to_id,
        '{{ relation }}' as relation,
        {{ 'decision_id' if relation_table in ['followups', 'creating'] else 'cast(null as varchar)' }} as decision_id,
        file_name,
        {{ 'release_number' if relation_table in [
            'findings', 'targets', 'needs', 'need_gaps', 'evaluated_interventions', 'evaluated_outcomes', 'concluded'
        ] else 'cast(null as bigint)' }} as release_number,
        {{ 'is_quoted' if relation_table in [
            'findings', 'targets', 'needs', 'need_gaps', 'evaluated_interventions', 'evaluated_outcomes', 'concluded'
        ] else 'cast(null as boolean)' }} as is_quoted,
        row_number
    from {{ relation_table }}
    union all by name
    {% endfor -%}
    select
        'decision' as from_kind,
        decision_id as from_id,
        subject_kind as to_kind,
        subject_id as to_id,
        'decides' as relation,
        decision_id,
        file_name,
        release_number,
        is_quoted,
        row_number
    from decisions
    where subject_kind <> 'priority'  -- weights are no item of the cycle
),

-- The decision that settled what follows belongs to every link that leads to it.
settled as (
    select
        subject_kind,
        subject_id,
        arg_max(decision_id, (decided_on, decision_id)) as decision_id
    from decisions
    where result not in ('rejected', 'returned', 'deferred') or subject_kind = 'need'
    group by subject_kind, subject_id
),

distinct_links as (
    select
        linked.from_kind,
        linked.from_id,
        linked.to_kind,
        linked.to_id,
        linked.relation,
        min(coalesce(linked.decision_id, settled.decision_id)) as decision_id,
        min(linked.file_name) as file_name,
        max(linked.release_number) as release_number,
        coalesce(bool_or(linked.is_quoted), false) as is_quoted,
        min(linked.row_number) as row_number
    from linked
    left join settled on linked.to_kind = settled.subject_kind and linked.to_id = settled.subject_id
    where linked.from_id is not null and linked.to_id is not null
    group by linked.from_kind, linked.from_id, linked.to_kind, linked.to_id, linked.relation
)

-- The release of a link is that of the figures it names itself, else that of the decision.
select
    links.from_kind,
    links.from_id,
    links.to_kind,
    links.to_id,
    links.relation,
    links.decision_id,
    links.file_name,
    case
        when links.release_number is not null then links.release_number
        when not links.is_quoted then decisions.release_number
    end as decided_release,
    links.is_quoted or (links.release_number is null and coalesce(decisions.is_quoted, false)) as is_quoted,
    links.row_number
from distinct_links as links
left join decisions on links.decision_id = decisions.decision_id
