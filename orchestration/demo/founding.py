"""How the fictional city comes about: from a seed to areas of all levels with codes and names.

Must not live here: figures that are delivered, files.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from shapely.geometry import Polygon

from orchestration.demo.chance import Floats, Ints, settled, standardised, stream
from orchestration.demo.city import CITY, DISTRICT, NEIGHBOURHOOD, QUARTER, REFORMED, City, Place
from orchestration.demo.districts import by_district, district_sizes, merged
from orchestration.demo.geometry import CENTRE
from orchestration.demo.names import CITY_NAME, DISTRICTS, further_names
from orchestration.demo.quarters import cut, quarter_counts
from orchestration.demo.reform import Reform, find_reform

MOST_NEIGHBOURHOODS = 9 * 97  # two digits for the neighbourhood in its district, two numbers for the reform
MEAN_RESIDENTS = 12_600
TINY = 5  # neighbourhoods whose figures are extreme by small numbers only, in a standard city


def build_city(seed: int, scale: float) -> City:
    """The city of a seed; scale 1 has 9 districts, 86 neighbourhoods and 570 quarters.

    Raises ValueError when the scale leaves no city or more neighbourhoods than codes.
    """
    total = round(86 * scale)
    if not 4 <= total <= MOST_NEIGHBOURHOODS:
        raise ValueError(f"scale {scale} gives {total} neighbourhoods; choose a scale from 0.05 to 10")
    sizes = district_sizes(total, min(9, max(2, round(9 * scale))))
    shapes = by_district(seed, sizes)
    district_of = [number for number, parts in enumerate(shapes) for _ in parts]
    polygons = [part.polygon for parts in shapes for part in parts]
    deprivation, centrality = _structure(seed, polygons)
    residents = _residents(seed, centrality)
    cells = cut(seed, polygons, quarter_counts(residents, scale))
    reform = find_reform(polygons, cells, district_of, deprivation)
    order = _order(district_of, reform)
    cells = [cells[i] for i in order]
    former: list[Place] = []
    today, neighbourhoods = cells, _neighbourhoods(sizes, cells)
    if reform:
        reform = reform.ordered(order)
        today = reform.today(cells)
        neighbourhoods, former = _reformed(neighbourhoods, today, reform, sizes)
    places = _places(neighbourhoods, today)
    quarter_of = np.repeat(np.arange(total), [len(parts) for parts in today])
    members = _members(places, quarter_of)
    if reform:
        former += _former_members(former, places, members, reform)
    factors = (deprivation[order], centrality[order], residents[order])
    return City(seed, scale, places, former, *factors, quarter_of, members)


def _order(district_of: list[int], reform: Reform | None) -> list[int]:
    """The neighbourhoods by district; those that were reformed are the last of theirs."""
    pair = [reform.giving, reform.taking] if reform else []
    return sorted(range(len(district_of)), key=lambda i: (district_of[i], pair.index(i) if i in pair else -1))


def _neighbourhoods(sizes: list[int], cells: list[list[Polygon]]) -> list[Place]:
    """All neighbourhoods as they were founded."""
    further = further_names()
    found: list[Place] = []
    for number, ((_, own), size) in enumerate(zip(DISTRICTS, sizes, strict=False), start=1):
        names = list(own[:size])
        names += [next(further) for _ in range(size - len(names))]
        for position, name in enumerate(names, start=1):
            outline = merged(cells[len(found)])
            found.append(Place(NEIGHBOURHOOD, f"{number}{position:02d}", name, str(number), outline))
    return found


def _reformed(
    neighbourhoods: list[Place], cells: list[list[Polygon]], reform: Reform, sizes: list[int]
) -> tuple[list[Place], list[Place]]:
    """(neighbourhoods of today, the two that ended): a changed area has a new number and a new name."""
    today, former = list(neighbourhoods), []
    for at, prefix, further in ((reform.giving, "Alt", 1), (reform.taking, "Neu", 2)):
        place = neighbourhoods[at]
        former.append(replace(place, valid_to=REFORMED))
        code = f"{place.parent}{sizes[int(place.parent or 0) - 1] + further:02d}"
        name, outline = prefix + place.name.lower(), merged(cells[at])
        today[at] = Place(NEIGHBOURHOOD, code, name, place.parent, outline, valid_from=REFORMED)
    return today, former


def _places(neighbourhoods: list[Place], cells: list[list[Polygon]]) -> dict[str, list[Place]]:
    quarters = [
        Place(QUARTER, f"{place.code}{number:02d}", f"{place.name} {number}", place.code, cell)
        for place, parts in zip(neighbourhoods, cells, strict=True)
        for number, cell in enumerate(parts, start=1)
    ]
    districts = []
    for number in dict.fromkeys(place.parent or "" for place in neighbourhoods):
        outline = merged([place.polygon for place in neighbourhoods if place.parent == number])
        districts.append(Place(DISTRICT, number, DISTRICTS[int(number) - 1][0], "0", outline))
    city = Place(CITY, "0", CITY_NAME, None, merged([district.polygon for district in districts]))
    return {CITY: [city], DISTRICT: districts, NEIGHBOURHOOD: neighbourhoods, QUARTER: quarters}


def _members(places: dict[str, list[Place]], quarter_of: Ints) -> dict[tuple[str, str], list[int]]:
    """(level, code) -> positions of the quarters of today's areas."""
    members: dict[tuple[str, str], list[int]] = {(CITY, "0"): list(range(len(quarter_of)))}
    for at, (quarter, home) in enumerate(zip(places[QUARTER], quarter_of, strict=True)):
        neighbourhood = places[NEIGHBOURHOOD][int(home)]
        members[QUARTER, quarter.code] = [at]
        members.setdefault((NEIGHBOURHOOD, neighbourhood.code), []).append(at)
        members.setdefault((DISTRICT, neighbourhood.parent or ""), []).append(at)
    return members


