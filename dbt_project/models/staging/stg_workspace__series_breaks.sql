with

breaks as (
    select * from {{ source('workspace', 'series_breaks') }}
)

select
    break_id,
    indicator_id,
    period_id,
    kind,
    reason_de,
    reason_en,
    case when area_ids <> '' then string_split(area_ids, '|') end as area_ids,
    coalesce(try_cast(nullif(bridged, '') as boolean), false) as is_bridged
from breaks
