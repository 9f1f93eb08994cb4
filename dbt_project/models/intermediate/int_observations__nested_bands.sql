with

observations as (
    select * from {{ ref('int_observations__current') }}
),

variables as (
    select * from {{ ref('int_variables__compiled') }}
),

-- Bands are read from their category id: 6-9 has both ends, 80+ is open.
bands as (
    select
        *,
        string_split(breakdown_id, '=')[1] as dimension,
        cast(regexp_extract(breakdown_id, '=(\d+)', 1) as integer) as first_year_of_age,
        try_cast(nullif(regexp_extract(breakdown_id, '-(\d+)$', 1), '') as integer) as last_year_of_age
    from observations
    where regexp_full_match(breakdown_id, '\w+=\d+(-\d+|\+)')
),

ranges as (
    select
        variable_id,
        derived_from,
        derived_dimension,
        derived_first,
        coalesce(derived_last, {{ var('oldest_age') }}) as derived_last
    from variables
    where derived_from is not null
),

nested as (
    select
        ranges.variable_id,
        bands.variable_id as band_variable_id,
        ranges.derived_last - ranges.derived_first + 1 as years_wanted,
        coalesce(bands.last_year_of_age, {{ var('oldest_age') }}) - bands.first_year_of_age + 1 as years_of_age,
        bands.* exclude (variable_id)  -- noqa: RF02
    from bands
    inner join ranges
        on
            bands.variable_id = ranges.derived_from
            and bands.dimension = ranges.derived_dimension
            and bands.first_year_of_age >= ranges.derived_first
            and coalesce(bands.last_year_of_age, {{ var('oldest_age') }}) <= ranges.derived_last
)

select * from nested
