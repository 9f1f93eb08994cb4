with

supplied as (
    select * from {{ ref('int_inventory__supplied') }}
),

standards as (
    select * from {{ ref('stg_register__standards') }}
),

needs as (
    select * from {{ ref('int_needs__categorised') }}
),

reachable as (
    select * from {{ ref('int_inventory__reached') }}
),

-- A need counts while it is accepted and not yet met.
open_needs as (
    select
        service_type,
        target_group,
        area_id,
        count(*) as accepted_needs
    from needs
    where category = 'need' and state in ('accepted', 'planned', 'in_delivery', 'partially_met')
    group by service_type, target_group, area_id
),

measured as (
    select
        supplied.*,
        standards.standard_id,
        cast(standards.standard_size as double) as standard_size,
        reachable.distance_m,
        cast(standards.value_per_1000 as double) as standard_value,
        supplied.population * cast(standards.value_per_1000 as double) / 1000 as demand,
        coalesce(open_needs.accepted_needs, 0) as accepted_needs
    from supplied
    left join standards
        on
            supplied.service_type = standards.service_type
            and supplied.target_group = standards.target_group
            and supplied.supply_unit = standards.unit
            and standards.valid_from <= make_date(supplied.inventory_year, 12, 31)
            and (standards.valid_to is null or standards.valid_to > make_date(supplied.inventory_year, 12, 31))
    left join open_needs
        on
            supplied.service_type = open_needs.service_type
            and supplied.target_group = open_needs.target_group
            and supplied.area_id = open_needs.area_id
    left join reachable
        on
            supplied.service_type = reachable.service_type
            and supplied.area_version_id = reachable.area_version_id
),

judged as (
    select
        *,
        demand - supply as gap,
        case
            when standard_id is null then 'no_standard'
            when demand is null then 'no_population'
            when supply is null then 'capacity_unknown'
            else 'ok'
        end as gap_status
    from measured
)

select * from judged
