with

links as (
    select * from {{ ref('int_lineage__linked') }}
),

items as (
    select * from {{ ref('int_register__items') }}
),

-- Numbers are public where they are published; a register row is where its state says so.
judged as (
    select
        links.*,
        (links.from_kind in ('indicator_value', 'gap') or coalesce(bases.is_public, false))
        and (links.to_kind in ('indicator_value', 'gap') or coalesce(followers.is_public, false)) as is_public
    from links
    left join items as bases on links.from_kind = bases.kind and links.from_id = bases.item_id
    left join items as followers on links.to_kind = followers.kind and links.to_id = followers.item_id
)

select
    from_kind,
    from_id,
    to_kind,
    to_id,
    relation,
    decision_id,
    file_name,
    decided_release,
    row_number,
    is_quoted,
    is_public
from judged
