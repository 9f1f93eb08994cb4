with

components as (
    select * from {{ ref('int_indices__components') }}
),

-- Only the status is ranked. What is drawn 200 times is numbered first: numbers group and join quicker than names.
status_components as (
    select
        index_id,
        edition,
        area_version_id,
        indicator_id || '@' || area_id || '@' || period_id as value_key,
        transform,
        transform_constant,
        direction,
        weight_used,
        mean,
        deviation,
        value,
        ci_lower,
        ci_upper,
        is_reference_fixed,
        dense_rank() over (order by index_id, edition) as edition_number,
        dense_rank() over (order by index_id, edition, area_version_id) as area_number,
        dense_rank() over (order by index_id, edition, component_id) as component_number,
        bool_or(ci_lower is not null) over (partition by index_id, edition) as has_any_interval
    from components
    where part = 'status' and contribution is not null and is_published
),

-- An interval belongs to areas all of whose components have one.
complete as (
    select
        index_id,
        edition,
        area_version_id,
        area_number
    from status_components
    group by index_id, edition, area_version_id, area_number
    having bool_and(ci_lower is not null and ci_upper is not null)
),

draws as (
    select unnest(range(1, {{ var('index_draws') }} + 1)) as draw
),

-- Editions in which no component has an interval are not drawn at all.
uniform as (
    select
        status_components.*,
        draws.draw,
        {{ uniform_of_key("'" ~ var('index_seed') ~ "@' || draws.draw || '@' || status_components.value_key") }} as p
    from status_components
    cross join draws
    where status_components.has_any_interval
),

normal as (
    select
        *,
        {{ normal_quantile('p') }} as normal_draw
    from uniform
),

scored as (
    select
        edition_number,
        area_number,
        component_number,
        draw,
        transform,
        transform_constant,
        is_reference_fixed,
        weight_used * direction as directed_weight,
        weight_used,
        direction,
        ({{ draw_from_interval('value', 'ci_lower', 'ci_upper', 'normal_draw') }} - mean) / deviation as drawn_score
    from normal
),

-- As decimals, whose sums are exact in any order; ten million deviations are far enough for any rank. Computed once,
-- read twice.
drawn as materialized (
    select
        * exclude (drawn_score),
        cast(greatest(least(drawn_score, 1e7), -1e7) as decimal(18, 10)) as drawn_value
    from scored
),

-- Standard scores: each draw has its own mean and deviation, unless those of the reference are fixed.
moments as (
    select
        component_number,
        draw,
        cast(sum(drawn_value) as double) / count(*) as drawn_mean,
        cast(sum(cast(pow(drawn_value, 2) as decimal(28, 10))) as double) / count(*) as mean_square
    from drawn
    where transform = 'z'
    group by component_number, draw
),

standardised as (
    select
        drawn.edition_number,
        drawn.area_number,
        drawn.draw,
        drawn.directed_weight * case
            when drawn.is_reference_fixed then cast(drawn.drawn_value as double)
            else
                (cast(drawn.drawn_value as double) - moments.drawn_mean)
                / nullif(sqrt(greatest(moments.mean_square - pow(moments.drawn_mean, 2), 0)), 0)
        end as drawn_contribution
    from drawn
    inner join moments on drawn.component_number = moments.component_number and drawn.draw = moments.draw
    where drawn.transform = 'z'
),

ranked as (
    select
        *,
        count(*) over component as n_areas,
        rank() over (component order by direction * drawn_value desc) as lowest_rank,
        count(*) over (partition by component_number, draw, drawn_value) as n_tied
    from drawn
    where transform = 'rank_exponential'
    window component as (partition by component_number, draw)
),

contributed as (
    select * from standardised
    union all
    select
        edition_number,
        area_number,
        draw,
        weight_used
        * {{ exponential_of_rank(average_rank('lowest_rank', 'n_tied'), 'n_areas', 'transform_constant') }}
            as drawn_contribution
    from ranked
),

rescored as (
    select
        edition_number,
        area_number,
        draw,
        sum(cast(drawn_contribution as decimal(18, 10))) as drawn_score
    from contributed
    group by edition_number, area_number, draw
),

reranked as (
    select
        area_number,
        rank() over (partition by edition_number, draw order by drawn_score desc) as drawn_rank
    from rescored
),

collected as (
    select
        area_number,
        list_sort(list(drawn_rank)) as drawn_ranks
    from reranked
    group by area_number
)

select
    complete.index_id,
    complete.edition,
    complete.area_version_id,
    {% set outside = "cast(ceil(0.025 * len(collected.drawn_ranks)) as integer)" -%}
    collected.drawn_ranks[{{ outside }}] as drawn_lower,
    collected.drawn_ranks[len(collected.drawn_ranks) + 1 - {{ outside }}] as drawn_upper
from collected
inner join complete on collected.area_number = complete.area_number
