"""The same persons by age band and sex: what makes the four life phases visible.

Lives here: breakdowns of figures that exist. Must not live here: their totals (residents.py, situation.py,
services.py), files.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from orchestration.demo.chance import Chance, Floats, Ints, settled
from orchestration.demo.figures import Figures
from orchestration.demo.residents import aged

# life phase -> youngest and oldest age
PHASES: dict[str, tuple[int, int | None]] = {
    "0-17": (0, 17),
    "18-34": (18, 34),
    "35-64": (35, 64),
    "65+": (65, None),
}
WORKING_PHASES = {"15-17": (15, 17), "18-34": (18, 34), "35-64": (35, 64)}
AGENCY_BANDS = {"15-24": (15, 24), "25-54": (25, 54), "55-64": (55, 64)}
# variable -> how likely a resident of each band belongs, in relation to the other bands
FAMILY_HISTORY = {"18-34": 1.15, "35-64": 1.0, "65+": 0.5}
GREEN = {"0-17": 1.06, "18-34": 0.95, "35-64": 1.0, "65+": 1.03}
TRANSIT = {"0-17": 0.98, "18-34": 1.04, "35-64": 0.99, "65+": 1.0}
LONG_RESIDENCE = {"18-34": 0.35, "35-64": 1.0, "65+": 1.7}
BENEFITS = {"15-17": 1.5, "18-34": 1.1, "35-64": 0.95}
JOBS = {"15-17": 0.25, "18-34": 1.02, "35-64": 1.0}
SEEKING = {"25-54": 1.0, "55-64": 0.85}
# household type -> variable that counts it; the others share what is left
OTHER_TYPES = {"single": 0.58, "couple_without_children": 0.32, "other": 0.10}


def add_phases(figures: Figures) -> None:
    """Adds breakdowns by age, sex and household type."""
    chance = figures.city.chance
    _add_benefits(figures, chance)
    _add_work(figures, chance)
    _add_origin(figures, chance)
    _add_households(figures, chance)
    for variable, weights in (
        ("residents_green_space_access", GREEN),
        ("residents_transit_access", TRANSIT),
    ):
        _by_age(figures, chance, variable, figures.whole(variable), weights, PHASES)
    long_here = chance.share("ten years", 0.46, -0.12, -0.25, 0.004)
    adults = aged(figures, 18)
    settled_down = chance.part("ten years", adults, long_here)
    figures.parts["residents_18plus_10_years"] = settled_down
    _by_age(figures, chance, "residents_18plus_10_years", settled_down, LONG_RESIDENCE, PHASES)


def divided(chance: Chance, name: str, whole: Ints, weights: list[Floats], caps: list[Ints]) -> list[Ints]:
    """`whole` in categories in proportion to their weights, none above its cap; they add up exactly."""
    rest, found = whole.copy(), []
    for number, cap in enumerate(caps):
        below = np.sum(caps[number + 1 :], axis=0) if number + 1 < len(caps) else np.zeros_like(whole)
        total = np.sum(weights[number:], axis=0)
        share = settled(np.divide(weights[number], total, out=np.zeros_like(total), where=total > 0))
        drawn = chance.part(f"{name}/{number}", rest, share)
        drawn = np.clip(drawn, np.maximum(rest - below, 0), np.minimum(cap, rest))
        found.append(drawn)
        rest = rest - drawn
    return found


def _by_age(
    figures: Figures,
    chance: Chance,
    variable: str,
    whole: Ints,
    weights: Mapping[str, float],
    bands: Mapping[str, tuple[int, int | None]],
) -> None:
    residents = [aged(figures, *bands[band]) for band in weights]
    likely = [np.asarray(n * weight) for n, weight in zip(residents, weights.values(), strict=True)]
    parts = divided(chance, f"{variable} by age", whole, likely, residents)
    for band, counts in zip(weights, parts, strict=True):
        figures.parts[f"{variable}|age={band}"] = counts
    _share_rest(figures, variable, [f"{variable}|age={band}" for band in weights])


def _by_sex(figures: Figures, chance: Chance, variable: str, women: float, cap: Ints | None = None) -> None:
    whole = figures.whole(variable)
    drawn = chance.part(f"{variable} women", whole, chance.share(f"{variable} women", women, spread=0.03))
    figures.parts[f"{variable}|sex=f"] = drawn if cap is None else np.minimum(drawn, cap)
    figures.parts[f"{variable}|sex=m"] = whole - figures.whole(f"{variable}|sex=f")
    _share_rest(figures, variable, [f"{variable}|sex=f", f"{variable}|sex=m"])


def _share_rest(figures: Figures, variable: str, keys: list[str]) -> None:
    """Persons without an address are divided like those with one; the categories add up."""
    if variable not in figures.unattributed:
        return
    left = figures.unattributed[variable].copy()
    total = figures.sum_of(keys).sum(axis=0)
    for key in keys[1:]:
        share = settled(figures.whole(key).sum(axis=0) / total)
        part = np.floor(figures.unattributed[variable] * share).astype(np.int64)
        figures.unattributed[key] = part
        left = left - part
    figures.unattributed[keys[0]] = left


def _add_benefits(figures: Figures, chance: Chance) -> None:
    variable = "sgb2_beneficiaries_under_65"
    children = figures.whole("sgb2_non_employable_under_15")
    others = figures.whole(variable) - children
    residents = [aged(figures, *ages) for ages in WORKING_PHASES.values()]
    likely = [np.asarray(n * weight) for n, weight in zip(residents, BENEFITS.values(), strict=True)]
    minors, *grown = divided(chance, "sgb2 by age", others, likely, residents)
    for band, counts in zip(("0-17", "18-34", "35-64"), (children + minors, *grown), strict=True):
        figures.parts[f"{variable}|age={band}"] = counts
    _share_rest(figures, variable, [f"{variable}|age={band}" for band in ("0-17", "18-34", "35-64")])
    _by_sex(figures, chance, variable, 0.505)


def _add_work(figures: Figures, chance: Chance) -> None:
    young = figures.whole("unemployed_under_25")
    figures.parts["unemployed|age=15-24"] = young
    older = figures.whole("unemployed") - young
    _by_age(figures, chance, "unemployed", older, SEEKING, AGENCY_BANDS)
    bands = ("unemployed|age=25-54", "unemployed|age=55-64")
    rest = figures.unattributed
    rest["unemployed|age=15-24"] = rest["unemployed_under_25"]
    rest[bands[0]] = rest["unemployed"] - rest[bands[1]] - rest["unemployed_under_25"]
    _by_sex(figures, chance, "unemployed", 0.45)
    employed = figures.whole("employees_15_64")
    _by_age(figures, chance, "employees_15_64", employed, JOBS, WORKING_PHASES)
    women = figures.whole("women_15_64")
    men = aged(figures, 15, 64) - women
    by_sex = divided(
        chance, "employees by sex", employed, [np.asarray(women * 0.9), np.asarray(men * 1.0)], [women, men]
    )
    keys = ["employees_15_64|sex=f", "employees_15_64|sex=m"]
    figures.parts |= dict(zip(keys, by_sex, strict=True))
    _share_rest(figures, "employees_15_64", keys)
    figures.parts["women_employed_15_64"] = by_sex[0]
    rest["women_employed_15_64"] = rest[keys[0]]


def _add_origin(figures: Figures, chance: Chance) -> None:
    variable = "international_family_history"
    minors = figures.whole("international_family_history_under_18")
    figures.parts[f"{variable}|age=0-17"] = minors
    _by_age(figures, chance, variable, figures.whole(variable) - minors, FAMILY_HISTORY, PHASES)


def _add_households(figures: Figures, chance: Chance) -> None:
    lone, families = figures.whole("lone_parent_households"), figures.whole("households_with_children")
    rest = figures.whole("households") - families
    likely = [np.full(chance.shape, weight) for weight in OTHER_TYPES.values()]
    others = divided(chance, "household types", rest, likely, [rest] * len(likely))
    found = dict(zip(OTHER_TYPES, others, strict=True))
    found |= {"lone_parent": lone, "couple_with_children": families - lone}
    for kind, counts in found.items():
        figures.parts[f"households|household_type={kind}"] = counts
