with

indicator_values as (
    select * from {{ ref('int_indicators__assembled') }}
),

indicators as (
    select * from {{ ref('int_indicators__compiled') }}
),

areas as (
    select * from {{ ref('int_areas__versioned') }}
),

-- Counts are left out: they go together because areas are large or small. A year belongs to the areas valid at its end.
shown as (
    select
        indicator_values.indicator_id,
        indicator_values.area_version_id,
        indicator_values.level,
        indicator_values.year,
        indicator_values.value,
        indicators.numerator_variable_id
    from indicator_values
    inner join indicators on indicator_values.indicator_id = indicators.indicator_id
    inner join areas on indicator_values.area_version_id = areas.area_version_id
    where
        indicator_values.breakdown_id = 'total'
        and indicator_values.value_status = 'ok'
        and indicators.statistic <> 'count'
        and {{ is_valid_at_end_of('indicator_values.year', 'areas') }}
),

usable as (
    select
        indicator_id,
        level,
        year,
        any_value(numerator_variable_id) as numerator_variable_id
    from shown
    group by indicator_id, level, year
    having count(*) between {{ var('fewest_areas_in_pairs') }} and {{ var('most_areas_in_pairs') }}
),

-- Each pair once, in the latest year that both have.
pairs as (
    select
        usable.indicator_id,
        others.indicator_id as other_indicator_id,
        usable.level,
        max(usable.year) as year,
        any_value(usable.numerator_variable_id = others.numerator_variable_id) as has_common_numerator,
        row_number() over (order by usable.indicator_id, others.indicator_id, usable.level) as pair
    from usable
    inner join usable as others
        on
            usable.level = others.level
            and usable.year = others.year
            and usable.indicator_id < others.indicator_id
    group by usable.indicator_id, others.indicator_id, usable.level
),

-- Only areas of which both values are shown, ranked anew for each pair.
ranked as (
    select
        pairs.pair,
        {{ doubled_rank('shown.value', 'pairs.pair') }} as doubled_rank,
        {{ doubled_rank('others.value', 'pairs.pair') }} as other_doubled_rank
    from pairs
    inner join shown
        on
            pairs.indicator_id = shown.indicator_id
            and pairs.level = shown.level
            and pairs.year = shown.year
    inner join shown as others
        on
            pairs.other_indicator_id = others.indicator_id
            and pairs.year = others.year
            and shown.area_version_id = others.area_version_id
),

correlated as (
    select
        pair,
        count(*) as n_areas,
        {{ spearman_rho(
            'count(*)', 'sum(doubled_rank * other_doubled_rank)', 'sum(doubled_rank * doubled_rank)',
            'sum(other_doubled_rank * other_doubled_rank)'
        ) }} as rho
    from ranked
    group by pair
    having count(*) >= {{ var('fewest_areas_in_pairs') }}
)

select
    pairs.indicator_id,
    pairs.other_indicator_id,
    pairs.level,
    {{ ecological_note('de') }} as note_de,
    {{ ecological_note('en') }} as note_en,
    cast(pairs.year as integer) as year,
    cast(correlated.n_areas as integer) as n_areas,
    {{ round_significant('correlated.rho') }} as rho,
    {{ round_significant(spearman_limit('correlated.rho', 'correlated.n_areas', z95(), 'lower')) }} as rho_lower,
    {{ round_significant(spearman_limit('correlated.rho', 'correlated.n_areas', z95(), 'upper')) }} as rho_upper,
    pairs.has_common_numerator
from correlated
inner join pairs on correlated.pair = pairs.pair
where correlated.rho is not null
