-- What exists on the day of the inventory is found in the city, once: nothing is lost or doubled on the way up.
with

offers as (
    select
        service_type,
        target_group,
        count(*) as n_offers
    from {{ ref('int_inventory__dated') }}
    where is_counted
    group by service_type, target_group
),

city as (
    select supplied.*
    from {{ ref('int_inventory__supplied') }} as supplied
    inner join {{ ref('stg_workspace__workspace') }} as workspace on supplied.area_id = workspace.city_area_id
)

select
    offers.service_type,
    offers.target_group,
    offers.n_offers,
    city.n_offers as n_offers_in_city
from offers
left join city on offers.service_type = city.service_type and offers.target_group = city.target_group
where city.n_offers is distinct from offers.n_offers
