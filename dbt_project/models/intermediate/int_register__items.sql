with

states as (
    select * from {{ ref('int_register__states') }}
),

targets as (
    select * from {{ ref('stg_register__targets') }}
),

findings as (
    select * from {{ ref('stg_register__findings') }}
),

evaluation_findings as (
    select * from {{ ref('stg_register__evaluation_findings') }}
),

followups as (
    select * from {{ ref('stg_register__followups') }}
),

decisions as (
    select * from {{ ref('stg_register__decisions') }}
),

standards as (
    select * from {{ ref('stg_register__standards') }}
),

frameworks as (
    select * from {{ ref('stg_register__frameworks') }}
),

-- A follow-up is as public as the evaluation it comes from, once it is agreed.
followup_evaluations as (
    select
        followups.followup_id,
        evaluation_findings.evaluation_id
    from followups
    inner join evaluation_findings on followups.finding_id = evaluation_findings.finding_id
),

items as (
    select
        entity as kind,
        entity_id as item_id,
        is_public
    from states
    where entity <> 'followup'
    union all by name
    select
        'followup' as kind,
        followups.followup_id as item_id,
        coalesce(states.is_public and evaluations.is_public, false) as is_public
    from followups
    left join states on states.entity = 'followup' and followups.followup_id = states.entity_id
    left join followup_evaluations on followups.followup_id = followup_evaluations.followup_id
    left join states as evaluations
        on evaluations.entity = 'evaluation' and followup_evaluations.evaluation_id = evaluations.entity_id
    union all by name
    select
        'target' as kind,
        targets.target_id as item_id,
        coalesce(states.is_public, false) as is_public
    from targets
    left join states on states.entity = 'goal' and targets.goal_id = states.entity_id
    union all by name
    select
        'finding' as kind,
        finding_id as item_id,
        false as is_public
    from findings
    union all by name
    select
        'finding' as kind,
        evaluation_findings.finding_id as item_id,
        coalesce(states.is_public, false) as is_public
    from evaluation_findings
    left join states on states.entity = 'evaluation' and evaluation_findings.evaluation_id = states.entity_id
    union all by name
    -- A decision about a wish says what was wished: it is as little public as the wish.
    select
        'decision' as kind,
        decisions.decision_id as item_id,
        decisions.is_public and (decisions.subject_kind <> 'need' or coalesce(states.is_public, false)) as is_public
    from decisions
    left join states on decisions.subject_kind = states.entity and decisions.subject_id = states.entity_id
    union all by name
    select
        'standard' as kind,
        standard_id as item_id,
        true as is_public
    from standards
    union all by name
    select
        'framework' as kind,
        framework_id as item_id,
        true as is_public
    from frameworks
)

select
    kind,
    item_id,
    is_public
from items
