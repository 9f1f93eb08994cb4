with

cells as (
    select * from {{ source('landing', 'observations') }}
)

select
    delivery_id,
    extract_id,
    row_number,
    column_name,
    variable_id,
    level,
    area_id,
    period_id,
    breakdown_id,
    cast(nullif(value_text, '') as decimal(28, 6)) as value,
    value_status,
    case
        when coalesce(value_flags, '') = '' then cast([] as varchar[])
        else string_split(value_flags, '|')
    end as value_flags
from cells
