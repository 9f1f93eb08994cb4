with

indicator_values as (
    select * from {{ ref('int_indicators__assembled') }}
),

indicators as (
    select * from {{ ref('int_indicators__compiled') }}
),

variables as (
    select * from {{ ref('int_variables__compiled') }}
),

areas as (
    select * from {{ ref('int_areas__versioned') }}
),

observations as (
    select * from {{ ref('int_observations__protected') }}
),

-- A group of persons and all persons it belongs to, both of which may be added up.
groups as (
    select
        indicators.indicator_id,
        indicators.denominator_variable_id
    from indicators
    inner join variables as numerators on indicators.numerator_variable_id = numerators.variable_id
    inner join variables as denominators on indicators.denominator_variable_id = denominators.variable_id
    where
        indicators.statistic = 'proportion'
        and numerators.is_additive and denominators.is_additive
        and numerators.unit = 'persons' and denominators.unit = 'persons'
),

-- The areas of a level that divide the city. Counts, whole or estimated, are held to 1/1024 of a person: sums of such
-- doubles are exact, in any order.
cells as (
    select
        indicator_values.indicator_id,
        groups.denominator_variable_id,
        indicator_values.area_version_id,
        indicator_values.level,
        indicator_values.period_id,
        indicator_values.year,
        indicator_values.value_status,
        round(indicator_values.numerator * 1024) / 1024 as a,
        round(indicator_values.denominator * 1024) / 1024 as t
    from indicator_values
    inner join groups on indicator_values.indicator_id = groups.indicator_id
    inner join areas on indicator_values.area_version_id = areas.area_version_id
    where
        indicator_values.breakdown_id = 'total'
        and areas.parent_area_id is not null
        and not areas.is_social_space
        and {{ is_valid_at_end_of('indicator_values.year', 'areas') }}
),

-- Where nobody lives nobody is segregated: such an area is no gap.
inhabited as (
    select cells.*
    from cells
    anti join observations
        on
            cells.value_status = 'not_applicable'
            and cells.denominator_variable_id = observations.variable_id
            and cells.area_version_id = observations.area_version_id
            and cells.period_id = observations.period_id
            and observations.breakdown_id = 'total'
            and observations.value = 0
),

-- One row per level. Nothing is computed unless every cell of it is shown: a measure over all but one would tell it.
levels as (
    select
        indicator_id,
        level,
        period_id,
        any_value(year) as year,
        count(*) as n_areas,
        sum(a) as a_all,
        sum(t) as t_all,
        bool_and(a = floor(a) and t = floor(t)) as is_whole,
        case
            when
                bool_or(value_status = 'below_min_denominator')
                and not bool_or(starts_with(value_status, 'suppressed'))
                then 'below_min_denominator'
            when not bool_and(value_status = 'ok') then {{ strongest_status('value_status') }}
            when a_all <= 0 or a_all >= t_all or n_areas < 2 then 'not_applicable'
            else 'ok'
        end as value_status
    from inhabited
    group by indicator_id, level, period_id
),

-- Its areas in ascending order of the share.
spread as (
    select
        levels.*,
        inhabited.area_version_id,
        inhabited.a,
        inhabited.t,
        sum(inhabited.t) over (
            partition by inhabited.indicator_id, inhabited.level, inhabited.period_id
            order by inhabited.a / inhabited.t, inhabited.area_version_id
            rows unbounded preceding
        ) as cumulated
    from levels
    left join inhabited
        on
            levels.indicator_id = inhabited.indicator_id
            and levels.level = inhabited.level
            and levels.period_id = inhabited.period_id
            and levels.value_status = 'ok'
)

select * from spread
