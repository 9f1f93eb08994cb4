"""Invented cities on which the placebo test is calibrated: areas with counts at three times, one treated.

Lives here: how figures come about: size, level, shocks of a year, overdispersed counts, matching indicators.
Must not live here: anything that the product computes from them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Floats = NDArray[np.float64]

AREAS = 40  # with 39 untreated areas the test can hold exactly 5 %: 2 of 40
SMALLEST, LARGEST = 300, 5000  # people the share is of: areas of one city differ as much
MEAN_SHARE, SHARE_DEVIATION = 0.20, 0.07
LIKENESS = (0.7, 0.4, 0.0)  # correlation of the other matching indicators with the level of the outcome
YEARS = 5  # earlier at 0, baseline at 2, evaluation at 4
TIMES = {"earlier": 0, "before": 2, "after": 4}
DRIFT = 0.005  # what happens everywhere in a year
INDICATORS = ("outcome", *(f"trait_{i}" for i in range(len(LIKENESS))))
# Which area the intervention goes to: any, one of the smallest or largest quarter, or the one worst off.
PICKS = ("any", "small", "large", "worst")


@dataclass(frozen=True)
class World:
    """What areas go through.

    shock: standard deviation of what hits a whole area in a year, in percentage points; persistence: its
    correlation from one year to the next; design_effect: variance of counts over that of a binomial.
    """

    shock: float
    persistence: float
    design_effect: float


def counts(rng: np.random.Generator, trials: Floats, shares: Floats, design_effect: float) -> Floats:
    """Events out of trials; beta-binomial with the variance of a binomial times the design effect."""
    shares = np.clip(shares, 0.001, 0.999)
    if design_effect > 1:
        precision = (trials - 1) / (design_effect - 1) - 1
        shares = rng.beta(shares * precision, (1 - shares) * precision)
    return np.asarray(rng.binomial(trials.astype(np.int64), shares), dtype=np.float64)


def shocks(rng: np.random.Generator, world: World, runs: int) -> list[Floats]:
    """What hits each area in each year, as shares; an autoregression of lag 1 in its steady state."""
    size = world.shock / 100
    years = [size * rng.standard_normal((runs, AREAS))]
    for _ in range(1, YEARS):
        new = size * rng.standard_normal((runs, AREAS))
        years.append(world.persistence * years[-1] + np.sqrt(1 - world.persistence**2) * new)
    return years


def treated(rng: np.random.Generator, pick: str, trials: Floats, baseline: Floats) -> NDArray[np.int64]:
    """The treated area of every run."""
    if pick == "worst":
        return np.asarray(np.argmax(baseline, axis=1))
    first, last = {"any": (0, AREAS), "small": (0, AREAS // 4), "large": (AREAS - AREAS // 4, AREAS)}[pick]
    by_size = np.argsort(trials, axis=1)
    found = by_size[np.arange(len(trials)), rng.integers(first, last, len(trials))]
    return np.asarray(found, dtype=np.int64)


def cities(
    rng: np.random.Generator, world: World, pick: str, runs: int, effect: float, name: str
) -> tuple[pa.Table, pa.Table]:
    """Tables as the product's models read them; one evaluation per run.

    effect: true effect in percentage points. Result: (one row per run and area with its counts as
    int_evaluations__changes has them, one row per run, area and matching indicator as
    int_evaluations__frozen_values has them).
    """
    trials = np.floor(np.exp(rng.uniform(np.log(SMALLEST), np.log(LARGEST), (runs, AREAS))))
    level = np.clip(MEAN_SHARE + SHARE_DEVIATION * rng.standard_normal((runs, AREAS)), 0.05, 0.45)
    hit = shocks(rng, world, runs)
    events = {
        time: counts(rng, trials, level + hit[at] + DRIFT * at, world.design_effect)
        for time, at in TIMES.items()
        if time != "after"
    }
    chosen = treated(rng, pick, trials, events["before"] / trials)
    is_treated = np.zeros((runs, AREAS), dtype=bool)
    is_treated[np.arange(runs), chosen] = True
    shares = level + hit[TIMES["after"]] + DRIFT * TIMES["after"] + is_treated * effect / 100
    events["after"] = counts(rng, trials, shares, world.design_effect)
    standard = (level - MEAN_SHARE) / SHARE_DEVIATION
    traits = [100 * events["before"] / trials] + [
        like * standard + np.sqrt(1 - like**2) * rng.standard_normal((runs, AREAS)) for like in LIKENESS
    ]
    run_ids = np.repeat([f"{name}{run:05d}" for run in range(runs)], AREAS)
    area_ids = np.tile([f"part-{area:02d}" for area in range(AREAS)], runs)
    keys = {"outcome_id": run_ids, "evaluation_id": run_ids, "area_id": area_ids}
    figures = {f"events_{time}": events[time].ravel() for time in TIMES}
    figures |= {f"trials_{time}": trials.ravel() for time in TIMES}
    changes = pa.table(keys | figures | {"is_treated": is_treated.ravel()})
    frozen = [
        pa.table({**keys, "indicator_id": [indicator] * len(run_ids), "value": trait.ravel()})
        for indicator, trait in zip(INDICATORS, traits, strict=True)
    ]
    return changes, pa.concat_tables(frozen)
