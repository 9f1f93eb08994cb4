with

variables as (
    select * from {{ ref('int_variables__compiled') }}
),

indicators as (
    select * from {{ ref('int_indicators__compiled') }}
),

parts as (
    select
        breakdown_dimensions,
        unnest([numerator_variable_id, denominator_variable_id]) as variable_id
    from indicators
),

-- The dimensions by which some indicator asks for the variable.
dimensions as (
    select
        variable_id,
        list_sort(list_distinct(flatten(list(breakdown_dimensions)))) as dimensions
    from parts
    group by variable_id
),

-- Mid-year: the mean of this year's end and the one before. A window: the sum of its years. Person-years: the sum of
-- the mid-years of a window, so the year end before it counts half, and so does the last one. Weights in halves.
spans as (
    select
        variable_id,
        derived_from as source_variable_id,
        coalesce(derived_years, 1) as window_years,
        derived_kind,
        unnest(range(0, coalesce(derived_years, 1) + case when derived_kind = 'window' then 0 else 1 end)) as years_back
    from variables
    where derived_kind in ('mid_year', 'window', 'window_mid_year')
)

select
    spans.variable_id,
    spans.source_variable_id,
    cast(spans.window_years as integer) as window_years,
    cast(spans.years_back as integer) as years_back,
    case
        when spans.derived_kind = 'window' or spans.years_back not in (0, spans.window_years) then 2
        else 1
    end as half_weight,
    count(*) over (partition by spans.variable_id) as n_years,
    coalesce(dimensions.dimensions, cast([] as varchar[])) as dimensions
from spans
left join dimensions on spans.variable_id = dimensions.variable_id
