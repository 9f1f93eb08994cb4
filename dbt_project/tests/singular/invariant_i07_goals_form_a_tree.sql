-- Invariant I7: every goal hangs on the goal tree, without a loop and below a goal that there is.
with

goals as (
    select * from {{ ref('stg_register__goals') }}
),

tree as (
    select * from {{ ref('int_register__goal_tree') }}
)

select
    goals.goal_id,
    goals.file_name,
    goals.row_number
from goals
left join tree on goals.goal_id = tree.goal_id
where tree.goal_id is null
