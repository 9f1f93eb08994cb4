with

indicator_values as (
    select * from {{ ref('int_indicators__assembled') }}
),

indicators as (
    select * from {{ ref('int_indicators__compiled') }}
),

observations as (
    select * from {{ ref('int_observations__protected') }}
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

-- Age bands of both variables, the finest where bands nest.
bands as (
    select
        observations.*,
        cast(regexp_extract(breakdown_id, '^age=(\d+)', 1) as integer) as first_age,
        coalesce(
            try_cast(nullif(regexp_extract(breakdown_id, '-(\d+)$', 1), '') as integer), {{ var('oldest_age') }}
        ) as last_age
    from observations
    semi join expected
        on
            observations.variable_id in (expected.numerator_variable_id, expected.denominator_variable_id)
            and observations.area_version_id = expected.area_version_id
            and observations.period_id = expected.period_id
    where regexp_full_match(observations.breakdown_id, 'age=\d+(-\d+|\+)')
),

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
        standard.weight,
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
        having sum(standard_bands.last_age - standard_bands.first_age + 1) = populated.last_age - populated.first_age + 1
    ) as standard on true
),

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
),

judged as (
    select
        expected.*,
        stratified.* exclude (indicator_id, area_version_id, period_id),
        case
            when expected.value_status <> 'ok' then 'no_crude_rate'
            when stratified.n_strata is null then 'no_strata'
            when stratified.strata_status <> 'ok' then 'stratum_without_value'
            when
                not stratified.is_without_gap
                or stratified.first_age <> expected.first_age_wanted
                or stratified.last_age <> expected.last_age_wanted then 'strata_incomplete'
            when not stratified.is_of_standard_bands then 'strata_do_not_fit_standard'
            when stratified.fewest_person_years <= 0 then 'stratum_without_population'
            when list_sum(stratified.events) < {{ fewest_standardised_events() }} then 'fewer_than_10_events'
        end as reason
    from expected
    left join stratified
        on
            expected.indicator_id = stratified.indicator_id
            and expected.area_version_id = stratified.area_version_id
            and expected.period_id = stratified.period_id
),

-- Nothing of a rate that is not shown.
shown as (
    select
        * exclude (value_status, value, ci_lower, ci_upper) replace (
            case when reason is null then events end as events,
            case when reason is null then person_years end as person_years,
            case when reason is null then n_strata end as n_strata
        ),
        case
            when reason is null then 'ok'
            when reason = 'no_crude_rate' then value_status
            when reason = 'stratum_without_value' then strata_status
            when reason = 'fewer_than_10_events' then 'below_min_denominator'
            when reason = 'stratum_without_population' then 'not_applicable'
            else 'not_available'
        end as value_status
    from judged
),

computed as (
    select
        *,
        {{ standardised_rate('events', 'person_years', 'weights') }} * multiplier as value,
        {% for side in ['lower', 'upper'] -%}
        {{ dobson_limit('events', 'person_years', 'weights', z95(), '95', side) }} * multiplier as ci_{{ side }},
        {% endfor -%}
        list_sum(events) as n_events
    from shown
)

select
    indicator_id,
    area_version_id,
    area_id,
    level,
    period_id,
    'esp2013' as standard_population,
    value_status,
    reason,
    cast(year as integer) as year,
    cast(first_age_wanted as integer) as first_age,
    cast(nullif(last_age_wanted, {{ var('oldest_age') }}) as integer) as last_age,
    cast(n_strata as integer) as n_strata,
    n_events as events,
    {{ round_significant('value') }} as value,
    {{ round_significant('ci_lower') }} as ci_lower,
    {{ round_significant('ci_upper') }} as ci_upper
from computed
