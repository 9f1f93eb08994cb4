with

target_groups as (
    select * from {{ ref('target_groups') }}
)

select
    target_group,
    name_de,
    name_en
from target_groups
