with

components as (
    select * from {{ ref('int_indices__components') }}
),

-- Only the status is ranked, and only editions in which an interval is known can be drawn again.
status_components as (
    select
        index_id,
        edition,
        area_version_id,
        component_id,
        transform,
        transform_constant,
        indicator_id || '@' || area_id || '@' || period_id as value_key,
        direction,
        weight_used,
        mean,
        deviation,
        value,
        ci_lower,
        ci_upper,
        is_reference_fixed,
        bool_or(ci_lower is not null) over (partition by index_id, edition) as has_any_interval
    from components
    where part = 'status' and contribution is not null and is_published
),

uniform as (
    select
        status_components.*,
        draws.draw,
        {{ uniform_of_key("'" ~ var('index_seed') ~ "@' || draws.draw || '@' || status_components.value_key") }} as p
    from status_components
    cross join (select unnest(range(1, {{ var('index_draws') }} + 1)) as draw) as draws
    where status_components.has_any_interval
),

normal as (
    select
        * exclude (p),
        {{ normal_quantile('p') }} as normal_draw
    from uniform
),

-- On the scale of the published scores, so that sums of decimals are exact in any order.
drawn as (
    select
        * exclude (normal_draw),
        cast(
            ({{ draw_from_interval('value', 'ci_lower', 'ci_upper', 'normal_draw') }} - mean) / deviation
            as decimal(28, 10)
        ) as drawn_value
    from normal
),

spread as (
    select
        *,
        cast(sum(drawn_value) over component as double) / count(*) over component as drawn_mean,
        cast(sum(cast(pow(drawn_value, 2) as decimal(28, 10))) over component as double)
        / count(*) over component as drawn_square,
        count(*) over component as n_areas,
        rank() over (component order by direction * drawn_value desc) as lowest_rank,
        count(*) over (partition by index_id, edition, component_id, draw, drawn_value) as n_tied
    from drawn
    window component as (partition by index_id, edition, component_id, draw)
),

rescored as (
    select
        index_id,
        edition,
        area_version_id,
        draw,
        sum(cast(weight_used * case
            when transform = 'rank_exponential'
                then {{ exponential_of_rank(average_rank('lowest_rank', 'n_tied'), 'n_areas', 'transform_constant') }}
            when is_reference_fixed then direction * cast(drawn_value as double)
            else
                direction * (cast(drawn_value as double) - drawn_mean)
                / nullif(sqrt(drawn_square - pow(drawn_mean, 2)), 0)
        end as decimal(28, 10))) as drawn_score
    from spread
    group by index_id, edition, area_version_id, draw
),

reranked as (
    select
        index_id,
        edition,
        area_version_id,
        rank() over (partition by index_id, edition, draw order by drawn_score desc) as drawn_rank
    from rescored
),

collected as (
    select
        index_id,
        edition,
        area_version_id,
        list_sort(list(drawn_rank)) as drawn_ranks
    from reranked
    group by index_id, edition, area_version_id
),

-- An interval belongs to areas all of whose components have one.
complete as (
    select
        index_id,
        edition,
        area_version_id
    from status_components
    group by index_id, edition, area_version_id
    having bool_and(ci_lower is not null and ci_upper is not null)
)

select
    collected.index_id,
    collected.edition,
    collected.area_version_id,
    {% set outside = "cast(ceil(0.025 * len(collected.drawn_ranks)) as integer)" -%}
    collected.drawn_ranks[{{ outside }}] as drawn_lower,
    collected.drawn_ranks[len(collected.drawn_ranks) + 1 - {{ outside }}] as drawn_upper
from collected
inner join complete
    on
        collected.index_id = complete.index_id
        and collected.edition = complete.edition
        and collected.area_version_id = complete.area_version_id
