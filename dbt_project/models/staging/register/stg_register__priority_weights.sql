with

priority_weights as (
    select * from {{ source('register', 'priority_weights') }}
)

select
    weighting_id,
    component,
    service_type,
    level,
    {{ filled('indicator_id') }} as indicator_id,
    author_office,
    decision_id,
    file_name,
    {{ number('weight') }} as weight,
    cast(row_number as bigint) as row_number,
    {{ day('dated_on') }} as dated_on
from priority_weights
