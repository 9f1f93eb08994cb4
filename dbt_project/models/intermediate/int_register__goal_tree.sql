with recursive

goals as (
    select * from {{ ref('stg_register__goals') }}
),

climbed as (
    select
        goal_id,
        0 as depth,
        goal_id as sort_path
    from goals
    where parent_id is null

    union all

    select
        goals.goal_id,
        climbed.depth + 1 as depth,
        climbed.sort_path || '/' || goals.goal_id as sort_path
    from goals
    inner join climbed on goals.parent_id = climbed.goal_id
    where climbed.depth < 10
)

select
    goal_id,
    depth,
    sort_path
from climbed
