with

interventions as (
    select * from {{ ref('stg_register__interventions') }}
),

milestones as (
    select
        intervention_id,
        count(*) filter (where status in ('done', 'missed')) as n_due,
        count(*) filter (where status = 'done' and not is_late) as n_on_time
    from {{ ref('fct_milestone') }}
    group by intervention_id
),

-- Planned and actual of the same years: a year of which nothing is booked yet is no year of thrift.
spent as (
    select
        intervention_id,
        sum(budget_planned) filter (where budget_actual is not null) as budget_planned,
        sum(budget_actual) as budget_actual,
        sum(cost_actual) as cost_actual,
        bool_or(has_unpriced_resources) as has_unpriced_resources,
        max(year) filter (where budget_actual is not null) as booked_until
    from {{ ref('int_interventions__spent') }}
    group by intervention_id
),

outputs as (
    select
        intervention_id,
        count(*) as n_outputs,
        count(*) filter (where actual_share is not null) as n_outputs_reported,
        count(*) filter (where actual_share >= 1) as n_outputs_reached
    from {{ ref('fct_logic_node') }}
    where level = 'output'
    group by intervention_id
),

states as (
    select * from {{ ref('int_register__states') }}
)

select
    interventions.intervention_id,
    'nominal' as price_basis,
    interventions.file_name,
    cast(spent.booked_until as integer) as booked_until,
    cast(coalesce(milestones.n_due, 0) as integer) as n_milestones_due,
    cast(coalesce(milestones.n_on_time, 0) as integer) as n_milestones_on_time,
    {{ round_significant('(cast(milestones.n_on_time as double) / nullif(milestones.n_due, 0))') }}
        as milestones_on_time_share,
    spent.budget_planned,
    spent.budget_actual,
    {{ round_significant('(100 * spent.budget_actual / nullif(spent.budget_planned, 0))') }} as budget_use_pct,
    spent.cost_actual,
    cast(coalesce(outputs.n_outputs, 0) as integer) as n_outputs,
    cast(coalesce(outputs.n_outputs_reported, 0) as integer) as n_outputs_reported,
    cast(coalesce(outputs.n_outputs_reached, 0) as integer) as n_outputs_reached,
    cast(interventions.expected_reach as integer) as expected_reach,
    cast(interventions.reached as integer) as reached,
    {{ round_significant('(cast(interventions.reached as double) / nullif(interventions.expected_reach, 0))') }}
        as reach_share,
    {{ round_significant(unit_cost('spent.cost_actual', 'interventions.reached')) }} as cost_per_person_reached,
    interventions.row_number,
    coalesce(spent.has_unpriced_resources, false) as has_unpriced_resources,
    coalesce(states.is_public, false) as is_public
from interventions
left join states on states.entity = 'intervention' and interventions.intervention_id = states.entity_id
left join milestones on interventions.intervention_id = milestones.intervention_id
left join spent on interventions.intervention_id = spent.intervention_id
left join outputs on interventions.intervention_id = outputs.intervention_id
