with

observations as (
    select * from {{ ref('int_observations__rolled_up') }}
),

remainder as (
    select * exclude (parent_area_id) from {{ ref('int_observations__remainder') }}
),

variables as (
    select * from {{ ref('int_variables__compiled') }}
),

indicators as (
    select * from {{ ref('int_indicators__compiled') }}
),

profiles as (
    select * from {{ ref('stg_workspace__disclosure_profiles') }}
),

all_cells as (
    select * from observations
    union all by name
    select * from remainder
),

protected_cells as (
    select
        all_cells.*,
        profiles.threshold,
        profiles.min_denominator,
        profiles.is_complement_protected
    from all_cells
    inner join variables on all_cells.variable_id = variables.variable_id
    inner join profiles on variables.disclosure_profile = profiles.profile_id
    where profiles.is_hiding and all_cells.value_status = 'ok'
),

small as (
    select
        variable_id,
        area_version_id,
        period_id,
        breakdown_id,
        'threshold' as rule
    from protected_cells
    where value > 0 and value < threshold
),

-- The part that is not counted is as telling as the part that is: 98 % with two persons left over names the two.
complement as (
    select
        parts.variable_id,
        parts.area_version_id,
        parts.period_id,
        parts.breakdown_id,
        case when wholes.value > parts.value then 'complement' else 'everybody' end as rule
    from protected_cells as parts
    inner join indicators
        on parts.variable_id = indicators.numerator_variable_id and indicators.statistic = 'proportion'
    inner join all_cells as wholes
        on
            indicators.denominator_variable_id = wholes.variable_id
            and parts.area_version_id = wholes.area_version_id
            and parts.period_id = wholes.period_id
            and parts.breakdown_id = wholes.breakdown_id
            and wholes.value_status = 'ok'
    where
        parts.is_complement_protected
        and (
            (wholes.value > parts.value and wholes.value - parts.value < parts.threshold)
            or (wholes.value = parts.value and parts.value > 0 and wholes.value < parts.min_denominator)
        )
),

hidden as (
    select * from small
    union all by name
    select * from complement
)

select
    variable_id,
    area_version_id,
    period_id,
    breakdown_id,
    list_sort(list_distinct(list(rule))) as rules
from hidden
group by all
