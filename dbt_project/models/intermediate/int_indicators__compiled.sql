with

compiled as (
    {{ compiled_indicators() }}
)

select * from compiled
