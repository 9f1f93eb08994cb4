with

resources as (
    select * from {{ source('register', 'resources') }}
)

select
    intervention_id,
    kind,
    unit,
    {{ filled('source_de') }} as source_de,
    file_name,
    {{ whole('year') }} as year,
    {{ number('planned') }} as planned,
    {{ number('approved') }} as approved,
    {{ number('actual') }} as actual,
    cast(row_number as bigint) as row_number
from resources
