with

areas as (
    select * from {{ source('landing', 'areas') }}
)

select
    delivery_id,
    extract_id,
    row_number,
    level,
    area_id,
    name,
    geometry_geojson
from areas
