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
    offers.* exclude (offer_id),  -- noqa: RF02
    extracts.owner as responsible_office,
    extracts.incomplete_reason_de,
    extracts.incomplete_reason_en,
    {{ period_year('offers.period_id') }} as year,
    extracts.is_register_complete
from offers
inner join newest_delivery on offers.delivery_id = newest_delivery.delivery_id
inner join extracts on offers.extract_id = extracts.extract_id
