with

logic_nodes as (
    select * from {{ source('register', 'logic_nodes') }}
)

select
    node_id,
    intervention_id,
    {{ filled('target_id') }} as target_id,
    {{ filled('period_id') }} as period_id,
    level,
    text_de,
    {{ filled('unit') }} as unit,
    file_name,
    {{ number('planned') }} as planned,
    {{ number('actual') }} as actual,
    cast(row_number as bigint) as row_number
from logic_nodes
