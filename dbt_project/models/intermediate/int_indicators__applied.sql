with

named as (
    select * from {{ ref('stg_workspace__expected_indicators') }}
),

indicators as (
    select * from {{ ref('int_indicators__compiled') }}
),

observations as (
    select * from {{ ref('int_observations__rolled_up') }}
),

-- An indicator of the workspace's own metrics applies without a line in indicators.csv.
wanted as (
    select * from named
    union all by name
    select
        indicators.indicator_id,
        cast(null as varchar) as level,
        cast(null as integer) as year
    from indicators
    anti join named on indicators.indicator_id = named.indicator_id
    where indicators.is_of_workspace
),

written as (
    select
        wanted.indicator_id,
        wanted.level,
        wanted.year,
        {{ window_period('wanted.year', 'indicators.window_years') }} as period_id
    from wanted
    inner join indicators on wanted.indicator_id = indicators.indicator_id
    where wanted.level is not null and wanted.year is not null
),

-- Where level or year is left open, the numerator says: wherever it is delivered, or computed from what is.
open_ended as (
    select
        wanted.indicator_id,
        wanted.level,
        wanted.year,
        indicators.numerator_variable_id,
        indicators.window_years > 1 as is_window
    from wanted
    inner join indicators on wanted.indicator_id = indicators.indicator_id
    where wanted.level is null or wanted.year is null
),

delivered as (
    select distinct
        open_ended.indicator_id,
        observations.level,
        observations.year,
        observations.period_id
    from observations
    inner join open_ended
        on
            observations.variable_id = open_ended.numerator_variable_id
            and (open_ended.level is null or observations.level = open_ended.level)
            and (open_ended.year is null or observations.year = open_ended.year)
            and (observations.period_id like '%..%') = open_ended.is_window
    where
        observations.breakdown_id = 'total'
        and observations.value_status <> 'not_available'
        and observations.period_id not like '____-__'
)

select * from written
union all by name
select * from delivered
