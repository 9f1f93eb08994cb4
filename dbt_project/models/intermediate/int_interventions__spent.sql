with

resources as (
    select * from {{ ref('stg_register__resources') }}
)

-- What is counted in euros adds up; staff that is counted in posts does not, and is said to be missing.
select
    intervention_id,
    year,
    cast(sum(planned) filter (where kind = 'budget' and unit = 'EUR') as double) as budget_planned,
    cast(sum(actual) filter (where kind = 'budget' and unit = 'EUR') as double) as budget_actual,
    cast(sum(actual) filter (where unit = 'EUR') as double) as cost_actual,
    coalesce(bool_or(unit <> 'EUR' and coalesce(actual, planned) > 0), false) as has_unpriced_resources
from resources
group by intervention_id, year
