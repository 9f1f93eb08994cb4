with

service_types as (
    select * from {{ ref('service_types') }}
),

variables as (
    select * from {{ ref('int_variables__compiled') }}
)

select
    service_types.service_type,
    service_types.name_de,
    service_types.name_en,
    service_types.target_group,
    service_types.supply_measure,
    service_types.supply_unit,
    service_types.population_variable_id,
    variables.name_de as population_name_de,
    variables.name_en as population_name_en,
    service_types.definition_de,
    service_types.definition_en,
    service_types.catchment_m
from service_types
left join variables on service_types.population_variable_id = variables.variable_id
