"""The planning register of the fictional city: two cycles, told in the files of register/.

Lives here: how the rows of register/ become those of planning/: names and figures filled in, one row per
space where a row says so, ways and work of an item spread over the files they belong to. Must not live here:
sentences (register/), figures (facts.py), places (places.py), changes of state (histories.py).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from orchestration.demo.city import CITY, DISTRICT, NEIGHBOURHOOD, City
from orchestration.demo.facts import Facts
from orchestration.demo.figures import Figures
from orchestration.demo.formats import write_csv
from orchestration.demo.histories import Histories, Row, Rows
from orchestration.demo.places import Named, named
from orchestration.demo.social_spaces import former_spaces, social_spaces
from orchestration.demo.works import milestones, nodes_and_edges, ratings, resources

TEXTS = Path(__file__).parent / "register"
WAYS = TEXTS / "ways"


def write_planning(figures: Figures, out: Path) -> None:
    """Writes planning/*.csv: every text of register/ with the figures of this city in it."""
    facts = Facts(figures)
    headers: dict[str, list[str]] = {}
    tables: dict[str, Rows] = {}
    files = sorted(TEXTS.glob("*.csv"), key=lambda file: file.stem != "targets")  # verdicts need targets
    for file in files:
        headers[file.stem], rows = _read(file)
        tables[file.stem] = list(_filled(rows, facts))
        if file.stem == "targets":
            facts.targets = {row["target_id"]: row for row in tables["targets"]}
    _spread(tables, list(_filled(_read(WAYS / "works.csv")[1], facts)))
    _walk(tables, figures.city, facts)
    for stem, header in headers.items():
        written = [column for column in header if not column.startswith("_")]
        cells = [[row.get(column, "") for column in written] for row in tables[stem]]
        write_csv(out / "planning" / f"{stem}.csv", [written, *cells], newline="\n")


def _read(file: Path) -> tuple[list[str], Rows]:
    with file.open(encoding="utf-8", newline="") as source:
        reader = csv.DictReader(source, delimiter=";")
        return list(reader.fieldnames or ()), [{k: v or "" for k, v in row.items()} for row in reader]


def _filled(rows: Rows, facts: Facts) -> Iterator[Row]:
    """The rows with this city in them; a row with _each stands for every space of today or of before."""
    spaces = {"space": social_spaces, "former": former_spaces}
    for row in rows:
        each = [named(one) for one in spaces[row["_each"]](facts.figures.city)] if row.get("_each") else []
        for place in each or [facts.places["stadt"]] * (not row.get("_each")):
            facts.places["each"] = place
            filled = {column: facts.filled(cell) for column, cell in row.items()}
            yield {k: _once(v) if k.endswith("area_ids") else v for k, v in filled.items()}


def _once(areas: str) -> str:
    """A list of areas without those named twice: in a small city several places are one."""
    return "|".join(dict.fromkeys(areas.split("|")))


def _spread(tables: dict[str, Rows], works: Rows) -> None:
    """Adds what the rows of interventions, challenges and works.csv say in short."""
    for work in works:
        nodes, edges = nodes_and_edges(work)
        tables["logic_nodes"] += nodes
        tables["logic_edges"] += edges
    for row in tables["interventions"]:
        tables["resources"] += resources(row)
        tables["milestones"] += milestones(row)
    for row in tables["challenges"]:
        tables["challenge_ratings"] += ratings(row)


def _walk(tables: dict[str, Rows], city: City, facts: Facts) -> None:
    routes: dict[str, Rows] = {}
    for row in _filled(_read(WAYS / "routes.csv")[1], facts):
        routes.setdefault(row["route"], []).append(row)
    histories = Histories(tables, routes, _containing(city))
    histories.walk()
    tables["status_events"] += histories.events
    tables["decisions"] += histories.decisions
    held = {(row["body_id"], row["held_on"]): row["meeting_id"] for row in tables["meetings"]}
    for row in tables["decisions"]:
        row["meeting_id"] = held.get((row["body_id"], row["decided_on"]), "")


def _containing(city: City) -> dict[str, list[str]]:
    """Area -> itself and all areas that hold the whole of it, the finest first."""
    top = str(Named(city.places[CITY][0]))
    found = {top: [top]} | {str(Named(one)): [str(Named(one)), top] for one in city.places[DISTRICT]}
    spaces = [*former_spaces(city), *social_spaces(city)]
    found |= {str(named(one)): [str(named(one)), top] for one in spaces}
    for i, place in enumerate(city.places[NEIGHBOURHOOD]):
        around = [str(named(one)) for one in spaces if i in one.members]
        found[str(Named(place))] = [str(Named(place)), *around, f"{DISTRICT}-{place.parent}", top]
    return found
