with

matched as (
    select * from {{ ref('int_inventory__matched') }}
)

select
    offer_id,
    other_offer_id,
    service_type,
    match_reason,
    review_status,
    counted_offer_id,
    review_reason,
    decided_by,
    cast(distance_m as double) as distance_m,
    false as is_public,
    decided_on
from matched
