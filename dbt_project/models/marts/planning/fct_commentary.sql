with

commentaries as (
    select * from {{ ref('stg_register__commentaries') }}
),

workspace as (
    select * from {{ ref('stg_workspace__workspace') }}
),

build as (
    select * from {{ ref('stg_workspace__build') }}
),

earlier_releases as (
    select * from {{ ref('stg_workspace__frozen_values') }}
),

this_build as (
    select * from {{ ref('int_indicators__assembled') }}
),

items as (
    select * from {{ ref('int_register__items') }}
),

-- The figure that is spoken of: of an indicator where no area is named that of the city; of an area or a goal only
-- where the commentary names one.
spoken_of as (
    select
        commentaries.*,
        case
            when commentaries.subject_kind = 'indicator' then commentaries.subject_id
            else commentaries.indicator_id
        end as figure_indicator_id,
        case
            when commentaries.subject_kind = 'area' then commentaries.subject_id
            when commentaries.subject_kind = 'indicator'
                then coalesce(commentaries.area_id, workspace.city_area_id)
            else commentaries.area_id
        end as figure_area_id
    from commentaries
    cross join workspace
),

figures_then as (
    select
        release_number,
        indicator_id,
        area_id,
        period_id,
        any_value(value_status) as value_status,
        any_value(value) as value
    from earlier_releases
    where breakdown_id = 'total'
    group by release_number, indicator_id, area_id, period_id
),

figures_now as (
    select
        indicator_id,
        area_id,
        period_id,
        any_value(value_status) as value_status,
        any_value(value) as value
    from this_build
    where breakdown_id = 'total'
    group by indicator_id, area_id, period_id
)

select
    spoken_of.commentary_id,
    spoken_of.subject_kind,
    spoken_of.subject_id,
    spoken_of.figure_indicator_id as indicator_id,
    spoken_of.figure_area_id as area_id,
    spoken_of.period_id,
    spoken_of.text_de,
    spoken_of.text_en,
    spoken_of.office_id,
    spoken_of.file_name,
    spoken_of.release_number as written_for_release,
    spoken_of.row_number,
    spoken_of.is_quoted,
    case
        when figures_now.indicator_id is null and figures_then.indicator_id is null then null
        when spoken_of.release_number = build.release_number then false
        when figures_then.indicator_id is not null
            then
                (figures_now.value is distinct from figures_then.value)
                or (figures_now.value_status is distinct from figures_then.value_status)
    end as has_changed_since,
    spoken_of.subject_kind <> 'goal' or coalesce(items.is_public, false) as is_public,
    spoken_of.written_on
from spoken_of
cross join build
left join figures_then
    on
        spoken_of.release_number = figures_then.release_number
        and spoken_of.figure_indicator_id = figures_then.indicator_id
        and spoken_of.figure_area_id = figures_then.area_id
        and spoken_of.period_id = figures_then.period_id
left join figures_now
    on
        spoken_of.figure_indicator_id = figures_now.indicator_id
        and spoken_of.figure_area_id = figures_now.area_id
        and spoken_of.period_id = figures_now.period_id
left join items on spoken_of.subject_kind = items.kind and spoken_of.subject_id = items.item_id
