with

targets as (
    select * from {{ ref('int_targets__described') }}
),

indicator_values as (
    select * from {{ ref('int_indicators__assembled') }}
),

breaks as (
    select * from {{ ref('stg_workspace__series_breaks') }}
),

last_years as (
    select
        indicator_id,
        area_id,
        breakdown_id,
        max(year) filter (where value_status = 'ok') as last_year
    from indicator_values
    group by indicator_id, area_id, breakdown_id
),

-- Every year from the baseline to the target, and beyond it while data comes: a year without data is a row with a
-- reason.
expected as (
    select
        targets.*,
        last_years.last_year,
        cast(unnest(range(
            targets.baseline_year, greatest(targets.target_year, coalesce(last_years.last_year, 0)) + 1
        )) as integer) as year
    from targets
    left join last_years
        on
            targets.indicator_id = last_years.indicator_id
            and targets.area_id = last_years.area_id
            and targets.breakdown_id = last_years.breakdown_id
),

measured as (
    select
        expected.*,
        cast(expected.year as varchar) as period_id,
        actuals.area_version_id,
        actuals.level,
        coalesce(actuals.value_status, 'not_available') as value_status,
        actuals.value as actual_value,
        {{ is_broken('expected.indicator_id', 'expected.area_id', 'expected.baseline_year', 'expected.year') }}
            as is_broken,
        actuals.ci_lower as actual_lower,
        actuals.ci_upper as actual_upper,
        baselines.ci_lower as baseline_lower,
        baselines.ci_upper as baseline_upper
    from expected
    left join indicator_values as actuals
        on
            expected.indicator_id = actuals.indicator_id
            and expected.area_id = actuals.area_id
            and expected.breakdown_id = actuals.breakdown_id
            and cast(expected.year as varchar) = actuals.period_id
    left join indicator_values as baselines
        on
            expected.indicator_id = baselines.indicator_id
            and expected.area_id = baselines.area_id
            and expected.breakdown_id = baselines.breakdown_id
            and expected.baseline_period_id = baselines.period_id
),

-- A share of the linear path that is gone: 0 in the baseline year, 1 from the target year on.
placed as (
    select
        *,
        {{ target_path('path', 'baseline_value', 'target_value', 'baseline_year', 'target_year', 'year') }}
            as path_value,
        -- What is counted anew since the baseline is no step on the way from it.
        case when not is_broken then actual_value end as comparable_value,
        least((year - baseline_year) / cast(target_year - baseline_year as double), 1) as path_share,
        -- Where no interval is published, none is invented: the limits of the ratio are then the ratio.
        coalesce((actual_upper - actual_lower) / (2 * {{ z95() }}), 0) as actual_se,
        coalesce((baseline_upper - baseline_lower) / (2 * {{ z95() }}), 0) as baseline_se
    from measured
),

compared as (
    select
        *,
        {{ attainment('comparable_value', 'baseline_value', 'target_value') }} as attainment,
        case when year > baseline_year then {{ attainment('comparable_value', 'baseline_value', 'path_value') }} end
            as plan_attainment,
        case
            when path_share > 0
                then {{ attainment('comparable_value', 'baseline_value', 'target_value') }} / path_share
        end as progress_ratio,
        {% for side in ['lower', 'upper'] -%}
        case
            when target_value <> baseline_value and comparable_value is not null
                then {{ progress_ratio_limit(
                    'comparable_value', 'baseline_value', 'target_value', 'path_share', 'actual_se', 'baseline_se', side
                ) }}
        end as ratio_{{ side }},
        {% endfor -%}
        favourable * (comparable_value - path_value) as deviation,
        coalesce(favourable * (comparable_value - target_value) >= 0, false) as is_reached,
        coalesce(
            favourable * (case when favourable > 0 then actual_lower else actual_upper end - target_value) >= 0,
            favourable * (comparable_value - target_value) >= 0,
            false
        ) as is_reached_surely
    from placed
)

select
    *,
    case
        when comparable_value is null then 'not_assessable'
        else {{ progress_status('progress_ratio', 'ratio_lower', 'ratio_upper', 'is_reached', 'is_reached_surely') }}
    end as status,
    case
        when actual_value is null then 'no_value'
        when is_broken then 'series_break'
        when progress_ratio is null and not is_reached then 'no_distance'
    end as status_reason,
    coalesce(year = last_year, false) as is_latest
from compared
