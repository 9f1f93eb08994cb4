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
        list_period_id as period_id,
        year,
        make_date(year, 12, 31) as counted_on
    from offers
    qualify row_number() over (partition by service_type order by year desc, list_period_id desc) = 1
),

-- How one capacity is divided among several groups is not known: each of them sees the whole, and is told so.
grouped as (
    select
        * exclude (target_group),
        unnest(case when len(target_groups) > 0 then target_groups else [target_group] end) as target_group
    from offers
),

valid as (
    select
        grouped.*,
        newest_period.period_id as inventory_period_id,
        newest_period.year as inventory_year,
        newest_period.counted_on,
        (grouped.valid_from is null or grouped.valid_from <= newest_period.counted_on)
        and (grouped.valid_to is null or grouped.valid_to > newest_period.counted_on) as is_valid
    from grouped
    inner join newest_period on grouped.service_type = newest_period.service_type
),

valid_offers as (
    select distinct offer_id
    from valid
    where is_valid
)

select
    valid.offer_id,
    valid.service_type,
    -- Who is open to all serves the group of its type as well.
    case
        when valid.target_group is null or valid.target_group = 'all' then service_types.target_group
        else valid.target_group
    end as target_group,
    areas.area_version_id,
    valid.area_id,
    valid.level,
    valid.inventory_period_id,
    valid.inventory_year,
    -- Units are never mixed: places among hours are an unknown number of hours.
    case
        when
            service_types.supply_measure = 'capacity'
            and coalesce(valid.capacity_unit, service_types.supply_unit) = service_types.supply_unit
            then valid.capacity
    end as capacity,
    valid.x_m,
    valid.y_m,
    -- Two entries of one offer count once: the other steps back where the first counts.
    valid.is_valid and valid_offers.offer_id is null as is_counted,
    valid.is_shared,
    valid.counted_on
from valid
inner join service_types on valid.service_type = service_types.service_type
left join valid_offers on valid.same_as_offer_id = valid_offers.offer_id
left join areas
    on
        valid.area_id = areas.area_id
        and (areas.valid_from is null or valid.counted_on >= areas.valid_from)
        and (areas.valid_to is null or valid.counted_on < areas.valid_to)
