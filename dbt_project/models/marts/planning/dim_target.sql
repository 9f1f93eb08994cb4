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
    milestone_de,
    responsible_office,
    file_name,
    interim_years,
    interim_values,
    baseline_year,
    baseline_release,
    baseline_value,
    target_value,
    target_lo,
    target_hi,
    relative_change_pct,
    tolerance,
    partly_from,
    target_year,
    row_number,
    baseline_is_quoted,
    example as is_example,
    is_public,
    done_on
from targets
