-- A component of a composite index differs between areas; where it does not it is left out of that edition.
{{ config(severity = 'warn') }}
with

components as (
    select * from {{ ref('fct_index_component') }}
)

select
    index_id,
    edition,
    component_id
from components
where is_dropped
group by index_id, edition, component_id
