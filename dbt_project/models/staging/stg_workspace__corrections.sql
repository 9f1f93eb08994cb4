with

corrections as (
    select * from {{ source('workspace', 'corrections') }}
)

select
    extract_id,
    variable_id,
    level || '-' || code as area_id,
    period_id,
    coalesce(nullif(breakdown_id, ''), 'total') as breakdown_id,
    reason,
    cast(expected_wrong_value as decimal(28, 6)) as expected_wrong_value,
    cast(corrected_value as decimal(28, 6)) as corrected_value
from corrections
