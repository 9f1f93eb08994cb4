with

build as (
    select * from {{ source('workspace', 'build') }}
)

select release_number from build
