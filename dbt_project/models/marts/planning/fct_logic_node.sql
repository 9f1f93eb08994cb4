with

nodes as (
    select * from {{ ref('stg_register__logic_nodes') }}
),

spent as (
    select
        intervention_id,
        sum(cost_actual) as cost_actual
    from {{ ref('int_interventions__spent') }}
    group by intervention_id
),

states as (
    select * from {{ ref('int_register__states') }}
)

select
    nodes.node_id,
    nodes.intervention_id,
    nodes.level,
    nodes.text_de,
    nodes.target_id,
    nodes.unit,
    nodes.period_id,
    nodes.file_name,
    case
        when nodes.level <> 'output' then null
        when spent.cost_actual is null then {{ cost_wording("'costs'", 'de') }}
        when coalesce(nodes.actual, 0) <= 0 then {{ cost_wording("'nothing_reached'", 'de') }}
    end as cost_reason_de,
    case
        when nodes.level <> 'output' then null
        when spent.cost_actual is null then {{ cost_wording("'costs'", 'en') }}
        when coalesce(nodes.actual, 0) <= 0 then {{ cost_wording("'nothing_reached'", 'en') }}
    end as cost_reason_en,
    cast(nodes.planned as double) as planned,
    cast(nodes.actual as double) as actual,
    {{ round_significant('(cast(nodes.actual as double) / nullif(nodes.planned, 0))') }} as actual_share,
    case when nodes.level = 'output' then {{ round_significant(unit_cost('spent.cost_actual', 'nodes.actual')) }} end
        as cost_per_output,
    nodes.row_number,
    coalesce(states.is_public, false) as is_public
from nodes
left join spent on nodes.intervention_id = spent.intervention_id
left join states on states.entity = 'intervention' and nodes.intervention_id = states.entity_id
