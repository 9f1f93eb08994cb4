with

received as (
    select * from {{ ref('int_observations__received') }}
),

-- One vintage per cell: the extract with the higher precedence, and of it the delivery that came last. Whether an
-- earlier delivery of the same extract said something else makes it a revised value.
vintages_ranked as (
    select
        *,
        row_number() over (
            partition by variable_id, area_id, period_id, breakdown_id
            order by precedence desc, delivery_sequence desc, row_number desc
        ) as vintage_rank,
        min(coalesce(value, -1)) over same_source <> max(coalesce(value, -1)) over same_source as is_revised
    from received
    window same_source as (partition by extract_id, variable_id, area_id, period_id, breakdown_id)
)

select
    delivery_id,
    row_number,
    column_name,
    variable_id,
    area_id,
    level,
    period_id,
    breakdown_id,
    value,
    value_status,
    case
        when is_revised then list_sort(list_distinct(list_append(value_flags, 'revised')))
        else value_flags
    end as value_flags,
    {{ period_year('period_id') }} as year
from vintages_ranked
where vintage_rank = 1
