"""The story of the demo city, built by the real command line: a planner walks it by links alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from command_line import City, opened
from playwright.sync_api import Page
from serving import Server, said, serving, settled
from test_thread_in_browser import follow

FINDING = "Befund F-2021-01"
STEPS = [
    ("Herausforderung H-2021-01", "/ziele"),
    ("Ziel Z-2022-02", "/ziele"),
    ("Strategie S-2022-01", "/ziele"),
    ("Ziel Z-2022-02", "/ziele"),
    ("Zielwert ZW-2022-01", "/ziele"),
    ("Ziel Z-2022-02", "/ziele"),
    ("Bedarf B-2023-01", "/bedarfe"),
    ("Rechnerische Lücke Kindertageseinrichtungen", "/bedarfe"),
    ("Bedarf B-2023-01", "/bedarfe"),
    ("Maßnahme M-2023-01", "/bedarfe"),
    ("Evaluation E-2025-01", "/evaluation"),
    ("Befund EF-2025-01", "/evaluation"),
    ("Folgeschritt FM-2025-01", "/evaluation"),
    ("Herausforderung H-2025-01", "/ziele"),
]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, small_city: City) -> Iterator[Server]:
    """A server for planners on the release of the small city."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SOZIALRAUM_AUDIENCE", "internal")
        with serving(small_city.home, tmp_path_factory.mktemp("demo_server")) as running:
            yield running


def released(city: City, sql: str) -> list[tuple[Any, ...]]:
    """What the release says, read without the dashboards."""
    with opened(city.home, "internal") as connection:
        rows: list[tuple[Any, ...]] = connection.execute(sql).fetchall()
    return rows


def german(value: float, decimals: int = 1) -> str:
    return f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


def test_planner_walks_from_the_finding_to_the_next_cycle_and_back(
    page: Page, demo: Server, small_city: City
) -> None:
    ((indicator, area, period),) = released(
        small_city, "select indicator_id, area_id, period_id from dim_finding where finding_id = 'F-2021-01'"
    )
    page.goto(f"{demo.url}/analyse?indicator={indicator}&area={area}&year={period}&lang=de")
    settled(page, charts=3)
    for label, path in [(FINDING, "/analyse"), *STEPS]:
        follow(page, label, path)
    for label, path in reversed([(FINDING, "/analyse"), *STEPS[:-1]]):
        follow(page, label, path)


def test_figures_on_the_way_equal_the_release(page: Page, demo: Server, small_city: City) -> None:
    targets = released(
        small_city,
        "select actual_value, path_value from fct_target_attainment"
        " where actual_value is not null and target_id = 'ZW-2022-01'",
    )
    page.goto(f"{demo.url}/ziele?item=ZW-2022-01&lang=de")
    page.get_by_role("columnheader", name="Zielpfad").first.wait_for(timeout=20_000)
    settled(page, charts=2)
    text = said(page).replace("\u202f", " ")
    for value in (value for row in targets for value in row):
        assert f"{german(value)} %" in text, value
    ((area, supply, gap, coverage),) = released(
        small_city,
        "select g.area_id, g.supply, g.gap, g.coverage from fct_need_gap g join dim_need n"
        " on n.area_id = g.area_id and n.service_type = g.service_type and n.target_group = g.target_group"
        " where n.need_id = 'B-2023-01'",
    )
    page.goto(f"{demo.url}/bedarfe?service=childcare_centre&area={area}&lang=de")
    page.get_by_role("columnheader", name="Feld").first.wait_for(timeout=20_000)
    settled(page, charts=2)
    text = said(page).replace("\u202f", " ")
    assert german(gap) in text
    assert german(supply, 0) in text
    assert f"{german(100 * coverage)} %" in text


@pytest.mark.parametrize("path", ["bestand", "ziele", "bedarfe", "evaluation"])
def test_page_of_the_cycle_is_kept_as_a_picture(page: Page, demo: Server, path: str, tmp_path: Path) -> None:
    page.goto(f"{demo.url}/{path}?lang=de")
    settled(page, charts=1)
    picture = page.screenshot(path=tmp_path / f"{path}.png", full_page=True)
    assert len(picture) > 20_000
    assert not re.search(r"Traceback|\bnan\b|\bNone\b", said(page))
