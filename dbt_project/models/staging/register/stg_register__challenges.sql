with

challenges as (
    select * from {{ source('register', 'challenges') }}
)

select
    challenge_id,
    title_de,
    {{ filled('title_en') }} as title_en,
    {{ filled('description_de') }} as description_de,
    source,
    {{ filled('priority') }} as priority,
    file_name,
    {{ listed('living_conditions') }} as living_conditions,
    {{ listed('area_ids') }} as area_ids,
    {{ listed('target_groups') }} as target_groups,
    {{ listed('finding_ids') }} as finding_ids,
    cast(row_number as bigint) as row_number,
    {{ flag('example') }} as example
from challenges
