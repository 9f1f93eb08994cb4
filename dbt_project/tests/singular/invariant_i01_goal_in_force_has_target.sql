-- Invariant I1: a goal in force at the end of its branch is measured by a target.
{{ config(severity = 'warn') }}
select
    goal_id,
    file_name,
    row_number
from {{ ref('dim_goal') }}
where state = 'in_force' and is_without_target
