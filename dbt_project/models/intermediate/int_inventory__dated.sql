with

offers as (
    select * from {{ ref('int_inventory__current') }}
    where is_register_complete
),

service_types as (
    select * from {{ ref('service_types') }}
),

areas as (
    select * from {{ ref('int_areas__versioned') }}
),

-- Where two registers list one type of service, the newer period dates both.
newest_period as (
    select
        service_type,
        period_id,
        year,
        make_date(year, 12, 31) as counted_on
    from offers
    qualify row_number() over (partition by service_type order by year desc, period_id desc) = 1
)

select
    offers.offer_id,
    offers.service_type,
    -- Who is open to all serves the group of its type as well.
    case
        when offers.target_group is null or offers.target_group = 'all' then service_types.target_group
        else offers.target_group
    end as target_group,
    areas.area_version_id,
    offers.area_id,
    offers.level,
    newest_period.period_id as inventory_period_id,
    newest_period.year as inventory_year,
    -- Units are never mixed: places among hours are an unknown number of hours.
    case
        when
            service_types.supply_measure = 'capacity'
            and coalesce(offers.capacity_unit, service_types.supply_unit) = service_types.supply_unit
            then offers.capacity
    end as capacity,
    offers.x_m,
    offers.y_m,
    (offers.valid_from is null or offers.valid_from <= newest_period.counted_on)
    and (offers.valid_to is null or offers.valid_to > newest_period.counted_on) as is_counted,
    newest_period.counted_on
from offers
inner join service_types on offers.service_type = service_types.service_type
inner join newest_period on offers.service_type = newest_period.service_type
left join areas
    on
        offers.area_id = areas.area_id
        and (areas.valid_from is null or newest_period.counted_on >= areas.valid_from)
        and (areas.valid_to is null or newest_period.counted_on < areas.valid_to)
