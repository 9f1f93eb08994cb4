with

known_cells as (
    select * from {{ ref('int_observations__known') }}
),

carried_parts as (
    select * from {{ ref('int_observations__carried') }}
),

variables as (
    select * from {{ ref('int_variables__compiled') }}
),

area_years as (
    select * from {{ ref('int_areas__yearly') }}
    where not is_recast
),

-- Where two extracts of older states deliver the same variable, the one with the higher precedence counts.
carried_cells as (
    select
        carried_parts.variable_id,
        carried_parts.area_id,
        carried_parts.period_id,
        carried_parts.breakdown_id,
        max(carried_parts.delivery_id) as delivery_id,
        {{ carried_status('carried_parts.value_status', 'carried_parts.weight', 'variables.is_additive') }}
            as value_status,
        {{ carried_flags('carried_parts.value_flags', 'carried_parts.weight') }} as value_flags,
        sum(carried_parts.value * carried_parts.weight) as value_sum
    from carried_parts
    inner join variables on carried_parts.variable_id = variables.variable_id
    group by
        carried_parts.variable_id,
        carried_parts.area_id,
        carried_parts.period_id,
        carried_parts.breakdown_id,
        carried_parts.extract_id,
        carried_parts.precedence
    qualify row_number() over (
        partition by
            carried_parts.variable_id, carried_parts.area_id, carried_parts.period_id, carried_parts.breakdown_id
        order by carried_parts.precedence desc, carried_parts.extract_id asc
    ) = 1
),

-- A cell that is carried on stands under its new area only; what was delivered for an area itself counts first.
own_cells as (
    select known_cells.*
    from known_cells
    anti join carried_parts
        on
            known_cells.variable_id = carried_parts.variable_id
            and known_cells.area_id = carried_parts.part_area_id
            and known_cells.period_id = carried_parts.period_id
            and known_cells.breakdown_id = carried_parts.breakdown_id
            and known_cells.delivery_id = carried_parts.delivery_id
),

placed_cells as (
    select
        variable_id,
        area_id,
        period_id,
        breakdown_id,
        delivery_id,
        value_status,
        value_flags,
        value
    from own_cells
    union all
    select
        carried_cells.variable_id,
        carried_cells.area_id,
        carried_cells.period_id,
        carried_cells.breakdown_id,
        carried_cells.delivery_id,
        carried_cells.value_status,
        carried_cells.value_flags,
        case when carried_cells.value_status = 'ok' then cast(carried_cells.value_sum as decimal(28, 6)) end as value
    from carried_cells
    anti join own_cells using (variable_id, area_id, period_id, breakdown_id)
),

series as (
    select distinct
        variable_id,
        breakdown_id,
        period_id,
        year,
        level
    from known_cells
),

-- Where a level is delivered at all, each of its areas is expected: an absent row is a row with a reason.
expected_cells as (
    select
        series.*,
        area_years.area_id,
        area_years.area_version_id
    from series
    inner join area_years on series.level = area_years.level and series.year = area_years.year
)

select
    expected_cells.variable_id,
    expected_cells.area_version_id,
    expected_cells.area_id,
    expected_cells.level,
    expected_cells.period_id,
    expected_cells.year,
    expected_cells.breakdown_id,
    placed_cells.delivery_id,
    coalesce(placed_cells.value_status, 'not_available') as value_status,
    coalesce(placed_cells.value_flags, cast([] as varchar[])) as value_flags,
    placed_cells.value
from expected_cells
left join placed_cells
    on
        expected_cells.variable_id = placed_cells.variable_id
        and expected_cells.area_id = placed_cells.area_id
        and expected_cells.period_id = placed_cells.period_id
        and expected_cells.breakdown_id = placed_cells.breakdown_id
