with

ratings as (
    select * from {{ ref('stg_register__challenge_ratings') }}
)

select
    challenge_id,
    body_id,
    criterion,
    rater_role,
    file_name,
    cast(score as integer) as score,
    cast(weight as double) as weight,
    row_number,
    false as is_public,
    rated_on
from ratings
