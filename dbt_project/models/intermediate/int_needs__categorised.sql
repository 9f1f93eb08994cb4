with

needs as (
    select * from {{ ref('stg_register__needs') }}
),

states as (
    select * from {{ ref('int_register__states') }}
)

select
    needs.*,
    states.state,
    {{ need_category('states.state') }} as category,
    states.need_decision_id as decision_id,
    coalesce(states.is_public, false) as is_public
from needs
left join states on states.entity = 'need' and needs.need_id = states.entity_id
