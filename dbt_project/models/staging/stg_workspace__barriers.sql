with

barriers as (
    select * from {{ source('workspace', 'barriers') }}
)

select
    barrier_id,
    level || '-' || code as area_id,
    nullif(name, '') as name,
    side
from barriers
