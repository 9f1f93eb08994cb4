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
    geometry_geojson,
    nullif(border_m, '') as border_m,
    {{ listed('neighbour_ids') }} as neighbour_ids,
    cast(nullif(x_m, '') as double) as x_m,
    cast(nullif(y_m, '') as double) as y_m,
    cast(nullif(diameter_m, '') as double) as diameter_m
from areas
