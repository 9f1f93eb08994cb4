"""The pages as readers meet them: deep links, languages, Back, clicks, accessibility, no foreign host."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import duckdb
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from serving import Server, said, serving, settled
from small_city import City, publish

# An open page looks every 4 s, so it follows within 5 s; the bar is 10 s, and a busy machine needs the
# difference.
FOLLOW_LIMIT_MS = 10_000


def published(home: Path, release: int, indicator: str, area: str, year: int) -> float:
    """A value as the release holds it, read without the dashboards."""
    with duckdb.connect(str(home / f"releases/{release:06d}/public.duckdb"), read_only=True) as connection:
        row = connection.execute(
            "select value from fct_indicator_value where indicator_id = ? and area_id = ? and year = ?",
            [indicator, area, year],
        ).fetchone()
    assert row is not None
    return float(row[0])


def codes(page: Page) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlparse(page.url).query).items()}


def german(value: float) -> str:
    return f"{value:.1f}".replace(".", ",") + " %"


def test_deep_link_is_the_first_request_and_shows_the_value_of_the_release(
    tmp_path: Path, page: Page
) -> None:
    home = publish(tmp_path / "home", City())
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("websocket", lambda socket: requests.append(socket.url))
    with serving(home, tmp_path) as fresh:
        page.goto(f"{fresh.url}/analyse?area=stadtteil-201&indicator=sgb2_quota&year=2022")
        settled(page, charts=3)
        value = published(home, 1, "sgb2_quota", "stadtteil-201", 2022)
        assert german(value) in said(page)
        assert page.locator("h2", has_text="201 ").count() == 1
        hosts = {urlparse(url).netloc for url in requests if not url.startswith(("data:", "blob:"))}
        assert hosts == {urlparse(fresh.url).netloc}
        assert len(requests) > 20


@pytest.mark.parametrize("width", [1366, 390])
@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize(
    ("path", "charts"),
    [("/", 0), ("/analyse", 3), ("/bestand", 4), ("/ziele", 2), ("/bedarfe", 2), ("/evaluation", 2)],
)
def test_no_accessibility_violation(
    page: Page, server: Server, path: str, charts: int, lang: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{server.url}{path}?lang={lang}&indicator=sgb2_quota&area=stadtteil-101")
    settled(page, charts)
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found] == []
    assert page.evaluate("document.documentElement.lang") == lang


def test_language_switch_changes_words_numbers_and_the_document(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/analyse?area=stadtteil-101&indicator=sgb2_quota&year=2023&lang=de")
    settled(page, charts=3)
    value = published(server.home, 1, "sgb2_quota", "stadtteil-101", 2023)
    assert german(value) in said(page)
    page.get_by_role("radio", name="English").or_(page.get_by_role("button", name="English")).first.click()
    page.wait_for_function("document.documentElement.lang === 'en'")
    page.get_by_role("heading", name="How is this calculated?").wait_for()
    settled(page, charts=3)
    assert f"{value:.1f}%" in said(page)
    assert "Wie wird das berechnet" not in said(page)
    assert codes(page) | {"lang": "en", "area": "stadtteil-101", "year": "2023"} == codes(page)


def test_german_page_holds_no_english_labels_of_the_framework(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/analyse?indicator=sgb2_quota")
    settled(page, charts=3)
    labels = page.evaluate(
        """() => [...document.querySelectorAll('[aria-label], [title], [placeholder]')].flatMap(
            e => ['aria-label', 'title', 'placeholder'].map(a => e.getAttribute(a)).filter(Boolean))"""
    )
    english = re.compile(
        r"\b(the|open|close|copy|download|select|show|link to|skip|choose|view|legend|axis)\b", re.I
    )
    assert [label for label in labels if english.search(label)] == []
    assert "Skip to" not in said(page)


def test_back_returns_to_the_choice_before(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/analyse?area=stadtteil-101&indicator=sgb2_quota&lang=de")
    settled(page, charts=3)
    page.get_by_role("combobox", name="Gebiet", exact=True).click()
    page.get_by_role("option", name=re.compile(r"^202 ")).click()
    page.locator("h2", has_text="202 ").wait_for()
    assert codes(page)["area"] == "stadtteil-202"
    page.go_back()
    page.locator("h2", has_text="101 ").wait_for()
    assert codes(page)["area"] == "stadtteil-101"


def test_page_switch_keeps_the_choice_and_back_leaves_the_page_at_once(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/analyse?area=stadtteil-202&indicator=sgb2_quota&year=2021&lang=de")
    settled(page, charts=3)
    page.get_by_role("link", name="Überblick").click()
    page.get_by_role("heading", name=re.compile("^Überblick")).wait_for()
    page.wait_for_function("location.search.includes('stadtteil-202')")
    page.go_back()
    page.locator("h2", has_text="202 ").wait_for()
    assert codes(page)["year"] == "2021"
    page.get_by_role("link", name="Überblick").click()
    page.get_by_role("heading", name=re.compile("^Überblick")).wait_for()
    page.get_by_role("link", name="1 Analyse").click()
    page.locator("h2", has_text="202 ").wait_for()
    assert (codes(page)["area"], codes(page)["year"]) == ("stadtteil-202", "2021")


def test_empty_address_is_completed_without_a_trap_for_back(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/healthz")
    page.goto(f"{server.url}/analyse")
    settled(page, charts=3)
    page.wait_for_function("location.search.includes('indicator=')")
    page.go_back()
    page.wait_for_url(f"{server.url}/healthz")


def test_click_on_the_map_chooses_an_area_like_the_box_beside_it(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/analyse?indicator=pop_under_18_share&lang=de")
    settled(page, charts=3)
    page.locator(".vega-embed").first.locator("path[fill='#b9a5d6' i], path[fill='#8fcbbf' i]").first.click()
    page.wait_for_function("new URLSearchParams(location.search).get('area')?.startsWith('stadtteil-')")
    chosen = codes(page)["area"].removeprefix("stadtteil-")
    page.locator("h2", has_text=f"{chosen} ").wait_for()
    box = page.get_by_role("combobox", name="Gebiet", exact=True)
    assert chosen in str(box.get_attribute("value")) + said(page)


def test_unknown_codes_give_proposals_and_a_page(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/analyse?area=stadtteil-1010&indicator=sgb2_quote&year=1999&lang=de")
    settled(page, charts=3)
    text = said(page)
    for part in ("stadtteil-1010 ist nicht bekannt", "stadtteil-101", "sgb2_quota", "1999"):
        assert part in text
    assert "Traceback" not in text


def test_hidden_values_are_nowhere_in_page_or_messages(page: Page, server: Server) -> None:
    frames: list[bytes] = []
    page.on("websocket", lambda ws: ws.on("framereceived", lambda data: frames.append(_bytes(data))))
    page.goto(f"{server.url}/analyse?area=stadtteil-103&indicator=sgb2_quota&lang=de")
    settled(page, charts=2)
    assert "geheim gehalten" in said(page)
    rows = [m for f in frames for m in re.findall(rb'"area_id": ?"stadtteil-103"[^{}]*', f)]
    assert rows
    for row in rows:
        assert b'"value": null' in row or b'"value":null' in row


def _bytes(data: bytes | str) -> bytes:
    return data.encode() if isinstance(data, str) else data


def test_downloads_carry_the_published_numbers(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/analyse?area=stadtteil-101&indicator=sgb2_quota&year=2024&lang=de")
    settled(page, charts=3)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Tabelle als CSV").click()
    data = Path(waiting.value.path()).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    value = published(server.home, 1, "sgb2_quota", "stadtteil-101", 2024)
    assert repr(value).replace(".", ",") in data.decode("utf-8-sig")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Rangfolge als PNG").click()
    assert Path(waiting.value.path()).read_bytes().startswith(b"\x89PNG")


def test_open_page_follows_a_new_release_and_refuses_a_damaged_one(tmp_path: Path, page: Page) -> None:
    home = publish(tmp_path / "home", City())
    publish(tmp_path / "next", City(drift=0.06), release=3)
    with serving(home, tmp_path) as running:
        page.goto(f"{running.url}/analyse?area=stadtteil-101&indicator=sgb2_quota&year=2024&lang=de")
        settled(page, charts=3)
        publish(home, City(drift=0.03), release=2)
        page.get_by_text("Veröffentlichung 2 vom").first.wait_for(timeout=FOLLOW_LIMIT_MS)
        settled(page, charts=3)
        assert german(published(home, 2, "sgb2_quota", "stadtteil-101", 2024)) in said(page)

        damaged = tmp_path / "next/releases/000003"
        (damaged / "public.duckdb").write_bytes((damaged / "public.duckdb").read_bytes()[:-1])
        damaged.rename(home / "releases/000003")
        (tmp_path / "next/current.json").replace(home / "current.json")
        page.get_by_text("Datenstand nicht verifizierbar").wait_for(timeout=FOLLOW_LIMIT_MS)
        assert german(published(home, 2, "sgb2_quota", "stadtteil-101", 2024)) in said(page)

        page.goto(f"{running.url}/analyse?area=stadtteil-101&indicator=sgb2_quota&year=2024&release=1")
        page.get_by_text("Sie sehen Veröffentlichung 1.").wait_for()
        settled(page, charts=3)
        assert german(published(home, 1, "sgb2_quota", "stadtteil-101", 2024)) in said(page)


def test_server_answers_within_four_seconds(server: Server) -> None:
    # Measured 2-3 s on two idle cores; 4 s is the promise, the rest is for a machine that does other things
    # too.
    assert server.seconds < 8
