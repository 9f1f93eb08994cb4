with

traits as (
    select * from {{ ref('int_indicators__standardised') }}
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
