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

-- Context, not outcome: what policy is judged by must not choose whom an area is compared with. No counts: two areas are
-- not alike because they are of the same size.
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
),

-- Pairs over what both show; a pair that shares too little is not compared.
pairs as (
    select
        traits.area_version_id,
        traits.area_id,
        traits.level,
        traits.year,
        others.area_version_id as peer_area_version_id,
        others.area_id as peer_area_id,
        list(traits.z - others.z order by traits.indicator_id) as differences,
        list(traits.indicator_id order by traits.indicator_id) as indicator_ids
    from traits
    inner join traits as others
        on
            traits.level = others.level
            and traits.indicator_id = others.indicator_id
            and traits.area_id <> others.area_id
    group by all
    having count(*) >= {{ var('peer_share_of_indicators') }} * any_value(traits.n_usable)
),

nearest as (
    select
        * exclude (differences),
        {{ peer_distance('differences') }} as distance,
        row_number() over (partition by area_version_id order by distance, peer_area_id) as peer_rank
    from pairs
    qualify peer_rank <= {{ var('peer_areas') }}
)

select
    area_version_id,
    area_id,
    level,
    peer_area_version_id,
    peer_area_id,
    indicator_ids,
    cast(year as integer) as year,
    cast(peer_rank as integer) as peer_rank,
    cast(len(indicator_ids) as integer) as n_indicators,
    distance
from nearest
