create macro sozialraum.main.priority_score(
    weighting := null,
    need_intensity := null,
    number_affected := null,
    supply_gap := null,
    accessibility_deficit := null,
    trend := null,
    policy_focus := null
) as table
with

weighed as (
    select
        parts.weighting_id,
        parts.area_version_id,
        parts.area_id,
        parts.score,
        cast(coalesce(
            case parts.component
                when 'need_intensity' then need_intensity
                when 'number_affected' then number_affected
                when 'supply_gap' then supply_gap
                when 'accessibility_deficit' then accessibility_deficit
                when 'trend' then trend
                when 'policy_focus' then policy_focus
            end,
            parts.weight
        ) as double) as weight
    from sozialraum.main.fct_priority_component as parts
    where parts.score is not null and (weighting is null or parts.weighting_id = weighting)
),

added as (
    select
        weighting_id,
        area_version_id,
        area_id,
        sum(weight * score) / nullif(sum(weight), 0) as score
    from weighed
    group by weighting_id, area_version_id, area_id
)

select
    weighting_id,
    area_version_id,
    area_id,
    round(score, 6) as score,
    rank() over (partition by weighting_id order by round(score, 6) desc) as rank
from added
where score is not null
order by weighting_id, rank, area_id
