with

observations as (
    select * from {{ ref('int_observations__rolled_up') }}
),

remainder as (
    select * from {{ ref('int_observations__remainder') }}
),

estimated as (
    select * from {{ ref('int_observations__estimated') }}
),

areas as (
    select * from {{ ref('int_areas__versioned') }}
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

nested as (
    select * from {{ ref('int_variables__nested') }}
),

all_cells as (
    select * from observations
    union all by name
    select * exclude (parent_area_id) from remainder
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
),

-- A sum of one single band is that band under another name: hidden in one place, hidden in the other.
twins as (
    select
        variable_id,
        breakdown_id,
        source_variable_id,
        source_breakdown_id
    from nested
    where years_of_age = years_wanted
    union
    select
        source_variable_id,
        source_breakdown_id,
        variable_id,
        breakdown_id
    from nested
    where years_of_age = years_wanted
),

hidden_with_twins as (
    select * from hidden
    union all by name
    select
        twins.source_variable_id as variable_id,
        hidden.area_version_id,
        hidden.period_id,
        twins.source_breakdown_id as breakdown_id,
        'twin' as rule
    from hidden
    inner join twins on hidden.variable_id = twins.variable_id and hidden.breakdown_id = twins.breakdown_id
),

-- An estimate by shares or crosswalks would give away the count it rests on.
estimated_from_hidden as (
    select
        estimated.variable_id,
        estimated.area_version_id,
        estimated.period_id,
        estimated.breakdown_id,
        'estimate' as rule
    from estimated
    inner join variables on estimated.variable_id = variables.variable_id
    inner join profiles on variables.disclosure_profile = profiles.profile_id
    left join hidden_with_twins
        on
            estimated.variable_id = hidden_with_twins.variable_id
            and estimated.part_area_version_id = hidden_with_twins.area_version_id
            and estimated.period_id = hidden_with_twins.period_id
            and estimated.breakdown_id = hidden_with_twins.breakdown_id
    where
        hidden_with_twins.variable_id is not null
        or (profiles.is_hiding and estimated.part_value > 0 and estimated.part_value < profiles.threshold)
),

hidden_with_estimates as (
    select * from hidden_with_twins
    union all by name
    select * from estimated_from_hidden
),

-- The remainder is what the parent counts less its children: beside a hidden one it would give it away.
hidden_families as (
    select distinct
        hidden_with_estimates.variable_id,
        hidden_with_estimates.period_id,
        hidden_with_estimates.breakdown_id,
        unnest([areas.area_id, areas.parent_area_id]) as parent_area_id
    from hidden_with_estimates
    inner join areas on hidden_with_estimates.area_version_id = areas.area_version_id
),

remainder_beside_hidden as (
    select
        remainder.variable_id,
        remainder.area_version_id,
        remainder.period_id,
        remainder.breakdown_id,
        'difference' as rule
    from remainder
    semi join hidden_families
        on
            remainder.variable_id = hidden_families.variable_id
            and remainder.period_id = hidden_families.period_id
            and remainder.breakdown_id = hidden_families.breakdown_id
            and remainder.parent_area_id = hidden_families.parent_area_id
),

all_hidden as (
    select * from hidden_with_estimates
    union all by name
    select * from remainder_beside_hidden
)

select
    variable_id,
    area_version_id,
    period_id,
    breakdown_id,
    list_sort(list_distinct(list(rule))) as rules
from all_hidden
group by all
