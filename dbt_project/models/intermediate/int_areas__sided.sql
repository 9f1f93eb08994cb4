with

barriers as (
    select * from {{ ref('stg_workspace__barriers') }}
),

contained as (
    select * from {{ ref('int_areas__contained') }}
)

select distinct
    contained.area_version_id,
    contained.area_id,
    barriers.barrier_id,
    barriers.side
from contained
inner join barriers on contained.container_area_id = barriers.area_id
