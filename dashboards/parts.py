"""Sections that pages share: "Wie wird das berechnet?", "Nutzen und teilen", and what stands where there is
nothing.

Lives here: what a section shows of a Subject. Must not live here: marks, SQL, number formats.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from urllib.parse import urlencode

import streamlit as st

from dashboards import delivered, formats, queries, reasons, selection, tables, wording, words
from dashboards.frame import MissingMetadata, Spec
from dashboards.locales import Language
from dashboards.pictures import Subject
from dashboards.records import Indicator, Level, Value

# Width of downloaded images in px; at scale 2 a PNG fills the column of a paper (A4, 200 dpi).
IMAGE_PX = 620
ROWS_PER_PAGE = 20
IMAGES = {"png": "image/png", "svg": "image/svg+xml"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def lead(sentence: str, reservations: str = "") -> None:
    """The sentence a page begins with, larger than the text below it, and what limits it."""
    with st.container(key="lead"):
        st.markdown(sentence)
    if reservations:
        st.caption(reservations)


def one_value(subject: Subject, value: Value) -> None:
    """The sentence on one area's value, and who lives there and distorts it."""
    st.markdown(wording.place(value, subject.indicator, subject.language))
    institutions = queries.special_populations(subject.release, value.area_id, value.year)
    for sentence in reasons.distorted(institutions, subject.language):
        st.caption(sentence)


def table(subject: Subject) -> None:
    """All areas of the level as a real table, in pages of 20 or complete."""
    language = subject.language
    st.header(language.text("Table"))
    rows = tables.value_table(subject.values, subject.indicator, language)
    paged(rows, (0, 2, 3, 5, 6), language, "table_rows")


def paged(rows: list[dict[str, str]], right: tuple[int, ...], language: Language, key: str) -> None:
    """A real table in pages of 20 or complete; `right` are the positions of right-aligned columns."""
    choices = pages_of(len(rows), language)
    every = next(iter(choices))
    picked = (
        st.selectbox(language.text("Rows"), list(choices), key=key, width=220) if len(choices) > 1 else every
    )
    st.table(tables.aligned(rows[choices.get(picked or every, slice(None))], right=right), hide_index=True)


def pages_of(n_rows: int, language: Language) -> dict[str, slice]:
    """Pages of a table by their label; all rows come last, or alone where one page holds them."""
    starts = range(0, n_rows, ROWS_PER_PAGE) if n_rows > ROWS_PER_PAGE else range(0)
    pages = {
        words.rows_from_to(start, min(start + ROWS_PER_PAGE, n_rows)): slice(start, start + ROWS_PER_PAGE)
        for start in starts
    }
    return pages | {language.text("all"): slice(None)}


def calculation(subject: Subject, value: Value | None) -> None:
    """The section "Wie wird das berechnet?", the formula filled with the published counts of one area."""
    language, indicator, meta = subject.language, subject.indicator, subject.meta()
    st.header(language.text("How is this calculated?"))
    if meta.definition:
        st.markdown(formats.plain(meta.definition))
    if value is not None:
        filled = (
            wording.calculation(value, indicator, language)
            if value.value is not None
            else wording.place(value, indicator, language)
        )
        st.markdown(f"**{formats.plain(words.area_label(value))}**, {value.period_id}: {filled}")
        delivered.of_indicator(subject.release, indicator, value.area_id, value.period_id, language)
    caveats = language.pick(indicator.caveats_de, indicator.caveats_en)
    if caveats:
        st.markdown(f"{language.text('Please note:')} {formats.plain(caveats)}")
    for sentence in wording.method(indicator, language):
        st.markdown(sentence)
    st.caption(
        " · ".join(
            formats.plain(f"{label}: {text}")
            for label, text in (
                (language.text("Source"), meta.source),
                (language.text("Licence"), meta.licence),
                (language.text("Data as of"), meta.as_of),
            )
            if text
        )
    )


def share(subject: Subject, images: dict[str, Spec]) -> None:
    """The section "Nutzen und teilen" of an indicator."""
    found = subject.found
    rows = tables.export_rows(subject.values, subject.indicator, subject.meta(), subject.language)
    name = "_".join((found.indicator, found.level, subject.summary.period_id))
    codes = selection.to_params(found, subject.offered.city_area_id) | {
        "release": str(subject.release.number)
    }
    offer(rows, images, name, f"/analyse?{urlencode(codes)}", subject.language)


def offer(
    rows: list[dict[str, tables.Cell]], images: dict[str, Spec], name: str, address: str, language: Language
) -> None:
    """CSV, XLSX, each image as PNG and SVG, and the address with all codes.

    `images` are specifications of fixed width by their name; a file is made when a reader asks for it.
    """
    text, name = language.text, name.replace("/", "-")
    st.header(text("Use and share"))
    with st.container(horizontal=True):
        _download(text("Table as CSV"), partial(tables.csv_bytes, rows), f"{name}.csv", "text/csv")
        _download(text("Table as XLSX"), partial(tables.xlsx_bytes, rows, name), f"{name}.xlsx", XLSX)
        for label, spec in images.items():
            for kind, mime in IMAGES.items():
                image = partial(tables.image_bytes, spec, kind)
                label_of = text("{chart} as {kind}", chart=label, kind=kind.upper())
                _download(label_of, image, f"{name}_{label}.{kind}", mime)
    st.markdown(text("Address of this view with its release, for papers and minutes:"))
    st.code(address, language=None, wrap_lines=True)


def _download(label: str, make: Callable[[], bytes], file_name: str, mime: str) -> None:
    st.download_button(label, data=make, file_name=file_name, mime=mime, on_click="ignore")


def not_drawn(error: MissingMetadata, language: Language) -> None:
    """Say why a chart is not drawn."""
    st.error(
        language.text(
            "This chart is not shown because the release does not say where its figures come from: {detail}.",
            detail=formats.plain(str(error)),
        )
    )


def nothing(indicator: Indicator, level: Level, language: Language) -> None:
    """The empty state: why there is nothing and what to do."""
    st.info(
        language.text(
            "The release has no values of “{indicator}” for {areas}: nothing was delivered for this level. "
            "Choose another level or indicator above.",
            indicator=formats.plain(words.name(indicator, language)),
            areas=formats.plain(words.plural_of(level, language)),
        )
    )


def city_value(subject: Subject) -> Value | None:
    """The whole city's value in the chosen period."""
    rows = queries.series(subject.release, subject.indicator.indicator_id, subject.offered.city_area_id)
    return next((v for v in rows if v.period_id == subject.summary.period_id), None)
