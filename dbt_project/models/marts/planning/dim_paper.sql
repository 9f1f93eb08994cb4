with

papers as (
    select * from {{ ref('stg_register__papers') }}
)

select
    paper_id,
    number,
    kind,
    title_de,
    office_id,
    file_name,
    row_number,
    is_public,
    dated_on
from papers
