with

interventions as (
    select * from {{ source('register', 'interventions') }}
)

select
    intervention_id,
    {{ filled('strategy_id') }} as strategy_id,
    title_de,
    {{ filled('title_en') }} as title_en,
    lead_office,
    {{ filled('mandate_reason_de') }} as mandate_reason_de,
    kind,
    file_name,
    {{ listed('co_offices') }} as co_offices,
    {{ listed('providers') }} as providers,
    {{ listed('need_ids') }} as need_ids,
    {{ listed('goal_ids') }} as goal_ids,
    {{ listed('area_ids') }} as area_ids,
    {{ listed('target_groups') }} as target_groups,
    {{ whole('expected_reach') }} as expected_reach,
    {{ whole('reached') }} as reached,
    cast(row_number as bigint) as row_number,
    {{ day('starts_on') }} as starts_on,
    {{ day('ends_on') }} as ends_on,
    {{ flag('example') }} as example
from interventions
