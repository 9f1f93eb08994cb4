-- Whoever publishes that less than 95 % of the way to the path was made also says why: a finding with a reason.
with

outcomes as (
    select * from {{ ref('fct_evaluation') }}
    where is_public and plan_attainment < 0.95
),

findings as (
    select * from {{ ref('dim_finding') }}
    where len(deviation_reasons) > 0
)

select
    outcomes.file_name,
    outcomes.row_number,
    outcomes.evaluation_id,
    outcomes.outcome_id
from outcomes
anti join findings
    on
        outcomes.evaluation_id = findings.evaluation_id
        and coalesce(findings.outcome_id, outcomes.outcome_id) = outcomes.outcome_id
