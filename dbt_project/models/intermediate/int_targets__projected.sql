with

measured as (
    select * from {{ ref('int_targets__measured') }}
),

target_values as (
    select * from {{ ref('int_targets__valued') }}
),

breaks as (
    select * from {{ ref('stg_workspace__series_breaks') }}
),

latest as (
    select * from measured
    where is_latest
),

-- The last eight years with a value; none from before a break of the series. The values that attain the target reach
-- from attains_from to attains_to, either of which may be infinite.
usable as (
    select
        latest.target_id,
        latest.statistic = 'proportion' and latest.multiplier > 0 and latest.target_type <> 'reduce_gap' as is_share,
        latest.target_year,
        latest.year,
        latest.multiplier,
        case
            when latest.target_type = 'range' then latest.target_lo - latest.tolerance
            when latest.favourable > 0 then latest.target_value - latest.tolerance
            else cast('-infinity' as double)
        end as attains_from,
        case
            when latest.target_type = 'range' then latest.target_hi + latest.tolerance
            when latest.favourable < 0 then latest.target_value + latest.tolerance
            else cast('infinity' as double)
        end as attains_to,
        target_values.year as point_year,
        target_values.value
    from latest
    inner join target_values on latest.target_id = target_values.target_id
    where
        target_values.value_status = 'ok'
        and regexp_full_match(target_values.period_id, '\d{4}')
        and target_values.year <= latest.year
        and not {{ is_broken('latest.indicator_id', 'latest.area_id', 'target_values.year', 'latest.year') }}
    qualify row_number() over (partition by latest.target_id order by target_values.year desc) <= 8
),

-- Shares are drawn on in log-odds, so that no projection leaves 0 to 100 per cent.
listed as (
    select
        target_id,
        any_value(is_share) as is_share,
        any_value(target_year) as target_year,
        any_value(multiplier) as multiplier,
        any_value(attains_from) as attains_from,
        any_value(attains_to) as attains_to,
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
        {% for name in ['attains_from', 'attains_to'] -%}
        case when is_share then {{ log_odds_bound('(' ~ name ~ ' / multiplier)') }} else {{ name }} end as {{ name }},
        {% endfor -%}
        n_points - 2 as degrees,
        {% for side in ['middle', 'lower', 'upper', 'error'] -%}
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
    case
        when latest.year >= latest.target_year or drawn.target_id is null then 'not_assessable'
        else {{ forecast_class(
            chance_within('drawn.middle', 'drawn.error', 'drawn.attains_from', 'drawn.attains_to', 'drawn.degrees')
        ) }}
    end as forecast,
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
