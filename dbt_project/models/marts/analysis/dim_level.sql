with

levels as (
    select * from {{ ref('stg_workspace__levels') }}
)

select
    level,
    name_de,
    name_en,
    plural_de,
    plural_en,
    level_rank as rank,
    parent_level
from levels
