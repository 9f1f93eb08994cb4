"""A planner walks the whole cycle by links alone, and from any number to the delivered file and row."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import duckdb
import pytest
from playwright.sync_api import Page
from serving import Server, said, settled

# Kind and id of each step as the links name them, and where the reader then is.
STEPS = [
    ("Befund F-1", "/analyse"),
    ("Herausforderung H-1", "/ziele"),
    ("Ziel Z-1.1", "/ziele"),
    ("Strategie S-1", "/ziele"),
    ("Ziel Z-1.1", "/ziele"),
    ("Zielwert T-1", "/ziele"),
    ("Bedarf BD-1", "/bedarfe"),
    ("Rechnerische Lücke Kindertagesbetreuung", "/bedarfe"),
    ("Bedarf BD-1", "/bedarfe"),
    ("Maßnahme M-1", "/bedarfe"),
    ("Evaluation E-1", "/evaluation"),
    ("Befund EF-1", "/evaluation"),
    ("Folgeschritt FS-1", "/evaluation"),
    ("Herausforderung H-2", "/ziele"),
]
FIGURE = "Kennzahl SGB-II-Quote"


def published(home: Path, sql: str) -> Any:
    """A value as the release holds it, read without the dashboards."""
    with duckdb.connect(str(home / "releases/000001/public.duckdb"), read_only=True) as connection:
        row = connection.execute(sql).fetchone()
    assert row is not None
    return row[0]


def follow(page: Page, label: str, path: str) -> None:
    """Click the first link of that name and wait for the page it leads to."""
    link = page.get_by_role("link", name=re.compile(f"^{re.escape(label)}\\b")).first
    address = str(link.get_attribute("href"))
    wanted = re.search(r"item=([^&]+)", address)
    link.click()
    page.wait_for_url(re.compile(re.escape(path) + r"\?"), timeout=20_000)
    if wanted:
        page.wait_for_function(f"location.search.includes('item={wanted.group(1)}')", timeout=20_000)
    settled(page)
    page.get_by_role("heading", name="Woher kommt das, was folgt daraus?").first.wait_for(timeout=20_000)


def test_thread_is_walked_forward_and_back_by_links_alone(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/analyse?area=stadtteil-101&indicator=sgb2_quota&year=2021&lang=de")
    settled(page, charts=3)
    for label, path in STEPS:
        follow(page, label, path)
    assert "Beratung erreicht Alleinerziehende nicht" in said(page)
    for label, path in reversed(STEPS[:-1]):
        follow(page, label, path)
    follow(page, FIGURE, "/analyse")
    value = published(
        server.home,
        "select value from fct_indicator_value where indicator_id = 'sgb2_quota' and year = 2021 "
        "and area_id = 'stadtteil-101'",
    )
    assert f"{value:.1f}".replace(".", ",") + " %" in said(page)


@pytest.mark.parametrize(
    ("address", "clicks", "file", "row"),
    [
        ("/analyse?area=stadtteil-101&indicator=sgb2_quota&year=2021", [], "register_2024.csv", "50"),
        ("/ziele?item=T-1", [], "register_2024.csv", "86"),
        ("/bestand?area=stadtteil-101", [], "kitas_2024.csv", "102"),
        ("/bedarfe?area=stadtteil-101", ["Angebote mit Datei und Zeile ansehen"], "kitas_2024.csv", "102"),
        ("/bedarfe?item=BD-1", ["Angebote mit Datei und Zeile ansehen"], "kitas_2024.csv", "102"),
        ("/evaluation", [], "register_2024.csv", "86"),
    ],
)
def test_delivered_file_and_row_are_at_most_three_clicks_away(
    page: Page, server: Server, address: str, clicks: list[str], file: str, row: str
) -> None:
    page.goto(f"{server.url}{address}{'&' if '?' in address else '?'}lang=de")
    settled(page)
    assert len(clicks) <= 3
    for label in clicks:
        page.get_by_role("link", name=label).first.click()
        settled(page)
    cells = page.get_by_role("row").filter(has_text=file).first
    cells.wait_for(timeout=20_000)
    assert cells.get_by_role("cell", name=row, exact=True).count() == 1


def test_page_switch_keeps_entry_and_area(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/ziele?item=T-1&area=stadtteil-101&indicator=sgb2_quota&lang=de")
    settled(page, charts=2)
    page.get_by_role("link", name="6 Evaluation").click()
    page.wait_for_url(re.compile("/evaluation"))
    page.get_by_role("heading", name=re.compile("^E-1 ")).wait_for(timeout=20_000)
    page.wait_for_function("location.search.includes('item=T-1')")
    page.go_back()
    page.get_by_role("heading", name=re.compile("^Zielwert T-1 ")).wait_for(timeout=20_000)


def test_link_to_the_same_page_is_in_the_address_and_back_returns(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/ziele?item=Z-1.1&lang=de")
    settled(page, charts=2)
    follow(page, "Strategie S-1", "/ziele")
    assert "item=S-1" in page.url
    page.go_back()
    page.get_by_role("heading", name=re.compile("^Ziel Z-1.1 ")).wait_for(timeout=20_000)
    assert "item=Z-1.1" in page.url


def test_figures_of_the_evaluation_equal_the_frozen_ones(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/evaluation?item=E-1&lang=de")
    settled(page, charts=2)
    text = said(page)
    for column in ("value", "current_value", "path_value"):
        value = published(
            server.home, f"select {column} from fct_evaluation_point where outcome_id = 'O-1' and year = 2023"
        )
        assert f"{value:.1f}".replace(".", ",") + " %" in text
    assert "Der Wert hat sich seit Veröffentlichung 1 geändert (2023)." in text


def test_german_cycle_pages_hold_no_english_labels(page: Page, server: Server) -> None:
    english = re.compile(
        r"\b(the|open|close|copy|download|select|show|link to|skip|choose|view|legend)\b", re.I
    )
    for path in ("bestand", "ziele", "bedarfe", "evaluation"):
        page.goto(f"{server.url}/{path}?lang=de")
        settled(page, charts=2)
        labels = page.evaluate(
            """() => [...document.querySelectorAll('[aria-label], [title], [placeholder]')].flatMap(
                e => ['aria-label', 'title', 'placeholder'].map(a => e.getAttribute(a)).filter(Boolean))"""
        )
        assert [label for label in labels if english.search(label)] == []
