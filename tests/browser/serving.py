"""Starting a server and waiting for a page, for the tests that look at the pages as readers do."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
START_LIMIT_S = 30.0


def chromium() -> str | None:
    """Chromium from PATH; None lets Playwright use its own."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


class Server:
    """A running server: its address, and the seconds until /healthz answered."""

    def __init__(self, url: str, seconds: float, home: Path) -> None:
        self.url, self.seconds, self.home = url, seconds, home


@contextmanager
def serving(home: Path, cwd: Path) -> Iterator[Server]:
    """Start `python -m dashboards` on a home from a foreign working directory and stop it again."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "SOZIALRAUM_HOME": str(home), "PYTHONPATH": str(ROOT)}
    log = (cwd / "server.log").open("wb")
    started = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "dashboards", "--port", str(port)],
        cwd=cwd,
        env=environment,
        stdout=log,
        stderr=log,
    )
    try:
        url = f"http://127.0.0.1:{port}"
        while not _healthy(url):
            if process.poll() is not None or time.monotonic() - started > START_LIMIT_S:
                pytest.fail(f"the server did not start: {(cwd / 'server.log').read_text()[-2000:]}")
            time.sleep(0.05)
        yield Server(url, time.monotonic() - started, home)
    finally:
        process.terminate()
        process.wait(timeout=10)
        log.close()


def _healthy(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=5) as answer:  # noqa: S310 - our own server
            return bool(answer.status == 200)
    except OSError:
        return False


def settled(page: Page, charts: int = 0) -> None:
    """Wait until the page has its heading, its charts and nothing left to run."""
    page.wait_for_selector("h1", timeout=20_000)
    page.wait_for_function(
        """n => document.querySelectorAll('.vega-embed svg').length >= n
            && !document.querySelector('[data-testid="stApp"]')?.matches('[data-test-script-state="running"]')
            && !document.querySelector('[data-stale="true"]')""",
        arg=charts,
        timeout=20_000,
    )


def said(page: Page) -> str:
    """All text of the page as readers see it, with ordinary spaces."""
    text: Any = page.evaluate("document.body.innerText")
    return str(text).replace("\u00a0", " ")
