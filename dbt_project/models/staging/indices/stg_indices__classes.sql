with

classes as (
    select * from {{ source('workspace', 'index_classes') }}
)

select
    index_id,
    edition,
    part,
    class_id,
    label_de,
    label_en,
    cast(class_number as integer) as class_number,
    cast(nullif(lower_cut, '') as double) as lower_cut,
    cast(nullif(upper_cut, '') as double) as upper_cut,
    cast(is_lower_inclusive as boolean) as is_lower_inclusive,
    cast(is_upper_inclusive as boolean) as is_upper_inclusive
from classes
