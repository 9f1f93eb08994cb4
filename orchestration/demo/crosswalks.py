"""What became of the areas that the boundary change ended, as rows of geography/crosswalks.csv.

Lives here: the rows. Must not live here: the boundary change (reform.py, founding.py).
"""

from __future__ import annotations

from collections.abc import Iterator

from orchestration.demo.chance import YEARS
from orchestration.demo.city import NEIGHBOURHOOD, QUARTER, REFORMED, Place
from orchestration.demo.figures import Figures

ARE_READ = False  # true as soon as the product reads geography/crosswalks.csv
LAST_YEAR_BEFORE = int(REFORMED[:4]) - 1
BASIS = f"Einwohner*innen am 31.12.{LAST_YEAR_BEFORE}"
HEADER = (
    "from_level", "from_code", "from_valid_from", "to_level", "to_code", "to_valid_from", "weight",
    "weight_basis",
)  # fmt: skip


def crosswalk_rows(figures: Figures) -> list[list[str]]:
    """Rows below the header; the weight is the part of an ended area's residents who live in the new one."""
    return [*_neighbourhoods(figures), *_quarters(figures)]


def _neighbourhoods(figures: Figures) -> Iterator[list[str]]:
    city = figures.city
    begun = [place for place in city.neighbourhoods if place.valid_from == REFORMED]
    for old in (place for place in city.former if place.level == NEIGHBOURHOOD):
        before, left = set(city.members(old)), 10**6
        parts = [(new, before & set(city.members(new))) for new in begun]
        parts = [(new, common) for new, common in parts if common]
        for number, (new, common) in enumerate(parts, start=1):
            weight = left if number == len(parts) else round(10**6 * _part(figures, common, before))
            left -= weight
            yield _row(old, new, weight)


def _part(figures: Figures, common: set[int], before: set[int]) -> float:
    residents = figures.whole("population")[:, YEARS.index(LAST_YEAR_BEFORE)]
    return float(residents[sorted(common)].sum() / residents[sorted(before)].sum())


def _quarters(figures: Figures) -> Iterator[list[str]]:
    """A quarter stays what it was and lies in another neighbourhood."""
    today = {place.code: place for place in figures.city.places[QUARTER]}
    for old in (place for place in figures.city.former if place.level == QUARTER):
        yield _row(old, today[old.code], 10**6)


def _row(old: Place, new: Place, millionths: int) -> list[str]:
    weight = f"{millionths / 10**6:.6f}".rstrip("0").rstrip(".")
    return [old.level, old.code, old.valid_from, new.level, new.code, new.valid_from, weight, BASIS]
