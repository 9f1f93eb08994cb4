with

components as (
    select * from {{ ref('int_indices__components') }}
),

classes as (
    select * from {{ ref('stg_indices__classes') }}
),

editions as (
    select * from {{ ref('stg_indices__editions') }}
),

-- Reasons rank from what takes the whole area out to what a single component lacks.
summed as (
    select
        index_id,
        edition,
        area_version_id,
        part,
        any_value(reference_edition) as reference_edition,
        bool_or(is_restandardised) as is_restandardised,
        bool_or(is_partial) as is_partial,
        list_sum(list(contribution order by component_number) filter (where contribution is not null))
        * any_value(sum_multiplier) as part_sum,
        case
            when bool_or(exclusion is not null) then any_value(exclusion)
            when bool_or(has_index) then null
            when bool_and(is_dropped) then 'no_variance'
            when bool_or(starts_with(value_status, 'suppressed')) then 'component_hidden'
            else 'component_missing'
        end as no_score_reason
    from components
    group by index_id, edition, area_version_id, part
),

listed as (
    select
        index_id,
        edition,
        part,
        list(part_sum order by area_version_id) as members
    from summed
    where part_sum is not null
    group by index_id, edition, part
),

centred as (
    select
        *,
        {{ list_mean('members') }} as mean
    from listed
),

standards as (
    select
        centred.index_id,
        centred.edition,
        centred.part,
        centred.mean,
        {{ list_deviation('centred.members', 'centred.mean', 'editions.standard_deviation') }} as deviation
    from centred
    inner join editions on centred.index_id = editions.index_id and centred.edition = editions.edition
),

scored as (
    select
        summed.index_id,
        summed.edition,
        summed.area_version_id,
        summed.part,
        summed.no_score_reason,
        summed.part_sum,
        summed.is_partial,
        case
            when not summed.is_restandardised then summed.part_sum
            else {{ standard_score('summed.part_sum', 'standards.mean', 'standards.deviation') }}
        end as exact_score
    from summed
    left join standards
        on
            summed.index_id = standards.index_id
            and summed.reference_edition = standards.edition
            and summed.part = standards.part
),

rounded as (
    select
        *,
        {{ round_significant('exact_score') }} as score
    from scored
)

select
    rounded.index_id,
    rounded.edition,
    rounded.area_version_id,
    rounded.part,
    classes.class_id,
    classes.label_de,
    classes.label_en,
    case
        when rounded.score is null and rounded.no_score_reason is null then 'no_variance' else rounded.no_score_reason
    end as no_score_reason,
    {{ round_significant('rounded.part_sum') }} as part_sum,
    rounded.score,
    rounded.is_partial and rounded.score is not null as is_partial
from rounded
left join classes
    on
        rounded.index_id = classes.index_id
        and rounded.edition = classes.edition
        and rounded.part = classes.part
        and {{ lies_between_cuts(
            'rounded.score', 'classes.lower_cut', 'classes.upper_cut',
            'classes.is_lower_inclusive', 'classes.is_upper_inclusive'
        ) }}
        and rounded.score is not null
