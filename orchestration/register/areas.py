"""Which areas contain an area on a day: by their parents, and by whole shares in overlapping social spaces.

Lives here: containment. Must not live here: which body is responsible for an area (acceptance.py).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from orchestration.workspace_files import Tables
from orchestration.workspace_values import day_of, is_number, is_whole


def is_valid_on(cells: dict[str, str], day: date) -> bool:
    """Whether a row with valid_from and valid_to holds on a day."""
    begins, ends = day_of(cells["valid_from"]), day_of(cells["valid_to"])
    return (begins is None or begins <= day) and (ends is None or day < ends)


@dataclass(frozen=True)
class Areas:
    """ids: all areas. ranks: area -> rank of its level, higher is finer. above: area -> (row, area above)."""

    ids: frozenset[str]
    levels: dict[str, str]
    ranks: dict[str, int]
    above: dict[str, list[tuple[dict[str, str], str]]]

    @classmethod
    def of(cls, tables: Tables) -> Areas:
        """The areas of a workspace."""
        rank = {row["level"]: row["rank"] for _, row in tables.rows("levels")}
        levels: dict[str, str] = {}
        above = defaultdict(list)
        for _, row in tables.rows("areas"):
            area = f"{row['level']}-{row['code']}"
            levels[area] = row["level"]
            if row["parent_level"]:
                above[area].append((row, f"{row['parent_level']}-{row['parent_code']}"))
        for _, row in tables.rows("shares"):
            if is_number(row["share"]) and Decimal(row["share"]) >= 1:  # a part that is cut lies in none
                member = f"{row['member_level']}-{row['member_code']}"
                above[member].append((row, f"{row['level']}-{row['code']}"))
        ranks = {area: int(rank[level]) for area, level in levels.items() if is_whole(rank.get(level, ""))}
        return cls(frozenset(levels), levels, ranks, dict(above))

    def containing(self, area: str, day: date) -> set[str]:
        """The area itself and all that contain it on a day."""
        found, open_areas = {area}, [area]
        while open_areas:
            for row, upper in self.above.get(open_areas.pop(), ()):
                if upper not in found and is_valid_on(row, day):
                    found.add(upper)
                    open_areas.append(upper)
        return found
