with

measured as (
    select * from {{ ref('int_targets__measured') }}
),

indicator_values as (
    select * from {{ ref('int_indicators__assembled') }}
),

breaks as (
    select * from {{ ref('stg_workspace__series_breaks') }}
),

latest as (
    select * from measured
    where is_latest
),

-- The last eight years with a value; none from before a break of the series.
usable as (
    select
        latest.target_id,
        latest.statistic = 'proportion' and latest.multiplier > 0 as is_share,
        latest.target_year,
        latest.year,
        latest.multiplier,
        indicator_values.year as point_year,
        indicator_values.value
    from latest
    inner join indicator_values
        on
            latest.indicator_id = indicator_values.indicator_id
            and latest.area_id = indicator_values.area_id
            and latest.breakdown_id = indicator_values.breakdown_id
    where
        indicator_values.value_status = 'ok'
        and regexp_full_match(indicator_values.period_id, '\d{4}')
        and indicator_values.year <= latest.year
        and not {{ is_broken('latest.indicator_id', 'latest.area_id', 'indicator_values.year', 'latest.year') }}
    qualify row_number() over (partition by latest.target_id order by indicator_values.year desc) <= 8
),

-- Shares are drawn on in log-odds, so that no projection leaves 0 to 100 per cent.
listed as (
    select
        target_id,
        any_value(is_share) as is_share,
        any_value(target_year) as target_year,
        any_value(multiplier) as multiplier,
        list(
            case
                when is_share and value > 0 and value < multiplier then {{ log_odds('(value / multiplier)') }}
                when not is_share then value
            end
            order by point_year
        ) as ys,
        list(cast(point_year as double) order by point_year) as ts,
        count(*) as n_points,
        bool_and(not is_share or (value > 0 and value < multiplier)) as is_usable
    from usable
    group by target_id
),

drawn as (
    select
        target_id,
        is_share,
        multiplier,
        {% for side in ['middle', 'lower', 'upper'] -%}
        {{ projection('ys', 'ts', 'target_year', side) }} as {{ side }}
        {{- ',' if not loop.last }}
        {% endfor %}
    from listed
    where n_points >= 4 and is_usable
),

-- Whether a break is why there are too few points.
broken as (
    select target_id
    from latest
    where {{ is_broken('latest.indicator_id', 'latest.area_id', 0, 'latest.year') }}
)

select
    latest.target_id,
    latest.year,
    case
        when latest.year >= latest.target_year then 'target_year_reached'
        when drawn.target_id is not null then 'ok'
        when broken.target_id is not null then 'series_break'
        else 'too_few_points'
    end as projection_status,
    {% for side, name in [('middle', 'projected_value'), ('lower', 'projected_lower'), ('upper', 'projected_upper')] -%}
    case
        when latest.year >= latest.target_year then null
        when drawn.is_share then {{ from_log_odds('drawn.' ~ side) }} * drawn.multiplier
        else drawn.{{ side }}
    end as {{ name }}
    {{- ',' if not loop.last }}
    {% endfor %}
from latest
left join drawn on latest.target_id = drawn.target_id
left join broken on latest.target_id = broken.target_id
