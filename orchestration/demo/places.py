"""The places of the stories: which area of a seed's city each of them is set in.

Lives here: the criterion by which every named place is chosen. Must not live here: figures in sentences
(facts.py), what happened there (register/).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from orchestration.demo.chance import YEARS
from orchestration.demo.city import CITY, DISTRICT, City, Place
from orchestration.demo.figures import Figures
from orchestration.demo.measures import counted, interval, share
from orchestration.demo.offers import Offer, childcare_centres
from orchestration.demo.social_spaces import SocialSpace, former_spaces, social_spaces

BASELINE_YEAR, QUOTED_YEAR, LAST_YEAR = 2020, 2022, 2024
FIRST_CYCLE, END_OF_FIRST = 2014, 2019
PLACES_PER_1000 = 650  # of children under 6, as register/standards.csv says
CHILD_POVERTY, EARLY_CARE = "child_poverty_sgb2_under_15", "childcare_u3_participation"
OVERWEIGHT, DOCTORS = "school_entry_overweight_share", "gp_density"
BEFORE_CHOICE, CHOSEN = 2014, 2016  # of the area chosen by one bad year
TRANSFERS, CHOICE_OF_REVISED = "transfer_recipients_non_unemployed", 2021
ENOUGH_EXAMINED = 60  # children, so that a value is not hidden and not a matter of two or three of them
EXAMINED = "school_entrants_bmi_examined"
FEWEST_EXAMINED = 30  # below, the value itself would not be published
HIGHEST = (
    12  # of the neighbourhoods with the highest values, those that problems scattered over the city name
)


@dataclass(frozen=True)
class Named:
    """An area as a text names it: {sr_1} is its id, {sr_1.name} and {sr_1.code} say what they say."""

    place: Place
    members: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        """Its name as texts say it: a former space without the years of its end."""
        return self.place.name.removesuffix(" (bis 2019)")

    @property
    def code(self) -> str:
        """Its code."""
        return self.place.code

    @property
    def since(self) -> str:
        """Its first day."""
        return self.place.valid_from

    def __str__(self) -> str:
        return f"{self.place.level}-{self.place.code}"


def named(space: SocialSpace) -> Named:
    """A social space by its whole neighbourhoods."""
    return Named(space.place, space.members)


def revised_place(figures: Figures) -> Place:
    """The neighbourhood with most recipients of transfers: the second delivery corrects it."""
    recipients = figures.by_neighbourhood(TRANSFERS)[:, YEARS.index(CHOICE_OF_REVISED)]
    return figures.city.neighbourhoods[int(np.argmax(recipients))]


def story_spaces(figures: Figures) -> tuple[SocialSpace, SocialSpace]:
    """Where the thread of the second cycle is set: places are missing and child poverty moved favourably;
    and the space with the most places beyond the standard."""
    offers = [offer for offer in childcare_centres(figures) if offer.target_group == "Kinder"]
    whole = [space for space in social_spaces(figures.city) if not space.parts]
    places = {one.place.code: day_care_places(figures, one, LAST_YEAR, offers) for one in whole}
    missing = {one.place.code: _wanted(figures, one) - places[one.place.code] for one in whole}
    served = min(whole, key=lambda one: missing[one.place.code])
    others = [one for one in whole if one is not served]

    def preference(one: SocialSpace) -> tuple[bool, float]:
        code = one.place.code
        return not (places[code] > 0 and missing[code] > 0), _rise(figures, one)

    return min(others, key=preference), served


def missing_places(figures: Figures, space: Named, year: int) -> float:
    """Day care places below the standard in a space; negative where there are more."""
    offers = [offer for offer in childcare_centres(figures) if offer.target_group == "Kinder"]
    wanted = counted(figures, (0, 5), space, year) * PLACES_PER_1000 / 1000
    return wanted - day_care_places(figures, space, year, offers)


def day_care_places(figures: Figures, space: SocialSpace | Named, year: int, offers: list[Offer]) -> int:
    """Places of the centres in operation in a year, where they are known."""
    codes = {figures.city.neighbourhoods[i].code for i in space.members}
    return sum(o.capacity or 0 for o in offers if o.since <= year and o.place.code in codes)


def _wanted(figures: Figures, space: SocialSpace) -> float:
    return counted(figures, (0, 5), named(space), LAST_YEAR) * PLACES_PER_1000 / 1000


def _rise(figures: Figures, space: SocialSpace) -> float:
    here = named(space)
    last, first = (share(figures, CHILD_POVERTY, here, year) for year in (LAST_YEAR, BASELINE_YEAR))
    return last - first


def first_cycle_spaces(city: City) -> list[SocialSpace]:
    """The spaces of the first cycle: those of today where a small city never redrew them."""
    return former_spaces(city) or social_spaces(city)


def early_care_place(figures: Figures) -> Place:
    """The neighbourhood of a first space with most children under 3, of those with little early care."""
    city = figures.city
    inside = [city.neighbourhoods[i] for space in first_cycle_spaces(city) for i in space.members]
    inside = [one for one in inside if one != revised_place(figures)] or inside
    year = FIRST_CYCLE + 1
    little = sorted(inside, key=lambda one: (share(figures, EARLY_CARE, Named(one), year), one.code))
    half = little[: max(1, len(little) // 2)]
    return max(half, key=lambda one: (counted(figures, (0, 2), Named(one), year), one.code))


def named_places(figures: Figures) -> dict[str, Named]:
    """Every name that a text may use."""
    city = figures.city
    story, served = story_spaces(figures)
    found = {"space": named(story), "served": named(served), "stadt": Named(city.places[CITY][0])}
    found["member"] = Named(city.neighbourhoods[story.members[0]])
    whole = [one for one in social_spaces(city) if not one.parts]
    rest = [one for one in whole if one not in (story, served)] or whole
    found |= _ranked("sr", rest, lambda one: share(figures, CHILD_POVERTY, named(one), BASELINE_YEAR), 13)
    first = first_cycle_spaces(city)
    uncut = [one for one in first if not one.parts]
    found |= _ranked("alt", uncut, lambda one: share(figures, CHILD_POVERTY, named(one), FIRST_CYCLE), 11)
    found["alt_ganztag"] = _most_risen(figures, uncut, "all_day_primary_participation")
    found["alt_armut"] = _most_risen(figures, uncut, CHILD_POVERTY)
    found["st_u3"] = Named(early_care_place(figures))
    found["st_revidiert"] = Named(revised_place(figures))
    return found | _neighbourhoods(figures, found)


def _ranked(
    key: str, spaces: Sequence[SocialSpace], size: Callable[[SocialSpace], float], wanted: int
) -> dict[str, Named]:
    """key_1, key_2, ... by size, the largest first; where there are fewer, names share a space."""
    order = sorted(spaces, key=lambda one: (-size(one), one.place.code))
    return {f"{key}_{n + 1}": named(order[n % len(order)]) for n in range(wanted)}


def _most_risen(figures: Figures, spaces: Sequence[SocialSpace], indicator: str) -> Named:
    def rise(one: SocialSpace) -> tuple[float, str]:
        here = named(one)
        last, first = (share(figures, indicator, here, year) for year in (END_OF_FIRST, FIRST_CYCLE))
        return last - first, one.place.code

    return named(max(spaces, key=rise))


def _neighbourhoods(figures: Figures, found: dict[str, Named]) -> dict[str, Named]:
    city = figures.city
    places = [Named(place) for place in city.neighbourhoods]
    outside = _outside(city) or places
    far = [one for one in outside if one.place.parent != outside[0].place.parent] or outside
    scattered = _apart(_few_doctors(figures, places))
    return {
        "st_aussen": outside[0],
        "bz_aussen": next(Named(one) for one in city.places[DISTRICT] if one.code == outside[0].place.parent),
        "st_aussen_2": far[-1],
        "st_klein": _extreme_by_chance(figures, places),
        "st_auffaellig": _one_bad_year(figures, places),
        "st_sr_1": Named(city.neighbourhoods[found["sr_1"].members[0]]),
        "st_sr_2": Named(city.neighbourhoods[found["sr_2"].members[0]]),
        "st_sr_4": Named(city.neighbourhoods[found["sr_4"].members[0]]),
        "st_ganztag": Named(city.neighbourhoods[found["alt_ganztag"].members[0]]),
        **{f"st_verstreut_{n + 1}": scattered[n % len(scattered)] for n in range(3)},
    }


def _outside(city: City) -> list[Named]:
    """The neighbourhoods in no social space, neither whole nor in part, that no reform touched."""
    spaces = social_spaces(city)
    inside = {i for space in spaces for i in (*space.members, *(other for other, _ in space.parts))}
    free = [place for i, place in enumerate(city.neighbourhoods) if i not in inside]
    changed = {place.code for place in city.former}
    return [Named(place) for place in free if place.code not in changed]


def _one_bad_year(figures: Figures, places: Sequence[Named]) -> Named:
    """Where the share of overweight school entrants was high in one year, and neither before nor after it."""

    def peak(one: Named) -> tuple[float, str]:
        before, chosen, after = (
            share(figures, OVERWEIGHT, one, year) for year in (BEFORE_CHOICE, CHOSEN, END_OF_FIRST)
        )
        return min(chosen - before, chosen - after), one.code

    known = [one for one in places if counted(figures, EXAMINED, one, CHOSEN) >= ENOUGH_EXAMINED]
    return max(known or places, key=peak)


def _few_doctors(figures: Figures, places: Sequence[Named]) -> list[Named]:
    """The places with a family doctor, those with fewest for their residents first."""
    served = [one for one in places if share(figures, DOCTORS, one, END_OF_FIRST) > 0]
    return sorted(served or places, key=lambda one: (share(figures, DOCTORS, one, END_OF_FIRST), one.code))


def _apart(places: Sequence[Named]) -> list[Named]:
    """Of the given places those that do not touch one taken before them."""
    taken: list[Named] = []
    for one in places:
        if not any(one.place.polygon.intersects(other.place.polygon) for other in taken):
            taken.append(one)
    return taken


def _extreme_by_chance(figures: Figures, places: Sequence[Named]) -> Named:
    """The highest share of overweight school entrants whose interval still holds the city's value."""
    whole = Named(figures.city.places[CITY][0])
    benchmark = share(figures, OVERWEIGHT, whole, END_OF_FIRST)
    chance = []
    for one in places:
        examined = counted(figures, EXAMINED, one, END_OF_FIRST)
        low, high = interval(figures, OVERWEIGHT, one, END_OF_FIRST)
        if examined >= FEWEST_EXAMINED and low <= benchmark <= high:
            chance.append(one)
    return _highest(figures, chance or list(places))


def _highest(figures: Figures, places: Sequence[Named]) -> Named:
    return max(places, key=lambda one: (share(figures, OVERWEIGHT, one, END_OF_FIRST), one.code))
