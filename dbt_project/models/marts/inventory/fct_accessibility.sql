with

scored as (
    select * from {{ ref('int_inventory__scored') }}
)

select
    * exclude (score_2sfca, score_e2sfca, is_at_edge),
    {{ round_significant('1000 * score_2sfca') }} as accessibility_2sfca,
    {{ round_significant('1000 * score_e2sfca') }} as accessibility_e2sfca,
    is_at_edge
from scored
