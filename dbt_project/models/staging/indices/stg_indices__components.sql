with

components as (
    select * from {{ source('workspace', 'index_components') }}
)

select
    index_id,
    edition,
    component_id,
    part,
    indicator_id,
    label_de,
    label_en,
    cast(component_number as integer) as component_number,
    cast(direction as integer) as direction,
    cast(nullif(change_over_years, '') as integer) as change_over_years,
    cast(weight as decimal(9, 6)) as weight
from components
