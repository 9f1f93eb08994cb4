with

components as (
    select * from {{ ref('int_priorities__described') }}
),

gapped as (
    select * from {{ ref('int_inventory__gapped') }}
),

indicators as (
    select * from {{ ref('int_indicators__assembled') }}
    where
        breakdown_id = 'total'
        and indicator_id in (select components.indicator_id from components)
),

reached as (
    select * from {{ ref('int_inventory__averaged') }}
),

contained as (
    select * from {{ ref('int_areas__contained') }}
),

goals as (
    select * from {{ ref('stg_register__goals') }}
),

states as (
    select * from {{ ref('int_register__states') }}
),

-- Areas in which nobody of the group lives take no part; an area whose population is hidden does.
eligible as (
    select
        components.*,
        gapped.area_version_id,
        gapped.area_id,
        gapped.value_status as population_status,
        gapped.gap_status,
        gapped.gap / nullif(gapped.demand, 0) as relative_gap,
        gapped.inventory_year
    from components
    inner join gapped
        on
            components.service_type = gapped.service_type
            and components.target_group = gapped.target_group
            and components.level = gapped.level
    where gapped.population is null or gapped.population > 0
),

latest_year as (
    select
        indicator_id,
        level,
        max(year) as year
    from indicators
    where value_status = 'ok'
    group by indicator_id, level
),

latest as (
    select
        indicators.*,
        case
            when indicators.numerator is null or indicators.denominator is null then null
            else indicators.numerator / nullif(indicators.denominator, 0)
        end as share
    from indicators
    inner join latest_year
        on
            indicators.indicator_id = latest_year.indicator_id
            and indicators.level = latest_year.level
            and indicators.year = latest_year.year
),

goal_areas as (
    select
        goals.goal_id,
        goals.target_groups,
        unnest(goals.area_ids) as goal_area_id
    from goals
    inner join states on states.entity = 'goal' and goals.goal_id = states.entity_id
    where states.state in ('adopted', 'in_force')
),

focused as (
    select
        eligible.weighting_id,
        eligible.area_version_id,
        count(distinct goal_areas.goal_id) as n_goals
    from eligible
    inner join contained on eligible.area_version_id = contained.area_version_id
    inner join goal_areas
        on
            contained.container_area_id = goal_areas.goal_area_id
            and (
                len(goal_areas.target_groups) = 0
                or list_contains(goal_areas.target_groups, eligible.target_group)
                or list_contains(goal_areas.target_groups, 'all')
            )
    where eligible.component = 'policy_focus'
    group by eligible.weighting_id, eligible.area_version_id
),

scored_types as (
    select distinct service_type
    from reached
),

joined as (
    select
        eligible.*,
        latest.period_id,
        latest.value,
        latest.ci_lower,
        latest.ci_upper,
        latest.trend,
        latest.numerator,
        latest.denominator,
        coalesce(latest.value_status, 'not_available') as indicator_status,
        reached.mean_score,
        reached.n_unknown,
        coalesce(focused.n_goals, 0) as n_goals,
        scored_types.service_type is not null as has_scores
    from eligible
    left join latest on eligible.indicator_id = latest.indicator_id and eligible.area_id = latest.area_id
    left join reached on eligible.service_type = reached.service_type and eligible.area_id = reached.area_id
    left join focused
        on
            eligible.weighting_id = focused.weighting_id
            and eligible.area_version_id = focused.area_version_id
    left join scored_types on eligible.service_type = scored_types.service_type
),

stated as (
    select
        *,
        case
            when component in ('need_intensity', 'number_affected') and indicator_status like 'suppressed%'
                then 'suppressed'
            when component in ('need_intensity', 'number_affected') and indicator_status <> 'ok' then indicator_status
            when component = 'number_affected' and numerator is null then 'not_applicable'
            when component = 'supply_gap' and population_status like 'suppressed%' then 'suppressed'
            when component = 'supply_gap' and gap_status <> 'ok' then gap_status
            when component = 'accessibility_deficit' and not has_scores then 'not_computed'
            when component = 'accessibility_deficit' and (n_unknown > 0 or mean_score is null) then 'unknown_in_reach'
            when component = 'trend' and indicator_status like 'suppressed%' then 'suppressed'
            when component = 'trend' and coalesce(trend, 'cannot_be_calculated') = 'cannot_be_calculated'
                then 'cannot_be_calculated'
            else 'ok'
        end as component_status,
        case component
            when 'need_intensity' then value
            when 'number_affected' then if(direction = 1, numerator, denominator - numerator)
            when 'supply_gap' then relative_gap
            when 'accessibility_deficit' then 1000 * mean_score
            when 'trend'
                then
                    case trend
                        when 'increasing' then 1 when 'decreasing' then -1 when 'no_significant_change' then 0
                    end
            else n_goals
        end as measured,
        case component
            when 'need_intensity' then direction
            when 'trend' then direction
            when 'accessibility_deficit' then -1
            else 1
        end as urgency
    from joined
)

select
    weighting_id,
    component,
    service_type,
    target_group,
    level,
    area_version_id,
    area_id,
    indicator_id,
    case when component in ('need_intensity', 'number_affected', 'trend') then period_id end as period_id,
    component_status,
    urgency,
    weight,
    {{ round_significant("case when component_status = 'ok' then cast(measured as double) end") }} as raw_value,
    case when component_status = 'ok' and component in ('need_intensity', 'number_affected') then value end as value,
    case when component_status = 'ok' and component in ('need_intensity', 'number_affected') then ci_lower end
        as ci_lower,
    case when component_status = 'ok' and component in ('need_intensity', 'number_affected') then ci_upper end
        as ci_upper
from stated
