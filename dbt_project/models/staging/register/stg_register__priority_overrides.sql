with

priority_overrides as (
    select * from {{ source('register', 'priority_overrides') }}
)

select
    weighting_id,
    area_id,
    reason_de,
    decision_id,
    file_name,
    {{ whole('position') }} as position,
    cast(row_number as bigint) as row_number
from priority_overrides
