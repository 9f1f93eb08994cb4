with

expected as (
    select * from {{ ref('int_indicators__applied') }}
),

indicators as (
    select * from {{ ref('int_indicators__compiled') }}
),

areas as (
    select * from {{ ref('int_areas__versioned') }}
)

select
    expected.indicator_id,
    areas.area_version_id,
    areas.area_id,
    areas.level,
    expected.period_id,
    expected.year,
    'total' as breakdown_id
from expected
inner join indicators on expected.indicator_id = indicators.indicator_id
inner join areas
    on
        expected.level = areas.level
        and (areas.valid_from is null or areas.valid_from <= make_date(expected.year, 12, 31))
        and (areas.valid_to is null or areas.valid_to > make_date(expected.year, 12, 31))
