with

cells as (
    select * from {{ ref('stg_landing__observations') }}
),

deliveries as (
    select * from {{ ref('stg_workspace__deliveries') }}
),

extracts as (
    select * from {{ ref('stg_workspace__extracts') }}
),

corrections as (
    select * from {{ ref('stg_workspace__corrections') }}
),

in_this_build as (
    select
        cells.*,
        deliveries.delivery_sequence,
        coalesce(extracts.precedence, 0) as precedence
    from cells
    inner join deliveries on cells.delivery_id = deliveries.delivery_id
    left join extracts on cells.extract_id = extracts.extract_id
),

-- A correction acts only on the wrong value it names; when the source is repaired, a test says so.
corrected as (
    select
        cells.* exclude (value, value_flags),
        case when corrections.area_id is null then cells.value else corrections.corrected_value end as value,
        case
            when corrections.area_id is null then cells.value_flags
            else list_sort(list_distinct(list_append(cells.value_flags, 'revised')))
        end as value_flags
    from in_this_build as cells
    left join corrections
        on
            cells.extract_id = corrections.extract_id
            and cells.variable_id = corrections.variable_id
            and cells.area_id = corrections.area_id
            and cells.period_id = corrections.period_id
            and cells.breakdown_id = corrections.breakdown_id
            and cells.value = corrections.expected_wrong_value
)

select * from corrected
