"""Errors of the source on purpose: two that offices correct later, one that the city corrects itself.

Must not live here: what is true (figures.py).
"""

from __future__ import annotations

import numpy as np

from orchestration.demo.chance import YEARS
from orchestration.demo.city import CITY, NEIGHBOURHOOD, Place
from orchestration.demo.figures import Figures
from orchestration.demo.places import TRANSFERS, revised_place
from orchestration.demo.tables import Mistakes

LATE_REVISION_YEAR = 2022  # jobcenter_sgb2: a second file of this year corrects the first
LATE_REVISION_SIZE = 173  # persons counted twice in one neighbourhood, so in its district and the city
SECOND_ROUND_YEAR = 2023  # jobcenter_sgb2: corrected by the second round of deliveries (second_round.py)
SECOND_ROUND_SIZE = 131  # persons who had moved away but were still counted
CORRECTED_YEAR = 2019  # wohnungsbestand: two digits were swapped, nobody delivers again


def mistakes_of(extract_id: str, figures: Figures) -> Mistakes:
    """The figures that one extract delivers wrongly."""
    if extract_id == "jobcenter_sgb2":
        return {
            **_too_many(figures, "unemployed", LATE_REVISION_YEAR, LATE_REVISION_SIZE),
            **_too_many_in(figures, TRANSFERS, revised_place(figures), SECOND_ROUND_YEAR, SECOND_ROUND_SIZE),
        }
    if extract_id == "wohnungsbestand":
        place, _, wrong = _swapped_digits(figures)
        return {("social_dwellings", NEIGHBOURHOOD, place.code, CORRECTED_YEAR): wrong}
    return {}


def correction_rows(figures: Figures) -> list[list[str]]:
    """Rows of corrections.csv below its header."""
    place, true, wrong = _swapped_digits(figures)
    reason = "Zahlendreher in der Lieferung, vom Amt für Wohnungswesen am 14.05.2020 mündlich bestätigt"
    key = ["wohnungsbestand", "social_dwellings", NEIGHBOURHOOD, place.code, str(CORRECTED_YEAR), "total"]
    return [[*key, str(wrong), str(true), reason]]


def _too_many(figures: Figures, key: str, year: int, size: int) -> Mistakes:
    """Too many persons in the neighbourhood that has most of them, so in its district and the city."""
    worst = int(np.argmax(figures.by_neighbourhood(key)[:, YEARS.index(year)]))
    return _too_many_in(figures, key, figures.city.neighbourhoods[worst], year, size)


def _too_many_in(figures: Figures, key: str, part: Place, year: int, size: int) -> Mistakes:
    """Too many persons in a neighbourhood, so in its district and the city."""
    city = figures.city
    district = next(p for p in city.places["stadtbezirk"] if p.code == part.parent)
    return {
        (key, place.level, place.code, year): int(figures.value(key, place, year)) + size
        for place in (part, district, city.places[CITY][0])
    }


def _swapped_digits(figures: Figures) -> tuple[Place, int, int]:
    """The first neighbourhood where swapping the first two digits gives a larger, still possible number."""
    for place in figures.city.at(NEIGHBOURHOOD, CORRECTED_YEAR):
        true = int(figures.value("social_dwellings", place, CORRECTED_YEAR))
        digits = str(true)
        if len(digits) < 3:
            continue
        wrong = int(digits[1] + digits[0] + digits[2:])
        if true < wrong <= figures.value("dwellings", place, CORRECTED_YEAR):
            return place, true, wrong
    place = figures.city.at(NEIGHBOURHOOD, CORRECTED_YEAR)[0]
    true = int(figures.value("social_dwellings", place, CORRECTED_YEAR))
    return place, true, true + 1
