"""Writes the whole fictional city: workspace files, contracts and an inbox of deliveries.

Must not live here: names, figures, formats.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from orchestration.demo import events, learning, living, people, small_areas, survey
from orchestration.demo.city import ALL_LEVELS, NEIGHBOURHOOD, City, Place
from orchestration.demo.contracts import geography_contract, table_contract
from orchestration.demo.effects import add_effects
from orchestration.demo.figures import Figures
from orchestration.demo.formats import write_geojson, write_yaml
from orchestration.demo.founding import build_city
from orchestration.demo.inventory import write_inventory
from orchestration.demo.inventory_contracts import inventory_contracts
from orchestration.demo.landuse import EXTRACT_ID, land_use_contract, write_land_use
from orchestration.demo.mistakes import correction_rows, mistakes_of
from orchestration.demo.outcomes import add_outcomes
from orchestration.demo.phases import add_phases
from orchestration.demo.planning import write_planning
from orchestration.demo.residents import add_residents
from orchestration.demo.second_round import FOLDER, write_second_round
from orchestration.demo.services import add_services
from orchestration.demo.situation import add_situation
from orchestration.demo.social_spaces import SOCIAL_SPACE, former_spaces, social_spaces
from orchestration.demo.survey import add_survey
from orchestration.demo.tables import AreaTable, write_table
from orchestration.demo.workspace_files import write_workspace_files

TABLES: tuple[AreaTable, ...] = people.TABLES + learning.TABLES + living.TABLES + events.TABLES
TABLES += survey.TABLES + small_areas.TABLES
OWN_FOLDERS = ("extracts", "geography", "disclosure", "indices", "planning", "inbox", FOLDER)
INDICES = Path(__file__).parent / "indices"


class FolderInUse(ValueError):
    """The folder holds something that is not a fictional city."""


def city_figures(seed: int, scale: float) -> Figures:
    """All true figures of the city of a seed, before anything is hidden or mistaken."""
    figures = Figures(build_city(seed, scale))
    add_residents(figures)
    add_situation(figures)
    add_services(figures)
    add_outcomes(figures)
    add_phases(figures)
    add_survey(figures)
    add_effects(figures)
    return figures


def write_demo(out: Path, seed: int, scale: float) -> None:
    """Writes a fictional city with inbox and second round; the same seed and scale give the same bytes.

    out: a new or empty folder, or one that this function wrote before. scale: 1 has 9 districts, 86
    neighbourhoods and 570 quarters, 0.05 to 10. Raises FolderInUse for any other folder, ValueError for
    another scale.
    """
    figures = city_figures(seed, scale)
    _make_room(out)
    write_workspace_files(figures, out, correction_rows(figures))
    shutil.copytree(INDICES, out / "indices")
    write_planning(figures, out)
    inbox = out / "inbox"
    for table in TABLES:
        write_table(table, figures, inbox, mistakes_of(table.extract_id, figures))
        _write_contract(out, table.extract_id, table_contract(table, figures))
    write_second_round(TABLES, figures, out)
    write_land_use(figures.city, inbox)
    _write_contract(out, EXTRACT_ID, land_use_contract())
    write_inventory(figures, inbox)
    for extract_id, contract in inventory_contracts().items():
        _write_contract(out, extract_id, contract)
    for extract_id, level, places in _outlined(figures.city):
        features = [({"NR": place.code, "NAME": place.name}, place.polygon) for place in places]
        write_geojson(inbox / f"{extract_id}.geojson", features)
        _write_contract(out, extract_id, geography_contract(extract_id, level, len(places)))


def _outlined(city: City) -> list[tuple[str, str, list[Place]]]:
    """(extract, level, areas) of each file of outlines; areas that ended have a file of their own."""
    found = [(f"gebiete_{level}", level, city.places[level]) for level in ALL_LEVELS]
    found.append((f"gebiete_{SOCIAL_SPACE}", SOCIAL_SPACE, [space.place for space in social_spaces(city)]))
    ended = {NEIGHBOURHOOD: [place for place in city.former if place.level == NEIGHBOURHOOD]}
    ended[SOCIAL_SPACE] = [space.place for space in former_spaces(city)]
    found += [(f"gebiete_{level}_bis_2019", level, places) for level, places in ended.items() if places]
    return found


def _make_room(out: Path) -> None:
    """Empties a folder that an earlier run wrote; refuses to touch any other."""
    mark = out / "workspace.yml"
    if out.exists() and any(out.iterdir()):
        if not mark.is_file() or "is_demo: true" not in mark.read_text(encoding="utf-8"):
            raise FolderInUse(f"{out} holds something else; name a new or empty folder for the demo city")
        for name in OWN_FOLDERS:
            shutil.rmtree(out / name, ignore_errors=True)
    out.mkdir(parents=True, exist_ok=True)


def _write_contract(out: Path, extract_id: str, contract: dict[str, object]) -> None:
    title = contract["title"]
    write_yaml(out / "extracts" / f"{extract_id}.yml", contract, f"How to read: {title}.")
