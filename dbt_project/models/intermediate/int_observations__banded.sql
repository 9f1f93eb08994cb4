with

observations as (
    select * from {{ ref('int_observations__protected') }}
),

indicators as (
    select * from {{ ref('int_indicators__compiled') }}
),

wanted as (
    {{ standardised_indicators('esp2013') }}
),

wanted_variables as (
    select unnest([indicators.numerator_variable_id, indicators.denominator_variable_id]) as variable_id
    from indicators
    inner join wanted on indicators.indicator_id = wanted.indicator_id
),

bands as (
    select
        observations.*,
        cast(regexp_extract(observations.breakdown_id, '^age=(\d+)', 1) as integer) as first_age,
        coalesce(
            try_cast(nullif(regexp_extract(observations.breakdown_id, '-(\d+)$', 1), '') as integer),
            {{ var('oldest_age') }}
        ) as last_age
    from observations
    semi join wanted_variables on observations.variable_id = wanted_variables.variable_id
    where regexp_full_match(observations.breakdown_id, 'age=\d+(-\d+|\+)')
),

-- The finest where bands nest: sums of bands are no strata.
finest_bands as (
    select bands.*
    from bands
    anti join bands as narrower
        on
            bands.variable_id = narrower.variable_id
            and bands.area_version_id = narrower.area_version_id
            and bands.period_id = narrower.period_id
            and bands.breakdown_id <> narrower.breakdown_id
            and bands.first_age <= narrower.first_age
            and bands.last_age >= narrower.last_age
)

select * from finest_bands
