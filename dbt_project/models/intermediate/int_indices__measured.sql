with

eligible_areas as (
    select * from {{ ref('int_indices__eligible') }}
),

components as (
    select * from {{ ref('stg_indices__components') }}
),

indicators as (
    select * from {{ ref('int_indicators__assembled') }}
    where breakdown_id = 'total'
),

breaks as (
    select * from {{ ref('stg_workspace__series_breaks') }}
    where not is_bridged
),

-- A change joins the same area a few years earlier; of a value itself nothing is joined.
joined as (
    select
        eligible_areas.*,
        components.component_id,
        components.part,
        components.indicator_id,
        components.label_de,
        components.label_en,
        components.component_number,
        components.direction,
        components.change_over_years,
        components.weight,
        latest.value as latest_value,
        coalesce(latest.value_status, 'not_available') as latest_status,
        earlier.value as earlier_value,
        case
            when components.change_over_years is null then 'ok' else coalesce(earlier.value_status, 'not_available')
        end as earlier_status,
        latest.ci_lower as latest_lower,
        latest.ci_upper as latest_upper,
        components.change_over_years is not null as is_change
    from eligible_areas
    inner join components
        on eligible_areas.index_id = components.index_id and eligible_areas.edition = components.edition
    left join indicators as latest
        on
            components.indicator_id = latest.indicator_id
            and eligible_areas.area_version_id = latest.area_version_id
            and eligible_areas.year = latest.year
    left join indicators as earlier
        on
            components.indicator_id = earlier.indicator_id
            and eligible_areas.area_id = earlier.area_id
            and eligible_areas.year - components.change_over_years = earlier.year
    -- Of several versions of the area in the earlier year the one with the same territory.
    qualify
        row_number() over (
            partition by
                eligible_areas.index_id, eligible_areas.edition, eligible_areas.area_version_id, components.component_id
            order by
                coalesce(earlier.area_version_id = eligible_areas.area_version_id, false) desc,
                earlier.area_version_id
        ) = 1
),

-- A hidden cell hides what rests on it; across a break nothing compares.
status_decided as (
    select
        *,
        case
            when 'suppressed_primary' in (latest_status, earlier_status) then 'suppressed_primary'
            when 'suppressed_secondary' in (latest_status, earlier_status) then 'suppressed_secondary'
            when 'suppressed_source' in (latest_status, earlier_status) then 'suppressed_source'
            when latest_status <> 'ok' then latest_status
            when earlier_status <> 'ok' then earlier_status
            when
                is_change and exists (
                    select 1 from breaks
                    where
                        joined.indicator_id = breaks.indicator_id
                        and {{ period_year('breaks.period_id') }} > joined.year - joined.change_over_years
                        and {{ period_year('breaks.period_id') }} <= joined.year
                )
                then 'not_comparable'
            else 'ok'
        end as value_status
    from joined
)

select
    * exclude (latest_value, latest_status, earlier_value, earlier_status, latest_lower, latest_upper, is_change),
    case
        when value_status <> 'ok' then null
        when is_change then {{ round_significant('latest_value - earlier_value') }}
        else latest_value
    end as value,
    case when value_status = 'ok' and not is_change then latest_lower end as ci_lower,
    case when value_status = 'ok' and not is_change then latest_upper end as ci_upper
from status_decided
