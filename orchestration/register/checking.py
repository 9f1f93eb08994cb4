"""All that is wrong with the planning register, at once.

To add a rule: one function that yields findings, in the rules_*.py of its subject and in the tuple at that
module's end; one defect in tests/orchestration/register.

Lives here: which checks there are. Must not live here: any of them, and what needs a home (releases.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from orchestration.findings import Finding
from orchestration.register.authority import check_authority
from orchestration.register.cells import check_cells
from orchestration.register.guards import check_guards
from orchestration.register.history import check_history
from orchestration.register.references import check_references
from orchestration.register.rows import Register
from orchestration.register.rules_accompanying import ACCOMPANYING_RULES
from orchestration.register.rules_bodies import BODY_RULES
from orchestration.register.rules_evaluation import EVALUATION_RULES
from orchestration.register.rules_examples import EXAMPLE_RULES
from orchestration.register.rules_interventions import INTERVENTION_RULES
from orchestration.register.rules_needs import NEED_RULES
from orchestration.register.rules_priority import PRIORITY_RULES
from orchestration.register.rules_seats import SEAT_RULES
from orchestration.register.rules_steering import STEERING_RULES
from orchestration.register.rules_target_types import TARGET_TYPE_RULES
from orchestration.register.rules_targets import TARGET_RULES

Rule = Callable[[Register], Iterator[Finding]]
# Rules between rows: they make sense only where every file could be read.
RULES: tuple[Rule, ...] = (
    check_references,
    check_history,
    check_authority,
    check_guards,
    *STEERING_RULES,
    *TARGET_RULES,
    *TARGET_TYPE_RULES,
    *NEED_RULES,
    *INTERVENTION_RULES,
    *EVALUATION_RULES,
    *BODY_RULES,
    *SEAT_RULES,
    *ACCOMPANYING_RULES,
    *EXAMPLE_RULES,
    *PRIORITY_RULES,
)


def check_register(register: Register, is_readable: bool = True) -> list[Finding]:
    """All findings of the planning files. is_readable: whether all files that they name could be read."""
    found = list(check_cells(register))
    for rule in RULES if is_readable else ():
        found += rule(register)
    return found
