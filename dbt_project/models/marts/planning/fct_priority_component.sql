with

scored as (
    select * from {{ ref('int_priorities__scored') }}
)

select
    weighting_id,
    service_type,
    area_version_id,
    area_id,
    component,
    indicator_id,
    period_id,
    component_status,
    raw_value,
    {{ round_significant('score') }} as score,
    weight,
    {{ round_significant('contribution') }} as contribution,
    cast(component_rank as bigint) as component_rank,
    cast(n_ranked as bigint) as rank_of,
    cast(urgency as integer) as direction,
    false as is_public
from scored
