"""Residents and households of the fictional city. Must not hold: benefits, services, files."""

from __future__ import annotations

import numpy as np

from orchestration.demo.chance import YEARS, Chance, Floats, Ints, settled, stream
from orchestration.demo.city import City
from orchestration.demo.figures import Figures

# age band -> share in an average neighbourhood; effect of deprivation, of centrality, of family
# housing; change per year (the last four on the log scale)
AGE_BANDS: dict[str, tuple[float, float, float, float, float]] = {
    "0-2": (0.030, 0.08, -0.06, 0.14, 0.004),
    "3-5": (0.028, 0.09, -0.10, 0.16, 0.006),
    "6-9": (0.034, 0.09, -0.13, 0.18, 0.007),
    "10-14": (0.041, 0.10, -0.15, 0.17, 0.004),
    "15-17": (0.025, 0.10, -0.13, 0.13, 0.001),
    "18-20": (0.032, 0.08, 0.06, 0.02, -0.004),
    "21-24": (0.058, 0.06, 0.22, -0.08, -0.006),
    "25-34": (0.178, 0.02, 0.27, -0.08, 0.002),
    "35-44": (0.150, -0.01, 0.08, 0.08, 0.003),
    "45-54": (0.138, -0.02, -0.04, 0.05, -0.012),
    "55-59": (0.068, -0.03, -0.08, -0.02, 0.012),
    "60-64": (0.055, -0.03, -0.10, -0.05, 0.014),
    "65-74": (0.085, -0.06, -0.12, -0.08, -0.001),
    "75-79": (0.035, -0.06, -0.12, -0.08, -0.010),
    "80+": (0.043, -0.06, -0.10, -0.06, 0.022),
}
BANDS = tuple(AGE_BANDS)
WOMEN = dict.fromkeys(BANDS, 0.49) | {"25-34": 0.505, "65-74": 0.53, "75-79": 0.56, "80+": 0.63}
UNEQUAL = 0.5  # how much the quarters of one neighbourhood differ in size, on the log scale


def add_residents(figures: Figures) -> None:
    """Adds population by age and sex, citizenship, family history and households."""
    chance = figures.city.chance
    totals = _totals(figures.city)
    for band, counts in _by_age(chance, totals).items():
        figures.parts[f"population|age={band}"] = counts
    population = aged(figures, 0)
    figures.parts["population"] = population
    women = _add_sexes(figures, chance)
    _add_origin(figures, chance, population, women)
    _add_households(figures, chance, population)


def _add_sexes(figures: Figures, chance: Chance) -> Ints:
    """Adds women and men of every age band; returns all women."""
    for band, share in WOMEN.items():
        everybody = figures.whole(f"population|age={band}")
        women = chance.part(f"women {band}", everybody, chance.share(f"women {band}", share, spread=0.03))
        figures.parts[f"population|age={band}|sex=f"] = women
        figures.parts[f"population|age={band}|sex=m"] = everybody - women
    for sex in ("f", "m"):
        total = figures.sum_of([f"population|age={band}|sex={sex}" for band in BANDS])
        figures.parts[f"population|sex={sex}"] = total
    working = [band for band in BANDS if "15" <= band[:2] <= "60" and len(band) == 5]
    figures.parts["women_15_64"] = figures.sum_of([f"population|age={band}|sex=f" for band in working])
    return figures.whole("population|sex=f")


def aged(figures: Figures, lowest: int, highest: int | None = None) -> Ints:
    """Residents from `lowest` to `highest` completed years; the limits must be limits of bands."""
    keys = []
    for band in BANDS:
        start = int(band.rstrip("+").split("-")[0])
        end = int(band.split("-")[1]) if "-" in band else 200
        if start >= lowest and (highest is None or end <= highest):
            keys.append(f"population|age={band}")
    return figures.sum_of(keys)


