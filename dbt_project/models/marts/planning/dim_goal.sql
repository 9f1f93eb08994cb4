with

goals as (
    select * from {{ ref('stg_register__goals') }}
),

tree as (
    select * from {{ ref('int_register__goal_tree') }}
),

states as (
    select * from {{ ref('int_register__states') }}
),

targets as (
    select
        goal_id,
        count(*) as n_targets
    from {{ ref('stg_register__targets') }}
    group by goal_id
),

strategies as (
    select
        goal_id,
        count(*) as n_strategies
    from (select unnest(goal_ids) as goal_id from {{ ref('stg_register__strategies') }}) as listed_goals
    group by goal_id
),

children as (
    select
        parent_id as goal_id,
        count(*) as n_children
    from goals
    where parent_id is not null
    group by parent_id
),

counted as (
    select
        goals.* exclude (title_de, title_en),
        {{ titled('goals', 'goal', 'de') }} as title_de,
        {{ titled('goals', 'goal', 'en') }} as title_en,
        states.state,
        states.adoption_decision_id,
        tree.sort_path,
        coalesce(states.is_public, false) as is_public,
        cast(tree.depth as integer) as depth,
        cast(coalesce(targets.n_targets, 0) as integer) as n_targets,
        cast(coalesce(strategies.n_strategies, 0) as integer) as n_strategies,
        cast(coalesce(children.n_children, 0) as integer) as n_children
    from goals
    left join tree on goals.goal_id = tree.goal_id
    left join states on states.entity = 'goal' and goals.goal_id = states.entity_id
    left join targets on goals.goal_id = targets.goal_id
    left join strategies on goals.goal_id = strategies.goal_id
    left join children on goals.goal_id = children.goal_id
)

-- Only a goal at the end of its branch has to be measured and pursued; the others are by the goals below them.
select
    goal_id,
    parent_id,
    tier,
    sort_path,
    title_de,
    title_en,
    rationale_de,
    framework_ids,
    living_conditions,
    scope_kind,
    area_ids,
    target_groups,
    lead_office,
    co_offices,
    challenge_ids,
    state,
    adoption_decision_id,
    file_name,
    depth,
    n_targets,
    n_strategies,
    n_children,
    row_number,
    n_children = 0 and n_targets = 0 as is_without_target,
    n_children = 0 and n_strategies = 0 as is_without_strategy,
    example as is_example,
    is_public
from counted
