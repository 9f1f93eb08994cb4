with

evaluations as (
    select * from {{ source('register', 'evaluations') }}
)

select
    evaluation_id,
    scope_id,
    scope_kind,
    title_de,
    author_office,
    {{ filled('reviewer_office') }} as reviewer_office,
    {{ filled('limitation_de') }} as limitation_de,
    file_name,
    {{ listed('matching_indicators') }} as matching_indicators,
    {{ release_number('release') }} as release_number,
    cast(row_number as bigint) as row_number,
    coalesce(release = 'quoted', false) as is_quoted,
    {{ flag('excludes_neighbours') }} as excludes_neighbours,
    {{ day('planned_on') }} as planned_on
from evaluations
