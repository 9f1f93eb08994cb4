"""Which indicators the fictional city computes, at which levels and for which years.

To add an indicator of the standard catalogue, add one line. Must not live here: definitions.
"""

from __future__ import annotations

from collections.abc import Sequence

from orchestration.demo.chance import YEARS
from orchestration.demo.city import CITY, DISTRICT, LEVELS, NEIGHBOURHOOD, QUARTER
from orchestration.demo.events import OVERCROWDING_YEARS
from orchestration.demo.learning import SCHOOL_ENTRY_YEARS
from orchestration.demo.living import (
    CARE_YEARS,
    FEDERAL_ELECTIONS,
    GREEN_YEARS,
    MUNICIPAL_ELECTIONS,
    NOISE_YEARS,
    RENT_YEARS,
    TRANSIT_YEARS,
)
from orchestration.demo.small_areas import FIRST
from orchestration.demo.social_spaces import SOCIAL_SPACE
from orchestration.demo.survey import WAVES

EVERY_YEAR: tuple[str, ...] = (
    "pop_total", "pop_under_6_share", "pop_under_18_share", "pop_65plus_share", "pop_80plus_share",
    "old_age_dependency", "non_german_share", "international_family_history_share",
    "children_international_history_share", "one_parent_household_share",
    "children_in_one_parent_households_share", "one_person_household_65plus_share", "no_voting_right_share",
    "hze_rate_under_21", "sgb2_quota", "sgb2_15_64_quota", "child_poverty_sgb2_under_15",
    "transfer_receipt_non_unemployed", "basic_security_old_age_rate", "housing_benefit_rate",
    "unemployment_share_15_64", "unemployment_sgb2_share_15_64", "youth_unemployment_share",
    "long_term_unemployment_share", "long_term_unemployed_of_15_64", "employment_share_15_64",
    "childcare_u3_participation", "childcare_3_6_participation", "transition_gymnasium_share",
    "all_day_primary_participation", "gp_density", "living_space_per_person", "social_housing_share",
    "no2_annual_mean", "playground_area_per_child", "car_ownership_rate",
    "neet_proxy_18_24", "youth_centre_reach_rate", "severe_disability_rate", "residence_10_years_share",
    "employment_share_women",
)  # fmt: skip

SURVEY = ("at_risk_of_poverty_rate_survey", "own_economic_situation_bad_survey",
          "self_rated_health_good_share", "rent_burden_over_40_survey", "cultural_participation_survey",
          "loneliness_survey")  # fmt: skip
COARSE = (CITY, DISTRICT)
SINCE_SECOND_YEAR = "ab dem zweiten Jahr: die mittlere Bevölkerung braucht zwei Jahresenden"

