with

acceptance_bodies as (
    select * from {{ source('register', 'acceptance_bodies') }}
)

select
    area_id,
    body_id,
    {{ filled('decision_id') }} as decision_id,
    {{ filled('target_group') }} as target_group,
    file_name,
    cast(row_number as bigint) as row_number,
    {{ day('valid_from') }} as valid_from,
    {{ day('valid_to') }} as valid_to
from acceptance_bodies
