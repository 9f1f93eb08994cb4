with

observations as (
    select * from {{ ref('int_observations__protected') }}
),

partitions as (
    select * from {{ ref('dimension_partitions') }}
),

breakdowns as (
    select distinct breakdown_id from observations
    union
    select 'total' as breakdown_id
)

select
    breakdowns.breakdown_id,
    case when breakdowns.breakdown_id <> 'total' then string_split(breakdowns.breakdown_id, '=')[1] end as dimension,
    case when breakdowns.breakdown_id <> 'total' then string_split(breakdowns.breakdown_id, '=')[2] end as category,
    case when breakdowns.breakdown_id <> 'total' then 'total' end as parent,
    coalesce(partitions.is_partition, false) as is_partition
from breakdowns
left join partitions on string_split(breakdowns.breakdown_id, '=')[1] = partitions.dimension
