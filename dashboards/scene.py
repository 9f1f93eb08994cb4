"""What a page of the planning cycle stands on: the release, the choice, and the origin of each of its charts.

Lives here: Scene, names of areas, offices and indicators, ChartMeta of register, stock and indicators. Must
not live here: marks, SQL, sections of pages.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from dashboards import controls, formats, queries, register_queries, register_words, wording, words
from dashboards.frame import ChartMeta
from dashboards.locales import Language
from dashboards.records import Indicator, Workspace
from dashboards.register_records import Decision, Item
from dashboards.release import Release
from dashboards.selection import Options, Selection
from dashboards.stock_records import Offer


@dataclass(frozen=True)
class Scene:
    """One page in one language on one release."""

    release: Release
    found: Selection
    offered: Options
    language: Language
    city: Workspace

    def area(self, area_id: str | None) -> str:
        """Code and name of an area, its id where the release does not know it."""
        found = self.offered.area(area_id)
        return words.area_label(found) if found else (area_id or "")

    def areas(self, area_ids: tuple[str, ...]) -> str:
        """Names of areas, separated by commas."""
        return ", ".join(self.area(area_id) for area_id in area_ids)

    def office(self, *codes: str | None) -> str:
        """Names of offices, separated by commas."""
        names = register_queries.offices(self.release)
        return ", ".join(register_words.office(code, names, self.language) for code in codes if code)

    def indicator(self, indicator_id: str | None) -> Indicator | None:
        """The indicator of an id, None where the release does not publish it."""
        return next((i for i in self.offered.indicators if i.indicator_id == indicator_id), None)

    def decision(self, decision_id: str | None) -> Decision | None:
        """The decision of an id, None where it is not part of the release."""
        return next(
            (d for d in register_queries.decisions(self.release) if d.decision_id == decision_id), None
        )

    def first(self, kinds: tuple[str, ...]) -> Item | None:
        """The chosen entry where the page shows its kind, else the nearest one that hangs together with
        it, else the first one of the kinds in the order given.
        """
        mine = {i.item_id: i for i in self.offered.items if i.kind in kinds and on_page(i, kinds)}
        if self.found.item in mine:
            return mine[self.found.item]
        if self.found.item:
            near = register_queries.related(self.release, self.found.item)
            found = next((mine[item_id] for item_id in near if item_id in mine), None)
            if found:
                return found
        return next((i for kind in kinds for i in mine.values() if i.kind == kind), None)

    def meta(
        self,
        title: str,
        subtitle: str,
        *,
        definition: str | None,
        as_of: str | None,
        source: str | None,
        licence: str | None,
        hidden: str = "",
    ) -> ChartMeta:
        """Origin of a chart with release and demo label of the city."""
        pick, city = self.language.pick, self.city
        note = queries.release_note(self.release)
        return ChartMeta(
            title=title,
            subtitle=subtitle,
            definition=definition,
            as_of=as_of,
            source=source,
            licence=licence,
            hidden=hidden or self.language.text("none"),
            release=f"{wording.released(note, self.language)}, {pick(city.name_de, city.name_en)}",
            demo_label=pick(city.demo_label_de, city.demo_label_en) if city.is_demo else None,
            is_demo=city.is_demo,
        )

    def register_meta(
        self, title: str, subtitle: str, definition: str, file: str, hidden: str = ""
    ) -> ChartMeta:
        """Origin of a chart of the register: the file of the city that keeps it, on the day of the release.

        What the city writes itself carries no licence of a source: the demo label of an invented city, else
        the sentence that it is the city's own data.
        """
        text, city = self.language.text, self.city
        label = self.language.pick(city.demo_label_de, city.demo_label_en) if city.is_demo else None
        built = formats.day(queries.release_note(self.release).built_at, self.language)
        office = city.contact_office or self.language.pick(city.name_de, city.name_en)
        return self.meta(
            title,
            subtitle,
            definition=definition,
            as_of=text("register as of {day}", day=built),
            source=text("{office}, planning register ({file})", office=office, file=file),
            licence=label or text("data of the city"),
            hidden=hidden,
        )

    def indicator_meta(
        self,
        indicator: Indicator,
        title: str,
        subtitle: str,
        period_id: str,
        as_of: str = "",
        hidden: str = "",
    ) -> ChartMeta:
        """Origin of a chart of an indicator; `as_of` replaces the newest delivery where values are frozen."""
        language = self.language
        found = queries.deliveries(self.release, indicator.indicator_id, period_id)
        day = formats.day(found[0].received_at, language) if found else None
        delivered = language.text("{period}, delivered {day}", period=period_id, day=day) if found else None
        return self.meta(
            title,
            subtitle,
            definition=language.pick(indicator.definition_de, indicator.definition_en),
            as_of=as_of or delivered,
            source=indicator.source or "; ".join(dict.fromkeys(d.publisher for d in found if d.publisher)),
            licence=indicator.licence or "; ".join(dict.fromkeys(d.licence for d in found if d.licence)),
            hidden=hidden,
        )

    def stock_meta(
        self,
        offers: list[Offer],
        title: str,
        subtitle: str,
        definition: str | None,
        as_of: str,
        hidden: str = "",
    ) -> ChartMeta:
        """Origin of a chart of offers: the publishers and licences of their deliveries."""
        return self.meta(
            title,
            subtitle,
            definition=definition,
            as_of=as_of,
            source="; ".join(dict.fromkeys(o.publisher or o.responsible_office or "" for o in offers)).strip(
                "; "
            ),
            licence="; ".join(dict.fromkeys(o.licence for o in offers if o.licence)),
            hidden=hidden,
        )


def on_page(item: Item, kinds: tuple[str, ...]) -> bool:
    """Whether a page that shows these kinds shows the item; findings belong to the analysis or to the
    evaluation.
    """
    return item.kind != "finding" or item.is_evaluation == ("evaluation" in kinds)


def scene(release: Release, found: Selection) -> Scene:
    """The scene of a page's run."""
    return Scene(release, found, controls.options(release), Language(found.lang), queries.workspace(release))


def knows_register(scene: Scene) -> bool:
    """Whether the release holds the register; says why not where it does not."""
    if register_queries.has_register(scene.release):
        return True
    st.info(
        scene.language.text(
            "This release was published before the planning register existed. Show the current release, or "
            "build a new one."
        )
    )
    return False
