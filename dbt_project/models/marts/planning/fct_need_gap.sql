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

-- Without a population the row is about the inventory alone, and its period is that of the inventory.
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

select
    service_type,
    target_group,
    area_version_id,
    area_id,
    level,
    inventory_period_id,
    coalesce(period_id, inventory_period_id) as period_id,
    population_variable_id,
    value_status,
    supply_unit,
    standard_id,
    gap_status,
    case
        when gap_status <> 'ok' then null
        when gap > 0 and accepted_needs > 0 then 'gap_and_need'
        when gap > 0 then 'gap_only'
        when accepted_needs > 0 then 'need_only'
        else 'neither'
    end as field,
    coalesce(year, inventory_year) as year,
    cast(n_offers as integer) as n_offers,
    cast(n_capacity_unknown as integer) as n_capacity_unknown,
    cast(accepted_needs as integer) as accepted_needs,
    population,
    supply,
    supply_per_1000,
    fair_share,
    standard_value,
    {{ round_significant('demand') }} as demand,
    {{ round_significant('supply / nullif(demand, 0)') }} as coverage,
    {{ round_significant('gap') }} as gap,
    distance_m as accessibility
from judged
