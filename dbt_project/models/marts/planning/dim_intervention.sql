with

interventions as (
    select * from {{ ref('stg_register__interventions') }}
),

states as (
    select * from {{ ref('int_register__states') }}
),

milestones as (
    select
        intervention_id,
        count(*) as n_milestones,
        count(*) filter (where is_late) as n_milestones_late
    from {{ ref('fct_milestone') }}
    group by intervention_id
),

budgets as (
    select
        intervention_id,
        sum(planned) as budget_planned,
        sum(approved) as budget_approved,
        sum(actual) as budget_actual
    from {{ ref('stg_register__resources') }}
    where kind = 'budget'
    group by intervention_id
)

select
    interventions.intervention_id,
    {{ titled('interventions', 'intervention', 'de') }} as title_de,
    {{ titled('interventions', 'intervention', 'en') }} as title_en,
    interventions.strategy_id,
    interventions.lead_office,
    interventions.co_offices,
    interventions.providers,
    interventions.need_ids,
    interventions.mandate_reason_de,
    interventions.goal_ids,
    interventions.area_ids,
    interventions.target_groups,
    interventions.kind,
    states.state,
    states.approval_decision_id,
    interventions.file_name,
    cast(interventions.expected_reach as integer) as expected_reach,
    cast(coalesce(milestones.n_milestones, 0) as integer) as n_milestones,
    cast(coalesce(milestones.n_milestones_late, 0) as integer) as n_milestones_late,
    cast(budgets.budget_planned as double) as budget_planned,
    cast(budgets.budget_approved as double) as budget_approved,
    cast(budgets.budget_actual as double) as budget_actual,
    interventions.row_number,
    interventions.example as is_example,
    coalesce(states.is_public, false) as is_public,
    interventions.starts_on,
    interventions.ends_on
from interventions
left join states on states.entity = 'intervention' and interventions.intervention_id = states.entity_id
left join milestones on interventions.intervention_id = milestones.intervention_id
left join budgets on interventions.intervention_id = budgets.intervention_id
