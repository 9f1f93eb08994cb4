with

measured as (
    select * from {{ ref('int_priorities__measured') }}
),

ranked as (
    select
        *,
        count(raw_value) over component_of_weighting as n_ranked,
        rank() over (
            partition by weighting_id, component, raw_value is null order by urgency * raw_value
        ) as lowest_rank,
        count(*) over (partition by weighting_id, component, raw_value) as n_tied
    from measured
    window component_of_weighting as (partition by weighting_id, component)
),

compared as (
    select
        * exclude (lowest_rank, n_tied),
        case when raw_value is not null then {{ percentile_rank('lowest_rank', 'n_tied', 'n_ranked') }} end as score,
        case when raw_value is not null then n_ranked - lowest_rank - n_tied + 2 end as component_rank
    from ranked
),

weighed as (
    select
        *,
        sum(case when score is not null then cast(weight as decimal(18, 6)) end) over area as weight_available,
        sum(cast(weight as decimal(18, 6))) over area as weight_all
    from compared
    window area as (partition by weighting_id, area_version_id)
)

select
    * exclude (weight_available, weight_all),
    cast(weight_available as double) as weight_available,
    cast(weight_all as double) as weight_all,
    weight * score / nullif(cast(weight_available as double), 0) as contribution
from weighed
