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

-- The areas of a level that divide the city. Counts are exact, so that their sums are.
cells as (
    select
        indicator_values.indicator_id,
        groups.denominator_variable_id,
        indicator_values.area_version_id,
        indicator_values.level,
        indicator_values.period_id,
        indicator_values.year,
        indicator_values.value_status,
        cast(indicator_values.numerator as decimal(18, 3)) as a,
        cast(indicator_values.denominator as decimal(18, 3)) as t
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

totalled as (
    select
        *,
        sum(a) over one_level as a_all,
        sum(t) over one_level as t_all,
        sum(t) over (one_level order by a / t, area_version_id rows unbounded preceding) as cumulated,
        bool_and(a = floor(a) and t = floor(t)) over one_level as is_whole,
        bool_and(value_status = 'ok') over one_level as is_complete
    from inhabited
    window one_level as (partition by indicator_id, level, period_id)
)

select * from totalled
