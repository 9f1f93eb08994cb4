with

workspace as (
    select * from {{ ref('stg_workspace__workspace') }}
)

select
    workspace_id,
    name_de,
    name_en,
    demo_label_de,
    demo_label_en,
    city_area_id,
    crs,
    contact_office,
    feedback_address,
    is_demo
from workspace
