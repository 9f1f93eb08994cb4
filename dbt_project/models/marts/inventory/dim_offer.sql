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
    opening_hours,
    cost,
    funding_source,
    legal_basis,
    barrier_free,
    reach,
    same_as_offer_id,
    target_groups,
    languages,
    cast(capacity as double) as capacity,
    longitude,
    latitude,
    x_m,
    y_m,
    cast(row_number as bigint) as row_number,
    is_register_complete,
    is_shared,
    is_mandatory,
    is_vanished,
    valid_from,
    valid_to,
    last_verified_on
from offers
