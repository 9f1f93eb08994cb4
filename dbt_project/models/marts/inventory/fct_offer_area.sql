with

offers as (
    select * from {{ ref('int_inventory__current') }}
),

counted as (
    select offer_id
    from {{ ref('int_inventory__dated') }}
    where is_counted
),

areas as (
    select * from {{ ref('int_areas__contained') }}
),

-- Where an offer lies on the last day of the year its list is about.
placed as (
    select
        offers.offer_id,
        areas.container_area_id as area_id
    from offers
    inner join areas
        on
            offers.area_id = areas.area_id
            and {{ is_valid_at_end_of('offers.year', 'areas') }}
)

select distinct
    offer_id,
    area_id,
    offer_id in (select counted.offer_id from counted) as is_counted
from placed
