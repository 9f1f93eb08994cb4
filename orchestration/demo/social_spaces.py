"""The social spaces of the fictional city: neighbourhoods in which burdens gather, and parts of others.

A standard city had 11 spaces of whole neighbourhoods until 2019 and has had 15 since 2020, of which some
cut through a neighbourhood. A small city has whole ones only. Lives here: which areas form a space, and the
rows and outlines of the spaces. Must not live here: figures; what a space counts is added up by the product.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import shapely

from orchestration.demo.chance import YEARS
from orchestration.demo.city import CITY, FOUNDED, NEIGHBOURHOOD, QUARTER, REFORMED, City, Place
from orchestration.demo.districts import merged
from orchestration.demo.figures import Figures

SOCIAL_SPACE = "sozialraum"
LEVEL_ROW = (SOCIAL_SPACE, "Sozialraum", "Social space", "Sozialräume", "Social spaces", "2", CITY)
SHARE_OF_NEIGHBOURHOODS = 0.3  # as in the city that stood model: 26 of 86
LARGEST = 2  # neighbourhoods of one space
FEWEST = 4  # neighbourhoods in spaces, so that a small city has more than one space to choose from
LARGE_CITY = 40  # neighbourhoods from which on the spaces were redrawn in 2020
SPACES_BEFORE, SPACES_TODAY = 11, 15
CUTTING = 2  # spaces of today that take in a part of one more neighbourhood
REDRAWN = int(REFORMED[:4])


@dataclass(frozen=True)
class SocialSpace:
    """One space: its place, the positions of its whole neighbourhoods, and parts of others.

    parts: position of a neighbourhood, positions of those of its quarters that lie in the space.
    """

    place: Place
    members: tuple[int, ...]
    parts: tuple[tuple[int, tuple[int, ...]], ...] = ()


def social_spaces(city: City) -> list[SocialSpace]:
    """The spaces of today, in the order of their codes."""
    groups = _groups(city)
    if len(city.neighbourhoods) < LARGE_CITY:
        groups.sort(key=min)
        return [_space(city, f"{number:02d}", group) for number, group in enumerate(groups, start=1)]
    groups = sorted(groups[:SPACES_TODAY], key=min)
    spaces = [_space(city, f"{20 + number}", group) for number, group in enumerate(groups, start=1)]
    return _cutting([replace(one, place=replace(one.place, valid_from=REFORMED)) for one in spaces], city)


def former_spaces(city: City) -> list[SocialSpace]:
    """The spaces that ended when they were redrawn; none in a small city."""
    if len(city.neighbourhoods) < LARGE_CITY:
        return []
    groups = sorted(_groups(city)[:SPACES_BEFORE], key=min)
    found = [_space(city, f"{number:02d}", group) for number, group in enumerate(groups, start=1)]
    return [
        replace(one, place=replace(one.place, name=f"{one.place.name} (bis 2019)", valid_to=REFORMED))
        for one in found
    ]


def _groups(city: City) -> list[tuple[int, ...]]:
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
    # a tiny city: two spaces tell more than one
    return groups if len(groups) > 1 else [(i,) for i in order]


def _touching(city: City, one: int, other: int) -> bool:
    first, second = city.neighbourhoods[one], city.neighbourhoods[other]
    return first.parent == second.parent and bool(first.polygon.intersects(second.polygon))


def _space(city: City, code: str, group: tuple[int, ...]) -> SocialSpace:
    members = tuple(sorted(group))
    parts = [city.neighbourhoods[i] for i in members]
    outline = merged([part.polygon for part in parts])
    name = " und ".join(part.name for part in parts)
    return SocialSpace(Place(SOCIAL_SPACE, code, name, "0", outline), members)


def _cutting(spaces: list[SocialSpace], city: City) -> list[SocialSpace]:
    """The first spaces that border on a neighbourhood outside of all take in some of its quarters."""
    taken = {i for space in spaces for i in space.members}
    free = [i for i, p in enumerate(city.neighbourhoods) if i not in taken and p.valid_from == FOUNDED]
    left, found = CUTTING, []
    for space in spaces:
        cut = _grown(space, free, city) if left else None
        found.append(cut or space)
        if cut:
            left -= 1
            free.remove(cut.parts[0][0])
    return found


def _grown(space: SocialSpace, free: list[int], city: City) -> SocialSpace | None:
    home = space.place.polygon
    for other in free:
        quarters = city.members(city.neighbourhoods[other])
        inside = tuple(
            i for i in quarters if home.boundary.intersection(city.places[QUARTER][i].polygon.boundary).length
        )
        outline = merged([home, *(city.places[QUARTER][i].polygon for i in inside)])
        if inside and len(inside) < len(quarters) and isinstance(outline, shapely.Polygon):
            name = f"{space.place.name} und Teile von {city.neighbourhoods[other].name}"
            place = replace(space.place, name=name, polygon=outline)
            return replace(space, place=place, parts=((other, inside),))
    return None


def share_rows(figures: Figures) -> list[list[str]]:
    """Rows of geography/shares.csv: spaces that cut are described by neighbourhoods and by quarters."""
    city = figures.city
    rows: list[list[str]] = []
    for space in [*former_spaces(city), *social_spaces(city)]:
        place = space.place
        span = [place.valid_from, place.valid_to]
        for i in space.members:
            rows.append([SOCIAL_SPACE, place.code, NEIGHBOURHOOD, city.neighbourhoods[i].code, "1", *span])
        for other, inside in space.parts:
            share = _share(figures, other, inside)
            rows.append(
                [SOCIAL_SPACE, place.code, NEIGHBOURHOOD, city.neighbourhoods[other].code, share, *span]
            )
            whole = [q for i in space.members for q in city.members(city.neighbourhoods[i])]
            quarters = [city.places[QUARTER][q].code for q in sorted([*whole, *inside])]
            rows += [[SOCIAL_SPACE, place.code, QUARTER, code, "1", *span] for code in quarters]
    return rows


def _share(figures: Figures, other: int, inside: tuple[int, ...]) -> str:
    """The part of a neighbourhood's residents who lived in some of its quarters when the space was drawn."""
    residents = figures.whole("population")[:, YEARS.index(REDRAWN - 1)]
    whole = figures.city.members(figures.city.neighbourhoods[other])
    return f"{residents[list(inside)].sum() / residents[whole].sum():.6f}".rstrip("0")
