with

events as (
    select * from {{ source('workspace', 'context_events') }}
)

select
    event_id,
    period_id,
    kind,
    label_de,
    label_en,
    nullif(area_ids, '') as area_ids
from events
