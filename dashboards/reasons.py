"""Reservations beside a figure: why it has no interval, and who lives there and distorts it.

Lives here: sentences that limit a published value. Must not live here: the value's own sentence (wording.py),
words for codes (words.py).
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboards import formats, words
from dashboards.locales import Language
from dashboards.records import SpecialPopulation


def without_interval(reason: str | None, language: Language) -> str:
    """Why a shown value has no interval; nothing where it has one or where there is no value at all."""
    if reason is None or reason == "no_value":
        return ""
    return language.text("no interval: {reason}", reason=words.interval_reason(reason, language))


def distorted(found: Sequence[SpecialPopulation], language: Language) -> list[str]:
    """One sentence per institution whose residents distort the shares of an area."""
    return [
        language.text(
            "{kind} distort shares and rates here: {note}",
            kind=language.text(words.SPECIAL_POPULATIONS.get(one.kind, one.kind)),
            note=formats.plain(language.pick(one.note_de, one.note_en)),
        )
        for one in found
    ]
