with

components as (
    select * from {{ ref('int_indices__components') }}
),

scored as (
    select * from {{ ref('int_indices__scored') }}
),

redrawn as (
    select * from {{ ref('int_indices__redrawn') }}
),

areas as (
    select
        index_id,
        edition,
        area_version_id,
        area_id,
        level,
        period_id,
        year,
        exclusion,
        exclusion_reason_de,
        exclusion_reason_en,
        reference_edition,
        eligible
    from components
    where is_published
    group by all
),

assembled as (
    select
        areas.*,
        status.part_sum as status_sum,
        status.score as status_score,
        status.class_id as status_class,
        status.label_de as status_class_de,
        status.label_en as status_class_en,
        status.no_score_reason as no_status_reason,
        dynamic.part_sum as dynamic_sum,
        dynamic.score as dynamic_score,
        dynamic.class_id as dynamic_class,
        dynamic.label_de as dynamic_class_de,
        dynamic.label_en as dynamic_class_en,
        case
            when dynamic.part is null then 'no_dynamic_part' else dynamic.no_score_reason
        end as no_dynamic_reason,
        coalesce(status.is_partial, false) as is_status_partial,
        coalesce(dynamic.is_partial, false) as is_dynamic_partial
    from areas
    left join scored as status
        on
            areas.index_id = status.index_id
            and areas.edition = status.edition
            and areas.area_version_id = status.area_version_id
            and status.part = 'status'
    left join scored as dynamic
        on
            areas.index_id = dynamic.index_id
            and areas.edition = dynamic.edition
            and areas.area_version_id = dynamic.area_version_id
            and dynamic.part = 'dynamic'
),

ranked as (
    select
        index_id,
        edition,
        area_version_id,
        rank() over (partition by index_id, edition order by status_score desc) as status_rank,
        count(*) over (partition by index_id, edition) as rank_of
    from assembled
    where status_score is not null
),

-- Editions compare only where one mean and one deviation hold for both, and all components are there.
earlier as (
    select
        index_id,
        area_id,
        edition,
        lag(edition) over same_scale as previous_edition,
        case
            when not is_status_partial and not lag(is_status_partial) over same_scale
                then status_score - lag(status_score) over same_scale
        end as status_change
    from assembled
    window same_scale as (partition by index_id, reference_edition, area_id order by year, edition)
)

select
    assembled.index_id,
    assembled.edition,
    assembled.area_version_id,
    assembled.area_id,
    assembled.level,
    assembled.period_id,
    assembled.exclusion_reason_de,
    assembled.exclusion_reason_en,
    assembled.status_class,
    assembled.status_class_de,
    assembled.status_class_en,
    assembled.no_status_reason,
    assembled.dynamic_class,
    assembled.dynamic_class_de,
    assembled.dynamic_class_en,
    assembled.no_dynamic_reason,
    case
        when assembled.status_score is null then 'no_score'
        when redrawn.drawn_lower is null then 'component_without_interval'
    end as no_rank_interval_reason,
    earlier.previous_edition,
    assembled.year,
    assembled.status_sum,
    assembled.status_score,
    assembled.dynamic_sum,
    assembled.dynamic_score,
    {{ round_significant('earlier.status_change') }} as status_change,
    cast(ranked.status_rank as integer) as rank,
    cast(ranked.rank_of as integer) as rank_of,
    case
        when redrawn.drawn_lower is not null then cast(least(redrawn.drawn_lower, ranked.status_rank) as integer)
    end as rank_lower,
    case
        when redrawn.drawn_upper is not null then cast(greatest(redrawn.drawn_upper, ranked.status_rank) as integer)
    end as rank_upper,
    assembled.eligible,
    assembled.is_status_partial or assembled.is_dynamic_partial as partial
from assembled
left join ranked
    on
        assembled.index_id = ranked.index_id
        and assembled.edition = ranked.edition
        and assembled.area_version_id = ranked.area_version_id
left join redrawn
    on
        ranked.index_id = redrawn.index_id
        and ranked.edition = redrawn.edition
        and ranked.area_version_id = redrawn.area_version_id
left join earlier
    on
        assembled.index_id = earlier.index_id
        and assembled.edition = earlier.edition
        and assembled.area_id = earlier.area_id
