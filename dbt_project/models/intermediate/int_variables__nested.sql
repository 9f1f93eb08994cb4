with

observations as (
    select * from {{ ref('int_observations__current') }}
),

variables as (
    select * from {{ ref('int_variables__compiled') }}
),

indicators as (
    select * from {{ ref('int_indicators__compiled') }}
),

life_phases as (
    select * from {{ ref('life_phases') }}
),

timed as (
    select distinct
        variable_id,
        source_variable_id
    from {{ ref('int_variables__timed') }}
),

delivered as (
    select distinct
        variable_id,
        breakdown_id
    from observations
    where breakdown_id <> 'total'
),

breakdowns as (
    select breakdown_id from delivered
    union
    select breakdown_id from life_phases
),

-- Bands are read from their category id: 6-9 has both ends, 80+ is open. What stands beside the band is the rest.
parts as (
    select
        breakdown_id,
        unnest(string_split(breakdown_id, '|')) as part
    from breakdowns
),

bands as (
    select
        breakdown_id,
        max(string_split(part, '=')[1]) filter (where regexp_full_match(part, '\w+=\d+(-\d+|\+)')) as dimension,
        max(cast(nullif(regexp_extract(part, '^\w+=(\d+)(-\d+|\+)$', 1), '') as integer)) as first_year_of_age,
        coalesce(
            max(try_cast(nullif(regexp_extract(part, '^\w+=\d+-(\d+)$', 1), '') as integer)), {{ var('oldest_age') }}
        ) as last_year_of_age,
        coalesce(
            string_agg(part, '|' order by part) filter (where not regexp_full_match(part, '\w+=\d+(-\d+|\+)')), 'total'
        ) as rest
    from parts
    group by breakdown_id
    having count(*) filter (where regexp_full_match(part, '\w+=\d+(-\d+|\+)')) = 1
),

-- A variable is the sum over a range of ages of another one, or over all ages of itself.
ranges as (
    select
        variable_id,
        derived_from as source_variable_id,
        derived_dimension as dimension,
        derived_first as first_year_of_age,
        coalesce(derived_last, {{ var('oldest_age') }}) as last_year_of_age,
        true as is_derived
    from variables
    where derived_kind = 'bands'
    union all
    select distinct
        delivered.variable_id,
        delivered.variable_id as source_variable_id,
        bands.dimension,
        0 as first_year_of_age,
        {{ var('oldest_age') }} as last_year_of_age,
        false as is_derived
    from delivered
    inner join bands on delivered.breakdown_id = bands.breakdown_id
),

-- The breakdowns an indicator may come by: those its numerator is delivered in, the life phases its bands nest into,
-- and, where the numerator is itself a range of ages, those that its source is delivered in beside the bands.
offered as (
    select
        delivered.variable_id,
        regexp_extract(delivered.breakdown_id, '^\w+') as dimension,
        delivered.breakdown_id
    from delivered
    where delivered.breakdown_id not like '%|%'
    union
    select
        ranges.variable_id,
        ranges.dimension,
        life_phases.breakdown_id
    from ranges
    inner join life_phases on ranges.dimension = regexp_extract(life_phases.breakdown_id, '^\w+')
    where not ranges.is_derived
    union
    select
        ranges.variable_id,
        regexp_extract(bands.rest, '^\w+') as dimension,
        bands.rest as breakdown_id
    from ranges
    inner join delivered on ranges.source_variable_id = delivered.variable_id
    inner join bands on delivered.breakdown_id = bands.breakdown_id
    where bands.rest <> 'total' and bands.rest not like '%|%'
),

-- A sum over years comes by what its source comes by.
offered_over_time as (
    select
        variable_id,
        dimension,
        breakdown_id
    from offered
    union
    select
        timed.variable_id,
        offered.dimension,
        offered.breakdown_id
    from offered
    inner join timed on offered.variable_id = timed.source_variable_id
),

wanted_by_indicators as (
    select
        unnest([indicators.numerator_variable_id, indicators.denominator_variable_id]) as variable_id,
        offered_over_time.breakdown_id
    from indicators
    inner join offered_over_time
        on
            indicators.numerator_variable_id = offered_over_time.variable_id
            and list_contains(indicators.breakdown_dimensions, offered_over_time.dimension)
),

wanted as (
    select
        variable_id,
        breakdown_id
    from wanted_by_indicators
    union
    select
        timed.source_variable_id as variable_id,
        wanted_by_indicators.breakdown_id
    from wanted_by_indicators
    inner join timed on wanted_by_indicators.variable_id = timed.variable_id
    union
    select
        variable_id,
        'total' as breakdown_id
    from ranges
    where is_derived
),

-- What is wanted and not simply delivered: as a range of ages of the source, with the rest of the breakdown beside it.
targets as (
    select
        wanted.variable_id,
        wanted.breakdown_id,
        ranges.source_variable_id,
        ranges.dimension,
        coalesce(bands.first_year_of_age, ranges.first_year_of_age) as first_year_of_age,
        coalesce(bands.last_year_of_age, ranges.last_year_of_age) as last_year_of_age,
        coalesce(bands.rest, wanted.breakdown_id) as rest
    from wanted
    inner join ranges on wanted.variable_id = ranges.variable_id
    left join bands on wanted.breakdown_id = bands.breakdown_id and ranges.dimension = bands.dimension
    where
        bands.breakdown_id is null
        or (
            bands.first_year_of_age >= ranges.first_year_of_age
            and bands.last_year_of_age <= ranges.last_year_of_age
        )
)

select
    targets.variable_id,
    targets.breakdown_id,
    targets.source_variable_id,
    bands.breakdown_id as source_breakdown_id,
    targets.last_year_of_age - targets.first_year_of_age + 1 as years_wanted,
    bands.last_year_of_age - bands.first_year_of_age + 1 as years_of_age
from targets
inner join delivered on targets.source_variable_id = delivered.variable_id
inner join bands
    on
        delivered.breakdown_id = bands.breakdown_id
        and targets.dimension = bands.dimension
        and targets.rest = bands.rest
        and targets.first_year_of_age <= bands.first_year_of_age
        and targets.last_year_of_age >= bands.last_year_of_age
