with

editions as (
    select * from {{ ref('stg_indices__editions') }}
),

classes as (
    select * from {{ ref('stg_indices__classes') }}
),

components as (
    select * from {{ ref('int_indices__components') }}
),

dropped as (
    select
        index_id,
        edition,
        list_sort(list(distinct component_id)) as dropped_component_ids,
        string_agg(distinct label_de, ', ' order by label_de) as labels_de,
        string_agg(distinct label_en, ', ' order by label_en) as labels_en
    from components
    where is_dropped
    group by index_id, edition
),

counted as (
    select
        index_id,
        edition,
        count(distinct area_version_id) as n_areas,
        count(distinct area_version_id) filter (where eligible) as n_eligible,
        count(distinct area_version_id) filter (where part = 'status' and has_index) as n_scored
    from components
    group by index_id, edition
),

-- From the lowest score to the highest.
cut as (
    select
        index_id,
        edition,
        list(class_id order by class_number) filter (where part = 'status') as status_class_ids,
        list(class_id order by class_number) filter (where part = 'dynamic') as dynamic_class_ids
    from classes
    group by index_id, edition
),

scales as (
    select
        index_id,
        reference_edition,
        count(*) as n_editions
    from editions
    group by index_id, reference_edition
)

select
    editions.index_id,
    editions.edition,
    editions.level,
    cast(editions.year as varchar) as period_id,
    editions.name_de,
    editions.name_en,
    editions.definition_de,
    editions.definition_en,
    editions.source,
    editions.transform,
    editions.standard_deviation,
    editions.reference_edition,
    coalesce(cut.status_class_ids, cast([] as varchar[])) as status_class_ids,
    coalesce(cut.dynamic_class_ids, cast([] as varchar[])) as dynamic_class_ids,
    coalesce(dropped.dropped_component_ids, cast([] as varchar[])) as dropped_component_ids,
    'Ohne Unterschied zwischen den Gebieten und deshalb nicht im Index: ' || dropped.labels_de || '.' as warning_de,
    'No difference between areas and therefore not in the index: ' || dropped.labels_en || '.' as warning_en,
    editions.year,
    case when editions.transform = 'rank_exponential' then editions.transform_constant end as transform_constant,
    editions.sum_multiplier,
    cast(editions.min_weight_share as double) as min_weight_share,
    cast({{ var('index_draws') }} as integer) as n_draws,
    cast({{ var('index_seed') }} as integer) as draw_seed,
    coalesce(counted.n_areas, 0) as n_areas,
    coalesce(counted.n_eligible, 0) as n_eligible,
    coalesce(counted.n_scored, 0) as n_scored,
    editions.is_restandardised,
    editions.is_reference_fixed or scales.n_editions > 1 as is_comparable_over_time
from editions
inner join scales
    on editions.index_id = scales.index_id and editions.reference_edition = scales.reference_edition
left join counted on editions.index_id = counted.index_id and editions.edition = counted.edition
left join dropped on editions.index_id = dropped.index_id and editions.edition = dropped.edition
left join cut on editions.index_id = cut.index_id and editions.edition = cut.edition
where editions.is_published
