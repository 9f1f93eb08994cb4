with

variables as (
    select * from {{ ref('int_variables__compiled') }}
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
    variable_id,
    source_variable_id,
    cast(window_years as integer) as window_years,
    cast(years_back as integer) as years_back,
    case when derived_kind = 'window' or years_back not in (0, window_years) then 2 else 1 end as half_weight,
    count(*) over (partition by variable_id) as n_years
from spans
