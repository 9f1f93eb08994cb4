"""The social spaces of the fictional city: groups of whole neighbourhoods in which burdens gather.

Lives here: which neighbourhoods form a space, and the workspace rows and outlines of the spaces. Must not
live here: figures; what a space counts is added up by the product.
"""

from __future__ import annotations

from dataclasses import dataclass

import shapely

from orchestration.demo.city import CITY, FOUNDED, NEIGHBOURHOOD, City, Place

SOCIAL_SPACE = "sozialraum"
LEVEL_ROW = (SOCIAL_SPACE, "Sozialraum", "Social space", "Sozialräume", "Social spaces", "2", CITY)
SHARE_OF_NEIGHBOURHOODS = 0.3  # as in the city that stood model: 26 of 86
LARGEST = 2  # neighbourhoods of one space
FEWEST = 4  # neighbourhoods in spaces, so that a small city has more than one space to choose from


@dataclass(frozen=True)
class SocialSpace:
    """One space: its place and the positions of its neighbourhoods in the city."""

    place: Place
    members: tuple[int, ...]


def social_spaces(city: City) -> list[SocialSpace]:
    """The most deprived neighbourhoods, each with its most deprived neighbour of the same district if any."""
    wanted = max(FEWEST, round(SHARE_OF_NEIGHBOURHOODS * len(city.neighbourhoods)))
    order = sorted(range(len(city.neighbourhoods)), key=lambda i: (-city.deprivation[i], i))[:wanted]
    free = dict.fromkeys(order)
    groups: list[tuple[int, ...]] = []
    while free:
        first = next(iter(free))
        del free[first]
        beside = [i for i in free if _touching(city, first, i)][: LARGEST - 1]
        for other in beside:
            del free[other]
        groups.append((first, *beside))
    if len(groups) == 1:  # a tiny city: two spaces tell more than one
        groups = [(i,) for i in order]
    groups.sort(key=lambda group: min(group))
    return [_space(city, number, group) for number, group in enumerate(groups, start=1)]


def _touching(city: City, one: int, other: int) -> bool:
    first, second = city.neighbourhoods[one], city.neighbourhoods[other]
    return first.parent == second.parent and bool(first.polygon.intersects(second.polygon))


def _space(city: City, number: int, group: tuple[int, ...]) -> SocialSpace:
    members = tuple(sorted(group))
    parts = [city.neighbourhoods[i] for i in members]
    outline = shapely.normalize(shapely.union_all([part.polygon for part in parts], grid_size=1e-6))
    name = " und ".join(part.name for part in parts)
    return SocialSpace(Place(SOCIAL_SPACE, f"{number:02d}", name, "0", outline), members)


def share_rows(city: City) -> list[list[str]]:
    """Rows of geography/shares.csv: every member belongs to its space as a whole."""
    return [
        [SOCIAL_SPACE, space.place.code, NEIGHBOURHOOD, city.neighbourhoods[i].code, "1", FOUNDED, ""]
        for space in social_spaces(city)
        for i in space.members
    ]
