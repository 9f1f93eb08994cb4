{{ config(materialized = 'ephemeral') }}
with

special_populations as (
    select * from {{ source('workspace', 'special_populations') }}
)

select
    level || '-' || code as area_id,
    kind,
    note_de,
    note_en,
    cast(nullif(valid_from, '') as date) as valid_from,
    cast(nullif(valid_to, '') as date) as valid_to
from special_populations
