with

measured as (
    select * from {{ ref('int_indices__measured') }}
),

editions as (
    select * from {{ ref('stg_indices__editions') }}
),

-- Only areas that take part, and only values that are shown, enter means, deviations and ranks.
listed as (
    select
        measured.index_id,
        measured.edition,
        measured.component_id,
        editions.standard_deviation,
        list(measured.value order by measured.area_version_id) as members
    from measured
    inner join editions on measured.index_id = editions.index_id and measured.edition = editions.edition
    where measured.eligible and measured.value_status = 'ok'
    group by measured.index_id, measured.edition, measured.component_id, editions.standard_deviation
),

centred as (
    select
        *,
        {{ list_mean('members') }} as mean
    from listed
),

moments as (
    select
        index_id,
        edition,
        component_id,
        mean,
        {{ list_deviation('members', 'mean', 'standard_deviation') }} as deviation,
        len(members) as n_areas
    from centred
),

ranked as (
    select
        index_id,
        edition,
        area_version_id,
        component_id,
        rank() over (
            partition by index_id, edition, component_id order by direction * value desc
        ) as lowest_rank,
        count(*) over (partition by index_id, edition, component_id, value) as n_tied
    from measured
    where eligible and value_status = 'ok'
),

standardised as (
    select
        measured.*,
        editions.transform,
        editions.transform_constant,
        editions.sum_multiplier,
        editions.min_weight_share,
        editions.is_restandardised,
        editions.reference_edition,
        editions.is_reference_fixed,
        editions.is_published,
        moments.mean,
        moments.deviation,
        coalesce(moments.deviation = 0, false) as is_dropped,
        case
            when editions.transform = 'z' and measured.eligible
                then {{ standard_score('measured.value', 'moments.mean', 'moments.deviation') }}
        end as z,
        case
            when editions.transform = 'rank_exponential' and moments.deviation > 0
                then
                    {{ exponential_of_rank(
                        average_rank('ranked.lowest_rank', 'ranked.n_tied'),
                        'moments.n_areas', 'editions.transform_constant'
                    ) }}
        end as exponential
    from measured
    inner join editions on measured.index_id = editions.index_id and measured.edition = editions.edition
    left join moments
        on
            measured.index_id = moments.index_id
            and editions.reference_edition = moments.edition
            and measured.component_id = moments.component_id
    left join ranked
        on
            measured.index_id = ranked.index_id
            and measured.edition = ranked.edition
            and measured.area_version_id = ranked.area_version_id
            and measured.component_id = ranked.component_id
),

-- Rounded where they arise: what is added up is what is published.
transformed as (
    select
        * exclude (exponential) replace ({{ round_significant('z') }} as z),
        case
            when transform = 'z' then direction * {{ round_significant('z') }}
            else {{ round_significant('exponential') }}
        end as transformed_value
    from standardised
),

-- A component that says nothing about anybody is out for all; one that is missing here is out for this area.
weighed as (
    select
        *,
        sum(weight) over part as weight_configured,
        sum(weight) filter (where not is_dropped) over part as weight_kept,
        coalesce(sum(weight) filter (where transformed_value is not null) over part, 0) as weight_present
    from transformed
    window part as (partition by index_id, edition, area_version_id, part)
),

-- What is present carries the weight of all: the sum stays on the scale of a complete one.
scaled as (
    select
        *,
        cast(weight as double) * cast(weight_configured as double) / cast(weight_present as double) as weight_scaled,
        coalesce(
            eligible and weight_present > 0 and weight_present >= min_weight_share * weight_kept, false
        ) as has_index
    from weighed
),

contributed as (
    select
        * exclude (weight_scaled),
        case
            when has_index and transformed_value is not null then {{ round_significant('weight_scaled') }}
        end as weight_used
    from scaled
)

select
    index_id,
    edition,
    area_version_id,
    area_id,
    level,
    period_id,
    component_id,
    part,
    indicator_id,
    label_de,
    label_en,
    value_status,
    transform,
    reference_edition,
    exclusion,
    exclusion_reason_de,
    exclusion_reason_en,
    year,
    component_number,
    direction,
    change_over_years,
    cast(weight as double) as weight,
    weight_used,
    value,
    ci_lower,
    ci_upper,
    mean,
    deviation,
    z,
    transformed_value,
    {{ round_significant('weight_used * transformed_value') }} as contribution,
    sum_multiplier,
    transform_constant,
    eligible,
    has_index,
    has_index and weight_present < weight_kept as is_partial,
    is_dropped,
    is_restandardised,
    is_reference_fixed,
    is_published
from contributed
