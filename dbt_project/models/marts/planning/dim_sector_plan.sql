with

plans as (
    select * from {{ ref('stg_register__sector_plans') }}
),

offices as (
    select * from {{ ref('stg_register__offices') }}
),

items as (
    select * from {{ ref('int_register__items') }}
),

named as (
    select
        sector_plan_id,
        'goal' as kind,
        unnest(goal_ids) as item_id
    from plans
    union all
    select
        sector_plan_id,
        'intervention' as kind,
        unnest(intervention_ids) as item_id
    from plans
),

-- A plan that names a draft is as little public as the draft.
hidden as (
    select distinct named.sector_plan_id
    from named
    left join items on named.kind = items.kind and named.item_id = items.item_id
    where not coalesce(items.is_public, false)
)

select
    plans.sector_plan_id,
    plans.kind,
    plans.title_de,
    plans.title_en,
    plans.legal_basis_de,
    plans.owner_office,
    offices.name_de as owner_office_de,
    offices.name_en as owner_office_en,
    plans.file_name,
    plans.goal_ids,
    plans.intervention_ids,
    plans.row_number,
    hidden.sector_plan_id is null as is_public,
    plans.valid_from,
    plans.valid_to
from plans
left join offices on plans.owner_office = offices.office_id
left join hidden on plans.sector_plan_id = hidden.sector_plan_id
