with

bridges as (
    select * from {{ source('workspace', 'bridges') }}
)

select
    barrier_id,
    name,
    cast(x_m as double) as x_m,
    cast(y_m as double) as y_m
from bridges
