-- Invariant I12: with the remainder "nicht zuordenbar" the children of an area add up to it, and never count more than
-- it. Only where nothing is hidden or missing, and not for social spaces, which cover a part of the city. Tolerance:
-- what the contract of the parent's delivery declares for sums of areas; where it declares none, a ten-thousandth, for
-- sums of decimals (below one person in every city this is made for).
with

observations as (
    select * from {{ ref('fct_observation') }}
),

areas as (
    select * from {{ ref('dim_area') }}
),

shares as (
    select * from {{ ref('stg_workspace__shares') }}
),

variables as (
    select * from {{ ref('dim_variable') }}
),

deliveries as (
    select * from {{ ref('stg_workspace__deliveries') }}
),

extracts as (
    select * from {{ ref('stg_workspace__extracts') }}
),

families as (
    select
        observations.variable_id,
        observations.period_id,
        observations.breakdown_id,
        areas.parent_area_id,
        observations.level,
        sum(observations.value) as children_sum,
        any_value(parents.value) as parent_value,
        any_value(parents.delivery_id) as parent_delivery_id,
        bool_and(observations.value_status = 'ok') as is_complete
    from observations
    inner join variables on observations.variable_id = variables.variable_id and variables.is_additive
    inner join areas on observations.area_version_id = areas.area_version_id
    inner join observations as parents
        on
            areas.parent_area_id = parents.area_id
            and observations.variable_id = parents.variable_id
            and observations.period_id = parents.period_id
            and observations.breakdown_id = parents.breakdown_id
    where
        parents.value_status = 'ok'
        and not observations.is_recast
        and areas.level not in (select shares.level from shares)
    group by
        observations.variable_id,
        observations.period_id,
        observations.breakdown_id,
        areas.parent_area_id,
        observations.level
)

select families.*
from families
left join deliveries on families.parent_delivery_id = deliveries.delivery_id
left join extracts on deliveries.extract_id = extracts.extract_id
where
    families.is_complete
    and abs(families.children_sum - families.parent_value)
    > greatest(coalesce(extracts.area_sum_tolerance, 0), 0.0001 * greatest(abs(families.parent_value), 1))
