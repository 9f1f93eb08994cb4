"""A server and a browser for the tests that look at the pages as readers do."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from serving import ARGUMENTS, ROOT, Server, chromium, serving

sys.path.insert(0, str(ROOT / "tests" / "dashboards"))  # the invented city lives beside the other tests

from small_city import City, publish


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield found
        found.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on release 1 of the invented city, for tests that change nothing."""
    folder = tmp_path_factory.mktemp("server")
    publish(folder / "home", City())
    with serving(folder / "home", folder) as running:
        yield running


@pytest.fixture(scope="session")
def window(browser: Browser) -> Iterator[BrowserContext]:
    """One German browser for all tests, so that scripts and fonts are loaded once."""
    context = browser.new_context(viewport={"width": 1366, "height": 900}, locale="de-DE")
    yield context
    context.close()


@pytest.fixture
def page(window: BrowserContext) -> Iterator[Page]:
    """A fresh page of a laptop."""
    found = window.new_page()
    yield found
    found.close()
