"""The script of each session: page configuration, navigation, and one page between its banners."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboards import banner, controls
from dashboards.locales import Language
from dashboards.selection import language_of
from dashboards.views import VIEWS, View


def show(view: View) -> None:
    release, problems = banner.shown_release(controls.address())
    found, unknown = controls.chosen(release, by_indicator=view.by_indicator)
    banner.above(release, found)
    controls.warnings([*problems, *unknown], Language(found.lang))
    view.render()(release, found)
    banner.below(release, found)


def main() -> None:
    language = Language(language_of(controls.address()))
    st.set_page_config(page_title="Sozialraum", layout="wide", initial_sidebar_state="collapsed")
    banner.stop_without_release(language)
    pages = {
        view.path: st.Page(
            partial(show, view), title=language.text(view.title), url_path=view.path, default=not view.path
        )
        for view in VIEWS
    }
    controls.remember(pages)
    st.navigation(list(pages.values()), position="top").run()


if __name__ == "__main__":
    main()
