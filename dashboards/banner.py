"""What frames each page: which release is shown, what must be known about it, and following new releases.

Lives here: release banner, demo label, footer, the fragment that looks at the pointer. Must not live
here: content of a page.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from contextlib import suppress

import streamlit as st

from dashboards import controls, formats, queries, selection, wording
from dashboards.locales import Language
from dashboards.release import Release, ReleaseUnavailable, store
from dashboards.selection import Problem, Selection

LOG = logging.getLogger(__name__)
# Seconds between two looks at the pointer of an open session; together with the lifetime of a look (0.5 s in
# release.py) a new release is seen within 5 s. A shorter time means more messages for every open browser.
LOOK_EVERY_S = 4


def shown_release(params: Mapping[str, str]) -> tuple[Release, list[Problem]]:
    """The release of this run: the pinned one of the address, else the current one."""
    current = store().current().release
    number = params.get("release")
    if number is None:
        return current, []
    pinned = store().pinned(int(number)) if number.isascii() and number.isdigit() else None
    if pinned is not None:
        return pinned, []
    known = tuple(str(n) for n in store().numbers())
    return current, [Problem("release", number, proposals=known, shown=str(current.number))]


def stop_without_release(language: Language) -> None:
    """End the run with a sentence while nothing can be shown."""
    try:
        store().current()
    except ReleaseUnavailable as error:
        LOG.error("no release to show: %s", error)
        st.title("Sozialraum")
        st.error(
            language.text(
                "There is no release to show yet. The office that runs this server finds the reason "
                "in its log."
            )
        )
        wait()
        st.stop()


@st.fragment(run_every=LOOK_EVERY_S)
def wait() -> None:
    """Run the page again as soon as a first release is there."""
    with suppress(ReleaseUnavailable):
        store().current()
        st.rerun()


@st.fragment(run_every=LOOK_EVERY_S)
def follow(number: int, problem: str | None) -> None:
    """Run the page again when the pointer names another release or can no longer be trusted."""
    now = store().current()
    if (now.release.number, now.problem) != (number, problem):
        st.rerun()


def above(release: Release, found: Selection) -> None:
    """Demo label, warnings about the release, language switch."""
    language = Language(found.lang)
    now = store().current()
    note = queries.release_note(release)
    city = queries.workspace(release)
    codes = selection.to_params(found, city.city_area_id)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        label = language.pick(city.demo_label_de, city.demo_label_en)
        badge = f" · **{formats.plain(label)}**" if city.is_demo and label else ""
        st.markdown(
            f"**{formats.plain(language.pick(city.name_de, city.name_en))}** · "
            f"{wording.released(queries.release_note(release), language)}{badge}"
        )
        controls.language_switch(found, codes)
    if now.problem:
        st.error(
            language.text(
                "Data cannot be verified. Release {n} stays on display; the office for statistics "
                "has to check the newer one.",
                n=release.number,
            )
        )
    if release.number != now.release.number:
        st.info(
            language.text(
                "You see release {n}. The current one is release {current}.",
                n=release.number,
                current=now.release.number,
            )
        )
        st.button(
            language.text("Show the current release"), on_click=controls.go, args=(codes | {"release": ""},)
        )
    if note.is_not_for_publication:
        said = language.pick(note.disclosure_note_de, note.disclosure_note_en) or ""
        st.warning(language.text("Not for publication. {note}", note=formats.plain(said)))
    follow(now.release.number, now.problem)


def below(release: Release, found: Selection) -> None:
    """Contact and version."""
    language = Language(found.lang)
    city = queries.workspace(release)
    note = queries.release_note(release)
    parts = [
        language.text("Contact: {office}", office=formats.plain(city.contact_office))
        if city.contact_office
        else "",
        language.text("Feedback: {address}", address=formats.plain(city.feedback_address))
        if city.feedback_address
        else "",
        f"Sozialraum {note.product_version}",
    ]
    st.divider()
    st.caption(" · ".join(part for part in parts if part))
