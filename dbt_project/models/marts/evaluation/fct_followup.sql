with

followups as (
    select * from {{ ref('stg_register__followups') }}
),

states as (
    select * from {{ ref('int_register__states') }}
),

items as (
    select * from {{ ref('int_register__items') }}
)

select
    followups.followup_id,
    followups.finding_id,
    followups.action_de,
    followups.owner_office,
    states.state,
    followups.creates_kind,
    followups.creates_id,
    followups.decision_id,
    followups.reason_de,
    followups.file_name,
    followups.row_number,
    items.is_public,
    followups.due_on
from followups
inner join items on items.kind = 'followup' and followups.followup_id = items.item_id
left join states on states.entity = 'followup' and followups.followup_id = states.entity_id
