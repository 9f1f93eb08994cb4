with

goals as (
    select * from {{ source('register', 'goals') }}
)

select
    goal_id,
    {{ filled('parent_id') }} as parent_id,
    tier,
    title_de,
    {{ filled('title_en') }} as title_en,
    rationale_de,
    scope_kind,
    {{ filled('lead_office') }} as lead_office,
    file_name,
    {{ listed('framework_ids') }} as framework_ids,
    {{ listed('living_conditions') }} as living_conditions,
    {{ listed('area_ids') }} as area_ids,
    {{ listed('target_groups') }} as target_groups,
    {{ listed('co_offices') }} as co_offices,
    {{ listed('challenge_ids') }} as challenge_ids,
    cast(row_number as bigint) as row_number,
    {{ flag('example') }} as example
from goals
