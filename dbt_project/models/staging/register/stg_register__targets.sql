with

targets as (
    select * from {{ source('register', 'targets') }}
)

select
    target_id,
    goal_id,
    indicator_id,
    area_id,
    coalesce({{ filled('breakdown_id') }}, 'total') as breakdown_id,
    baseline_period_id,
    target_type,
    {{ filled('polarity') }} as polarity,
    path,
    progress_method,
    responsible_office,
    {{ filled('direction_override_reason') }} as direction_override_reason,
    file_name,
    {{ release_number('baseline_release') }} as baseline_release,
    {{ number('baseline_value') }} as baseline_value,
    {{ number('target_value') }} as target_value,
    {{ whole('target_year') }} as target_year,
    cast(row_number as bigint) as row_number,
    coalesce(baseline_release = 'quoted', false) as baseline_is_quoted,
    {{ flag('example') }} as example
from targets
