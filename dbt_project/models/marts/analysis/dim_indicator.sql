with

indicators as (
    select * from {{ ref('int_indicators__compiled') }}
),

expected as (
    select * from {{ ref('int_indicators__expected') }}
),

valued as (
    select * from {{ ref('int_indicators__valued') }}
),

variables as (
    select * from {{ ref('int_variables__compiled') }}
),

used_deliveries as (
    select * from {{ ref('int_indicators__deliveries') }}
),

deliveries as (
    select * from {{ ref('stg_workspace__deliveries') }}
),

extracts as (
    select * from {{ ref('stg_workspace__extracts') }}
),

-- Only what this workspace expects is an indicator of this workspace.
years as (
    select
        expected.indicator_id,
        min(expected.year) as first_year,
        max(expected.year) as last_expected_year,
        max(valued.year) filter (where valued.value_status <> 'not_available') as last_delivered_year
    from expected
    left join valued using (indicator_id, area_version_id, period_id, breakdown_id)
    group by expected.indicator_id
),

rights as (
    select
        used_deliveries.indicator_id,
        string_agg(distinct extracts.licence, '; ' order by extracts.licence) as licence,
        string_agg(distinct extracts.publisher, '; ' order by extracts.publisher) as publisher
    from used_deliveries
    inner join deliveries on used_deliveries.delivery_id = deliveries.delivery_id
    inner join extracts on deliveries.extract_id = extracts.extract_id
    group by used_deliveries.indicator_id
)

select
    indicators.indicator_id,
    indicators.name_de,
    indicators.name_en,
    indicators.definition_de,
    indicators.definition_en,
    indicators.caveats_de,
    indicators.caveats_en,
    indicators.living_condition,
    indicators.subfield,
    indicators.unit,
    indicators.multiplier,
    indicators.decimals,
    indicators.polarity,
    indicators.statistic,
    indicators.ci_method,
    indicators.no_interval_reason,
    indicators.design_effect,
    indicators.design_effect_source_de,
    indicators.design_effect_source_en,
    indicators.min_denominator,
    numerators.disclosure_profile,
    indicators.age_group,
    indicators.life_phase,
    indicators.target_group,
    indicators.source,
    indicators.breakdown_dimensions,
    indicators.window_years,
    indicators.synonyms_de,
    indicators.synonyms_en,
    coalesce(rights.licence, 'keine Lieferung') as licence,
    coalesce(rights.publisher, 'keine Lieferung') as publisher,
    indicators.numerator_variable_id,
    indicators.denominator_variable_id,
    numerators.name_de as numerator_label_de,
    numerators.name_en as numerator_label_en,
    denominators.name_de as denominator_label_de,
    denominators.name_en as denominator_label_en,
    cast(years.first_year as integer) as first_year,
    cast(coalesce(years.last_delivered_year, years.last_expected_year) as integer) as last_year,
    cast(coalesce(years.last_delivered_year, years.last_expected_year) as varchar) as last_period_id
from indicators
inner join years on indicators.indicator_id = years.indicator_id
inner join variables as numerators on indicators.numerator_variable_id = numerators.variable_id
left join variables as denominators on indicators.denominator_variable_id = denominators.variable_id
left join rights on indicators.indicator_id = rights.indicator_id
