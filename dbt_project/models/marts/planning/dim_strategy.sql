with

strategies as (
    select * from {{ ref('stg_register__strategies') }}
),

bodies as (
    select * from {{ ref('stg_register__bodies') }}
),

states as (
    select * from {{ ref('int_register__states') }}
),

interventions as (
    select
        strategy_id,
        count(*) as n_interventions
    from {{ ref('stg_register__interventions') }}
    group by strategy_id
)

select
    strategies.strategy_id,
    {{ titled('strategies', 'strategy', 'de') }} as title_de,
    {{ titled('strategies', 'strategy', 'en') }} as title_en,
    strategies.how_de,
    strategies.goal_ids,
    strategies.challenge_ids,
    strategies.area_ids,
    strategies.target_groups,
    strategies.lead_office,
    strategies.co_offices,
    strategies.focus_group_id,
    bodies.name_de as focus_group_de,
    bodies.name_en as focus_group_en,
    states.state,
    states.adoption_decision_id,
    strategies.file_name,
    cast(coalesce(interventions.n_interventions, 0) as integer) as n_interventions,
    strategies.row_number,
    interventions.n_interventions is null as is_without_intervention,
    strategies.example as is_example,
    coalesce(states.is_public, false) as is_public,
    strategies.valid_from,
    strategies.valid_to
from strategies
left join bodies on strategies.focus_group_id = bodies.body_id
left join states on states.entity = 'strategy' and strategies.strategy_id = states.entity_id
left join interventions on strategies.strategy_id = interventions.strategy_id
