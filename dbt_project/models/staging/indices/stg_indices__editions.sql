with

editions as (
    select * from {{ source('workspace', 'indices') }}
)

select
    index_id,
    edition,
    level,
    name_de,
    name_en,
    definition_de,
    definition_en,
    nullif(source, '') as source,
    transform,
    standard_deviation,
    reference_edition,
    cast(year as integer) as year,
    cast(transform_constant as double) as transform_constant,
    cast(sum_multiplier as double) as sum_multiplier,
    cast(min_weight_share as decimal(9, 6)) as min_weight_share,
    cast(is_restandardised as boolean) as is_restandardised,
    cast(is_reference_fixed as boolean) as is_reference_fixed,
    cast(is_published as boolean) as is_published
from editions
