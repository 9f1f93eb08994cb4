with

evaluation_outcomes as (
    select * from {{ source('register', 'evaluation_outcomes') }}
)

select
    outcome_id,
    evaluation_id,
    {{ filled('target_id') }} as target_id,
    {{ filled('indicator_id') }} as indicator_id,
    area_id,
    {{ filled('baseline_period_id') }} as baseline_period_id,
    {{ filled('followup_period_id') }} as followup_period_id,
    design,
    {{ filled('text_de') }} as text_de,
    file_name,
    cast(row_number as bigint) as row_number
from evaluation_outcomes
