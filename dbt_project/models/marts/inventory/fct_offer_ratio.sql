with

rated as (
    select * from {{ ref('int_inventory__rated') }}
)

select
    service_type,
    offer_id,
    supply_unit,
    ratio_status,
    n_areas,
    n_areas_unknown,
    supply,
    {{ round_significant('demand_2sfca') }} as demand_2sfca,
    {{ round_significant('demand_e2sfca') }} as demand_e2sfca,
    {{ round_significant('1000 * ratio_2sfca') }} as ratio_2sfca,
    {{ round_significant('1000 * ratio_e2sfca') }} as ratio_e2sfca,
    is_at_edge
from rated
