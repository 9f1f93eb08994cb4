with

offers as (
    select * from {{ source('landing', 'offers') }}
)

select
    delivery_id,
    extract_id,
    row_number,
    offer_id,
    title,
    service_type,
    nullif(provider, '') as provider,
    nullif(provider_type, '') as provider_type,
    nullif(target_group, '') as target_group,
    nullif(address, '') as address,
    level,
    area_id,
    period_id,
    cast(nullif(x, '') as double) as longitude,
    cast(nullif(y, '') as double) as latitude,
    cast(nullif(x_m, '') as double) as x_m,
    cast(nullif(y_m, '') as double) as y_m,
    cast(nullif(capacity, '') as decimal(18, 2)) as capacity,
    nullif(capacity_unit, '') as capacity_unit,
    cast(nullif(valid_from, '') as date) as valid_from,
    cast(nullif(valid_to, '') as date) as valid_to
from offers
