with

evaluation_outcomes as (
    select * from {{ source('register', 'evaluation_outcomes') }}
)

select
    outcome_id,
    evaluation_id,
    {{ filled('target_id') }} as target_id,
    indicator_id,
    area_id,
    baseline_period_id,
    followup_period_id,
    design,
    file_name,
    cast(row_number as bigint) as row_number
from evaluation_outcomes
