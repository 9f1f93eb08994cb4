with

levels as (
    select * from {{ source('workspace', 'levels') }}
)

select
    level,
    name_de,
    name_en,
    plural_de,
    plural_en,
    cast(rank as integer) as level_rank,
    nullif(parent_level, '') as parent_level
from levels
