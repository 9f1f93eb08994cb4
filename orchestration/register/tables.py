"""All files of the planning register with their columns: written down here and nowhere else.

To add a table:
1. one `table(...)` in a tables_*.py: the columns in the order of the file, each with its kind; reading,
   landing and the checks of cells and references follow from it;
2. its name and "One row per ..." in the source `register` (dbt_project/models/staging/_sources.yml) and a
   model stg_register__<stem>.sql with its .yml: only names and types change there;
3. its line in the README, section "The planning register";
4. rules between its rows, if any, in rules_*.py, and one row in the clean register of the tests.

Lives here: the registry, gathered. Must not live here: kinds of columns (columns.py) and rules.
"""

from __future__ import annotations

from orchestration.register.columns import RegisterTable
from orchestration.register.tables_bodies import BODIES
from orchestration.register.tables_delivery import DELIVERY
from orchestration.register.tables_priority import PRIORITY
from orchestration.register.tables_steering import STEERING

# stem of the file -> table, in the order of the planning cycle.
REGISTER: dict[str, RegisterTable] = {one.stem: one for one in (*STEERING, *DELIVERY, *BODIES, *PRIORITY)}
# Word in entity, subject_kind, scope_kind, creates_kind -> stem of the table whose key is then named.
# A cycle is no item of the register: its name is free.
ITEMS: dict[str, str] = {
    "challenge": "challenges",
    "goal": "goals",
    "strategy": "strategies",
    "need": "needs",
    "intervention": "interventions",
    "evaluation": "evaluations",
    "followup": "followups",
    "standard": "standards",
    "priority": "priority_weights",
}
