"""Opening a page of the dashboards without a browser, and reading what stands on it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs

from streamlit.testing.v1 import AppTest

APP = Path(__file__).resolve().parents[2] / "dashboards" / "app.py"
# The page that is asked for is the default page: the test harness cannot ask for another address.
SCRIPT = """
from functools import partial
import streamlit as st
from dashboards import app, controls
from dashboards.views import VIEWS
pages = {{
    view.path: st.Page(
        partial(app.show, view), title=view.title, url_path=view.path or "home", default=view.path == "{path}"
    )
    for view in VIEWS
}}
controls.remember(pages)
st.navigation(list(pages.values())).run()
"""


def opened(path: str | None = None, **codes: str) -> AppTest:
    """A page after its first run with the codes of its address; without a path, the start page of the app."""
    if path is None:
        test = AppTest.from_file(str(APP), default_timeout=60)
    else:
        test = AppTest.from_string(SCRIPT.format(path=path), default_timeout=60)
    for key, code in codes.items():
        test.query_params[key] = code
    return test.run()


def texts(test: AppTest) -> str:
    """All words and numbers of a page that the test harness sees."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "warning", "info", "error", "code")
    found = [str(element.value) for kind in kinds for element in test.get(kind)]
    found += [f"{m.label} {m.value}" for m in test.metric] + [label for label, _ in linked(test)]
    return "\n".join([*found, *(t.value.to_string() for t in test.table)]).replace("\\", "")


def linked(test: AppTest) -> list[tuple[str, dict[str, str]]]:
    """Label and codes of each link between pages."""
    protos = [element.proto for element in test.get("page_link")]
    return [(p.label.replace("\\", ""), codes(p.query_string)) for p in protos]


def codes(query: str) -> dict[str, str]:
    """The codes of a query."""
    return {key: values[0] for key, values in parse_qs(query).items()}
