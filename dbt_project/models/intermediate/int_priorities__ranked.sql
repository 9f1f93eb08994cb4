with

scored as (
    select * from {{ ref('int_priorities__scored') }}
),

redrawn as (
    select * from {{ ref('int_priorities__redrawn') }}
),

described as (
    select * from {{ ref('int_priorities__described') }}
),

overrides as (
    select * from {{ ref('stg_register__priority_overrides') }}
),

weightings as (
    select
        weighting_id,
        any_value(author_office) as author_office,
        any_value(decision_id) as decision_id,
        any_value(dated_on) as dated_on
    from described
    group by weighting_id
),

added as (
    select
        weighting_id,
        service_type,
        target_group,
        level,
        area_version_id,
        area_id,
        max(indicator_id) as indicator_id,
        sum(cast(contribution as decimal(18, 10))) as score,
        max(weight_available) / nullif(max(weight_all), 0) as weight_share,
        list(component order by component) filter (where score is null) as missing_components,
        bool_or(component_status = 'suppressed') as has_suppressed_component
    from scored
    group by weighting_id, service_type, target_group, level, area_version_id, area_id
),

ranked as (
    select
        *,
        case
            when score is not null then
                rank() over (partition by weighting_id, score is null order by round(score, 6) desc)
        end as rank,
        count(score) over (partition by weighting_id) as rank_of
    from added
)

select
    ranked.*,
    weightings.author_office,
    weightings.decision_id,
    weightings.dated_on,
    redrawn.rank_lower_weights,
    redrawn.rank_upper_weights,
    redrawn.rank_lower_values,
    redrawn.rank_upper_values,
    overrides.position as override_position,
    overrides.reason_de as override_reason_de,
    overrides.decision_id as override_decision_id
from ranked
inner join weightings on ranked.weighting_id = weightings.weighting_id
left join redrawn
    on ranked.weighting_id = redrawn.weighting_id and ranked.area_version_id = redrawn.area_version_id
left join overrides on ranked.weighting_id = overrides.weighting_id and ranked.area_id = overrides.area_id
