with

reached as (
    select * from {{ ref('int_inventory__reached') }}
)

select * from reached
