"""What a text of register/ may say about the city of a seed: its places, and figures of the delivered files.

A text names a place as {sr_1}, {sr_1.name}, {sr_1.code}, and a figure by an expression in braces:
{share:INDICATOR:PLACE:YEAR} as Germans write it, {value:INDICATOR:PLACE:YEAR} as a file holds it;
{part:INDICATOR:PLACE:YEAR:0.9} that part of it; {way:INDICATOR:PLACE:FROM:TO:0.6} that part of what changed
in between; {shift:INDICATOR:PLACE:YEAR:-0.3} so much more; {gap:PLACE:YEAR} places below the standard;
{wrongly:PLACE} half of what the first delivery counts too many; {verdict:TARGET:YEAR} on a target's way.

Lives here: the expressions. Must not live here: sentences (register/), the choice of places (places.py).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from orchestration.demo.figures import Figures
from orchestration.demo.measures import counted, share
from orchestration.demo.mistakes import SECOND_ROUND_SIZE, SECOND_ROUND_YEAR
from orchestration.demo.places import Named, missing_places, named_places

TRANSFERS_SHARE = "transfer_receipt_non_unemployed"
LEAST_WAY = 0.2  # what can still be told apart when it is rounded
PARTLY_FROM = 0.6  # share of the way from baseline to target, as the product judges it
Rows = list[dict[str, str]]


@dataclass(frozen=True)
class Expression:
    """{name:...}: what stands behind the colon is answered by a function."""

    answer: Callable[..., str]

    def __format__(self, spec: str) -> str:
        return self.answer(*spec.split(":"))


@dataclass
class Facts:
    """Places by name, and the expressions over the figures; targets are known once they are filled."""

    figures: Figures
    places: dict[str, Named] = field(init=False)
    targets: dict[str, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.places = named_places(self.figures)

    def filled(self, text: str) -> str:
        """A text with the places and figures of this city in it."""
        if "{" not in text:
            return text
        return text.format_map({**self.places, **self._expressions()})

    def _expressions(self) -> dict[str, Expression]:
        known: dict[str, Callable[..., str]] = {
            "share": self._share,
            "value": self._value,
            "part": self._part,
            "way": self._way,
            "shift": self._shift,
            "gap": self._gap,
            "wrongly": self._wrongly,
            "verdict": self._verdict,
        }
        return {name: Expression(answer) for name, answer in known.items()}

    def _measured(self, indicator: str, place: str, year: str) -> float:
        return round(share(self.figures, indicator, self.places[place], int(year)), 1)

    def _value(self, indicator: str, place: str, year: str) -> str:
        return f"{self._measured(indicator, place, year)}"

    def _share(self, indicator: str, place: str, year: str) -> str:
        return self._value(indicator, place, year).replace(".", ",")

    def _part(self, indicator: str, place: str, year: str, part: str) -> str:
        return f"{round(self._measured(indicator, place, year) * float(part), 1)}"

    def _shift(self, indicator: str, place: str, year: str, points: str) -> str:
        return f"{round(self._measured(indicator, place, year) + float(points), 1)}"

    def _way(self, indicator: str, place: str, first: str, last: str, part: str) -> str:
        """Where nothing changed that way, one point in the direction of the sign of `part`."""
        begin, end = (self._measured(indicator, place, year) for year in (first, last))
        sign = 1 if float(part) > 0 else -1
        step = abs(float(part)) * (end - begin)
        return f"{round(begin + (step if sign * step >= LEAST_WAY else sign), 1)}"

    def _gap(self, place: str, year: str) -> str:
        return f"{max(1, round(missing_places(self.figures, self.places[place], int(year))))}"

    def _wrongly(self, place: str) -> str:
        """The true value plus half of what is counted too many: reached only after the correction."""
        here = self.places[place]
        too_many = 100 * SECOND_ROUND_SIZE / counted(self.figures, (0, None), here, SECOND_ROUND_YEAR)
        true = share(self.figures, TRANSFERS_SHARE, here, SECOND_ROUND_YEAR)
        below = self._measured(TRANSFERS_SHARE, place, "2020") - LEAST_WAY
        return f"{round(min(true + too_many / 2, below), 1)}"

    def _verdict(self, target_id: str, year: str) -> str:
        target = self.targets[target_id]
        begin, wanted = float(target["baseline_value"]), float(target["target_value"])
        place = next(name for name, one in self.places.items() if str(one) == target["area_id"])
        attained = (self._measured(target["indicator_id"], place, year) - begin) / (wanted - begin)
        return "attained" if attained >= 1 else "partly" if attained >= PARTLY_FROM else "not_attained"
