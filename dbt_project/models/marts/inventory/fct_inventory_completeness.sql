with

completed as (
    select * from {{ ref('int_inventory__completed') }}
)

select * from completed
