with

sector_plans as (
    select * from {{ source('register', 'sector_plans') }}
)

select
    sector_plan_id,
    kind,
    title_de,
    {{ filled('title_en') }} as title_en,
    {{ filled('legal_basis_de') }} as legal_basis_de,
    owner_office,
    file_name,
    {{ listed('goal_ids') }} as goal_ids,
    {{ listed('intervention_ids') }} as intervention_ids,
    cast(row_number as bigint) as row_number,
    {{ day('valid_from') }} as valid_from,
    {{ day('valid_to') }} as valid_to
from sector_plans
