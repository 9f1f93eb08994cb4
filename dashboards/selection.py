"""What a reader has chosen: one frozen Selection, read from and written to the URL.

Lives here: codes in, Selection out, Selection in, codes out; unknown codes become problems with proposals.
Must not live here: anything of Streamlit (controls.py holds the widgets), SQL, sentences.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from dashboards.locales import DEFAULT, LANGUAGES
from dashboards.records import Area, Indicator, Level, Summary
from dashboards.register_records import Item
from dashboards.stock_records import Service

COMPARISONS = ("city",)
KEYS = ("area", "indicator", "year", "compare", "level", "service", "item", "lang", "release")


@dataclass(frozen=True)
class Selection:
    """Codes of one view; `area` None is the whole city, `period` may be None where nothing is published."""

    indicator: str
    level: str
    area: str | None
    period: str | None
    compare: str = "city"
    lang: str = DEFAULT
    release: int | None = None
    service: str | None = None
    item: str | None = None


@dataclass(frozen=True)
class Problem:
    """A code of the URL that does not exist (`kind` unknown) or does not go with the others (`kind`
    unavailable).
    """

    key: str
    code: str
    kind: str = "unknown"
    proposals: tuple[str, ...] = ()
    shown: str | None = None


@dataclass(frozen=True)
class Options:
    """What a release offers to choose from; `default_indicator` is where a page starts without a code."""

    indicators: tuple[Indicator, ...]
    levels: tuple[Level, ...]
    areas: tuple[Area, ...]
    city_area_id: str
    default_indicator: str
    summaries: Mapping[str, tuple[Summary, ...]] = field(default_factory=dict)
    services: tuple[Service, ...] = ()
    items: tuple[Item, ...] = ()

    def item(self, item_id: str | None) -> Item | None:
        """The entry of the register of an id, None for none."""
        return next((i for i in self.items if i.item_id == item_id), None)

    def service(self, service_type: str | None) -> Service | None:
        """The type of service of an id, None for none."""
        return next((s for s in self.services if s.service_type == service_type), None)

    def area(self, area_id: str | None) -> Area | None:
        """The area of an id, None for none."""
        return next((a for a in self.areas if a.area_id == area_id), None)

    def indicator(self, indicator_id: str) -> Indicator:
        """The indicator of an id that is known to exist."""
        return next(i for i in self.indicators if i.indicator_id == indicator_id)

    def level(self, level: str) -> Level:
        """The level of an id that is known to exist."""
        return next(row for row in self.levels if row.level == level)


def language_of(params: Mapping[str, str]) -> str:
    """The language code of the URL, the default where it is missing or unknown."""
    code = params.get("lang", DEFAULT)
    return code if code in LANGUAGES else DEFAULT


def available(summaries: Iterable[Summary]) -> list[Summary]:
    """Levels and periods in which at least one area has a value or a reason for having none."""
    return [s for s in summaries if s.n_ok > 0 or s.n_suppressed > 0]


def resolve(
    params: Mapping[str, str], options: Options, summaries: Iterable[Summary], *, by_indicator: bool = True
) -> tuple[Selection, list[Problem]]:
    """Selection of the URL's codes; what is missing gets a default, what is unknown a problem and the
    default.

    `summaries` are those of `chosen_indicator(params, options)`: newest period first, finest level first. A
    page that shows no indicator (`by_indicator` false) offers every level and keeps the year for the next
    page.
    """
    problems: list[Problem] = []
    indicator = chosen_indicator(params, options)
    _known(
        "indicator", params, {i.indicator_id: (i.name_de, i.name_en) for i in options.indicators}, problems
    )
    rows = available(summaries)
    area = _area(params, options, problems)
    level = _level(params, options, area, rows if by_indicator else [], problems)
    if area is not None and area.level != level:
        area = None
    period = _period(params, [s for s in rows if s.level == level], problems if by_indicator else [])
    if not by_indicator:
        period = params.get("year") or period
    service = _known(
        "service", params, {s.service_type: (s.name_de, s.name_en) for s in options.services}, problems
    )
    item = _known("item", params, {i.item_id: _titles(i) for i in options.items}, problems)
    _closed(params, problems)
    found = area.area_id if area else None
    language, release = language_of(params), _number(params.get("release", ""))
    return Selection(indicator, level, found, period, "city", language, release, service, item), problems


def _number(code: str) -> int | None:
    return int(code) if code.isascii() and code.isdigit() else None


def _closed(params: Mapping[str, str], problems: list[Problem]) -> None:
    """Codes of closed lists."""
    for key, known in (("compare", COMPARISONS), ("lang", tuple(LANGUAGES))):
        code = params.get(key)
        if code is not None and code not in known:
            problems.append(Problem(key, code, proposals=known))


def _titles(item: Item) -> tuple[str, ...]:
    return tuple(title for title in (item.title_de, item.title_en) if title)


def _known(
    key: str, params: Mapping[str, str], names: Mapping[str, tuple[str, ...]], problems: list[Problem]
) -> str | None:
    wanted = params.get(key)
    if wanted is None or wanted in names:
        return wanted
    problems.append(Problem(key, wanted, proposals=propose(wanted, names)))
    return None


def chosen_indicator(params: Mapping[str, str], options: Options) -> str:
    """The indicator of the URL where it exists, else the one the page starts with."""
    wanted = params.get("indicator")
    return wanted if wanted in {i.indicator_id for i in options.indicators} else options.default_indicator


def _area(params: Mapping[str, str], options: Options, problems: list[Problem]) -> Area | None:
    wanted = params.get("area")
    if wanted is None or wanted == options.city_area_id:
        return None
    found = options.area(wanted)
    if found is None:
        names = {a.area_id: (a.name, a.code) for a in options.areas if not a.is_remainder}
        problems.append(Problem("area", wanted, proposals=propose(wanted, names)))
    return found


def _level(
    params: Mapping[str, str],
    options: Options,
    area: Area | None,
    rows: list[Summary],
    problems: list[Problem],
) -> str:
    published = {s.level for s in rows}
    parts = [row.level for row in reversed(options.levels) if row.rank > 0]
    whole = [row.level for row in options.levels if row.rank == 0]
    offered = (
        [code for code in parts if code in published]
        or [code for code in whole if code in published]
        or parts
        or whole
    )
    wanted = area.level if area else params.get("level")
    if not rows and wanted in whole:
        return parts[0] if parts else wanted
    if wanted is None or wanted in offered:
        return wanted or offered[0]
    known = wanted in {row.level for row in options.levels}
    problems.append(
        Problem("level", wanted, "unavailable" if known else "unknown", tuple(offered), offered[0])
    )
    return offered[0]


def _period(params: Mapping[str, str], rows: list[Summary], problems: list[Problem]) -> str | None:
    wanted = params.get("year")
    if wanted is not None:
        for match in ([s for s in rows if s.period_id == wanted], [s for s in rows if str(s.year) == wanted]):
            if match:
                return match[0].period_id
    newest = next((s.period_id for s in rows if s.n_ok > 0), rows[0].period_id if rows else None)
    if wanted is not None:
        problems.append(Problem("year", wanted, "unavailable", tuple(s.period_id for s in rows), newest))
    return newest


def propose(wanted: str, names: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Up to three ids that look like the wanted code, by id or by name."""
    lowered = wanted.lower()
    spellings = {spelling.lower(): code for code, words in names.items() for spelling in (code, *words)}
    close = [spellings[s] for s in difflib.get_close_matches(lowered, spellings, n=6, cutoff=0.55)]
    inside = [code for spelling, code in spellings.items() if len(lowered) > 2 and lowered in spelling]
    return tuple(dict.fromkeys([*close, *inside]))[:3]


def to_params(selection: Selection, city_area_id: str) -> dict[str, str]:
    """The URL's parameters of a selection, complete, so that a copied address shows the same to others."""
    params = {
        "area": selection.area or city_area_id,
        "indicator": selection.indicator,
        "level": selection.level,
        "year": selection.period or "",
        "compare": selection.compare,
        "service": selection.service or "",
        "item": selection.item or "",
        "lang": selection.lang,
        "release": "" if selection.release is None else str(selection.release),
    }
    return {key: value for key, value in params.items() if value}
