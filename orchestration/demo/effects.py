"""What the interventions of the stories changed in the figures of the fictional city.

Lives here: where and from when on a figure moves because something was done there. Must not live here: the
sentences about it (register/); no table and no text of the city names the size of an effect.
"""

from __future__ import annotations

import numpy as np

from orchestration.demo.chance import YEARS
from orchestration.demo.city import Place
from orchestration.demo.figures import Figures
from orchestration.demo.places import TRANSFERS, early_care_place, revised_place

# year -> part of the children under 3 who are in day care because of the family centre of the first cycle
EARLY_CARE = {2016: 0.04, 2017: 0.10, 2018: 0.14, 2019: 0.15, 2020: 0.15, 2021: 0.15, 2022: 0.15, 2023: 0.15,
              2024: 0.15}  # fmt: skip
# year -> part of the recipients of transfers who live on benefits that come first, since advice began there
OTHER_BENEFITS = {2022: 0.04, 2023: 0.07, 2024: 0.08}
IN_DAY_CARE = "children_under_3_in_day_care"


def add_effects(figures: Figures) -> None:
    """Moves the two figures that interventions truly changed, in all quarters of their neighbourhoods."""
    early_care, advised = early_care_place(figures), revised_place(figures)
    _add_early_care(figures, early_care)
    here, recipients = figures.city.members(advised), figures.whole(TRANSFERS).copy()
    for year, part in OTHER_BENEFITS.items():
        at = YEARS.index(year)
        recipients[here, at] -= np.rint(recipients[here, at] * part).astype(np.int64)
    figures.parts[TRANSFERS] = recipients
    for moved in (TRANSFERS, IN_DAY_CARE):
        figures.series.pop(moved, None)  # what was asked before is no longer so


def _add_early_care(figures: Figures, place: Place) -> None:
    here = figures.city.members(place)
    children, cared = figures.whole("population|age=0-2"), figures.whole(IN_DAY_CARE).copy()
    for year, part in EARLY_CARE.items():
        at = YEARS.index(year)
        more = np.rint(children[here, at] * part).astype(np.int64)
        cared[here, at] = np.minimum(cared[here, at] + more, children[here, at])
    figures.parts[IN_DAY_CARE] = cared
