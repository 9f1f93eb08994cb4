with

workspace as (
    select * from {{ source('workspace', 'workspace') }}
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
    disclosure_default_profile,
    cast(is_demo as boolean) as is_demo
from workspace
