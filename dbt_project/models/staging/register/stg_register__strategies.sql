with

strategies as (
    select * from {{ source('register', 'strategies') }}
)

select
    strategy_id,
    {{ filled('focus_group_id') }} as focus_group_id,
    title_de,
    {{ filled('title_en') }} as title_en,
    how_de,
    lead_office,
    file_name,
    {{ listed('goal_ids') }} as goal_ids,
    {{ listed('challenge_ids') }} as challenge_ids,
    {{ listed('area_ids') }} as area_ids,
    {{ listed('target_groups') }} as target_groups,
    {{ listed('co_offices') }} as co_offices,
    cast(row_number as bigint) as row_number,
    {{ day('valid_from') }} as valid_from,
    {{ day('valid_to') }} as valid_to,
    {{ flag('example') }} as example
from strategies
