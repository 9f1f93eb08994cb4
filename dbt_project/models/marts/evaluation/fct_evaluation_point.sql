with

points as (
    select * from {{ ref('int_evaluations__points') }}
)

select
    outcome_id,
    evaluation_id,
    indicator_id,
    area_id,
    period_id,
    value_status,
    year,
    frozen_release,
    value,
    ci_lower,
    ci_upper,
    {{ round_significant('path_value') }} as path_value,
    current_value,
    has_changed_since,
    is_public
from points
