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
),

-- A joint breakdown names several dimensions; it is part of the breakdown without its last one.
taken_apart as (
    select
        breakdown_id,
        regexp_replace(breakdown_id, '=[^|]*', '', 'g') as dimension,
        regexp_replace(breakdown_id, '[^|=]*=', '', 'g') as category,
        case when breakdown_id like '%|%' then regexp_replace(breakdown_id, '\|[^|]*$', '') else 'total' end as parent
    from breakdowns
    where breakdown_id <> 'total'
)

select
    breakdowns.breakdown_id,
    taken_apart.dimension,
    taken_apart.category,
    taken_apart.parent,
    coalesce(partitions.is_partition, false) as is_partition
from breakdowns
left join taken_apart on breakdowns.breakdown_id = taken_apart.breakdown_id
left join partitions on taken_apart.dimension = partitions.dimension
