with

-- A recast area is an estimate for years in which others made up the whole: no child of its parent.
observations as (
    select * from {{ ref('int_observations__rolled_up') }}
    where not is_recast
),

areas as (
    select * from {{ ref('int_areas__versioned') }}
),

variables as (
    select * from {{ ref('int_variables__compiled') }}
),

deliveries as (
    select * from {{ ref('stg_workspace__deliveries') }}
),

extracts as (
    select * from {{ ref('stg_workspace__extracts') }}
),

children as (
    select
        areas.parent_area_id,
        observations.*
    from observations
    inner join areas on observations.area_version_id = areas.area_version_id
    inner join variables on observations.variable_id = variables.variable_id and variables.is_additive
    where areas.parent_area_id is not null and not areas.is_social_space
),

children_summed as (
    select
        parent_area_id,
        level,
        variable_id,
        period_id,
        year,
        breakdown_id,
        bool_and(value_status = 'ok') as is_complete,
        bool_or(list_contains(value_flags, 'estimated')) as is_estimated,
        sum(value) as value_sum
    from children
    group by all
),

-- What the parent counts and none of its children does: persons without an attributable address. A difference within
-- the tolerance that the contract declares is rounding, not persons.
not_assignable as (
    select
        children_summed.*,
        parents.delivery_id,
        parents.value - children_summed.value_sum as remainder,
        -- Weights add up to 1 within a millionth: what estimated children lack by that is no person either.
        greatest(
            coalesce(extracts.area_sum_tolerance, 0),
            case when children_summed.is_estimated then parents.value * 0.00001 else 0 end
        ) as tolerance
    from children_summed
    inner join observations as parents
        on
            children_summed.parent_area_id = parents.area_id
            and children_summed.variable_id = parents.variable_id
            and children_summed.period_id = parents.period_id
            and children_summed.breakdown_id = parents.breakdown_id
    left join deliveries on parents.delivery_id = deliveries.delivery_id
    left join extracts on deliveries.extract_id = extracts.extract_id
    where children_summed.is_complete and parents.value_status = 'ok'
)

select
    variable_id,
    level || '-' || string_split(parent_area_id, '-')[-1] || '-nz@always' as area_version_id,
    level || '-' || string_split(parent_area_id, '-')[-1] || '-nz' as area_id,
    parent_area_id,
    level,
    period_id,
    year,
    breakdown_id,
    delivery_id,
    'ok' as value_status,
    cast([] as varchar[]) as value_flags,
    cast(remainder as decimal(28, 6)) as value
from not_assignable
where remainder > tolerance
