"""Seats by the largest remainder, from the definition in fractions and by trying every choice.

Lives here: an allocation that shares no formula with the SQL macro. Must not live here: claims.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import floor


@dataclass(frozen=True)
class Seats:
    """certain: party -> seats in every best choice. tied: parties that only some best choices favour."""

    certain: dict[str, int]
    tied: frozenset[str]
    n_lot_seats: int


def largest_remainder(votes: Mapping[str, int], seats: int) -> Seats:
    """Of all ways to give the seats left over by whole quotas, one each, those with the largest sum of
    fractional parts are right; where there are several they differ only among tied parties."""
    total = sum(votes.values())
    quotas = {party: Fraction(count * seats, total) for party, count in votes.items()}
    whole = {party: floor(quota) for party, quota in quotas.items()}
    left = seats - sum(whole.values())
    choices = [frozenset(choice) for choice in combinations(sorted(votes), left)]
    gain = {choice: sum((quotas[party] - whole[party] for party in choice), Fraction()) for choice in choices}
    best = [choice for choice in choices if gain[choice] == max(gain.values())]
    always = frozenset.intersection(*best)
    tied = frozenset.union(*best) - always
    return Seats({party: whole[party] + (party in always) for party in votes}, tied, left - len(always))
