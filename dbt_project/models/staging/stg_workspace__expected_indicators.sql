with

indicators as (
    select * from {{ source('workspace', 'indicators') }}
),

level_listed as (
    select
        indicator_id,
        unnest(string_split(levels, '|')) as level,
        years
    from indicators
),

span_listed as (
    select
        indicator_id,
        level,
        unnest(string_split(years, '|')) as span
    from level_listed
)

select
    indicator_id,
    level,
    cast(unnest(range(
        cast(string_split(span, '-')[1] as bigint),
        cast(string_split(span, '-')[-1] as bigint) + 1
    )) as integer) as year
from span_listed
