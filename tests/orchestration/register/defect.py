"""One defect of the planning register: the edit of the clean register, and where the finding must point.

Lives here: the shape of a defect. Must not live here: defects (register_defects*.py).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from clean_register import Planning

Edit = Callable[[Planning], object]


@dataclass(frozen=True)
class Defect:
    """The file and the row, named as after the edit, where the finding of `rule` must point."""

    stem: str
    row: str
    rule: str
    edit: Edit

    @property
    def file(self) -> str:
        return f"planning/{self.stem}.csv"


def edited(stem: str, row: str, rule: str, edit: Edit) -> Defect:
    """A defect that takes more than cells of the row itself."""
    return Defect(stem, row, rule, edit)


def cell(stem: str, row: str, rule: str, **cells: str) -> Defect:
    """A defect of cells of the row where the finding points."""
    return Defect(stem, row, rule, lambda planning: planning.set(stem, row, **cells))
