with

valued as (
    select * from {{ ref('int_indicators__valued') }}
),

breaks as (
    select * from {{ ref('stg_workspace__series_breaks') }}
),

five_years as (
    select
        indicator_id,
        area_id,
        area_version_id,
        period_id,
        breakdown_id,
        year,
        statistic,
        ci_method,
        list(cast(numerator as double)) over last_five as events,
        list(cast(denominator as double)) over last_five as trials,
        list(value) over last_five as measured,
        list(1 / pow((ci_upper - ci_lower) / 3.92, 2)) over last_five as weights,
        list(year) over last_five as years
    from valued
    where value_status = 'ok' and regexp_full_match(period_id, '\d{4}')
    window last_five as (
        partition by indicator_id, area_id, breakdown_id
        order by year
        rows between 4 preceding and current row
    )
),

-- Five consecutive years, no break of the series between them, and no year with none or all.
usable as (
    select five_years.*
    from five_years
    anti join breaks
        on
            five_years.indicator_id = breaks.indicator_id
            and not breaks.is_bridged
            and {{ period_year('breaks.period_id') }} > five_years.years[1]
            and {{ period_year('breaks.period_id') }} <= five_years.year
    where
        len(five_years.years) = 5
        and five_years.year - five_years.years[1] = 4
        and (
            (five_years.statistic = 'proportion' and five_years.ci_method = 'wilson'
                and list_min(five_years.events) > 0
                and list_min(list_transform(five_years.trials, lambda n, i : n - five_years.events[i])) > 0)
            or (five_years.ci_method = 'byar_exact' and list_min(five_years.events) > 0)
        )
),

tested as (
    select
        *,
        case
            when statistic = 'proportion' then {{ trend_chi_square_proportion('events', 'trials') }}
            else {{ trend_chi_square_weighted('measured', 'weights') }}
        end as chi_square,
        case
            when statistic = 'proportion'
                then {{ trend_slope_signs(
                    'list_transform(events, lambda o, j : ln(o / (trials[j] - o)))', '[1, 1, 1, 1, 1]') }}
            else {{ trend_slope_signs('measured', 'weights') }}
        end as slope_signs
    from usable
)

select
    indicator_id,
    area_version_id,
    period_id,
    breakdown_id,
    case
        when chi_square <= {{ chi_square_998() }} then 'no_significant_change'
        when list_min(slope_signs) = 1 then 'increasing'
        when list_max(slope_signs) = -1 then 'decreasing'
        else 'no_significant_change'
    end as trend
from tested
