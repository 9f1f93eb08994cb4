-- Where a profile hides, no count between zero and its threshold stands in a published table.
select observations.*
from {{ ref('fct_observation') }} as observations
inner join {{ ref('dim_variable') }} as variables on observations.variable_id = variables.variable_id
inner join {{ ref('stg_workspace__disclosure_profiles') }} as profiles
    on variables.disclosure_profile = profiles.profile_id
where profiles.is_hiding and observations.value > 0 and observations.value < profiles.threshold
