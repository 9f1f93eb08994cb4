"""What became of the areas that the boundary change ended, as rows of geography/crosswalks.csv.

Lives here: the rows. Must not live here: the boundary change (reform.py, founding.py).
"""

from __future__ import annotations

from orchestration.demo.chance import YEARS
from orchestration.demo.city import NEIGHBOURHOOD, REFORMED, Place
from orchestration.demo.figures import Figures

LAST_YEAR_BEFORE = int(REFORMED[:4]) - 1
MILLIONTHS = 10**6  # weights have six decimals and add up to 1 exactly
BASIS = f"Einwohner*innen am 31.12.{LAST_YEAR_BEFORE}"
HEADER = (
    "from_level", "from_code", "from_valid_from", "to_level", "to_code", "to_valid_from", "weight",
    "weight_basis",
)  # fmt: skip


def crosswalk_rows(figures: Figures) -> list[list[str]]:
    """Rows below the header; the weight is the part of an ended area's residents who live in the new one.

    Quarters need no row: a quarter stayed what it was and lies in another neighbourhood.
    """
    city = figures.city
    begun = [place for place in city.neighbourhoods if place.valid_from == REFORMED]
    rows: list[list[str]] = []
    for old in (place for place in city.former if place.level == NEIGHBOURHOOD):
        before, left = set(city.members(old)), MILLIONTHS
        parts = [(new, before & set(city.members(new))) for new in begun]
        parts = [(new, common) for new, common in parts if common]
        for number, (new, common) in enumerate(parts, start=1):
            part = round(MILLIONTHS * _part(figures, common, before))
            weight = left if number == len(parts) else part
            left -= weight
            rows.append(_row(old, new, weight))
    return rows


def _part(figures: Figures, common: set[int], before: set[int]) -> float:
    residents = figures.whole("population")[:, YEARS.index(LAST_YEAR_BEFORE)]
    return float(residents[sorted(common)].sum() / residents[sorted(before)].sum())


def _row(old: Place, new: Place, millionths: int) -> list[str]:
    weight = f"{millionths / MILLIONTHS:.6f}".rstrip("0").rstrip(".")
    return [old.level, old.code, old.valid_from, new.level, new.code, new.valid_from, weight, BASIS]
