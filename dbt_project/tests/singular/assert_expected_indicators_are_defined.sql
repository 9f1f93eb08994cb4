-- An indicator the workspace expects must stand in the catalogue: else it would vanish without a word.
select expected.indicator_id
from {{ ref('stg_workspace__expected_indicators') }} as expected
anti join {{ ref('int_indicators__compiled') }} as indicators on expected.indicator_id = indicators.indicator_id
