with

offers as (
    select * from {{ ref('stg_landing__offers') }}
),

deliveries as (
    select * from {{ ref('stg_workspace__deliveries') }}
),

extracts as (
    select * from {{ ref('stg_workspace__extracts') }}
),

-- The newest delivery of a register is its stock; an offer that is no longer in it is not shown as existing.
newest_delivery as (
    select
        delivery_id,
        extract_id
    from deliveries
    qualify row_number() over (partition by extract_id order by delivery_sequence desc) = 1
)

select
    offers.extract_id || ':' || offers.offer_id as offer_id,
    offers.extract_id,
    offers.delivery_id,
    offers.title,
    offers.service_type,
    offers.provider,
    offers.provider_type,
    offers.target_group,
    offers.address,
    offers.area_id,
    offers.level,
    offers.period_id,
    offers.capacity_unit,
    extracts.owner as responsible_office,
    cast(offers.capacity as double) as capacity,
    offers.longitude,
    offers.latitude,
    cast(offers.row_number as bigint) as row_number,
    offers.valid_from,
    offers.valid_to
from offers
inner join newest_delivery on offers.delivery_id = newest_delivery.delivery_id
inner join extracts on offers.extract_id = extracts.extract_id
