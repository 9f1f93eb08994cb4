with

judged as (
    select * from {{ ref('int_inventory__gapped') }}
)

-- Without a population the row is about the inventory alone, and its period is that of the inventory.
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
    cast(n_shared as integer) as n_shared,
    cast(accepted_needs as integer) as accepted_needs,
    population,
    supply,
    supply_per_1000,
    fair_share,
    standard_value,
    {{ round_significant('demand') }} as demand,
    {{ round_significant('supply / nullif(demand, 0)') }} as coverage,
    {{ round_significant('gap') }} as gap,
    case when gap_status = 'ok' then cast(ceil(greatest(gap, 0) / standard_size) as integer) end as facilities_missing,
    distance_m as accessibility
from judged
