with recursive

bridges as (
    select * from {{ ref('stg_workspace__bridges') }}
),

-- Ways over bridges of different barriers, one after the other, without the ends of the way.
ways as (
    select
        x_m as from_x_m,
        y_m as from_y_m,
        x_m as to_x_m,
        y_m as to_y_m,
        cast(0 as double) as length_m,
        [barrier_id] as barrier_ids
    from bridges
    union all
    select
        ways.from_x_m,
        ways.from_y_m,
        bridges.x_m as to_x_m,
        bridges.y_m as to_y_m,
        ways.length_m + {{ straight_distance('ways.to_x_m', 'ways.to_y_m', 'bridges.x_m', 'bridges.y_m') }} as length_m,
        list_append(ways.barrier_ids, bridges.barrier_id) as barrier_ids
    from ways
    inner join bridges on not list_contains(ways.barrier_ids, bridges.barrier_id)
    where len(ways.barrier_ids) < {{ var('most_barriers_crossed') }}
)

select
    from_x_m,
    from_y_m,
    to_x_m,
    to_y_m,
    length_m,
    list_sort(barrier_ids) as barrier_ids
from ways
