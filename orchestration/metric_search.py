"""Finding a metric by a word that people use: "Kinderarmut", "Hartz IV", "kinder armut".

Lives here: comparing a term with names, synonyms and definitions, whatever the case, the umlauts and the
spaces. Must not live here: reading a release (metric_list.py).
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from orchestration.metric_conditions import WrongQuery

# Where a term is found and how much it tells, the first being the surest. A word in a definition says least.
PLACES = ("id", "name", "synonym", "definition")
ROMAN = {"ii": "2", "iii": "3", "iv": "4", "xii": "12", "viii": "8"}  # Hartz IV, SGB II
PROPOSALS = 3
ALIKE = 0.6  # similarity from which a word is proposed; below it "Kinderamut" would bring "Kultur"


@dataclass(frozen=True)
class Searched:
    """One metric and its words: place -> the texts that stand there, in both languages."""

    metric: str
    kind: str
    unit: str
    name_de: str
    words: dict[str, Sequence[str]]


def folded(text: str) -> str:
    """Lower case, umlauts as their vowel (ü and ue as u), roman numbers as digits, no other signs."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = [ROMAN.get(word, word) for word in re.findall(r"[a-z]+|\d+", plain)]
    return " ".join(re.sub(r"([aou])e", r"\1", word) for word in words)


def _closeness(term: str, text: str) -> int:
    """0: the same, 1: begins with it, 2: holds it, 3: holds all its words, 4: does not hold it."""
    joined, sought = text.replace(" ", ""), term.replace(" ", "")
    if joined == sought:
        return 0
    if joined.startswith(sought):
        return 1
    if sought in joined:
        return 2
    return 3 if all(word in joined for word in term.split()) else 4


def _best(term: str, metric: Searched) -> tuple[int, int, str, str] | None:
    """Closeness, rank of the place, the place and the text in which the term is found best; else None."""
    found = [
        (closeness, PLACES.index(place), place, text)
        for place in PLACES
        for text in metric.words.get(place, ())
        if (closeness := _closeness(term, folded(text))) < 4
    ]
    # A whole definition never equals a term: wherever it stands in one, names and synonyms come first.
    return min(found, key=lambda one: (one[2] == "definition", *one[:2], one[3]), default=None)


def _proposals(term: str, metrics: Iterable[Searched]) -> list[str]:
    """The nearest names and synonyms, and words of names, as they are written."""
    written: dict[str, str] = {}
    for metric in metrics:
        for place in ("synonym", "name"):
            for text in metric.words.get(place, ()):
                for word in (text, *re.findall(r"[^\W\d_]{4,}", text)):
                    written.setdefault(folded(word).replace(" ", ""), word)
    near = difflib.get_close_matches(term.replace(" ", ""), sorted(written), n=PROPOSALS, cutoff=ALIKE)
    return [written[word] for word in near]


def search(term: str, metrics: Sequence[Searched]) -> list[tuple[Searched, str]]:
    """Metrics in which the term is found, the best first, with the place and the text that matched.

    Indicators come before variables where they match alike. Raises WrongQuery with proposals where none does.
    """
    sought = folded(term)
    if not sought:
        raise WrongQuery(f"{term!r} holds no letter and no digit to search for. Example: --list Kinderarmut")
    found = []
    for metric in metrics:
        best = _best(sought, metric)
        if best is not None:
            closeness, place, where, text = best
            shown = where if where in {"id", "definition"} else f"{where}: {text}"
            rank = (where == "definition", closeness, place, metric.kind != "indicator", metric.metric)
            found.append((rank, metric, shown))
    if not found:
        near = _proposals(sought, metrics)
        proposal = f" Did you mean {', '.join(near)}?" if near else ""
        raise WrongQuery(
            f"Nothing matches {term!r}: no name, no synonym, no definition.{proposal}"
            " `sozialraum query --list` names all metrics."
        )
    return [(metric, shown) for _, metric, shown in sorted(found, key=lambda one: one[0])]
