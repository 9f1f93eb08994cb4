with

targets as (
    select * from {{ ref('int_targets__described') }}
    where target_type = 'milestone'
),

indicator_values as (
    select * from {{ ref('int_indicators__assembled') }}
),

-- A year has passed for the register when anything of it is measured.
passed as (
    select max(year) as last_year
    from indicator_values
    where value_status = 'ok'
),

judged as (
    select
        targets.*,
        coalesce(targets.done_on <= make_date(targets.target_year, 12, 31), false) as is_reached,
        targets.done_on is not null or coalesce(targets.target_year <= passed.last_year, false) as is_due
    from targets
    cross join passed
)

select
    *,
    target_year as year,
    cast(target_year as varchar) as period_id,
    'not_applicable' as value_status,
    case
        when is_reached then 1.0
        when is_due then 0.0
    end as attainment,
    case
        when is_reached then 'achieved'
        when is_due then 'insufficient'
        else 'not_assessable'
    end as status,
    case when not is_reached and not is_due then 'not_due' end as status_reason,
    true as is_latest
from judged
