"""What changed, what needs a look? Figures of the city, changes since the last release, oldest data,
where to go.
"""

from __future__ import annotations

from itertools import islice

import streamlit as st

from dashboards import controls, formats, parts, queries, tables, wording, words
from dashboards.locales import Language
from dashboards.records import Indicator, Summary, Value
from dashboards.release import Release
from dashboards.selection import Options, Selection

# Six figures fit one screen of 1366 px in two rows; more would not be read in a minute.
FIGURES = 6
HINTS = 5
OLDEST = 5


def render(release: Release, found: Selection) -> None:
    """The page `/`."""
    language = Language(found.lang)
    offered = controls.options(release)
    city = queries.workspace(release)
    st.title(language.text("Overview: {city}", city=formats.plain(language.pick(city.name_de, city.name_en))))
    attention = [s for s in queries.attention(release) if s.n_worse]
    parts.lead(wording.state([i for i in offered.indicators if i.last_period_id], attention, language))
    figures(queries.city_values(release)[:FIGURES], offered, found, language)
    hints(attention[:HINTS], offered, found, language)
    left, right = st.columns(2, gap="large")
    with left:
        changes(release, offered, language)
    with right:
        oldest(queries.oldest_data(release)[:OLDEST], language)


def figures(values: list[Value], offered: Options, found: Selection, language: Language) -> None:
    """The city in a few figures, each with its trend in words and a link to its areas."""
    st.header(language.text("The city in figures"))
    if not values:
        st.info(
            language.text(
                "The release holds no values for the whole city yet. Publish one with delivered files first."
            )
        )
        return
    rest = iter(values)
    while row := list(islice(rest, 3)):
        for column, value in zip(st.columns(3), row, strict=False):
            indicator = offered.indicator(value.indicator_id)
            with column, st.container(border=True, height="stretch"):
                shown = formats.quantity(value.value, indicator, language)
                st.metric(formats.plain(words.name(indicator, language)), shown)
                st.caption(f"{value.period_id} · {words.trend(value, indicator, language)}")
                controls.link("analyse", language.text("See by area"), found, indicator=value.indicator_id)


def hints(summaries: list[Summary], offered: Options, found: Selection, language: Language) -> None:
    """Indicators with the most areas less favourable than the city, with a link to each."""
    if not summaries:
        return
    st.header(language.text("Where to look"))
    for summary in summaries:
        indicator, level = offered.indicator(summary.indicator_id), offered.level(summary.level)
        worst = words.worst(summary, indicator)
        said = wording.attention(summary, indicator, level, offered.area(worst), language)
        name = formats.plain(words.name(indicator, language))
        left, right = st.columns([6, 1], vertical_alignment="center")
        left.markdown(f"**{name}** ({summary.period_id}): {said}")
        codes = {"indicator": summary.indicator_id, "level": summary.level, "area": worst or ""}
        with right:
            controls.link("analyse", language.text("Look at it"), found, **codes)


def changes(release: Release, offered: Options, language: Language) -> None:
    """What the release changed against its predecessor."""
    st.header(language.text("Changes since the last release"))
    found = queries.changes(release)
    if not found:
        st.markdown(wording.changed(found, queries.release_note(release), language))
        return
    names = {i.indicator_id: words.name(i, language) for i in offered.indicators}
    t = language.text
    rows = [
        {
            t("Indicator"): names.get(c.indicator_id, c.indicator_id),
            t("Changed values"): formats.whole(c.n_changed, language),
            t("New"): formats.whole(c.n_new, language),
            t("Vanished"): formats.whole(c.n_vanished, language),
        }
        for c in found
    ]
    st.table(tables.aligned(rows, right=(1, 2, 3)), hide_index=True)


def oldest(indicators: list[Indicator], language: Language) -> None:
    """Indicators whose last data are the oldest."""
    st.header(language.text("Oldest data"))
    t = language.text
    rows = [
        {t("Indicator"): words.name(i, language), t("Last period"): i.last_period_id or formats.NO_VALUE}
        for i in indicators
    ]
    st.table(tables.aligned(rows, right=(1,)), hide_index=True)
