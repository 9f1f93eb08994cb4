with

exclusions as (
    select * from {{ source('workspace', 'index_exclusions') }}
)

select
    index_id,
    edition,
    nullif(variable_id, '') as variable_id,
    nullif(code, '') as code,
    reason_de,
    reason_en,
    cast(exclusion_number as integer) as exclusion_number,
    cast(nullif(equal_to, '') as decimal(28, 6)) as equal_to,
    cast(nullif(below, '') as decimal(28, 6)) as below
from exclusions
