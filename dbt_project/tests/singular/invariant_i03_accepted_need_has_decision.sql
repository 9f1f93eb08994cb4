-- Invariant I3: every accepted need has a decision of a body that accepted it.
select
    need_id,
    file_name,
    row_number
from {{ ref('dim_need') }}
where category = 'need' and coalesce(decision_result, 'none') not in ('accepted', 'accepted_modified')
