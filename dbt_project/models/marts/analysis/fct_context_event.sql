with

events as (
    select * from {{ ref('stg_workspace__context_events') }}
)

select
    event_id,
    period_id,
    kind,
    label_de,
    label_en,
    area_ids,
    {{ period_year('period_id') }} as year
from events
