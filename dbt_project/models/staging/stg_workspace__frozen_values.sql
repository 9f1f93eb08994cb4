with

frozen_values as (
    select * from {{ source('workspace', 'frozen_values') }}
)

select
    release_number,
    indicator_id,
    area_version_id,
    area_id,
    level,
    period_id,
    breakdown_id,
    value_status,
    year,
    numerator,
    denominator,
    value,
    ci_lower,
    ci_upper
from frozen_values
