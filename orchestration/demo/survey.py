"""The survey of residents: every three years, by district and life phase, with effective sample sizes.

Lives here: what respondents answer, and the delivery of it. Must not live here: full counts.
"""

from __future__ import annotations

import numpy as np

from orchestration.demo.chance import YEARS, settled, stream
from orchestration.demo.city import CITY, DISTRICT
from orchestration.demo.figures import Figures
from orchestration.demo.people import STATISTICS_OFFICE
from orchestration.demo.phases import PHASES
from orchestration.demo.residents import aged
from orchestration.demo.tables import AreaTable, Cells

WAVES = (2013, 2016, 2019, 2022)
SAMPLED = 330  # effective respondents of a district; the weights cost about a fifth of those who answered
ADULT_PHASES = ("18-34", "35-64", "65+")
# question -> variables of answer and of respondents, German title; part that answers it; share of the
# answer in an average district, effect of deprivation, change per year; effect of each adult phase
Question = tuple[str, str, str, float, float, float, float, tuple[float, float, float]]
QUESTIONS: tuple[Question, ...] = (
    ("survey_at_risk_of_poverty", "survey_income_respondents", "armutsgefährdet", 0.86, 0.175, 0.55, 0.012,
     (0.35, -0.15, 0.0)),
    ("survey_own_situation_bad", "survey_own_situation_respondents", "eigene Lage schlecht", 0.97, 0.14, 0.45,
     0.006, (0.1, 0.05, -0.2)),
    ("survey_health_good", "survey_health_respondents", "Gesundheit gut", 0.98, 0.66, -0.28, -0.004,
     (0.6, 0.05, -0.7)),
    ("survey_rent_burden_over_40", "survey_renter_households", "Wohnkosten über 40 Prozent", 0.55, 0.19, 0.20,
     0.03, (0.15, -0.15, 0.2)),
    ("survey_cultural_participation", "survey_culture_respondents", "Kulturbesuch", 0.96, 0.68, -0.34, -0.004,
     (0.2, 0.05, -0.3)),
    ("survey_lonely", "survey_loneliness_respondents", "einsam", 0.94, 0.115, 0.24, 0.02, (0.25, -0.15, 0.1)),
)  # fmt: skip


def add_survey(figures: Figures) -> None:
    """Adds effective numbers of respondents and of answers; they belong to a district as a whole."""
    city, chance = figures.city, figures.city.chance
    districts = city.places[DISTRICT]
    weights = [float(len(city.members(place))) for place in districts]
    situation = np.array([chance.deprivation[city.members(place)].mean() for place in districts])
    size = SAMPLED * np.sqrt(np.array(weights) / np.mean(weights))
    old = np.array([[aged(figures, *PHASES[phase])[city.members(p)].sum(axis=0) for p in districts]
                    for phase in ADULT_PHASES])  # fmt: skip
    for answer, asked, _, answering, level, deprived, yearly, by_phase in QUESTIONS:
        rng = stream(city.seed, f"survey {answer}")
        for number, phase in enumerate(ADULT_PHASES):
            share = settled(old[number] / old.sum(axis=0))
            scatter = rng.uniform(0.92, 1.08, share.shape)
            respondents = np.round(settled(size[:, None] * answering * share * scatter), 1)
            odds = np.log(level / (1 - level)) + deprived * situation[:, None] + by_phase[number]
            odds = odds + yearly * np.arange(len(YEARS))[None, :]
            chosen = settled(1 / (1 + np.exp(-odds)))
            error = np.sqrt(chosen * (1 - chosen) / respondents) * rng.standard_normal(share.shape)
            answers = np.round(settled(respondents * np.clip(chosen + error, 0.01, 0.99)), 1)
            figures.parts[f"{asked}|age={phase}"] = city.at_first_of_district(respondents)
            figures.parts[f"{answer}|age={phase}"] = city.at_first_of_district(answers)
        for variable in (answer, asked):
            keys = [f"{variable}|age={phase}" for phase in ADULT_PHASES]
            figures.parts[variable] = np.round(np.sum([figures.parts[key] for key in keys], axis=0), 1)


def _columns() -> tuple[Cells, ...]:
    cells: list[Cells] = []
    for answer, asked, title, *_ in QUESTIONS:
        for variable, head in ((asked, f"Befragte: {title}"), (answer, title)):
            cells.append(Cells(head, variable, decimals=1))
            for phase in ADULT_PHASES:
                cells.append(Cells(f"{head} {phase}", variable, {"age": phase}, decimals=1))
    return tuple(cells)


TABLES: tuple[AreaTable, ...] = (
    AreaTable(
        extract_id="buergerumfrage",
        title="Bürgerumfrage: Lebenslage nach Stadtbezirken und Lebensphasen",
        office=STATISTICS_OFFICE,
        purpose="Armutsgefährdung, Gesundheit, Wohnkosten und Teilhabe",
        legal_basis="Umfragesatzung der Stadt, freiwillige Auskunft",
        note="Effektive Zahlen: gewichteter Anteil mal effektive Fallzahl (Kish).",
        levels=(CITY, DISTRICT),
        years=WAVES,
        every=3,
        due_days=300,
        encoding="utf-8",
        cells=_columns(),
        not_more_than=tuple((answer, asked) for answer, asked, *_ in QUESTIONS),
    ),
)
