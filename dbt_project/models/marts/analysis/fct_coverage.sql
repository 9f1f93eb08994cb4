with

assembled as (
    select * from {{ ref('int_indicators__assembled') }}
),

indicators as (
    select * from {{ ref('int_indicators__compiled') }}
),

phases as (
    select * from {{ ref('life_phases') }}
),

levels as (
    select * from {{ ref('dim_level') }}
),

-- Demography describes who lives there; it is no living condition and stays out.
conditions as (
    select distinct living_condition
    from indicators
    where living_condition <> 'demography'
),

matrix as (
    select
        levels.level,
        conditions.living_condition,
        phases.life_phase,
        phases.name_de,
        phases.name_en
    from levels
    cross join conditions
    cross join phases
),

-- What is known of each indicator, level and breakdown by age: the last year with a value, NULL where there is none.
known as (
    select
        indicator_id,
        level,
        breakdown_id,
        max(year) filter (where value_status = 'ok') as latest_year
    from assembled
    where breakdown_id = 'total' or regexp_full_match(breakdown_id, 'age=\d+(-\d+|\+)')
    group by indicator_id, level, breakdown_id
),

aged as (
    select
        known.*,
        indicators.living_condition,
        indicators.life_phase as own_phase,
        try_cast(regexp_extract(known.breakdown_id, '=(\d+)', 1) as integer) as first_age,
        coalesce(
            try_cast(regexp_extract(known.breakdown_id, '-(\d+)$', 1) as integer), {{ var('oldest_age') }}
        ) as last_age
    from known
    inner join indicators on known.indicator_id = indicators.indicator_id
),

-- An indicator speaks of a phase when it counts that phase only, or in a band that lies within it. What counts all
-- ages says nothing about one of them, and a band that reaches into two phases says nothing about either.
spoken_of as (
    select
        aged.indicator_id,
        aged.level,
        aged.living_condition,
        phases.life_phase,
        max(aged.latest_year) as latest_year
    from aged
    inner join phases
        on
            (aged.breakdown_id = 'total' and aged.own_phase = phases.life_phase)
            or (
                aged.breakdown_id <> 'total'
                and aged.first_age >= phases.first_age
                and aged.last_age <= coalesce(phases.last_age, {{ var('oldest_age') }})
            )
    group by aged.indicator_id, aged.level, aged.living_condition, phases.life_phase
),

counted as (
    select
        matrix.level,
        matrix.living_condition,
        matrix.life_phase,
        matrix.name_de,
        matrix.name_en,
        count(spoken_of.indicator_id) as n_expected,
        count(spoken_of.latest_year) as n_indicators,
        max(spoken_of.latest_year) as latest_year,
        list(spoken_of.indicator_id order by spoken_of.indicator_id)
        filter (where spoken_of.latest_year is not null)
            as indicator_ids
    from matrix
    left join spoken_of
        on
            matrix.level = spoken_of.level
            and matrix.living_condition = spoken_of.living_condition
            and matrix.life_phase = spoken_of.life_phase
    group by matrix.level, matrix.living_condition, matrix.life_phase, matrix.name_de, matrix.name_en
)

select
    level,
    living_condition,
    life_phase,
    name_de as life_phase_de,
    name_en as life_phase_en,
    case when n_indicators > 0 then 'covered' else 'no_data' end as status,
    case when n_indicators > 0 then 'Daten' else 'keine Daten' end as status_de,
    case when n_indicators > 0 then 'data' else 'no data' end as status_en,
    coalesce(indicator_ids, cast([] as varchar[])) as indicator_ids,
    cast(n_indicators as integer) as n_indicators,
    cast(n_expected as integer) as n_expected,
    cast(latest_year as integer) as latest_year
from counted
