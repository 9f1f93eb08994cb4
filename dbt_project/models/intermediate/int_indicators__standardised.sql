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

context_indicators as (
    {{ indicators_with_meta('kind', 'context') }}
),

-- Context, not outcome: what policy is judged by must not choose whom an area is compared with. No counts: two areas
-- are not alike because they are of the same size.
context_values as (
    select
        indicator_values.indicator_id,
        indicator_values.area_version_id,
        indicator_values.area_id,
        indicator_values.level,
        indicator_values.year,
        indicator_values.value
    from indicator_values
    inner join context_indicators on indicator_values.indicator_id = context_indicators.indicator_id
    inner join indicators on indicator_values.indicator_id = indicators.indicator_id
    inner join areas on indicator_values.area_version_id = areas.area_version_id
    where
        indicator_values.breakdown_id = 'total'
        and indicators.statistic <> 'count'
        and {{ is_valid_at_end_of('indicator_values.year', 'areas') }}
),

-- An indicator takes part where few areas lack a value and the areas differ at all.
usable as (
    select
        level,
        year,
        indicator_id,
        list(value order by area_version_id) filter (where value is not null) as shown_values,
        list_sum(shown_values) / len(shown_values) as mean,
        {{ population_deviation('shown_values', 'mean') }} as deviation
    from context_values
    group by level, year, indicator_id
    having
        count(*) between {{ var('fewest_areas_in_pairs') }} and {{ var('most_areas_in_pairs') }}
        and count(value) >= {{ var('peer_share_of_areas') }} * count(*)
        and min(value) < max(value)
),

-- The year in which most of them are usable, of these the latest.
chosen_years as (
    select
        level,
        year,
        count(*) as n_usable
    from usable
    group by level, year
    qualify row_number() over (partition by level order by count(*) desc, year desc) = 1
),

traits as (
    select
        context_values.level,
        context_values.year,
        context_values.indicator_id,
        context_values.area_version_id,
        context_values.area_id,
        chosen_years.n_usable,
        {{ standardised('context_values.value', 'usable.mean', 'usable.deviation') }} as z
    from context_values
    inner join usable
        on
            context_values.level = usable.level
            and context_values.year = usable.year
            and context_values.indicator_id = usable.indicator_id
    inner join chosen_years
        on context_values.level = chosen_years.level and context_values.year = chosen_years.year
    where context_values.value is not null
)

select * from traits
