with

indicator_values as (
    select * from {{ ref('int_indicators__assembled') }}
),

indicators as (
    select * from {{ ref('int_indicators__compiled') }}
),

finest_bands as (
    select * from {{ ref('int_observations__banded') }}
),

standard_bands as (
    select
        coalesce(last_age, {{ var('oldest_age') }}) as last_age,
        first_age,
        weight
    from {{ ref('standard_population_esp2013') }}
),

wanted as (
    {{ standardised_indicators('esp2013') }}
),

expected as (
    select
        indicator_values.*,
        wanted.first_age as first_age_wanted,
        wanted.last_age as last_age_wanted,
        indicators.multiplier,
        indicators.numerator_variable_id,
        indicators.denominator_variable_id
    from indicator_values
    inner join wanted on indicator_values.indicator_id = wanted.indicator_id
    inner join indicators on indicator_values.indicator_id = indicators.indicator_id
    where indicator_values.breakdown_id = 'total'
),

-- A stratum is a band of the events within the ages wanted.
strata as (
    select
        expected.indicator_id,
        expected.area_version_id,
        expected.period_id,
        expected.denominator_variable_id,
        events.first_age,
        events.last_age,
        events.value as events,
        events.value_status
    from expected
    inner join finest_bands as events
        on
            expected.numerator_variable_id = events.variable_id
            and expected.area_version_id = events.area_version_id
            and expected.period_id = events.period_id
            and expected.first_age_wanted <= events.first_age
            and expected.last_age_wanted >= events.last_age
),

-- Its population from the bands that lie in it; they must fill it.
populated as (
    select
        strata.indicator_id,
        strata.area_version_id,
        strata.period_id,
        strata.first_age,
        strata.last_age,
        strata.events,
        case
            when strata.value_status <> 'ok' then strata.value_status
            when coalesce(sum(people.last_age - people.first_age + 1), 0) < strata.last_age - strata.first_age + 1
                then 'not_available'
            else {{ strongest_status('people.value_status') }}
        end as value_status,
        sum(people.value) as person_years
    from strata
    left join finest_bands as people
        on
            strata.denominator_variable_id = people.variable_id
            and strata.area_version_id = people.area_version_id
            and strata.period_id = people.period_id
            and strata.first_age <= people.first_age
            and strata.last_age >= people.last_age
    group by
        strata.indicator_id, strata.area_version_id, strata.period_id, strata.first_age, strata.last_age,
        strata.events, strata.value_status
),

-- Its weight from the bands of the standard that lie in it; they must fill it, too.
weighted as (
    select
        populated.*,
        coalesce(standard.weight, 0) as weight,
        standard.weight is not null as is_of_standard_bands,
        lag(populated.last_age) over (
            partition by populated.indicator_id, populated.area_version_id, populated.period_id
            order by populated.first_age
        ) as age_before
    from populated
    left join lateral (
        select sum(standard_bands.weight) as weight
        from standard_bands
        where populated.first_age <= standard_bands.first_age and populated.last_age >= standard_bands.last_age
        having
            sum(standard_bands.last_age - standard_bands.first_age + 1)
            = populated.last_age - populated.first_age + 1
    ) as standard on true
),

-- Lists, one entry per stratum, youngest first.
stratified as (
    select
        indicator_id,
        area_version_id,
        period_id,
        count(*) as n_strata,
        min(first_age) as first_age,
        max(last_age) as last_age,
        {{ strongest_status('value_status') }} as strata_status,
        bool_and(is_of_standard_bands) as is_of_standard_bands,
        bool_and(coalesce(first_age = age_before + 1, true)) as is_without_gap,
        min(person_years) as fewest_person_years,
        list(cast(events as double) order by first_age) as events,
        list(cast(person_years as double) order by first_age) as person_years,
        list(cast(weight as double) order by first_age) as weights
    from weighted
    group by indicator_id, area_version_id, period_id
)

select
    expected.*,
    stratified.* exclude (indicator_id, area_version_id, period_id)  -- noqa: RF02
from expected
left join stratified
    on
        expected.indicator_id = stratified.indicator_id
        and expected.area_version_id = stratified.area_version_id
        and expected.period_id = stratified.period_id
