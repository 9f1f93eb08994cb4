with

observations as (
    select * from {{ ref('int_observations__protected') }}
),

expected as (
    select * from {{ ref('int_indicators__expected') }}
),

periods as (
    select period_id from observations
    union
    select period_id from expected
)

select
    period_id,
    case
        when period_id like '%..%' then 'window'
        when period_id like '%/%' then 'school_year'
        when period_id like '%-%' then 'month'
        else 'year'
    end as grain,
    {{ period_year('period_id') }} as year,
    make_date({{ period_year('period_id') }}, 1, 1) as year_start
from periods
