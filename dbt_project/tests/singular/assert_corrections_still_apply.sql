-- A correction that finds its wrong value no longer is out of date: the source was repaired, delete the row.
{{ config(severity = 'warn') }}
select corrections.*
from {{ ref('stg_workspace__corrections') }} as corrections
anti join {{ ref('stg_landing__observations') }} as cells
    on
        corrections.extract_id = cells.extract_id
        and corrections.variable_id = cells.variable_id
        and corrections.area_id = cells.area_id
        and corrections.period_id = cells.period_id
        and corrections.breakdown_id = cells.breakdown_id
        and corrections.expected_wrong_value = cells.value
