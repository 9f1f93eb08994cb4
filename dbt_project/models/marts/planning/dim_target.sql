with

targets as (
    select * from {{ ref('int_targets__described') }}
)

select
    target_id,
    goal_id,
    indicator_id,
    area_id,
    breakdown_id,
    target_type,
    polarity,
    baseline_period_id,
    path,
    progress_method,
    responsible_office,
    file_name,
    baseline_year,
    baseline_release,
    baseline_value,
    target_value,
    target_year,
    row_number,
    baseline_is_quoted,
    example as is_example,
    is_public
from targets
