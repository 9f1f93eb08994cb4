"""Deaths, moves, school leaving, discount pass and other events in the fictional city.

Must not hold: residents, income, files.
"""

from __future__ import annotations

import numpy as np

from orchestration.demo.chance import YEARS, Chance, Ints, settled, stream
from orchestration.demo.figures import Figures
from orchestration.demo.residents import aged

# age band -> deaths per resident and year of an average quarter; the bands are sums of those of the
# European standard population and of those in which residents are counted
MORTALITY: dict[str, tuple[int, int, float]] = {
    "0-14": (0, 14, 0.00035),
    "15-24": (15, 24, 0.00035),
    "25-34": (25, 34, 0.0005),
    "35-44": (35, 44, 0.0011),
    "45-54": (45, 54, 0.0032),
    "55-59": (55, 59, 0.0070),
    "60-64": (60, 64, 0.0110),
}
DISABLED = {
    "0-17": (0, 17, 0.018),
    "18-34": (18, 34, 0.024),
    "35-64": (35, 64, 0.082),
    "65+": (65, None, 0.235),
}
# share of all moves across the boundary of a quarter that also cross the boundary of an area of that level
CROSSING = {"stadt": 0.48, "stadtbezirk": 0.70, "stadtteil": 0.87, "quartier": 1.0}
OVER_FULL = 1.06  # discount passes per entitled person where more pass holders live than the proxy counts


def add_outcomes(figures: Figures) -> None:
    """Adds what happens to residents in a year."""
    chance = figures.city.chance
    _add_deaths(figures, chance)
    _add_moves(figures, chance)
    _add_schooling(figures, chance)
    _add_housing(figures, chance)
    _add_participation(figures, chance)
    _add_disability(figures, chance)


def _add_deaths(figures: Figures, chance: Chance) -> None:
    for band, (first, last, rate) in MORTALITY.items():
        risk = chance.share(f"deaths {band}", rate, 0.22, 0.02, -0.008, 0.08, {2021: 0.06, 2023: -0.04})
        rng = stream(chance.seed, f"deaths {band}/events")
        expected = settled(aged(figures, first, last) * risk)
        deaths = np.minimum(rng.poisson(expected), aged(figures, first, last)).astype(np.int64)
        figures.parts[f"deaths_under_65|age={band}"] = deaths
    figures.parts["deaths_under_65"] = figures.sum_of([f"deaths_under_65|age={band}" for band in MORTALITY])


def _add_moves(figures: Figures, chance: Chance) -> None:
    steps = {2020: -0.10, 2022: 0.08}
    moving = chance.share("moves", 0.26, 0.06, 0.20, -0.006, 0.08, steps)
    figures.parts["moves_across_boundary"] = chance.part("moves", aged(figures, 0), moving)
    figures.crossing["moves_across_boundary"] = CROSSING


def _add_schooling(figures: Figures, chance: Chance) -> None:
    parts = figures.parts
    leavers = chance.part(
        "school leavers", figures.whole("population|age=15-17"), np.full(chance.shape, 0.36)
    )
    parts["school_leavers"] = leavers
    without = chance.share("without certificate", 0.062, 0.42, -0.03, 0.006, 0.10, {2022: 0.12})
    parts["leavers_without_certificate"] = chance.part("without certificate", leavers, without)
    youths = figures.sum_of(["population|age=18-20", "population|age=21-24"])
    idle = chance.share("neet", 0.085, 0.45, -0.10, -0.004, 0.10, {2020: 0.12, 2022: -0.06})
    parts["neet_18_24"] = chance.part("neet", youths, idle)
    examined = figures.whole("school_entrants_examined")
    booklets = chance.part("booklets", examined, chance.share("booklets", 0.90, -0.22))
    parts["school_entrants_with_booklet"] = booklets
    checked = chance.share("u8", 0.955, -0.28, 0.0, 0.01, 0.10)
    parts["school_entrants_with_u8"] = chance.part("u8", booklets, checked)


def _add_housing(figures: Figures, chance: Chance) -> None:
    tight = chance.share("overcrowded", 0.062, 0.52, 0.12, 0.010, 0.12)
    figures.parts["overcrowded_households"] = chance.part("overcrowded", figures.whole("households"), tight)


def _add_participation(figures: Figures, chance: Chance) -> None:
    parts, foreign = figures.parts, figures.whole("non_german")
    steps = {2020: -0.15, 2024: 0.55}  # a new law lets more people apply in the last year
    sworn = chance.share("naturalisations", 0.018, -0.06, 0.02, 0.010, 0.08, steps)
    parts["naturalisations"] = chance.part("naturalisations", foreign, sworn)
    youths = aged(figures, 6, 17)
    reached = chance.share("youth work", 0.10, 0.30, 0.05, 0.004, 0.35, {2020: -0.5, 2022: 0.4})
    parts["youth_work_visitors_6_17"] = chance.part("youth work", youths, reached)
    eligible: Ints = figures.whole("sgb2_beneficiaries_under_65") + figures.whole(
        "basic_security_old_age_recipients"
    )
    parts["discount_pass_eligible"] = eligible
    taken = chance.share("discount pass", 0.60, 0.10, 0.12, 0.020, 0.06, {2020: -0.1, 2023: 0.2})
    holders = chance.part("discount pass", eligible, taken)
    over = figures.city.members(figures.city.places["stadtbezirk"][0])
    last = YEARS.index(2024)
    holders[over, last] = np.rint(settled(eligible[over, last] * OVER_FULL)).astype(np.int64)
    parts["discount_pass_holders"] = holders


def _add_disability(figures: Figures, chance: Chance) -> None:
    for band, (first, last, share) in DISABLED.items():
        recognised = chance.share(f"disabled {band}", share, 0.12, -0.02, 0.004, 0.06)
        counts = chance.part(f"disabled {band}", aged(figures, first, last), recognised)
        figures.parts[f"severely_disabled|age={band}"] = counts
    figures.parts["severely_disabled"] = figures.sum_of(
        [f"severely_disabled|age={band}" for band in DISABLED]
    )
