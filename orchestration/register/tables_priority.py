"""How areas are ranked for a service: weights that a body decided on, and where it departed from the rank.

Lives here: columns of these planning files. Must not live here: rules between rows (rules_priority.py) and
the score (the warehouse computes it). How to add a table: tables.py.
"""

from __future__ import annotations

from orchestration.register.columns import (
    AREA,
    INDICATOR,
    RegisterTable,
    choice,
    day,
    number,
    ref,
    table,
    text,
    whole,
)

COMPONENTS = "need_intensity number_affected supply_gap accessibility_deficit trend policy_focus"

PRIORITY: tuple[RegisterTable, ...] = (
    table(
        "priority_weights",
        "weight of one component of the priority score of a service type",
        text("weighting_id", needed=True),
        choice("component", COMPONENTS),
        number("weight", needed=True, low=0),
        text("service_type", needed=True),
        text("level", needed=True),
        ref("indicator_id", INDICATOR),
        ref("author_office", "offices", needed=True),
        day("dated_on", needed=True),
        ref("decision_id", "decisions", needed=True),
        key=("weighting_id", "component"),
    ),
    table(
        "priority_overrides",
        "area that a body put at another place than its score",
        ref("weighting_id", "priority_weights", needed=True),
        ref("area_id", AREA, needed=True),
        whole("position", needed=True, low=1),
        text("reason_de", needed=True, at_least=10),
        ref("decision_id", "decisions", needed=True),
        key=("weighting_id", "area_id"),
    ),
)
