with

nodes as (
    select * from {{ ref('stg_register__logic_nodes') }}
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
    cast(nodes.planned as double) as planned,
    cast(nodes.actual as double) as actual,
    nodes.row_number,
    coalesce(states.is_public, false) as is_public
from nodes
left join states on states.entity = 'intervention' and nodes.intervention_id = states.entity_id
