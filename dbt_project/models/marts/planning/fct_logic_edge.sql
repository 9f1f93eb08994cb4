with

edges as (
    select * from {{ ref('stg_register__logic_edges') }}
),

nodes as (
    select * from {{ ref('fct_logic_node') }}
)

select
    edges.from_node_id,
    edges.to_node_id,
    nodes.intervention_id,
    edges.assumption_de,
    edges.file_name,
    edges.row_number,
    nodes.is_public
from edges
inner join nodes on edges.from_node_id = nodes.node_id
