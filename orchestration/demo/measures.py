"""Indicators of the fictional city as its stories quote them, from the true figures.

Lives here: numerator and denominator of every indicator that a text of register/ names. Must not live here:
which text names it, and what the product computes (it reads the delivered files).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from orchestration.demo.chance import YEARS
from orchestration.demo.city import Place
from orchestration.demo.figures import Figures
from orchestration.demo.residents import aged

Z95 = 1.959963984540054
Counted = str | tuple[int, int | None]  # the key of a figure, or the residents from one age to another

# indicator -> what is counted, of how many, times what
MEASURES: dict[str, tuple[Counted, Counted, int]] = {
    "child_poverty_sgb2_under_15": ("sgb2_non_employable_under_15", (0, 14), 100),
    "sgb2_15_64_quota": ("sgb2_employable_15_64", (15, 64), 100),
    "unemployment_share_15_64": ("unemployed", (15, 64), 100),
    "long_term_unemployed_of_15_64": ("unemployed_long_term", (15, 64), 100),
    "youth_unemployment_share": ("unemployed_under_25", (15, 24), 100),
    "employment_share_15_64": ("employees_15_64", (15, 64), 100),
    "childcare_u3_participation": ("children_under_3_in_day_care", (0, 2), 100),
    "childcare_3_6_participation": ("children_3_5_in_day_care", "population|age=3-5", 100),
    "all_day_primary_participation": ("primary_pupils_all_day", "primary_pupils", 100),
    "transition_gymnasium_share": ("transitions_to_gymnasium", "year_4_leavers", 100),
    "school_entry_overweight_share": ("school_entrants_overweight", "school_entrants_bmi_examined", 100),
    "school_entry_motor_problem_share": ("school_entrants_motor_problem", "school_entrants_examined", 100),
    "screening_completeness_u8": ("school_entrants_with_u8", "school_entrants_with_booklet", 100),
    "measles_vaccination_2_doses": (
        *("school_entrants_measles_2_doses", "school_entrants_with_vaccination_card"),
        100,
    ),
    "school_leavers_without_certificate": ("leavers_without_certificate", "school_leavers", 100),
    "neet_proxy_18_24": ("neet_18_24", (18, 24), 100),
    "one_person_household_65plus_share": (
        *("persons_65plus_in_one_person_households", "persons_65plus_in_private_households"),
        100,
    ),
    "basic_security_old_age_rate": ("basic_security_old_age_recipients", (65, None), 100),
    "transfer_receipt_non_unemployed": ("transfer_recipients_non_unemployed", (0, None), 100),
    "turnout_municipal_election": ("voters_municipal", "eligible_voters_municipal", 100),
    "green_space_access_share": ("residents_green_space_access", (0, None), 100),
    "transit_access_share": ("residents_transit_access", (0, None), 100),
    "social_housing_share": ("social_dwellings", "dwellings", 100),
    "mobility_discount_pass_share": ("discount_pass_holders", "discount_pass_eligible", 100),
    "care_need_rate_65plus": ("care_need_65plus", (65, None), 100),
    "pop_80plus_share": ("population|age=80+", (0, None), 100),
    "no_voting_right_share": ("non_eu_citizens_16plus", "population_16plus", 100),
    "gp_density": ("gp_full_time_equivalents", (0, None), 10_000),
    "no2_annual_mean": ("no2_annual_mean", (0, None), 1),
}


class Area(Protocol):
    """What is asked about: an area; the neighbourhoods of a social space by their positions."""

    @property
    def place(self) -> Place: ...
    @property
    def members(self) -> Sequence[int]: ...


def counted(figures: Figures, what: Counted, area: Area, year: int) -> float:
    """How many persons or cases an area counts at the end of a year."""
    if isinstance(what, tuple):
        key = f"aged {what[0]} to {what[1]}"
        if key not in figures.parts:
            figures.parts[key] = aged(figures, *what)
        return counted(figures, key, area, year)
    if area.members:
        own = figures.city.gathered(figures.parts[what])
        return float(own[list(area.members), YEARS.index(year)].sum())
    return figures.value(what, area.place, year)


def share(figures: Figures, indicator: str, area: Area, year: int) -> float:
    """The value of an indicator; not rounded."""
    what, whole, multiplier = MEASURES[indicator]
    if isinstance(what, str) and what in figures.averages:
        return figures.value(what, area.place, year)
    return multiplier * counted(figures, what, area, year) / counted(figures, whole, area, year)


def interval(figures: Figures, indicator: str, area: Area, year: int) -> tuple[float, float]:
    """Limits of Wilson's interval at 95 per cent, in the unit of the indicator."""
    what, whole, multiplier = MEASURES[indicator]
    n = counted(figures, whole, area, year)
    p = counted(figures, what, area, year) / n
    middle, spread = p + Z95**2 / (2 * n), Z95 * float(np.sqrt(p * (1 - p) / n + Z95**2 / (4 * n * n)))
    low, high = ((middle + sign * spread) / (1 + Z95**2 / n) for sign in (-1, 1))
    return multiplier * low, multiplier * high
