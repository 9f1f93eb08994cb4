-- With the remainder "nicht zuordenbar" the children of an area add up to it; a negative remainder would mean that the
-- children count more than their parent. Only where nothing is hidden or missing. Tolerance: a ten-thousandth, for sums
-- of decimals; for counts that is below one person in every city the product is made for.
with

observations as (
    select * from {{ ref('fct_observation') }}
),

areas as (
    select * from {{ ref('dim_area') }}
),

variables as (
    select * from {{ ref('dim_variable') }}
)

select
    observations.variable_id,
    observations.period_id,
    observations.breakdown_id,
    areas.parent_area_id,
    observations.level,
    sum(observations.value) as children_sum,
    any_value(parents.value) as parent_value
from observations
inner join variables on observations.variable_id = variables.variable_id and variables.is_additive
inner join areas on observations.area_version_id = areas.area_version_id
inner join observations as parents
    on
        areas.parent_area_id = parents.area_id
        and observations.variable_id = parents.variable_id
        and observations.period_id = parents.period_id
        and observations.breakdown_id = parents.breakdown_id
where parents.value_status = 'ok'
group by
    observations.variable_id,
    observations.period_id,
    observations.breakdown_id,
    areas.parent_area_id,
    observations.level
having
    bool_and(observations.value_status = 'ok')
    and (
        abs(sum(observations.value) - any_value(parents.value)) > 0.0001 * greatest(abs(any_value(parents.value)), 1)
        or min(observations.value) < 0
    )
