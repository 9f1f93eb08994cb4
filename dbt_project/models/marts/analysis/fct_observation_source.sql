with

current_cells as (
    select * from {{ ref('int_observations__current') }}
),

nested as (
    select * from {{ ref('int_observations__nested_bands') }}
),

parts as (
    select * from {{ ref('int_observations__parts') }}
),

cells as (
    select * from {{ ref('int_observations__protected') }}
),

-- A derived cell rests on the bands it was added up from, unless the variable itself was delivered.
derived_sources as (
    select
        nested.variable_id,
        nested.area_id,
        nested.period_id,
        'total' as breakdown_id,
        nested.delivery_id,
        nested.row_number,
        nested.column_name
    from nested
    anti join current_cells
        on
            nested.variable_id = current_cells.variable_id
            and nested.area_id = current_cells.area_id
            and nested.period_id = current_cells.period_id
            and current_cells.breakdown_id = 'total'
),

known_sources as (
    select
        variable_id,
        area_id,
        period_id,
        breakdown_id,
        delivery_id,
        row_number,
        column_name
    from current_cells
    union all by name
    select * from derived_sources
),

-- A sum rests on what its parts rest on.
summed_sources as (
    select
        parts.variable_id,
        parts.area_id,
        parts.period_id,
        parts.breakdown_id,
        known_sources.delivery_id,
        known_sources.row_number,
        known_sources.column_name
    from parts
    inner join known_sources
        on
            parts.variable_id = known_sources.variable_id
            and parts.part_area_id = known_sources.area_id
            and parts.period_id = known_sources.period_id
            and parts.breakdown_id = known_sources.breakdown_id
),

all_sources as (
    select * from known_sources
    union all by name
    select * from summed_sources
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
