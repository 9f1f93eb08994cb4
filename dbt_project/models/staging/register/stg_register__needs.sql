with

needs as (
    select * from {{ source('register', 'needs') }}
)

select
    need_id,
    area_id,
    title_de,
    {{ filled('title_en') }} as title_en,
    statement_de,
    raised_by_kind,
    {{ filled('raised_by_name') }} as raised_by_name,
    {{ filled('channel') }} as channel,
    target_group,
    living_condition,
    {{ filled('service_type') }} as service_type,
    {{ filled('qualitative_reason_de') }} as qualitative_reason_de,
    {{ filled('stock_check_de') }} as stock_check_de,
    {{ filled('quantity_unit') }} as quantity_unit,
    {{ filled('responsible_office') }} as responsible_office,
    file_name,
    {{ listed('finding_ids') }} as finding_ids,
    {{ listed('goal_ids') }} as goal_ids,
    {{ number('quantity') }} as quantity,
    {{ release_number('quantity_release') }} as quantity_release,
    cast(row_number as bigint) as row_number,
    coalesce(quantity_release = 'quoted', false) as quantity_is_quoted,
    {{ day('raised_on') }} as raised_on,
    {{ day('inventory_as_of') }} as inventory_as_of,
    {{ day('review_on') }} as review_on,
    {{ flag('example') }} as example
from needs
