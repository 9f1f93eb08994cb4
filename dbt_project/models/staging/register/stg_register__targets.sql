with

targets as (
    select * from {{ source('register', 'targets') }}
)

select
    target_id,
    goal_id,
    {{ filled('indicator_id') }} as indicator_id,
    area_id,
    coalesce({{ filled('breakdown_id') }}, 'total') as breakdown_id,
    {{ filled('baseline_period_id') }} as baseline_period_id,
    target_type,
    {{ filled('polarity') }} as polarity,
    {{ filled('path') }} as path,
    {{ filled('progress_method') }} as progress_method,
    responsible_office,
    {{ filled('direction_override_reason') }} as direction_override_reason,
    {{ filled('milestone_de') }} as milestone_de,
    file_name,
    {{ listed('interim') }} as interim,
    {{ release_number('baseline_release') }} as baseline_release,
    {{ number('baseline_value') }} as baseline_value,
    {{ number('target_value') }} as target_value,
    {{ number('target_lo') }} as target_lo,
    {{ number('target_hi') }} as target_hi,
    {{ number('relative_change') }} as relative_change,
    {{ number('tolerance') }} as tolerance,
    {{ number('partly_from') }} as partly_from,
    {{ whole('target_year') }} as target_year,
    cast(row_number as bigint) as row_number,
    coalesce(baseline_release = 'quoted', false) as baseline_is_quoted,
    {{ flag('example') }} as example,
    {{ day('done_on') }} as done_on
from targets
