with

observations as (
    select * from {{ ref('int_observations__rolled_up') }}
),

remainder as (
    select * exclude (parent_area_id) from {{ ref('int_observations__remainder') }}
),

primary_cells as (
    select * from {{ ref('int_disclosure__primary_cells') }}
),

all_cells as (
    select
        *,
        false as is_remainder
    from observations
    union all by name
    select
        *,
        true as is_remainder
    from remainder
)

select
    all_cells.variable_id,
    all_cells.area_version_id,
    all_cells.area_id,
    all_cells.level,
    all_cells.period_id,
    all_cells.year,
    all_cells.breakdown_id,
    all_cells.delivery_id,
    case when primary_cells.rules is null then all_cells.value_status else 'suppressed_primary' end as value_status,
    case when primary_cells.rules is null then all_cells.value_flags else cast([] as varchar[]) end as value_flags,
    case when primary_cells.rules is null then all_cells.value end as value,
    all_cells.is_remainder,
    coalesce(all_cells.is_recast, false) as is_recast
from all_cells
left join primary_cells
    on
        all_cells.variable_id = primary_cells.variable_id
        and all_cells.area_version_id = primary_cells.area_version_id
        and all_cells.period_id = primary_cells.period_id
        and all_cells.breakdown_id = primary_cells.breakdown_id
