with

offers as (
    select * from {{ ref('int_inventory__current') }}
)

select
    offer_id,
    extract_id,
    delivery_id,
    title,
    service_type,
    provider,
    provider_type,
    target_group,
    address,
    area_id,
    level,
    period_id,
    capacity_unit,
    responsible_office,
    cast(capacity as double) as capacity,
    longitude,
    latitude,
    x_m,
    y_m,
    cast(row_number as bigint) as row_number,
    is_register_complete,
    valid_from,
    valid_to
from offers
