with

challenge_ratings as (
    select * from {{ source('register', 'challenge_ratings') }}
)

select
    challenge_id,
    body_id,
    criterion,
    rater_role,
    file_name,
    {{ whole('score') }} as score,
    {{ number('weight') }} as weight,
    cast(row_number as bigint) as row_number,
    {{ day('rated_on') }} as rated_on
from challenge_ratings
