"""One indicator on one selection: everything its sections and pictures need, read once per run.

Lives here: Subject, and the map, bars and time series of it for the page (container width) or a file
(fixed width). Must not live here: marks (charts.py, maps.py), SQL, anything of Streamlit.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboards import charts, formats, maps, queries, series, wording, words
from dashboards.frame import ChartMeta, Spec, Width
from dashboards.locales import Language
from dashboards.records import Area, Indicator, Level, Summary, Value
from dashboards.release import Release
from dashboards.selection import Options, Selection


@dataclass(frozen=True)
class Subject:
    """An indicator at a level in a period, with the chosen area."""

    release: Release
    found: Selection
    offered: Options
    indicator: Indicator
    level: Level
    summary: Summary
    values: list[Value]
    language: Language

    @property
    def area(self) -> Area | None:
        """The chosen area, the whole city where none is chosen."""
        return self.offered.area(self.found.area or self.offered.city_area_id)

    def meta(self, subtitle: str | None = None) -> ChartMeta:
        """What each image must say; absent parts stay empty, and `framed` refuses them."""
        language, indicator, period = self.language, self.indicator, self.summary.period_id
        city = queries.workspace(self.release)
        found = queries.deliveries(self.release, indicator.indicator_id, period)
        delivered = formats.day(found[0].received_at, language) if found else None
        return ChartMeta(
            title=words.name(indicator, language),
            subtitle=subtitle
            or f"{words.plural_of(self.level, language)} · {period} · "
            f"{formats.unit_words(indicator, language)}",
            definition=language.pick(indicator.definition_de, indicator.definition_en),
            as_of=language.text("{period}, delivered {day}", period=period, day=delivered) if found else None,
            source=indicator.source or "; ".join(dict.fromkeys(d.publisher for d in found if d.publisher)),
            licence=indicator.licence or "; ".join(dict.fromkeys(d.licence for d in found if d.licence)),
            hidden=wording.absent(self.summary, language) or language.text("none"),
            release=f"{wording.released(queries.release_note(self.release), language)}, "
            f"{language.pick(city.name_de, city.name_en)}",
            demo_label=language.pick(city.demo_label_de, city.demo_label_en) if city.is_demo else None,
            is_demo=city.is_demo,
        )

    def map(self, *, by_value: bool, width: Width = "container") -> Spec | None:
        """The map, None where the level has no boundaries."""
        geometries = queries.geometries(self.release, self.level.level)
        shapes = maps.features(geometries, self.values, self.indicator, self.found.area, self.language)
        if not shapes:
            return None
        return maps.choropleth(
            shapes,
            self.indicator,
            self.meta(),
            self.language,
            by_value=by_value,
            width=width,
            clickable=width == "container",
        )

    def bars(self, *, width: Width = "container") -> Spec:
        """Ranked bars of all areas."""
        return charts.ranked_bars(
            self.values,
            self.indicator,
            self.meta(),
            self.language,
            selected=self.found.area,
            city_value=self.summary.city_value,
            width=width,
            clickable=width == "container",
        )

    def over_time(self) -> list[Value]:
        """The chosen area in all periods."""
        return (
            queries.series(self.release, self.indicator.indicator_id, self.area.area_id) if self.area else []
        )

    def series(self, *, width: Width = "container") -> Spec | None:
        """The chosen area over time, None where fewer than two values are published."""
        own = self.over_time()
        if len([v for v in own if v.value is not None]) < 2:
            return None
        city = queries.series(self.release, self.indicator.indicator_id, self.offered.city_area_id)
        meta = self.meta(f"{words.area_label(own[0])} · {own[0].period_id} – {own[-1].period_id}")
        return series.time_series(
            own,
            city,
            self.indicator,
            meta,
            self.language,
            width=width,
            breaks=queries.series_breaks(self.release, self.indicator.indicator_id),
            events=queries.context_events(self.release),
        )
