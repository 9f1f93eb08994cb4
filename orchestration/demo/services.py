"""Education, health, housing, environment, mobility and participation in the fictional city.

Must not hold: residents, income, files.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from orchestration.demo.chance import YEARS, Chance, Ints, settled, stream
from orchestration.demo.figures import Figures
from orchestration.demo.residents import aged


def add_services(figures: Figures) -> None:
    """Adds everything that is not a resident, a household, income or work."""
    chance = figures.city.chance
    for add in (_add_education, _add_health, _add_housing, _add_environment, _add_inclusion):
        add(figures, chance)


def _whole(values: NDArray[np.floating[Any]]) -> Ints:
    return np.rint(settled(values)).astype(np.int64)


def _add_education(figures: Figures, chance: Chance) -> None:
    parts = figures.parts
    toddlers, small = figures.whole("population|age=0-2"), figures.whole("population|age=3-5")
    early = chance.share("care under 3", 0.33, -0.20, 0.06, 0.045, 0.12)
    parts["children_under_3_in_day_care"] = chance.part("care under 3", toddlers, early)
    later = chance.share("care 3-5", 0.925, -0.30, -0.03, 0.012, 0.15)
    parts["children_3_5_in_day_care"] = chance.part("care 3-5", small, later)
    pupils = chance.part("pupils", figures.whole("population|age=6-9"), chance.share("pupils", 0.97))
    parts["primary_pupils"] = pupils
    all_day = chance.share("all-day", 0.60, -0.05, 0.08, 0.06, 0.12)
    parts["primary_pupils_all_day"] = chance.part("all-day", pupils, all_day)
    leavers = _whole(pupils * 0.243)
    parts["year_4_leavers"] = leavers
    gymnasium = chance.share("gymnasium", 0.50, -0.52, 0.12, 0.012, 0.12)
    parts["transitions_to_gymnasium"] = chance.part("gymnasium", leavers, gymnasium)


def _add_health(figures: Figures, chance: Chance) -> None:
    parts = figures.parts
    examined = _whole(figures.whole("population|age=3-5") * (0.315 + 0.01 * chance.wave("examined")))
    parts["school_entrants_examined"] = examined
    # A new edition of the language test since 2022 finds more children: a break of the series.
    language = chance.share("language", 0.21, 0.50, 0.02, 0.008, 0.12, {2022: 0.25})
    parts["school_entrants_language_need"] = chance.part("language", examined, language)
    motor = chance.share("motor", 0.115, 0.20, -0.02, 0.010, 0.12)
    parts["school_entrants_motor_problem"] = chance.part("motor", examined, motor)
    measured = chance.part("measured", examined, chance.share("measured", 0.975, -0.1))
    parts["school_entrants_bmi_examined"] = measured
    heavy = chance.share("overweight", 0.100, 0.34, -0.05, 0.006, 0.12, {2022: 0.15})
    parts["school_entrants_overweight"] = chance.part("overweight", measured, heavy)
    cards = chance.part("cards", examined, chance.share("cards", 0.93, -0.2))
    parts["school_entrants_with_vaccination_card"] = cards
    vaccinated = chance.share("measles", 0.925, -0.06, -0.1, 0.01, 0.12, {2022: 0.35})
    parts["school_entrants_measles_2_doses"] = chance.part("measles", cards, vaccinated)
    care = chance.share("care need", 0.125, 0.14, -0.03, 0.012, 0.08, {2017: 0.30})
    parts["care_need_65plus"] = chance.part("care need", aged(figures, 65), care)
    _add_doctors(figures)


def _add_doctors(figures: Figures) -> None:
    """Full-time equivalents of family doctors in steps of a quarter; none in tiny neighbourhoods.

    Where a practice finds no successor is hardly a matter of the area around it: few doctors are scattered.
    """
    city, residents = figures.city, figures.city.gathered(aged(figures, 0))
    rng = stream(city.seed, "gp")
    base = residents[:, 0] / 1750 * np.exp(0.05 * city.centrality - 0.05 * city.deprivation)
    base = base * rng.uniform(0.5, 1.5, len(base))
    steps = np.rint(4 * settled(base[:, None] * np.exp(0.03 * rng.standard_normal(residents.shape)))) / 4
    found = np.where(residents < 1500, 0.0, steps)
    figures.parts["gp_full_time_equivalents"] = city.at_first_quarter(found)


def _add_housing(figures: Figures, chance: Chance) -> None:
    parts, households = figures.parts, figures.whole("households")
    dwellings = _whole(households * (1.025 + 0.004 * chance.wave("dwellings", 0.9)))
    parts["dwellings"] = dwellings
    rented = chance.share("social housing", 0.075, 0.62, -0.05, -0.022, 0.25)
    parts["social_dwellings"] = chance.part("social housing", dwellings, rented)
    size = 76.0 - 5.2 * chance.deprivation - 4.0 * chance.centrality + chance.effect("size", 2.5)[:, 0]
    yearly = 1 + 0.0015 * np.arange(len(YEARS))
    space = dwellings * size[:, None] * yearly[None, :]
    parts["living_space_sqm"] = np.rint(settled(space / 100)).astype(np.int64) * 100
    offers = _whole(households * 0.012 * np.exp(0.15 * chance.wave("offers")))
    parts["asking_rent_offers"] = np.maximum(offers, 1)
    level = 9.3 - 1.05 * chance.deprivation + 0.85 * chance.centrality + chance.effect("rent", 0.35)[:, 0]
    rise = np.exp(0.041 * np.arange(len(YEARS)))
    rent = level[:, None] * rise[None, :] * np.exp(0.012 * chance.wave("rent"))
    figures.averages["asking_rent_median"] = (np.round(settled(rent), 2), "asking_rent_offers")
    steps = {2016: 0.1, 2020: -0.15, 2022: 0.2}
    emergency = chance.share("emergencies", 0.0075, 0.38, 0.05, 0.012, 0.15, steps)
    parts["housing_emergencies"] = chance.part("emergencies", households, emergency)


def _add_environment(figures: Figures, chance: Chance) -> None:
    parts, population = figures.parts, figures.whole("population")
    # The mapping round of 2022 uses another calculation method: a break of the series.
    loud = chance.share("noise", 0.115, 0.20, 0.38, -0.010, 0.30, {2022: 0.35})
    parts["residents_noise_lden_over_65"] = chance.part("noise", population, loud)
    green = chance.share("green", 0.72, -0.18, -0.38, 0.006, 0.35)
    parts["residents_green_space_access"] = chance.part("green", population, green)
    falling = np.exp(-0.047 * np.arange(len(YEARS)))
    no2 = 31.0 + 3.4 * chance.centrality + 0.7 * chance.deprivation + chance.effect("no2", 1.3)[:, 0]
    values = no2[:, None] * falling[None, :] * np.exp(0.015 * chance.wave("no2"))
    figures.averages["no2_annual_mean"] = (np.round(settled(values), 1), "population")
    _add_playgrounds(figures)
    near = chance.share("transit", 0.88, 0.06, 0.60, 0.025, 0.35)
    parts["residents_transit_access"] = chance.part("transit", population, near)
    adults = aged(figures, 18)
    cars = chance.share("cars", 0.47, -0.20, -0.30, 0.004, 0.10, {2021: -0.03})
    parts["private_cars"] = chance.part("cars", adults, cars)


def _add_playgrounds(figures: Figures) -> None:
    """Square metres in steps of ten; none where hardly any children live."""
    city, children = figures.city, figures.city.gathered(aged(figures, 3, 17))[:, :1]
    local = 0.35 * stream(city.seed, "playgrounds").standard_normal((len(children), 1))
    per_child = np.exp(0.9 - 0.12 * city.deprivation - 0.18 * city.centrality)[:, None] * np.exp(local)
    area = children * per_child * (1 + 0.008 * np.arange(len(YEARS)))[None, :]
    square_metres = np.where(children < 120, 0, _whole(area / 10) * 10)
    figures.parts["playground_area_sqm"] = city.at_first_quarter(square_metres)


def _add_inclusion(figures: Figures, chance: Chance) -> None:
    parts, adults = figures.parts, aged(figures, 18)
    citizens = np.maximum(adults - _whole(figures.whole("non_german") * 0.86), 1)
    parts["eligible_voters_federal"] = citizens
    federal = chance.share("federal election", 0.735, -0.42, 0.10, 0.006, 0.06, {2017: 0.10})
    parts["voters_federal"] = chance.part("federal election", citizens, federal)
    teens: Ints = np.subtract(figures.whole("population_16plus"), adults)
    union = _whole(teens * 0.8 + figures.whole("non_german") * 0.40)
    parts["eligible_voters_municipal"] = citizens + union
    municipal = chance.share("municipal election", 0.485, -0.40, 0.10, 0.008, 0.06)
    parts["voters_municipal"] = chance.part("municipal election", citizens + union, municipal)
    young = aged(figures, 0, 20)
    support = chance.share("child-raising support", 0.030, 0.42, 0.02, 0.014, 0.15, {2020: -0.06, 2022: 0.05})
    parts["hze_supports"] = chance.part("child-raising support", young, support)
