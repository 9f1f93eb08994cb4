with

current_cells as (
    select * from {{ ref('int_observations__current') }}
),

nested as (
    select *
    from {{ ref('int_variables__nested') }}
    where breakdown_id = 'total'
),

timed as (
    select * from {{ ref('int_variables__timed') }}
),

carried_parts as (
    select * from {{ ref('int_observations__carried') }}
),

parts as (
    select * from {{ ref('int_observations__parts') }}
),

recast_years as (
    select * from {{ ref('int_areas__yearly') }}
    where is_recast
),

successions as (
    select * from {{ ref('int_areas__succeeded') }}
    where is_direct
),

cells as (
    select * from {{ ref('int_observations__protected') }}
),

-- A derived variable rests on the bands it was added up from, unless it was delivered itself. Sums by breakdown are not
-- followed: nothing asks for the rows of a single band of a sum, and they would be half of this table.
derived_sources as (
    select
        nested.variable_id,
        current_cells.area_id,
        current_cells.period_id,
        current_cells.year,
        nested.breakdown_id,
        current_cells.delivery_id,
        current_cells.row_number,
        current_cells.column_name
    from current_cells
    inner join nested
        on
            current_cells.variable_id = nested.source_variable_id
            and current_cells.breakdown_id = nested.source_breakdown_id
    anti join current_cells as delivered
        on
            nested.variable_id = delivered.variable_id
            and current_cells.area_id = delivered.area_id
            and current_cells.period_id = delivered.period_id
            and nested.breakdown_id = delivered.breakdown_id
),

yearly_sources as (
    select
        variable_id,
        area_id,
        period_id,
        year,
        breakdown_id,
        delivery_id,
        row_number,
        column_name
    from current_cells
    union all by name
    select * from derived_sources
),

-- A mean or sum over years rests on what each of its years rests on.
timed_sources as (
    select
        timed.variable_id,
        yearly_sources.area_id,
        {{ window_period('yearly_sources.year + timed.years_back', 'timed.window_years') }} as period_id,
        yearly_sources.breakdown_id,
        yearly_sources.delivery_id,
        yearly_sources.row_number,
        yearly_sources.column_name
    from yearly_sources
    inner join timed on yearly_sources.variable_id = timed.source_variable_id
    where yearly_sources.breakdown_id = 'total'
),

known_sources as (
    select * exclude (year) from yearly_sources
    union all by name
    select * from timed_sources
),

-- What crosswalks carried on from areas of an older state stands under the new areas only.
own_sources as (
    select known_sources.*
    from known_sources
    anti join carried_parts
        on
            known_sources.variable_id = carried_parts.variable_id
            and known_sources.area_id = carried_parts.part_area_id
            and known_sources.period_id = carried_parts.period_id
            and known_sources.breakdown_id = carried_parts.breakdown_id
            and carried_parts.delivery_id is not null
),

carried_sources as (
    select distinct
        carried_parts.variable_id,
        carried_parts.area_id,
        carried_parts.period_id,
        carried_parts.breakdown_id,
        known_sources.delivery_id,
        known_sources.row_number,
        known_sources.column_name
    from carried_parts
    inner join known_sources
        on
            carried_parts.variable_id = known_sources.variable_id
            and carried_parts.part_area_id = known_sources.area_id
            and carried_parts.period_id = known_sources.period_id
            and carried_parts.breakdown_id = known_sources.breakdown_id
    where carried_parts.delivery_id is not null
),

-- What was delivered for an area itself counts first.
received_sources as (
    select carried_sources.*
    from carried_sources
    anti join own_sources using (variable_id, area_id, period_id, breakdown_id)
),

-- A sum rests on what its parts rest on; a row that was carried to several of them is named once.
summed_sources as (
    {% for sources, selected in [('own_sources', 'select'), ('received_sources', 'select distinct')] -%}
    {{ selected }}
        parts.variable_id,
        parts.area_id,
        parts.period_id,
        parts.breakdown_id,
        {{ sources }}.delivery_id,
        {{ sources }}.row_number,
        {{ sources }}.column_name
    from parts
    inner join {{ sources }}
        on
            parts.variable_id = {{ sources }}.variable_id
            and parts.part_area_id = {{ sources }}.area_id
            and parts.period_id = {{ sources }}.period_id
            and parts.breakdown_id = {{ sources }}.breakdown_id
    {{ 'union all' if not loop.last }}
    {% endfor -%}
),

counted_sources as (
    select * from own_sources
    union all by name
    select * from received_sources
    union all by name
    select * from summed_sources
),

-- A recast value rests on what the areas before it rest on.
recast_sources as (
    select distinct
        counted_sources.variable_id,
        successions.area_id,
        counted_sources.period_id,
        counted_sources.breakdown_id,
        counted_sources.delivery_id,
        counted_sources.row_number,
        counted_sources.column_name
    from recast_years
    inner join successions on recast_years.area_version_id = successions.area_version_id
    inner join counted_sources
        on
            successions.from_area_id = counted_sources.area_id
            and recast_years.year = {{ period_year('counted_sources.period_id') }}
),

all_sources as (
    select * from counted_sources
    union all by name
    select * from recast_sources
)

select
    all_sources.variable_id,
    cells.area_version_id,
    all_sources.area_id,
    all_sources.period_id,
    all_sources.breakdown_id,
    all_sources.delivery_id,
    all_sources.column_name,
    cast(all_sources.row_number as bigint) as row_number
from all_sources
inner join cells
    on
        all_sources.variable_id = cells.variable_id
        and all_sources.area_id = cells.area_id
        and all_sources.period_id = cells.period_id
        and all_sources.breakdown_id = cells.breakdown_id
