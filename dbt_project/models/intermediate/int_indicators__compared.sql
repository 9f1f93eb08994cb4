with

valued as (
    select * from {{ ref('int_indicators__valued') }}
),

trended as (
    select * from {{ ref('int_indicators__trended') }}
),

workspace as (
    select * from {{ ref('stg_workspace__workspace') }}
),

groups as (
    select
        city.group_number,
        city.indicator_id,
        city.period_id,
        city.breakdown_id,
        city.area_id as benchmark_area_id,
        city.numerator as city_numerator,
        city.denominator as city_denominator,
        city.value as city_value
    from valued as city
    inner join workspace on city.area_id = workspace.city_area_id
    where city.value_status = 'ok'
),

ranked as (
    select
        cell_number,
        group_number,
        rank() over (partition by group_number order by value desc) as rank
    from valued
    where value_status = 'ok' and not is_recast
),

group_sizes as (
    select
        group_number,
        count(*) as rank_of
    from ranked
    group by group_number
),

-- An area that makes up more than a tenth of the city is compared with the rest of the city, not with itself.
benchmarked as (
    select
        valued.*,
        coalesce(trended.trend, 'cannot_be_calculated') as trend,
        ranked.rank,
        case when ranked.cell_number is not null then group_sizes.rank_of end as rank_of,
        groups.benchmark_area_id,
        case
            when valued.area_id = groups.benchmark_area_id or valued.statistic = 'count' then null
            when valued.denominator is null or groups.city_denominator is null then groups.city_value
            when
                valued.denominator > groups.city_denominator * {{ var('rest_of_city_above_share') }}
                and groups.city_denominator > valued.denominator
                and groups.city_numerator >= valued.numerator
                then
                    (groups.city_numerator - valued.numerator)
                    / (groups.city_denominator - valued.denominator) * valued.multiplier
            else groups.city_value
        end as benchmark
    from valued
    left join groups
        on
            valued.indicator_id = groups.indicator_id
            and valued.period_id = groups.period_id
            and valued.breakdown_id = groups.breakdown_id
    left join ranked on valued.cell_number = ranked.cell_number
    left join group_sizes on valued.group_number = group_sizes.group_number
    left join trended on valued.cell_number = trended.cell_number
)

select
    * exclude (benchmark, rank, rank_of),
    {{ round_significant('benchmark') }} as benchmark_value,
    {{ compare_with_benchmark('benchmark', 'ci_lower', 'ci_upper', 'polarity') }} as comparison,
    {{ compare_on_two_levels('benchmark', 'ci_lower', 'ci_upper', 'ci_lower_998', 'ci_upper_998', 'polarity') }}
        as comparison_level,
    {% for level, z in [('', z95()), ('_998', z998())] -%}
    {% for side in ['lower', 'upper'] -%}
    case
        when ci_method = 'wilson'
            then {{ funnel_limit('benchmark / multiplier', 'denominator', 'design_effect', z, side) }} * multiplier
    end as funnel_{{ side ~ level }},
    {% endfor -%}
    {% endfor -%}
    cast(rank as integer) as rank,
    cast(rank_of as integer) as rank_of
from benchmarked
