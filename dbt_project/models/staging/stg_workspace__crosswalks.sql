with

crosswalks as (
    select * from {{ source('workspace', 'crosswalks') }}
)

select
    from_level || '-' || from_code as from_area_id,
    from_level || '-' || from_code || '@' || coalesce(nullif(from_valid_from, ''), 'always') as from_area_version_id,
    to_level || '-' || to_code as to_area_id,
    to_level || '-' || to_code || '@' || coalesce(nullif(to_valid_from, ''), 'always') as to_area_version_id,
    weight_basis,
    cast(weight as decimal(9, 6)) as weight
from crosswalks
