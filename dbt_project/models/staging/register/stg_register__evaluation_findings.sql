with

evaluation_findings as (
    select * from {{ source('register', 'evaluation_findings') }}
)

select
    finding_id,
    evaluation_id,
    {{ filled('outcome_id') }} as outcome_id,
    title_de,
    {{ filled('text_de') }} as text_de,
    verdict,
    {{ filled('evidence_de') }} as evidence_de,
    recommendation,
    file_name,
    {{ listed('deviation_reasons') }} as deviation_reasons,
    {{ whole('severity') }} as severity,
    cast(row_number as bigint) as row_number
from evaluation_findings
