with

received as (
    select * from {{ ref('int_observations__received') }}
),

-- One vintage per cell: the extract with the higher precedence, and of it the delivery that came last.
vintages_ranked as (
    select
        *,
        row_number() over newest_first as vintage_rank,
        lead(value) over newest_first as earlier_value,
        lead(extract_id) over newest_first as earlier_extract_id
    from received
    window newest_first as (
        partition by variable_id, area_id, period_id, breakdown_id
        order by precedence desc, delivery_sequence desc, row_number desc
    )
)

select
    delivery_id,
    variable_id,
    area_id,
    level,
    period_id,
    breakdown_id,
    value,
    value_status,
    case
        when earlier_extract_id = extract_id and (value is distinct from earlier_value)
            then list_sort(list_distinct(list_append(value_flags, 'revised')))
        else value_flags
    end as value_flags,
    {{ period_year('period_id') }} as year
from vintages_ranked
where vintage_rank = 1
