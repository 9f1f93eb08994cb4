with

challenges as (
    select * from {{ ref('stg_register__challenges') }}
),

ratings as (
    select * from {{ ref('stg_register__challenge_ratings') }}
),

states as (
    select * from {{ ref('int_register__states') }}
),

goals as (
    select * from {{ ref('stg_register__goals') }}
),

followups as (
    select * from {{ ref('stg_register__followups') }}
),

rated as (
    select
        challenge_id,
        sum(score * weight) / sum(weight) as rating,
        min(score) as rating_lowest,
        max(score) as rating_highest,
        {% for role in ['administration', 'politics', 'welfare'] -%}
        sum(score * weight) filter (where rater_role = '{{ role }}')
        / sum(weight) filter (where rater_role = '{{ role }}') as rating_{{ role }},
        {% endfor -%}
        count(*) as n_ratings
    from ratings
    group by challenge_id
),

goals_listed as (
    select
        unnest(challenge_ids) as challenge_id,
        goal_id
    from goals
),

goals_counted as (
    select
        challenge_id,
        count(*) as n_goals
    from goals_listed
    group by challenge_id
),

raised as (
    select
        creates_id as challenge_id,
        min(followup_id) as followup_id
    from followups
    where creates_kind = 'challenge'
    group by creates_id
)

select
    challenges.challenge_id,
    {{ titled('challenges', 'challenge', 'de') }} as title_de,
    {{ titled('challenges', 'challenge', 'en') }} as title_en,
    challenges.description_de,
    challenges.living_conditions,
    challenges.area_ids,
    challenges.target_groups,
    challenges.finding_ids,
    challenges.source,
    states.state,
    challenges.priority,
    states.priority_decision_id,
    raised.followup_id as raised_by_followup_id,
    challenges.file_name,
    {{ round_significant('cast(rated.rating as double)') }} as rating,
    cast(rated.rating_lowest as double) as rating_lowest,
    cast(rated.rating_highest as double) as rating_highest,
    {% for role in ['administration', 'politics', 'welfare'] -%}
    {{ round_significant('cast(rated.rating_' ~ role ~ ' as double)') }} as rating_{{ role }},
    {% endfor -%}
    cast(coalesce(goals_counted.n_goals, 0) as integer) as n_goals,
    challenges.row_number,
    challenges.example as is_example,
    false as is_public
from challenges
left join states on states.entity = 'challenge' and challenges.challenge_id = states.entity_id
left join rated on challenges.challenge_id = rated.challenge_id
left join goals_counted on challenges.challenge_id = goals_counted.challenge_id
left join raised on challenges.challenge_id = raised.challenge_id