# indicator -> levels, years, note
OTHERS: dict[str, tuple[Sequence[str], Sequence[int], str]] = {
    "pop_density": ((CITY,), YEARS, "Flächen liegen nur für die Stadt vor"),
    "care_need_rate_65plus": (COARSE, CARE_YEARS, "zweijährlich, nicht unterhalb der Bezirke"),
    "housing_emergency_rate": (COARSE, YEARS, "nicht unterhalb der Bezirke"),
    "school_entry_german_language_need": (LEVELS, SCHOOL_ENTRY_YEARS, "2020 und 2021 ausgefallen"),
    "school_entry_motor_problem_share": (LEVELS, SCHOOL_ENTRY_YEARS, "2020 und 2021 ausgefallen"),
    "school_entry_overweight_share": (LEVELS, SCHOOL_ENTRY_YEARS, "2020 und 2021 ausgefallen"),
    "screening_completeness_u8": (LEVELS, SCHOOL_ENTRY_YEARS, "2020 und 2021 ausgefallen"),
    "school_leavers_without_certificate": (COARSE, YEARS, "nach dem Bezirk der Schule"),
    "mobility_discount_pass_share": (COARSE, YEARS, "nicht unterhalb der Bezirke"),
    "overcrowded_household_share": (LEVELS, OVERCROWDING_YEARS, "nur in einzelnen Jahren abgeleitet"),
    "residential_turnover_rate": (LEVELS, YEARS[1:], SINCE_SECOND_YEAR),
    "naturalisation_rate": (LEVELS, YEARS[1:], SINCE_SECOND_YEAR),
    "premature_mortality_rate": (LEVELS, YEARS[3:], "Summen über drei Jahre; das Jahr ist das letzte"),
    **dict.fromkeys(SURVEY, (COARSE, WAVES, "Umfrage alle drei Jahre, nicht unterhalb der Bezirke")),
    "measles_vaccination_2_doses": (LEVELS, SCHOOL_ENTRY_YEARS, "2020 und 2021 ausgefallen"),
    "turnout_municipal_election": (LEVELS, MUNICIPAL_ELECTIONS, "Wahljahre"),
    "turnout_federal_election": (LEVELS, FEDERAL_ELECTIONS, "Wahljahre"),
    "asking_rent_median": (LEVELS, RENT_YEARS, "erst ab 2014 ausgewertet"),
    "noise_lden_over_65_share": (LEVELS, NOISE_YEARS, "Kartierungsrunden"),
    "green_space_access_share": (LEVELS, GREEN_YEARS, "zweijährlich"),
    "transit_access_share": (LEVELS, TRANSIT_YEARS, "erst ab 2016 berechnet"),
}

# Indicators that are computed down to the quarters, which began later.
DOWN_TO_QUARTERS: tuple[str, ...] = (
    "pop_total", "pop_under_6_share", "pop_under_18_share", "pop_65plus_share", "pop_80plus_share",
    "old_age_dependency", "non_german_share", "international_family_history_share",
    "children_international_history_share", "one_parent_household_share",
    "children_in_one_parent_households_share", "one_person_household_65plus_share", "no_voting_right_share",
    "sgb2_quota", "sgb2_15_64_quota", "child_poverty_sgb2_under_15", "basic_security_old_age_rate",
    "unemployment_share_15_64", "unemployment_sgb2_share_15_64", "noise_lden_over_65_share",
    "green_space_access_share", "transit_access_share", "car_ownership_rate", "residential_turnover_rate",
)  # fmt: skip

NEEDS_TWO_YEARS = frozenset({"residential_turnover_rate"})  # the mean of two year ends
NOT_ADDITIVE = frozenset({"asking_rent_median", "no2_annual_mean", "residential_turnover_rate"})


def indicator_rows() -> list[list[str]]:
    """Rows of indicators.csv below its header, in the order of their ids; quarters have rows of their own."""
    known = dict.fromkeys(EVERY_YEAR, (LEVELS, YEARS, "")) | OTHERS
    rows = [
        [name, "|".join(_with_social_spaces(name, levels)), _spans(years), note]
        for name, (levels, years, note) in known.items()
    ]
    for name in DOWN_TO_QUARTERS:
        first = FIRST + (name in NEEDS_TWO_YEARS)
        years = [year for year in known[name][1] if year >= first]
        rows.append([name, QUARTER, _spans(years), f"kleinräumig seit {FIRST}"])
    return sorted(rows)


def _with_social_spaces(name: str, levels: Sequence[str]) -> Sequence[str]:
    """A social space is the sum of its neighbourhoods; an average cannot be added up."""
    return (*levels, SOCIAL_SPACE) if NEIGHBOURHOOD in levels and name not in NOT_ADDITIVE else levels


def _spans(years: Sequence[int]) -> str:
    """2012, 2013, 2014, 2016 as "2012-2014|2016"."""
    spans: list[list[int]] = []
    for year in years:
        if spans and spans[-1][-1] == year - 1:
            spans[-1].append(year)
        else:
            spans.append([year])
    return "|".join(f"{span[0]}-{span[-1]}" if len(span) > 1 else str(span[0]) for span in spans)
