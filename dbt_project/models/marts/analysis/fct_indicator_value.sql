with

assembled as (
    select * from {{ ref('int_indicators__assembled') }}
)

select * from assembled
