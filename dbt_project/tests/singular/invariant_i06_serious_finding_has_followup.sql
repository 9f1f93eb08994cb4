-- Invariant I6: every published finding of severity 2 or 3 has a follow-up.
with

findings as (
    select * from {{ ref('dim_finding') }}
),

evaluations as (
    select * from {{ ref('dim_evaluation') }}
),

followups as (
    select * from {{ ref('fct_followup') }}
)

select
    findings.finding_id,
    findings.file_name,
    findings.row_number
from findings
inner join evaluations on findings.evaluation_id = evaluations.evaluation_id and evaluations.is_public
left join followups on findings.finding_id = followups.finding_id
where findings.severity >= 2 and followups.followup_id is null
