with

evaluations as (
    select * from {{ ref('stg_register__evaluations') }}
),

states as (
    select * from {{ ref('int_register__states') }}
),

points as (
    select
        evaluation_id,
        count(distinct outcome_id) as n_outcomes,
        count(distinct outcome_id) filter (where has_changed_since) as n_changed_since
    from {{ ref('int_evaluations__points') }}
    group by evaluation_id
)

select
    evaluations.evaluation_id,
    evaluations.title_de,
    evaluations.scope_kind,
    evaluations.scope_id,
    case when evaluations.scope_kind = 'intervention' then evaluations.scope_id end as intervention_id,
    states.state,
    evaluations.author_office,
    evaluations.reviewer_office,
    evaluations.limitation_de,
    evaluations.matching_indicators,
    evaluations.file_name,
    evaluations.release_number as frozen_release,
    cast(coalesce(points.n_outcomes, 0) as integer) as n_outcomes,
    cast(coalesce(points.n_changed_since, 0) as integer) as n_changed_since,
    evaluations.row_number,
    coalesce(points.n_changed_since > 0, false) as has_changed_since,
    coalesce(states.is_public, false) as is_public,
    evaluations.planned_on
from evaluations
left join states on states.entity = 'evaluation' and evaluations.evaluation_id = states.entity_id
left join points on evaluations.evaluation_id = points.evaluation_id
