with

special_populations as (
    select * from {{ ref('stg_workspace__special_populations') }}
)

select
    area_id || '-' || kind || '@' || coalesce(cast(valid_from as varchar), 'always') as special_population_id,
    area_id,
    kind,
    note_de,
    note_en,
    valid_from,
    valid_to
from special_populations
