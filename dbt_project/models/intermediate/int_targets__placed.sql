with

targets as (
    select * from {{ ref('int_targets__described') }}
    where target_type <> 'milestone'
),

target_values as (
    select * from {{ ref('int_targets__valued') }}
),

breaks as (
    select * from {{ ref('stg_workspace__series_breaks') }}
),

last_years as (
    select
        target_id,
        max(year) as last_year
    from target_values
    where value_status = 'ok'
    group by target_id
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
    left join last_years on targets.target_id = last_years.target_id
),

measured as (
    select
        expected.*,
        cast(expected.year as varchar) as period_id,
        actuals.area_version_id,
        actuals.level,
        coalesce(actuals.value_status, 'not_available') as value_status,
        coalesce(actuals.lacks_rest, false) as lacks_rest,
        actuals.value as actual_value,
        {{ is_broken('expected.indicator_id', 'expected.area_id', 'expected.baseline_year', 'expected.year') }}
            as is_broken,
        {{ is_broken('expected.indicator_id', 'expected.area_id', 'expected.year - 5', 'expected.year') }}
            as is_broken_in_five_years,
        actuals.ci_lower as actual_lower,
        actuals.ci_upper as actual_upper,
        baselines.ci_lower as baseline_lower,
        baselines.ci_upper as baseline_upper,
        earlier.value as value_before_five_years,
        coalesce((earlier.ci_upper - earlier.ci_lower) / (2 * {{ z95() }}), 0) as se_before_five_years
    from expected
    left join target_values as actuals
        on expected.target_id = actuals.target_id and cast(expected.year as varchar) = actuals.period_id
    left join target_values as baselines
        on expected.target_id = baselines.target_id and expected.baseline_period_id = baselines.period_id
    left join target_values as earlier
        on expected.target_id = earlier.target_id and cast(expected.year - 5 as varchar) = earlier.period_id
),

-- A share of the linear path that is gone: 0 in the baseline year, 1 from the target year on.
placed as (
    select
        *,
        case
            when target_type = 'maintain' then target_value
            else {{ target_path(
                'path', 'baseline_value', 'target_value', 'baseline_year', 'target_year', 'year',
                'interim_years', 'interim_values'
            ) }}
        end as path_value,
        -- What is counted anew since the baseline is no step on the way from it. Of a range the distance counts, laid
        -- off on the side of the baseline.
        case
            when is_broken then null
            when target_type = 'range'
                then target_value - favourable * {{ range_distance('actual_value', 'target_lo', 'target_hi') }}
            else actual_value
        end as comparable_value,
        case when not is_broken_in_five_years then value_before_five_years end as earlier_value,
        least((year - baseline_year) / cast(target_year - baseline_year as double), 1) as path_share,
        greatest(target_year - year, 0) as years_left,
        least(year, target_year) - baseline_year as years_gone,
        -- Where no interval is published, none is invented: the limits of the ratio are then the ratio.
        coalesce((actual_upper - actual_lower) / (2 * {{ z95() }}), 0) as actual_se,
        coalesce((baseline_upper - baseline_lower) / (2 * {{ z95() }}), 0) as baseline_se,
        target_type = 'maintain' or target_value = baseline_value as is_to_be_kept
    from measured
)

-- How good the value is beyond the target, and its limits likewise: 0 and more is reached; worst <= best.
select
    *,
    favourable * (comparable_value - target_value) + tolerance as ahead,
    case
        when comparable_value is null then null
        when target_type = 'range'
            then tolerance - greatest(
                {{ range_distance('coalesce(actual_lower, actual_value)', 'target_lo', 'target_hi') }},
                {{ range_distance('coalesce(actual_upper, actual_value)', 'target_lo', 'target_hi') }}
            )
        when favourable > 0 then coalesce(actual_lower, actual_value) - target_value + tolerance
        else target_value - coalesce(actual_upper, actual_value) + tolerance
    end as worst_ahead,
    case
        when comparable_value is null then null
        when target_type = 'range' and actual_lower <= target_hi and actual_upper >= target_lo then tolerance
        when target_type = 'range'
            then tolerance - least(
                {{ range_distance('coalesce(actual_lower, actual_value)', 'target_lo', 'target_hi') }},
                {{ range_distance('coalesce(actual_upper, actual_value)', 'target_lo', 'target_hi') }}
            )
        when favourable > 0 then coalesce(actual_upper, actual_value) - target_value + tolerance
        else target_value - coalesce(actual_lower, actual_value) + tolerance
    end as best_ahead
from placed
