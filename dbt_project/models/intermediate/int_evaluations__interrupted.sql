with

outcomes as (
    select * from {{ ref('int_evaluations__outcomes') }}
    where design = 'its'
),

points as (
    select * from {{ ref('int_evaluations__points') }}
),

breaks as (
    select * from {{ ref('stg_workspace__series_breaks') }}
),

-- Yearly values up to the evaluation; none from before a break, after which something else is counted.
usable as (
    select
        outcomes.outcome_id,
        cast({{ period_year('outcomes.baseline_period_id') }} + 1 as double) as t0,
        points.year,
        points.value
    from outcomes
    left join points
        on
            outcomes.outcome_id = points.outcome_id
            and points.value_status = 'ok'
            and points.year <= {{ period_year('outcomes.followup_period_id') }}
            and not {{ is_broken(
                'points.indicator_id', 'points.area_id', 'points.year', period_year('outcomes.followup_period_id')
            ) }}
),

series as (
    select
        outcome_id,
        any_value(t0) as t0,
        list(cast(year as double) order by year) filter (where value is not null) as ts,
        list(value order by year) filter (where value is not null) as ys,
        count(*) filter (where value is not null and year < t0) as n_points_before,
        count(*) filter (where value is not null and year >= t0) as n_points_after
    from usable
    group by outcome_id
),

weighed as (
    select
        *,
        {{ its_weights('ts', 't0', 'level') }} as level_weights,
        {{ its_weights('ts', 't0', 'slope') }} as slope_weights,
        {{ its_residuals('ts', 'ys', 't0') }} as residuals,
        {{ left_out_residuals('ts', 'residuals', 't0') }} as left_out,
        {{ student_975('(len(ts) - 4)') }} as quantile
    from series
    where
        n_points_before >= {{ fewest_its_points('before') }}
        and n_points_after >= {{ fewest_its_points('after') }}
),

-- With so few points Newey-West alone is far too narrow: never less than least squares (docs/decisions/0016).
estimated as (
    select
        outcome_id,
        round({{ products('level_weights', 'ys') }}, 9) as level_change,
        round({{ products('slope_weights', 'ys') }}, 9) as slope_change,
        quantile * greatest(
            {{ newey_west_error('level_weights', 'left_out', 'ts') }},
            {{ least_squares_error('level_weights', 'residuals') }}
        ) as level_half_width,
        quantile * greatest(
            {{ newey_west_error('slope_weights', 'left_out', 'ts') }},
            {{ least_squares_error('slope_weights', 'residuals') }}
        ) as slope_half_width
    from weighed
)

select
    series.outcome_id,
    series.n_points_before,
    series.n_points_after,
    estimated.level_change,
    estimated.level_half_width,
    estimated.slope_change,
    estimated.slope_half_width
from series
left join estimated on series.outcome_id = estimated.outcome_id
