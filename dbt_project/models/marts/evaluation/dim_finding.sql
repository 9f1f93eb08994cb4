with

analysis_findings as (
    select * from {{ ref('stg_register__findings') }}
),

evaluation_findings as (
    select * from {{ ref('stg_register__evaluation_findings') }}
),

outcomes as (
    select * from {{ ref('stg_register__evaluation_outcomes') }}
),

evaluations as (
    select * from {{ ref('stg_register__evaluations') }}
),

states as (
    select * from {{ ref('int_register__states') }}
),

indicator_values as (
    select * from {{ ref('int_indicators__assembled') }}
),

items as (
    select * from {{ ref('int_register__items') }}
),

findings as (
    select
        finding_id,
        'analysis' as kind,
        title_de,
        text_de,
        indicator_id,
        area_id,
        period_id,
        release_number,
        is_quoted,
        quoted_value,
        file_name,
        row_number
    from analysis_findings
    union all by name
    select
        evaluation_findings.finding_id,
        'evaluation' as kind,
        evaluation_findings.title_de,
        evaluation_findings.text_de,
        outcomes.indicator_id,
        outcomes.area_id,
        outcomes.followup_period_id as period_id,
        evaluations.release_number,
        evaluations.is_quoted,
        evaluation_findings.evaluation_id,
        evaluation_findings.outcome_id,
        evaluation_findings.verdict,
        evaluation_findings.deviation_reasons,
        evaluation_findings.severity,
        evaluation_findings.recommendation,
        evaluation_findings.evidence_de,
        states.state as state_of_evaluation,
        evaluation_findings.file_name,
        evaluation_findings.row_number
    from evaluation_findings
    left join outcomes on evaluation_findings.outcome_id = outcomes.outcome_id
    left join evaluations on evaluation_findings.evaluation_id = evaluations.evaluation_id
    left join states on states.entity = 'evaluation' and evaluation_findings.evaluation_id = states.entity_id
)

select
    findings.finding_id,
    findings.kind,
    findings.title_de,
    findings.text_de,
    findings.indicator_id,
    findings.area_id,
    findings.period_id,
    findings.evaluation_id,
    findings.outcome_id,
    findings.verdict,
    coalesce(findings.deviation_reasons, cast([] as varchar[])) as deviation_reasons,
    findings.recommendation,
    findings.evidence_de,
    findings.state_of_evaluation,
    indicator_values.comparison,
    coalesce(indicator_values.value_status, 'not_available') as value_status,
    findings.file_name,
    findings.release_number as decided_release,
    cast(findings.quoted_value as double) as quoted_value,
    indicator_values.value,
    indicator_values.ci_lower,
    indicator_values.ci_upper,
    indicator_values.benchmark_value,
    cast(findings.severity as integer) as severity,
    findings.row_number,
    coalesce(findings.is_quoted, false) as is_quoted,
    items.is_public
from findings
inner join items on items.kind = 'finding' and findings.finding_id = items.item_id
left join indicator_values
    on
        findings.indicator_id = indicator_values.indicator_id
        and findings.area_id = indicator_values.area_id
        and findings.period_id = indicator_values.period_id
        and indicator_values.breakdown_id = 'total'
