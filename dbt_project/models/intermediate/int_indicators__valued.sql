with

expected as (
    select * from {{ ref('int_indicators__expected') }}
),

indicators as (
    select * from {{ ref('int_indicators__compiled') }}
),

observations as (
    select * from {{ ref('int_observations__protected') }}
),

parts_joined as (
    select
        expected.*,
        indicators.statistic,
        indicators.polarity,
        indicators.multiplier,
        indicators.ci_method,
        indicators.design_effect,
        indicators.min_denominator,
        indicators.no_interval_reason,
        indicators.denominator_variable_id is not null as has_denominator,
        coalesce(numerators.value_status, 'not_available') as numerator_status,
        coalesce(denominators.value_status, 'not_available') as denominator_status,
        cast(numerators.value as double) as numerator,
        cast(denominators.value as double) as denominator,
        coalesce(numerators.value_flags, cast([] as varchar[])) as numerator_flags,
        coalesce(denominators.value_flags, cast([] as varchar[])) as denominator_flags
    from expected
    inner join indicators on expected.indicator_id = indicators.indicator_id
    left join observations as numerators
        on
            indicators.numerator_variable_id = numerators.variable_id
            and expected.area_version_id = numerators.area_version_id
            and expected.period_id = numerators.period_id
            and expected.breakdown_id = numerators.breakdown_id
    left join observations as denominators
        on
            indicators.denominator_variable_id = denominators.variable_id
            and expected.area_version_id = denominators.area_version_id
            and expected.period_id = denominators.period_id
            and expected.breakdown_id = denominators.breakdown_id
),

status_decided as (
    select
        *,
        case
            when 'suppressed_primary' in (numerator_status, denominator_status) then 'suppressed_primary'
            when 'suppressed_source' in (numerator_status, denominator_status) then 'suppressed_source'
            when numerator_status <> 'ok' then numerator_status
            when not has_denominator then 'ok'
            when denominator_status <> 'ok' then denominator_status
            when denominator = 0 then 'not_applicable'
            when denominator < min_denominator then 'below_min_denominator'
            else 'ok'
        end as value_status
    from parts_joined
),

-- What may not or cannot be shown is hidden as a whole: count, value and limits.
shown as (
    select
        * exclude (numerator_flags, denominator_flags) replace (
            case when value_status = 'ok' then numerator end as numerator,
            case when value_status = 'ok' then denominator end as denominator
        ),
        case
            when value_status <> 'not_available' then null
            when numerator_status = 'ok' then 'denominator'
            when has_denominator and denominator_status = 'not_available' then 'both'
            else 'numerator'
        end as missing_part,
        case
            when value_status <> 'ok' then cast([] as varchar[])
            when statistic = 'published'
                then list_sort(list_distinct(list_append(numerator_flags, 'published_only')))
            when denominator_flags = [] then numerator_flags
            else list_sort(list_distinct(list_concat(numerator_flags, denominator_flags)))
        end as value_flags
    from status_decided
),

computed as (
    select
        *,
        {% for level, z in [('95', z95()), ('998', z998())] -%}
        {% for side in ['lower', 'upper'] -%}
        case
            when ci_method = 'wilson'
                then {{ wilson_limit('numerator', 'denominator', 'design_effect', z, side) }} * multiplier
            when ci_method = 'byar_exact' and has_denominator and (numerator >= 10 or numerator = floor(numerator))
                then {{ poisson_limit('numerator', z, level, side) }} / denominator * multiplier
        end as {{ 'ci_' ~ side ~ ('_998' if level == '998' else '') }},
        {% endfor -%}
        {% endfor -%}
        case when has_denominator then numerator / denominator else numerator end * multiplier as value
    from shown
)

select
    indicator_id,
    area_version_id,
    area_id,
    level,
    period_id,
    year,
    breakdown_id,
    group_number,
    cell_number,
    series_number,
    statistic,
    ci_method,
    design_effect,
    multiplier,
    polarity,
    numerator,
    denominator,
    {{ round_significant('value') }} as value,
    {{ round_significant('ci_lower') }} as ci_lower,
    {{ round_significant('ci_upper') }} as ci_upper,
    {{ round_significant('ci_lower_998') }} as ci_lower_998,
    {{ round_significant('ci_upper_998') }} as ci_upper_998,
    value_status,
    value_flags,
    missing_part,
    case
        when value_status <> 'ok' then 'no_value'
        when ci_lower is not null then null
        when ci_method = 'none' then no_interval_reason
        else 'fractional_count'
    end as interval_reason,
    is_recast
from computed
