with

counted as (
    select * from {{ ref('int_inventory__counted') }}
),

populations as (
    select * from {{ ref('int_inventory__peopled') }}
),

workspace as (
    select * from {{ ref('stg_workspace__workspace') }}
),

-- The population belongs to the group of the type; how many persons another group has is not known.
measured as (
    select
        counted.* exclude (known_capacity),  -- noqa: RF02
        populations.period_id,
        populations.year,
        populations.population_variable_id,
        coalesce(populations.value_status, 'not_available') as value_status,
        cast(populations.population as double) as population,
        case
            when counted.supply_measure = 'offers' then counted.n_offers
            when counted.n_offers = 0 then 0
            else counted.known_capacity
        end as supply
    from counted
    left join populations
        on
            counted.service_type = populations.service_type
            and counted.target_group = populations.target_group
            and counted.area_version_id = populations.area_version_id
),

city as (
    select measured.*
    from measured
    inner join workspace on measured.area_id = workspace.city_area_id
),

compared as (
    select
        measured.*,
        1000.0 * measured.supply / nullif(measured.population, 0) as ratio,
        city.supply * measured.population / nullif(city.population, 0) as share
    from measured
    left join city
        on
            measured.service_type = city.service_type
            and measured.target_group = city.target_group
            and measured.period_id = city.period_id
)

select
    service_type,
    target_group,
    area_version_id,
    area_id,
    level,
    inventory_period_id,
    period_id,
    population_variable_id,
    value_status,
    supply_measure,
    supply_unit,
    cast(inventory_year as integer) as inventory_year,
    cast(year as integer) as year,
    cast(n_offers as bigint) as n_offers,
    cast(n_capacity_unknown as bigint) as n_capacity_unknown,
    cast(n_shared as bigint) as n_shared,
    cast(population as double) as population,
    cast(supply as double) as supply,
    {{ round_significant('ratio') }} as supply_per_1000,
    {{ round_significant('share') }} as fair_share
from compared
