with

scored as (
    select * from {{ ref('int_priorities__scored') }}
),

draws as (
    select unnest(range(1, {{ var('index_draws') }} + 1)) as draw
),

kinds as (
    select unnest(['weights', 'values']) as kind
),

-- One draw of a value moves the persons affected with it: both rest on the same count.
uniform as (
    select
        scored.*,
        kinds.kind,
        draws.draw,
        {{ uniform_of_key(
            "'" ~ var('index_seed') ~ "@' || draws.draw || '@' || scored.weighting_id || '@'"
            ~ " || case kinds.kind when 'weights' then scored.component else scored.area_version_id end"
        ) }} as p
    from scored
    cross join draws
    cross join kinds
    where scored.raw_value is not null
),

normal as (
    select
        *,
        {{ normal_quantile('p') }} as normal_draw
    from uniform
),

drawn as (
    select
        weighting_id,
        component,
        area_version_id,
        kind,
        draw,
        score,
        case when kind = 'weights' then {{ drawn_weight('weight', 'p') }} else weight end as weight,
        cast(
            urgency * case
                when kind = 'weights' or ci_lower is null or ci_upper is null then raw_value
                when component = 'need_intensity'
                    then {{ draw_from_interval('value', 'ci_lower', 'ci_upper', 'normal_draw') }}
                when value = 0 then raw_value
                else
                    raw_value * {{ draw_from_interval('value', 'ci_lower', 'ci_upper', 'normal_draw') }} / value
            end as decimal(28, 10)
        ) as drawn_value
    from normal
),

compared as (
    select
        *,
        count(*) over component_of_draw as n_ranked,
        rank() over (component_of_draw order by drawn_value) as lowest_rank,
        count(*) over (partition by weighting_id, kind, draw, component, drawn_value) as n_tied
    from drawn
    window component_of_draw as (partition by weighting_id, kind, draw, component)
),

rescored as (
    select
        weighting_id,
        kind,
        draw,
        area_version_id,
        sum(cast(weight * case
            when kind = 'weights' then score else {{ percentile_rank('lowest_rank', 'n_tied', 'n_ranked') }}
        end as decimal(28, 10))) as weighted,
        sum(cast(weight as decimal(28, 10))) as weight_available
    from compared
    where score is not null
    group by weighting_id, kind, draw, area_version_id
),

reranked as (
    select
        weighting_id,
        kind,
        area_version_id,
        rank() over (
            partition by weighting_id, kind, draw
            order by round(cast(weighted as double) / nullif(cast(weight_available as double), 0), 6) desc
        ) as drawn_rank
    from rescored
    where weight_available > 0
),

collected as (
    select
        weighting_id,
        kind,
        area_version_id,
        list_sort(list(drawn_rank)) as drawn_ranks
    from reranked
    group by weighting_id, kind, area_version_id
)

select
    weighting_id,
    area_version_id,
    {% set outside = "cast(ceil(0.025 * len(drawn_ranks)) as integer)" -%}
    max(drawn_ranks[{{ outside }}]) filter (where kind = 'weights') as rank_lower_weights,
    max(drawn_ranks[len(drawn_ranks) + 1 - {{ outside }}]) filter (where kind = 'weights') as rank_upper_weights,
    max(drawn_ranks[{{ outside }}]) filter (where kind = 'values') as rank_lower_values,
    max(drawn_ranks[len(drawn_ranks) + 1 - {{ outside }}]) filter (where kind = 'values') as rank_upper_values
from collected
group by weighting_id, area_version_id
