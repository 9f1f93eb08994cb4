with

evaluations as (
    select * from {{ ref('stg_register__evaluations') }}
),

earlier_releases as (
    select * from {{ ref('stg_workspace__frozen_values') }}
),

build as (
    select * from {{ ref('stg_workspace__build') }}
),

this_build as (
    select * from {{ ref('int_indicators__assembled') }}
),

outcomes as (
    select * from {{ ref('stg_register__evaluation_outcomes') }}
),

wanted as (
    select
        evaluation_id,
        indicator_id
    from outcomes
    union
    select
        evaluation_id,
        unnest(matching_indicators) as indicator_id
    from evaluations
),

-- An evaluation may freeze the release it is published with; every later build reads it from that release's own file.
all_values as (
    select * from earlier_releases
    union all by name
    select
        build.release_number,
        this_build.indicator_id,
        this_build.area_version_id,
        this_build.area_id,
        this_build.level,
        this_build.period_id,
        this_build.breakdown_id,
        this_build.value_status,
        this_build.year,
        this_build.numerator,
        this_build.denominator,
        this_build.value,
        this_build.ci_lower,
        this_build.ci_upper
    from this_build
    cross join build
)

select
    evaluations.evaluation_id,
    all_values.*
from evaluations
inner join wanted on evaluations.evaluation_id = wanted.evaluation_id
inner join all_values
    on
        evaluations.release_number = all_values.release_number
        and wanted.indicator_id = all_values.indicator_id
where all_values.breakdown_id = 'total'
