"""Which body is responsible for a need: by the area and the target group of its scope, on a day.

The finest area of acceptance_bodies.csv that is or contains the need's area decides; there a row for the
need's target group comes before one for all. No row: nobody is responsible, and the entry stays a requirement
to act.

Lives here: the responsibility. Must not live here: whether a decision is in order (authority.py).
"""

from __future__ import annotations

from datetime import date

from orchestration.register.areas import is_valid_on
from orchestration.register.rows import Register, Row


def responsible_bodies(register: Register, need: Row, day: date) -> set[str]:
    """Ids of the bodies that accept a need on a day; more than one only where the finest rows are several."""
    areas = register.areas.containing(need["area_id"], day)
    fitting = [
        row
        for row in register.rows("acceptance_bodies")
        if row["area_id"] in areas
        and row["target_group"] in {"", need["target_group"]}
        and is_valid_on(row.cells, day)
    ]
    ranked = [
        ((register.areas.ranks.get(row["area_id"], -1), bool(row["target_group"])), row) for row in fitting
    ]
    finest = max((rank for rank, _ in ranked), default=None)
    return {row["body_id"] for rank, row in ranked if rank == finest}
