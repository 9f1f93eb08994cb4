"""Income and employment in the fictional city. Must not hold: residents, services, files."""

from __future__ import annotations

import numpy as np

from orchestration.demo.chance import YEARS, Chance, Ints, settled, stream
from orchestration.demo.figures import Figures
from orchestration.demo.residents import aged

# Share of persons without an attributable address (homeless, address protection) in the city's figure.
UNATTRIBUTED_SHARE = 0.008
CRISIS = {2016: 0.05, 2020: 0.13, 2021: -0.05, 2022: 0.10, 2024: 0.04}


def add_situation(figures: Figures) -> None:
    """Adds SGB II, unemployment, employment, old-age basic support and housing benefit."""
    chance = figures.city.chance
    _add_benefits(figures, chance)
    _add_work(figures, chance)
    for key in UNATTRIBUTED:
        whole = figures.whole(key).sum(axis=0)
        scatter = stream(chance.seed, key + "/unattributed").uniform(0.85, 1.15, len(YEARS))
        figures.unattributed[key] = np.rint(settled(whole * UNATTRIBUTED_SHARE * scatter)).astype(np.int64)
    _keep_whole(figures.unattributed)


UNATTRIBUTED = ("sgb2_employable_15_64", "sgb2_non_employable_under_15", "sgb2_other", "unemployed_sgb2",
                "unemployed_sgb3", "unemployed_under_25", "unemployed_long_term", "social_assistance",
                "employees_15_64", "basic_security_old_age_recipients")  # fmt: skip


def _keep_whole(rest: dict[str, Ints]) -> None:
    """The persons without an address obey the same identities as everybody else."""
    rest["unemployed_sgb2"] = np.minimum(rest["unemployed_sgb2"], rest["sgb2_employable_15_64"])
    benefits = rest["sgb2_employable_15_64"] + rest["sgb2_non_employable_under_15"] + rest.pop("sgb2_other")
    rest["sgb2_beneficiaries_under_65"] = benefits
    rest["unemployed"] = rest["unemployed_sgb2"] + rest.pop("unemployed_sgb3")
    for part in ("unemployed_under_25", "unemployed_long_term"):
        rest[part] = np.minimum(rest[part], rest["unemployed"])
    assistance = rest.pop("social_assistance")
    rest["transfer_recipients_non_unemployed"] = benefits - rest["unemployed_sgb2"] + assistance


def _add_benefits(figures: Figures, chance: Chance) -> None:
    working_age, children, old = aged(figures, 15, 64), aged(figures, 0, 14), aged(figures, 65)
    local = chance.effect("benefits", 0.14)
    adult_share = chance.share("sgb2 adults", 0.090, 0.66, 0.02, -0.012, 0.10, CRISIS)
    employable = chance.part("sgb2 adults", working_age, adult_share)
    child_share = chance.share("sgb2 children", 0.160, 0.74, 0.05, -0.014, 0.10, CRISIS)
    young = chance.part("sgb2 children", children, child_share)
    spare = np.maximum(aged(figures, 0, 64) - employable - young, 0)
    other = np.minimum(chance.part("sgb2 other", employable, np.full(chance.shape, 0.015)), spare)
    figures.parts["sgb2_employable_15_64"] = employable
    figures.parts["sgb2_non_employable_under_15"] = young
    figures.parts["sgb2_other"] = other
    figures.parts["sgb2_beneficiaries_under_65"] = employable + young + other
    old_share = chance.share("basic security", 0.058, 0.52, 0.12, 0.022, 0.12, {2022: 0.08})
    recipients = chance.part("basic security", old, settled(old_share * np.exp(local)))
    figures.parts["basic_security_old_age_recipients"] = recipients
    households = figures.whole("households")
    # From 2023 on a new law counts about twice as many households: a break, not a development.
    steps = {2016: 0.10, 2020: 0.12, 2023: 0.75}
    benefit = chance.share("housing benefit", 0.012, 0.35, -0.02, -0.02, 0.12, steps)
    figures.parts["housing_benefit_households"] = chance.part("housing benefit", households, benefit)


def _add_work(figures: Figures, chance: Chance) -> None:
    working_age, young = aged(figures, 15, 64), aged(figures, 15, 24)
    employable = figures.whole("sgb2_employable_15_64")
    sgb2_share = chance.share("unemployed sgb2", 0.46, 0.05, 0, -0.012)
    in_sgb2 = chance.part("unemployed sgb2", employable, sgb2_share)
    rest = np.maximum(working_age - employable, 0)
    steps = {2020: 0.32, 2022: -0.2, 2024: 0.08}
    insured = chance.share("unemployed sgb3", 0.023, 0.16, 0, -0.015, 0.1, steps)
    in_sgb3 = chance.part("unemployed sgb3", rest, insured)
    unemployed = in_sgb2 + in_sgb3
    figures.parts |= {"unemployed_sgb2": in_sgb2, "unemployed_sgb3": in_sgb3, "unemployed": unemployed}
    youth_share = chance.share("unemployed youth", 0.105, -0.02, -0.1, -0.01)
    youth = chance.part("unemployed youth", unemployed, youth_share)
    figures.parts["unemployed_under_25"] = np.minimum(youth, young)
    long_share = chance.share("long-term", 0.40, 0.10, 0, -0.012, 0.1, {2021: 0.25, 2023: -0.12})
    figures.parts["unemployed_long_term"] = chance.part("long-term", unemployed, long_share)
    assistance_share = chance.share("assistance", 0.011, 0.4, 0.05, 0.01)
    assistance = chance.part("assistance", aged(figures, 0), assistance_share)
    transfers = figures.whole("sgb2_beneficiaries_under_65") - in_sgb2 + assistance
    figures.parts["social_assistance"] = assistance
    figures.parts["transfer_recipients_non_unemployed"] = np.minimum(transfers, aged(figures, 0))
    without = np.maximum(working_age - unemployed, 0)
    job_share = chance.share("employees", 0.585, -0.22, -0.03, 0.021, 0.06, {2020: -0.03})
    figures.parts["employees_15_64"] = chance.part("employees", without, job_share)
