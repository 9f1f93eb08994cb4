with

components as (
    select * from {{ ref('int_indices__components') }}
)

select
    index_id,
    edition,
    area_version_id,
    area_id,
    level,
    period_id,
    component_id,
    part,
    indicator_id,
    label_de,
    label_en,
    value_status,
    year,
    component_number,
    direction,
    change_over_years,
    weight,
    weight_used,
    value,
    {{ round_significant('mean') }} as reference_mean,
    {{ round_significant('deviation') }} as reference_deviation,
    z,
    transformed_value,
    contribution,
    is_dropped
from components
where is_published
