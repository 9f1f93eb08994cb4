with

areas as (
    select * from {{ ref('stg_landing__areas') }}
),

deliveries as (
    select * from {{ ref('stg_workspace__deliveries') }}
),

workspace as (
    select * from {{ ref('stg_workspace__workspace') }}
),

city as (
    select areas.border_m
    from areas
    inner join workspace on areas.area_id = workspace.city_area_id
    inner join deliveries on areas.delivery_id = deliveries.delivery_id
    where areas.border_m is not null
    qualify row_number() over (order by deliveries.delivery_sequence desc) = 1
),

rings as (
    select unnest(from_json(border_m, '[[["double"]]]')) as ring
    from city
),

pieces as (
    select
        ring,
        unnest(range(1, len(ring))) as position
    from rings
)

select
    ring[position][1] as from_x_m,
    ring[position][2] as from_y_m,
    ring[position + 1][1] as to_x_m,
    ring[position + 1][2] as to_y_m
from pieces
