with

breaks as (
    select * from {{ ref('stg_workspace__series_breaks') }}
)

select
    break_id,
    indicator_id,
    period_id,
    kind,
    reason_de,
    reason_en,
    array_to_string(area_ids, '|') as area_ids,
    is_bridged
from breaks
