"""How often the placebo test is wrong: the product's own models on invented cities, a cell in a few queries.

`bench_calibration.py --runs 2000` prints the table; `make bench` runs it too and keeps it in the JSON.

Lives here: the cells, running int_evaluations__comparisons, __placebos and __tested on them, and the shares.
Must not live here: how figures come about (calibration_city.py), any formula of the test.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import yaml
from calibration_city import INDICATORS, PICKS, World, cities

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT / "tests" / "dbt_project"))

from rendered import model_sql  # noqa: E402 - a module of the neighbouring room of tests

MODELS = ("comparisons", "placebos", "tested")
WORLDS = tuple(World(*cell) for cell in itertools.product((0.0, 1.0, 2.0), (0.0, 0.7), (1.0, 1.8)))
TRUE_EFFECT = -3.0  # percentage points
BATCH = 500  # runs in one query: about 300 MB
SEED = 20
ALLOWED = {"false_positives": (0.03, 0.07), "coverage": (0.93, 0.97)}


@dataclass(frozen=True)
class Cell:
    """One world and one kind of treated area. Shares of runs.

    Promised, and judged, is what holds over all areas. By size it is measured as well; an area chosen because
    it is worst off is what the warning of regression to the mean is about.
    """

    shock: float
    persistence: float
    design_effect: float
    pick: str
    runs: int
    false_positives: float
    coverage: float
    power: float
    weak_designs: float

    @property
    def is_judged(self) -> bool:
        return self.pick == "any"

    @property
    def is_held(self) -> bool:
        """Whether both shares lie where they must."""
        return all(low <= getattr(self, name) <= high for name, (low, high) in ALLOWED.items())


def variables() -> dict[str, Any]:
    """The numbers of dbt_project.yml."""
    project = yaml.safe_load((PROJECT / "dbt_project" / "dbt_project.yml").read_text(encoding="utf-8"))
    return dict(project["vars"])


def tested(
    rng: np.random.Generator, world: World, pick: str, runs: int, effect: float
) -> tuple[int, int, int, int]:
    """(runs with a p of at most .05, with the true effect inside the interval, with a weak design, runs)."""
    changes, frozen = cities(rng, world, pick, runs, effect, "r")
    with duckdb.connect(":memory:") as connection:
        connection.register("drawn_changes", changes)
        connection.register("drawn_frozen", frozen)
        for statement in statements(world):
            connection.execute(statement).fetchall()
        answer = connection.execute(
            "select count(*) filter (p_placebo <= 0.05),"
            " count(*) filter (abs(effect - ?) <= half_width), count(*) filter (is_weak_design), count(*)"
            " from int_evaluations__tested",
            [effect],
        ).fetchall()[0]
    return answer[0], answer[1], answer[2], answer[3]


def statements(world: World) -> Iterator[str]:
    """What leads from drawn figures to tested outcomes: the models, one table after the other."""
    names = ", ".join(f"'{indicator}'" for indicator in INDICATORS)
    yield (
        "create table int_evaluations__changes as select *, 'baseline' as baseline_period_id,"
        f" [{names}] as matching_indicators, 100 as multiplier,"
        f" cast({world.design_effect} as double) as design_effect, false as excludes_neighbours,"
        " cast(null as varchar[]) as neighbour_ids from drawn_changes"
    )
    yield (
        "create table int_evaluations__frozen_values as"
        " select *, 'baseline' as period_id, 'ok' as value_status from drawn_frozen"
    )
    for name in MODELS:
        yield f"create table int_evaluations__{name} as {compiled(name)}"


@cache
def compiled(name: str) -> str:
    """The SQL of one of the product's models, reading tables of the same names."""
    tables = {
        f"int_evaluations__{read}": f"int_evaluations__{read}"
        for read in ("changes", "frozen_values", *MODELS)
    }
    folder = PROJECT / "dbt_project" / "models" / "intermediate"
    return model_sql(folder / f"int_evaluations__{name}.sql", tables, variables())


def cell(world: World, pick: str, runs: int, seed: int) -> Cell:
    """Shares of one cell: as many runs without an effect as with one."""
    sums = {0.0: np.zeros(4, dtype=int), TRUE_EFFECT: np.zeros(4, dtype=int)}
    key = [seed, *(int(10 * number) for number in asdict(world).values()), PICKS.index(pick)]
    rng = np.random.default_rng(key)
    for effect, begin in itertools.product(sums, range(0, runs, BATCH)):
        sums[effect] += tested(rng, world, pick, min(BATCH, runs - begin), effect)
    null, real = sums[0.0] / runs, sums[TRUE_EFFECT] / runs
    return Cell(
        **asdict(world), pick=pick, runs=runs, false_positives=float(null[0]), coverage=float(real[1]),
        power=float(real[0]), weak_designs=float(null[2]),
    )  # fmt: skip


def calibrate(
    runs: int,
    say: Callable[[str], None],
    worlds: Iterable[World] = WORLDS,
    picks: Sequence[str] = PICKS,
    seed: int = SEED,
) -> list[Cell]:
    """All cells, in the order of the table."""
    cells = []
    for pick, world in itertools.product(picks, worlds):
        cells.append(cell(world, pick, runs, seed))
        say(f"calibration: {line(cells[-1])}")
    return cells


def line(cell: Cell) -> str:
    """One row of the table."""
    words = ("missed", "held") if cell.is_judged else ("outside", "inside")
    verdict = words[cell.is_held]
    return (
        f"{cell.pick:<6} {cell.shock:>5.0f} {cell.persistence:>11.1f} {cell.design_effect:>13.1f}"
        f" {cell.runs:>6} {100 * cell.false_positives:>16.1f} {100 * cell.coverage:>11.1f}"
        f" {100 * cell.power:>8.1f} {100 * cell.weak_designs:>7.1f}  {verdict}"
    )


def table(cells: Iterable[Cell]) -> str:
    """What is printed; cells that are not judged say inside or outside of the same bounds."""
    header = (
        f"{'area':<6} {'shock':>5} {'persistence':>11} {'design effect':>13} {'runs':>6}"
        f" {'false positive %':>16} {'coverage %':>11} {'power %':>8} {'weak %':>7}"
    )
    return "\n".join([header, *map(line, cells)])


def records(cells: Iterable[Cell]) -> list[dict[str, Any]]:
    """For the JSON."""
    return [{**asdict(cell), "is_judged": cell.is_judged, "is_held": cell.is_held} for cell in cells]


def main() -> int:
    """Exit code 1 when a judged cell is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=2000)
    parser.add_argument("--picks", default=",".join(PICKS))
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    cells = calibrate(
        options.runs,
        lambda text: print(time.strftime("%H:%M:%S"), text, file=sys.stderr, flush=True),
        picks=options.picks.split(","),
        seed=options.seed,
    )
    print(table(cells))
    return int(any(cell.is_judged and not cell.is_held for cell in cells))


if __name__ == "__main__":
    sys.exit(main())
