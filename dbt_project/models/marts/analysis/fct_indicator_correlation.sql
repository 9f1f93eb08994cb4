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
        any_value(numerator_variable_id) as numerator_variable_id,
        row_number() over (order by indicator_id, level, year) as series
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
        usable.year,
        usable.series,
        others.series as other_series,
        usable.numerator_variable_id = others.numerator_variable_id as has_common_numerator
    from usable
    inner join usable as others
        on
            usable.level = others.level
            and usable.year = others.year
            and usable.indicator_id < others.indicator_id
    qualify row_number() over (
        partition by usable.indicator_id, others.indicator_id, usable.level
        order by usable.year desc
    ) = 1
),

-- Few of the years are needed: without the rest the join over areas stays small.
paired_values as (
    select
        usable.series,
        shown.area_version_id,
        shown.value
    from shown
    inner join usable
        on
            shown.indicator_id = usable.indicator_id
            and shown.level = usable.level
            and shown.year = usable.year
    where
        usable.series in (select pairs.series from pairs)
        or usable.series in (select pairs.other_series from pairs)
),

-- Only areas of which both values are shown, ranked anew for each pair.
ranked as (
    select
        pairs.series,
        pairs.other_series,
        {{ doubled_rank('one.value', 'pairs.series, pairs.other_series') }} as doubled_rank,
        {{ doubled_rank('other.value', 'pairs.series, pairs.other_series') }} as other_doubled_rank
    from pairs
    inner join paired_values as one on pairs.series = one.series
    inner join paired_values as other
        on pairs.other_series = other.series and one.area_version_id = other.area_version_id
),

correlated as (
    select
        series,
        other_series,
        count(*) as n_areas,
        {{ spearman_rho(
            'count(*)', 'sum(doubled_rank * other_doubled_rank)', 'sum(doubled_rank * doubled_rank)',
            'sum(other_doubled_rank * other_doubled_rank)'
        ) }} as rho
    from ranked
    group by series, other_series
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
inner join pairs on correlated.series = pairs.series and correlated.other_series = pairs.other_series
where correlated.rho is not null
