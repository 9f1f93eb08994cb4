"""The script of each session: page configuration, navigation and banner. Everything else lives in its own module."""

from __future__ import annotations

import streamlit as st

from dashboards import banner, controls
from dashboards.locales import Language
from dashboards.release import ReleaseUnavailable, store
from dashboards.selection import language_of
from dashboards.views import VIEWS, View


def show(view: View) -> None:
    release, problems = banner.shown_release(controls.address())
    found, unknown = controls.chosen(release)
    banner.above(release, found)
    controls.warnings([*problems, *unknown], Language(found.lang))
    view.render()(release, found)
    banner.below(release, found)


def main() -> None:
    language = Language(language_of(controls.address()))
    st.set_page_config(page_title="Sozialraum", layout="wide", initial_sidebar_state="collapsed")
    try:
        store().current()
    except ReleaseUnavailable as error:
        st.title("Sozialraum")
        st.error(language.text("There is no release to show yet. {reason}", reason=error))
        st.stop()
    pages = [
        st.Page(lambda view=view: show(view), title=language.text(view.title), url_path=view.path or None, default=not view.path) for view in VIEWS
    ]
    st.session_state["pages"] = dict(zip((view.path for view in VIEWS), pages, strict=True))
    st.navigation(pages, position="top").run()


main()
