"""Where is it high or low? One indicator over all areas: sentence, map, ranked bars, table, calculation,
sharing.
"""

from __future__ import annotations

import streamlit as st

from dashboards import controls, formats, parts, queries, selection, thread, wording, words
from dashboards.frame import MissingMetadata, Spec
from dashboards.locales import Language
from dashboards.pictures import Subject
from dashboards.release import Release
from dashboards.scene import scene
from dashboards.selection import Selection


def render(release: Release, found: Selection) -> None:
    """The page `/analyse`."""
    language = Language(found.lang)
    offered = controls.options(release)
    indicator, level = offered.indicator(found.indicator), offered.level(found.level)
    summaries = queries.summaries(release, found.indicator)
    summary = next((s for s in summaries if (s.level, s.period_id) == (found.level, found.period)), None)
    st.title(formats.plain(words.name(indicator, language)))
    controls.entry_bar(release, found)
    if summary is None:
        parts.nothing(indicator, level, language)
        return
    values = queries.values(release, found.indicator, found.level, summary.period_id)
    subject = Subject(release, found, offered, indicator, level, summary, values, language)
    parts.lead(
        f"{summary.period_id}: {wording.overview(summary, indicator, level, language)}",
        wording.reservations(summary, language),
    )
    images: dict[str, Spec] = {}
    try:
        by_value = draw(subject)
        images = pictures_to_take(subject, by_value)
    except MissingMetadata as error:
        parts.not_drawn(error, language)
    parts.table(subject)
    value = next((v for v in values if v.area_id == found.area), None) or parts.city_value(subject)
    parts.calculation(subject, value)
    thread.of_figure(scene(release, found), found.area or offered.city_area_id, summary.period_id)
    parts.share(subject, images)


def pictures_to_take(subject: Subject, by_value: bool) -> dict[str, Spec]:
    """The page's pictures with a fixed width, by their name in the language of the page."""
    text = subject.language.text
    found = {text("Over time"): subject.series(width=parts.IMAGE_PX)}
    if subject.level.rank > 0:
        found |= {
            text("Map"): subject.map(by_value=by_value, width=parts.IMAGE_PX),
            text("Ranked bars"): subject.bars(width=parts.IMAGE_PX),
        }
    return {name: spec for name, spec in found.items() if spec is not None}


def draw(subject: Subject) -> bool:
    """Map and chosen area on the left, ranked bars on the right; returns whether the map shows classes of
    the value.
    """
    language, found = subject.language, subject.found
    if subject.level.rank == 0:
        one_area(subject)
        return False
    codes = selection.to_params(found, subject.offered.city_area_id)
    left, right = st.columns(2, gap="large")
    with left:
        by_value = map_shows(subject) if wording.is_compared(subject.summary) else True
        spec = subject.map(by_value=by_value)
        if spec is None:
            st.info(
                language.text(
                    "There is no map for this level: the release holds no boundaries. Bars and table show "
                    "the same values."
                )
            )
        else:
            controls.chart(spec, f"map-{found.area}", codes)
            st.caption(language.text("Click an area to choose it, or use the box “Area” above."))
        one_area(subject)
    with right:
        controls.chart(subject.bars(), f"bars-{found.area}", codes)
    return by_value


def map_shows(subject: Subject) -> bool:
    """Whether the map shows classes of the value instead of the comparison with the city."""
    language = subject.language
    choices = {
        "comparison": language.text("Comparison with the city"),
        "value": language.text("Value in five classes"),
    }
    picked = st.radio(
        language.text("The map shows"),
        list(choices),
        format_func=choices.__getitem__,
        horizontal=True,
        key="map_shows",
    )
    return picked == "value"


def one_area(subject: Subject) -> None:
    """Sentence and time series of the chosen area, or of the whole city."""
    language, area = subject.language, subject.area
    if area is None:
        return
    st.header(formats.plain(words.area_label(area)) if subject.found.area else language.text("Whole city"))
    now = next((v for v in subject.over_time() if v.period_id == subject.found.period), None)
    if now is not None:
        parts.one_value(subject, now)
    spec = subject.series()
    if spec is None:
        st.caption(language.text("There are too few years with a value for a chart over time."))
    else:
        controls.chart(spec, "series")
