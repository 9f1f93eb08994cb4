"""What is measured: how many areas, variables, indicators and years there are at each scale, and their
names.

Lives here: sizes and ids that generator, workspace and implementations share. Must not live here: values.
"""

from __future__ import annotations

from dataclasses import dataclass

LEVELS = ("stadt", "stadtbezirk", "stadtteil", "quartier")  # rank 0 to 3
CITY = "stadt-0"
MULTIPLIER = 100
MIN_DENOMINATOR = 30
REST_OF_CITY_ABOVE = 0.1


@dataclass(frozen=True)
class Profile:
    """A rule of primary suppression: counts from 1 to below the threshold, and remainders as small."""

    profile_id: str
    threshold: int
    protects_complement: bool
    min_denominator: int


@dataclass(frozen=True)
class Indicator:
    """A proportion of two variables."""

    indicator_id: str
    numerator: str
    denominator: str
    profile: Profile
    polarity: str
    design_effect: float


@dataclass(frozen=True)
class Scale:
    """areas per level from the city down; indicators and years of the full grid."""

    name: str
    n_areas: tuple[int, int, int, int]
    n_indicators: int
    n_denominators: int
    first_year: int
    n_years: int

    @property
    def years(self) -> list[int]:
        return list(range(self.first_year, self.first_year + self.n_years))

    @property
    def n_observations(self) -> int:
        return sum(self.n_areas) * (self.n_indicators + self.n_denominators) * self.n_years

    @property
    def n_values(self) -> int:
        return sum(self.n_areas) * self.n_indicators * self.n_years

    @property
    def denominators(self) -> list[str]:
        return [f"bench_whole_{number:03d}" for number in range(self.n_denominators)]

    @property
    def indicators(self) -> list[Indicator]:
        return [self._indicator(number) for number in range(self.n_indicators)]

    def _indicator(self, number: int) -> Indicator:
        return Indicator(
            f"bench_share_{number:03d}",
            f"bench_part_{number:03d}",
            self.denominators[number % self.n_denominators],
            BA if number % 2 else STANDARD,
            ("higher_worse", "higher_better", "neutral")[number % 3],
            1.6 if number % 8 == 5 else 1.0,
        )


STANDARD = Profile("std_lt5", 5, False, 30)
BA = Profile("ba_lt10", 10, True, 30)

SCALES = {
    scale.name: scale
    for scale in (
        Scale("tiny", (1, 2, 4, 13), 4, 2, 2012, 8),
        Scale("small", (1, 9, 86, 570), 80, 20, 2012, 13),
        Scale("medium", (1, 9, 860, 5_790), 80, 20, 2012, 13),
        Scale("large", (1, 9, 8_600, 57_990), 80, 20, 2012, 13),
    )
}
