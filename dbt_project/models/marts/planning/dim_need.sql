with

needs as (
    select * from {{ ref('int_needs__categorised') }}
),

decisions as (
    select * from {{ ref('stg_register__decisions') }}
),

bodies as (
    select * from {{ ref('stg_register__bodies') }}
),

acceptance as (
    select * from {{ ref('stg_register__acceptance_bodies') }}
),

contained as (
    select * from {{ ref('int_areas__contained') }}
),

levels as (
    select * from {{ ref('stg_workspace__levels') }}
),

interventions as (
    select
        need_id,
        count(*) as n_interventions
    from (select unnest(need_ids) as need_id from {{ ref('stg_register__interventions') }}) as listed_needs
    group by need_id
),

-- Who is responsible: the finest area with a body that is, or contains, the area of the need; there a row for the very
-- target group before one for all. The rule of the register's own check (orchestration/register/acceptance.py).
responsible as (
    select
        needs.need_id,
        acceptance.body_id
    from needs
    inner join contained on needs.area_id = contained.area_id
    inner join levels on contained.container_level = levels.level
    inner join acceptance on contained.container_area_id = acceptance.area_id
    left join decisions on needs.decision_id = decisions.decision_id
    where
        (acceptance.target_group is null or needs.target_group = acceptance.target_group)
        and (
            acceptance.valid_from is null
            or acceptance.valid_from <= coalesce(decisions.decided_on, needs.raised_on)
        )
        and (acceptance.valid_to is null or acceptance.valid_to > coalesce(decisions.decided_on, needs.raised_on))
    qualify row_number() over (
        partition by needs.need_id
        order by levels.level_rank desc, acceptance.target_group asc nulls last, acceptance.body_id asc
    ) = 1
)

select
    needs.need_id,
    {{ titled('needs', 'need', 'de') }} as title_de,
    {{ titled('needs', 'need', 'en') }} as title_en,
    needs.statement_de,
    needs.category,
    needs.state,
    needs.raised_by_kind,
    needs.raised_by_name,
    needs.channel,
    needs.area_id,
    needs.target_group,
    needs.living_condition,
    needs.service_type,
    needs.finding_ids,
    needs.qualitative_reason_de,
    needs.goal_ids,
    needs.stock_check_de,
    needs.quantity_unit,
    responsible.body_id as accepting_body_id,
    bodies.name_de as accepting_body_de,
    bodies.name_en as accepting_body_en,
    needs.decision_id,
    decisions.result as decision_result,
    needs.responsible_office,
    needs.file_name,
    cast(needs.quantity as double) as quantity,
    needs.quantity_release,
    cast(coalesce(interventions.n_interventions, 0) as integer) as n_interventions,
    needs.row_number,
    needs.quantity_is_quoted,
    needs.category = 'need' and interventions.n_interventions is null as is_without_intervention,
    needs.example as is_example,
    needs.is_public,
    needs.raised_on,
    needs.inventory_as_of,
    decisions.decided_on,
    needs.review_on
from needs
left join responsible on needs.need_id = responsible.need_id
left join bodies on responsible.body_id = bodies.body_id
left join decisions on needs.decision_id = decisions.decision_id
left join interventions on needs.need_id = interventions.need_id
