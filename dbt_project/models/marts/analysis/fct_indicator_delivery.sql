with

deliveries as (
    select * from {{ ref('int_indicators__deliveries') }}
)

select
    indicator_id,
    period_id,
    delivery_id
from deliveries