def _totals(city: City) -> Floats:
    """Residents per quarter and year before they are divided into bands."""
    chance, home = city.chance, city.neighbourhood_of
    rng = stream(chance.seed, "quarter size")
    weight = np.exp(UNEQUAL * rng.standard_normal(chance.shape[0]))
    size = city.residents[home] * weight / city.gathered(weight)[home]
    rising = rng.normal(0.003, 0.006, len(city.residents))[home]
    growth = rising[:, None] * np.arange(len(YEARS))[None, :]
    growth += 0.004 * chance.wave("growth")
    for year, step in ((2015, 0.010), (2016, 0.006), (2020, -0.004), (2022, 0.012)):
        growth[:, YEARS.index(year) :] += step * (1 + 0.4 * chance.deprivation[:, None])
    return settled(size[:, None] * np.exp(growth))


def _by_age(chance: Chance, totals: Floats) -> dict[str, Ints]:
    family = chance.effect("family housing", 1.0)[:, 0]
    shares = {}
    for band, (share, deprived, central, housing, yearly) in AGE_BANDS.items():
        log = np.log(share) + deprived * chance.deprivation + central * chance.centrality + housing * family
        path = log[:, None] + yearly * np.arange(len(YEARS))[None, :]
        path = path + chance.effect(f"age {band}", 0.05) + 0.012 * chance.wave(f"age {band}", 0.9)
        shares[band] = np.exp(path)
    everybody = np.sum(list(shares.values()), axis=0)
    return {
        band: np.rint(settled(totals * share / everybody)).astype(np.int64) for band, share in shares.items()
    }


def _add_origin(figures: Figures, chance: Chance, population: Ints, women: Ints) -> None:
    steps = {2015: 0.08, 2016: 0.05, 2022: 0.14}
    foreign = chance.share("non_german", 0.155, 0.42, 0.12, 0.012, 0.15, steps)
    women_foreign = chance.part("non_german women", women, settled(foreign * 0.97))
    men_foreign = chance.part("non_german men", population - women, settled(foreign * 1.03))
    figures.parts["non_german|sex=f"], figures.parts["non_german|sex=m"] = women_foreign, men_foreign
    non_german = women_foreign + men_foreign
    figures.parts["non_german"] = non_german
    german = population - non_german
    naturalised = chance.part("family history", german, chance.share("family history", 0.20, 0.45, 0, 0.014))
    figures.parts["international_family_history"] = non_german + naturalised
    children = aged(figures, 0, 17)
    young = chance.share("children's family history", 0.49, 0.62, -0.02, 0.016, steps={2022: 0.06})
    young_counts = chance.part("children's family history", children, young)
    everybody = non_german + naturalised
    figures.parts["international_family_history_under_18"] = np.minimum(young_counts, everybody)
    teens = figures.whole("population|age=15-17")
    over_16 = aged(figures, 18) + chance.part("16 and 17", teens, np.full(chance.shape, 0.667))
    figures.parts["population_16plus"] = over_16
    non_eu = chance.share("third countries", 0.50, 0.10, -0.04, 0.006, steps={2016: 0.05, 2022: 0.10})
    grown = np.minimum(np.rint(settled(non_german * 0.86)).astype(np.int64), over_16)
    figures.parts["non_eu_citizens_16plus"] = chance.part("third countries", grown, non_eu)


def _add_households(figures: Figures, chance: Chance, population: Ints) -> None:
    children, old = aged(figures, 0, 17), aged(figures, 65)
    per_household = 1.92 - 0.16 * chance.centrality[:, None] + 0.03 * chance.deprivation[:, None]
    households = np.rint(settled(population / per_household)).astype(np.int64)
    with_children = np.rint(settled(children / (1.62 + 0.05 * chance.deprivation[:, None]))).astype(np.int64)
    figures.parts["households"] = np.maximum(households, with_children)
    figures.parts["households_with_children"] = with_children
    alone = chance.share("lone parents", 0.205, 0.24, 0.06, 0.006)
    lone = chance.part("lone parents", with_children, alone)
    figures.parts["lone_parent_households"] = lone
    in_lone = np.rint(settled(lone * (1.42 + 0.05 * chance.deprivation[:, None]))).astype(np.int64)
    figures.parts["under_18_in_lone_parent_households"] = np.minimum(in_lone, children)
    private = chance.part("private households", old, chance.share("private households", 0.955, spread=0.3))
    figures.parts["persons_65plus_in_private_households"] = private
    single = chance.share("single 65+", 0.31, 0.14, 0.16, 0.006)
    figures.parts["persons_65plus_in_one_person_households"] = chance.part("single 65+", private, single)
