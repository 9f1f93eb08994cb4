with

stratified as (
    select * from {{ ref('int_indicators__stratified') }}
),

judged as (
    select
        *,
        case
            when value_status <> 'ok' then 'no_crude_rate'
            when n_strata is null then 'no_strata'
            when strata_status <> 'ok' then 'stratum_without_value'
            when
                not is_without_gap
                or first_age <> first_age_wanted
                or last_age <> last_age_wanted then 'strata_incomplete'
            when not is_of_standard_bands then 'strata_do_not_fit_standard'
            when fewest_person_years <= 0 then 'stratum_without_population'
            when list_sum(events) < {{ fewest_standardised_events() }} then 'fewer_than_10_events'
        end as reason
    from stratified
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