def _former_members(
    former: list[Place],
    places: dict[str, list[Place]],
    members: dict[tuple[str, str], list[int]],
    reform: Reform,
) -> list[Place]:
    """The quarters of the two as they lay before the reform; notes the quarters of the ended areas."""
    gave, took = former
    today = [places[NEIGHBOURHOOD][at] for at in (reform.giving, reform.taking)]
    stayed, grown = (list(members[NEIGHBOURHOOD, place.code]) for place in today)
    moved = grown.pop()  # the last of its new home
    members[NEIGHBOURHOOD, gave.code], members[NEIGHBOURHOOD, took.code] = [*stayed, moved], grown
    quarters, before = places[QUARTER], []
    for place in former:
        for at in members[NEIGHBOURHOOD, place.code]:
            before.append(replace(quarters[at], parent=place.code, valid_to=REFORMED))
            quarters[at] = replace(quarters[at], valid_from=REFORMED)
    return before


def _residents(seed: int, centrality: Floats) -> Floats:
    """Residents of each neighbourhood before the first year."""
    rng, count = stream(seed, "size"), len(centrality)
    size = np.exp(rng.normal(0, 0.80, count) + 0.12 * centrality)
    size *= MEAN_RESIDENTS / size.mean()
    size = np.clip(size, 900, 38_000)
    for number, index in enumerate(rng.permutation(count)[: round(TINY * count / 86)]):
        size[index] = 390 + 260 * number
    return settled(size)


def _structure(seed: int, polygons: list[Polygon]) -> tuple[Floats, Floats]:
    """Deprivation: a few spatial clusters, some outliers. Centrality: nearness to the centre."""
    rng = stream(seed, "structure")
    points = np.array([(p.centroid.x, p.centroid.y) for p in polygons])
    reach = float(np.hypot(*(points - CENTRE).T).max()) or 1.0
    field = 0.45 * rng.standard_normal(len(points))
    for strength in (2.0, 1.7, 1.4, -1.8, -1.4, -1.2):
        angle, far = rng.uniform(0, 2 * np.pi), rng.uniform(0.2, 0.9)
        heart = np.array(CENTRE) + reach * far * np.array([np.cos(angle), np.sin(angle)])
        field += strength * np.exp(-(((points - heart) / (0.30 * reach)) ** 2).sum(axis=1))
    nearness = np.exp(-((np.hypot(*(points - CENTRE).T) / (0.45 * reach)) ** 2))
    nearness += 0.08 * rng.standard_normal(len(points))
    return standardised(field), standardised(nearness)
