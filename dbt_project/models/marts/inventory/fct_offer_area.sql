with

offers as (
    select * from {{ ref('int_inventory__dated') }}
    where is_counted
),

areas as (
    select * from {{ ref('int_areas__contained') }}
)

select distinct
    offers.offer_id,
    areas.container_area_id as area_id
from offers
inner join areas
    on
        offers.area_version_id = areas.area_version_id
        and (areas.valid_from is null or areas.valid_from <= offers.counted_on)
        and (areas.valid_to is null or areas.valid_to > offers.counted_on)
