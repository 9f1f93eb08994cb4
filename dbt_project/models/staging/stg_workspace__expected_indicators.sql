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

-- An empty cell leaves the level or the year open.
select
    indicator_id,
    nullif(level, '') as level,
    cast(unnest(
        case
            when span = '' then [null]
            else range(cast(string_split(span, '-')[1] as bigint), cast(string_split(span, '-')[-1] as bigint) + 1)
        end
    ) as integer) as year
from span_listed
