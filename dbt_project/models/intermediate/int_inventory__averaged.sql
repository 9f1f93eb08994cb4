with

scored as (
    select * from {{ ref('int_inventory__scored') }}
),

contained as (
    select * from {{ ref('int_areas__contained') }}
),

-- From the areas in which residents are counted to the areas that are ranked: as many see a score as live there.
reached as (
    select
        scored.service_type,
        contained.container_area_id as area_id,
        count(*) - count(coalesce(scored.score_e2sfca, case when scored.population = 0 then 0 end)) as n_unknown,
        {{ ordered_sum('scored.population * coalesce(scored.score_e2sfca, 0)', 'scored.area_version_id') }}
        / nullif({{ ordered_sum('scored.population', 'scored.area_version_id') }}, 0) as mean_score
    from scored
    inner join contained
        on
            scored.area_version_id = contained.area_version_id
            and {{ is_valid_at_end_of(period_year('scored.inventory_period_id'), 'contained') }}
    group by scored.service_type, contained.container_area_id
)

select * from reached
