with

resources as (
    select * from {{ ref('stg_register__resources') }}
),

states as (
    select * from {{ ref('int_register__states') }}
)

select
    resources.intervention_id,
    resources.kind,
    resources.unit,
    resources.source_de,
    resources.file_name,
    cast(resources.year as integer) as year,
    cast(resources.planned as double) as planned,
    cast(resources.approved as double) as approved,
    cast(resources.actual as double) as actual,
    resources.row_number,
    coalesce(states.is_public, false) as is_public
from resources
left join states on states.entity = 'intervention' and resources.intervention_id = states.entity_id
