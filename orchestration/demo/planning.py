"""The planning register of the fictional city: one story that walks all six steps of the cycle.

Lives here: what of the story depends on the city of a seed: the space it is set in, quoted figures, the
verdict. Must not live here: its sentences; they are the files of register/, with {names} where a figure of
the city belongs.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from orchestration.demo.chance import YEARS, Ints
from orchestration.demo.figures import Figures
from orchestration.demo.formats import write_csv
from orchestration.demo.offers import Offer, childcare_centres
from orchestration.demo.residents import aged
from orchestration.demo.social_spaces import SOCIAL_SPACE, SocialSpace, social_spaces

TEXTS = Path(__file__).parent / "register"
BASELINE_YEAR, QUOTED_YEAR, LAST_YEAR, TARGET_YEAR = 2020, 2022, 2024, 2026
PLACES_PER_1000 = 650  # of children under 6, as register/standards.csv says
WANTED_PART = 0.82  # of the baseline: what the council of the story wants to reach
PARTLY_FROM = 0.6  # share of the way from baseline to target


@dataclass(frozen=True)
class Standing:
    """A space at a glance: children in SGB II receipt (per cent), day care places below the standard."""

    space: SocialSpace
    share: dict[int, float]
    missing_places: dict[int, float]
    places: dict[int, int]

    @property
    def has_gap(self) -> bool:
        """Whether places are known, and fewer than the standard."""
        return self.places[LAST_YEAR] > 0 and self.missing_places[LAST_YEAR] > 0

    @property
    def rise(self) -> float:
        """Percentage points between baseline and last year."""
        return self.share[LAST_YEAR] - self.share[BASELINE_YEAR]


def write_planning(figures: Figures, out: Path) -> None:
    """Writes planning/*.csv: every text of register/ with the figures of this city in it."""
    facts = _facts(figures)
    for template in sorted(TEXTS.glob("*.csv")):
        with template.open(encoding="utf-8", newline="") as source:
            rows = [[cell.format_map(facts) for cell in row] for row in csv.reader(source, delimiter=";")]
        write_csv(out / "planning" / template.name, rows, newline="\n")


def _standing(figures: Figures, space: SocialSpace, offers: list[Offer]) -> Standing:
    members = list(space.members)
    codes = {figures.city.neighbourhoods[i].code for i in members}
    poor, children, under_6 = (
        figures.by_neighbourhood("sgb2_non_employable_under_15"),
        figures.city.gathered(aged(figures, 0, 14)),
        figures.city.gathered(aged(figures, 0, 5)),
    )

    def counted(figure: Ints, year: int) -> float:
        return float(figure[members, YEARS.index(year)].sum())

    places = {
        year: sum(o.capacity or 0 for o in offers if o.since <= year and o.place.code in codes)
        for year in (QUOTED_YEAR, LAST_YEAR)
    }
    return Standing(
        space,
        {year: 100 * counted(poor, year) / counted(children, year) for year in (BASELINE_YEAR, LAST_YEAR)},
        {year: counted(under_6, year) * PLACES_PER_1000 / 1000 - places[year] for year in places},
        places,
    )


def _facts(figures: Figures) -> dict[str, str]:
    """The story is set where places are missing and the share moved most favourably; a second need where
    places are most plentiful."""
    offers = [offer for offer in childcare_centres(figures) if offer.target_group == "Kinder"]
    whole = [space for space in social_spaces(figures.city) if not space.parts]
    standings = [_standing(figures, space, offers) for space in whole]
    served = min(standings, key=lambda one: one.missing_places[LAST_YEAR])
    others = [one for one in standings if one is not served]
    story = min(others, key=lambda one: (not one.has_gap, one.rise))
    baseline = round(story.share[BASELINE_YEAR], 1)
    target = round(baseline * WANTED_PART, 1)
    attained = (story.share[LAST_YEAR] - baseline) / (target - baseline)
    return {
        **_named("space", story.space),
        **_named("served", served.space),
        "member_id": f"stadtteil-{figures.city.neighbourhoods[story.space.members[0]].code}",
        "baseline_value": f"{baseline}",
        "baseline_german": f"{baseline}".replace(".", ","),
        "target_value": f"{target}",
        "gap_quantity": f"{max(1, round(story.missing_places[QUOTED_YEAR]))}",
        "verdict": "attained" if attained >= 1 else "partly" if attained >= PARTLY_FROM else "not_attained",
        "staff_share": "2,5",
    }


def _named(key: str, space: SocialSpace) -> dict[str, str]:
    code = space.place.code
    return {f"{key}_id": f"{SOCIAL_SPACE}-{code}", f"{key}_code": code, f"{key}_name": space.place.name}
