-- Where a dimension is called a partition, its categories add up to the total, in every area and period where all are
-- known. Disclosure control relies on it. Tolerance: a thousandth of a person, by which counts that shares or
-- crosswalks estimate are rounded, unless a contract that delivers the categories declares one for this variable and
-- dimension (checks.sum_of_categories), because total and categories are tables of their own. Sums of finer categories
-- (a life phase) are not counted beside them, and what is derived follows its source. Estimates by share do not add up
-- to a total that finer areas count exactly.
with

observations as (
    select * from {{ ref('int_observations__rolled_up') }}
),

breakdowns as (
    select * from {{ ref('dim_breakdown') }}
),

variables as (
    select * from {{ ref('int_variables__compiled') }}
),

nested as (
    select distinct
        variable_id,
        breakdown_id
    from {{ ref('int_variables__nested') }}
),

deliveries as (
    select * from {{ ref('stg_workspace__deliveries') }}
),

extracts as (
    select * from {{ ref('stg_workspace__extracts') }}
),

tolerated as (
    select
        deliveries.delivery_id,
        string_split(tolerance.said, '=')[1] as variable_dimension,
        cast(string_split(tolerance.said, '=')[2] as decimal(28, 6)) as tolerance
    from deliveries
    inner join extracts on deliveries.extract_id = extracts.extract_id
    cross join unnest(string_split(nullif(extracts.category_sum_tolerances, ''), '|')) as tolerance (said)
),

categories as (
    select
        observations.variable_id,
        observations.area_version_id,
        observations.period_id,
        breakdowns.dimension,
        bool_and(
            observations.value_status = 'ok' and not list_contains(observations.value_flags, 'estimated')
        ) as is_complete,
        sum(observations.value) as category_sum,
        max(coalesce(tolerated.tolerance, 0.001)) as tolerance
    from observations
    inner join breakdowns on observations.breakdown_id = breakdowns.breakdown_id and breakdowns.is_partition
    inner join variables
        on observations.variable_id = variables.variable_id and variables.derived_from is null
    anti join nested
        on observations.variable_id = nested.variable_id and observations.breakdown_id = nested.breakdown_id
    left join tolerated
        on
            observations.delivery_id = tolerated.delivery_id
            and observations.variable_id || '.' || breakdowns.dimension = tolerated.variable_dimension
    group by observations.variable_id, observations.area_version_id, observations.period_id, breakdowns.dimension
)

select
    categories.variable_id,
    categories.area_version_id,
    categories.period_id,
    categories.dimension
from categories
inner join observations as totals
    on
        categories.variable_id = totals.variable_id
        and categories.area_version_id = totals.area_version_id
        and categories.period_id = totals.period_id
        and totals.breakdown_id = 'total'
        and totals.value_status = 'ok'
where categories.is_complete and abs(categories.category_sum - totals.value) > categories.tolerance
