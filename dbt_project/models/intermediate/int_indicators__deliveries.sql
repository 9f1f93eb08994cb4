with

expected as (
    select * from {{ ref('int_indicators__expected') }}
),

indicators as (
    select * from {{ ref('int_indicators__compiled') }}
),

variables as (
    select * from {{ ref('int_variables__compiled') }}
),

observations as (
    select * from {{ ref('int_observations__current') }}
),

-- A derived variable rests on the bands it was added up from.
delivered_variables as (
    select
        indicators.indicator_id,
        coalesce(variables.derived_from, variables.variable_id) as variable_id
    from indicators
    inner join variables
        on variables.variable_id in (indicators.numerator_variable_id, indicators.denominator_variable_id)
)

select distinct
    delivered_variables.indicator_id,
    observations.period_id,
    observations.delivery_id
from delivered_variables
inner join observations on delivered_variables.variable_id = observations.variable_id
semi join expected
    on
        delivered_variables.indicator_id = expected.indicator_id
        and observations.period_id = expected.period_id
