with

goals as (
    select * from {{ ref('stg_register__goals') }}
),

strategies as (
    select * from {{ ref('stg_register__strategies') }}
),

interventions as (
    select * from {{ ref('stg_register__interventions') }}
),

plans as (
    select * from {{ ref('stg_register__sector_plans') }}
),

items as (
    select * from {{ ref('int_register__items') }}
),

-- Who takes part in what, with the goals that it serves; of strategies and interventions only what was decided.
parts as (
    select
        'lead' as part,
        goal_id as item_id,
        [lead_office] as office_ids,
        [goal_id] as goal_ids
    from goals
    union all by name
    select
        'co' as part,
        goal_id as item_id,
        co_offices as office_ids,
        [goal_id] as goal_ids
    from goals
    union all by name
    select
        'strategy' as part,
        strategies.strategy_id as item_id,
        list_append(strategies.co_offices, strategies.lead_office) as office_ids,
        strategies.goal_ids
    from strategies
    inner join items on items.kind = 'strategy' and strategies.strategy_id = items.item_id and items.is_public
    union all by name
    select
        'intervention' as part,
        interventions.intervention_id as item_id,
        list_append(interventions.co_offices, interventions.lead_office) as office_ids,
        list_concat(interventions.goal_ids, coalesce(strategies.goal_ids, [])) as goal_ids
    from interventions
    inner join items
        on items.kind = 'intervention' and interventions.intervention_id = items.item_id and items.is_public
    left join strategies on interventions.strategy_id = strategies.strategy_id
    union all by name
    select
        'plan' as part,
        sector_plan_id as item_id,
        [owner_office] as office_ids,
        goal_ids
    from plans
),

by_office as (
    select
        part,
        item_id,
        goal_ids,
        unnest(list_distinct(office_ids)) as office_id
    from parts
),

by_goal as (
    select
        part,
        item_id,
        office_id,
        unnest(list_distinct(goal_ids)) as goal_id
    from by_office
),

counted as (
    select
        office_id,
        goal_id,
        case when bool_or(part = 'lead') then 'lead' when bool_or(part = 'co') then 'co' else 'other' end as role,
        count(*) filter (where part = 'strategy') as n_strategies,
        count(*) filter (where part = 'intervention') as n_interventions,
        count(*) filter (where part = 'plan') as n_sector_plans
    from by_goal
    where office_id is not null
    group by office_id, goal_id
)

select
    counted.office_id,
    counted.goal_id,
    counted.role,
    cast(counted.n_strategies as integer) as n_strategies,
    cast(counted.n_interventions as integer) as n_interventions,
    cast(counted.n_sector_plans as integer) as n_sector_plans,
    coalesce(items.is_public, false) as is_public
from counted
left join items on items.kind = 'goal' and counted.goal_id = items.item_id
