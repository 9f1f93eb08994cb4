with

areas as (
    select * from {{ source('workspace', 'areas') }}
)

select
    level || '-' || code as area_id,
    level || '-' || code || '@' || coalesce(nullif(valid_from, ''), 'always') as area_version_id,
    level,
    code,
    name,
    case when parent_code <> '' then parent_level || '-' || parent_code end as parent_area_id,
    cast(nullif(valid_from, '') as date) as valid_from,
    cast(nullif(valid_to, '') as date) as valid_to
from areas
