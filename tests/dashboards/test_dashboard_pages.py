"""Every page runs for every choice; what is hidden in the release is nowhere on it."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from opening import opened, texts
from subjects import subject

from dashboards import formats
from dashboards.locales import Language
from dashboards.release import Release


@pytest.mark.usefixtures("served")
@pytest.mark.parametrize("lang", ["de", "en"])
def test_overview_shows_the_city_in_figures(release: Release, lang: str) -> None:
    page = opened(lang=lang)
    assert not page.exception
    said = texts(page)
    for indicator in ("pop_total", "sgb2_quota"):
        s = subject(release, indicator, lang=lang, level="stadt")
        assert formats.quantity(s.values[0].value, s.indicator, s.language) in said
    assert ("Demodaten" if lang == "de" else "Demo data") in said


CHOICES = list(
    itertools.product(
        ("sgb2_quota", "pop_under_18_share", "childcare_u3_participation", "pop_total"),
        ("stadtteil", "stadtbezirk"),
        ("de", "en"),
    )
)


@pytest.mark.usefixtures("served")
@pytest.mark.parametrize(("indicator", "level", "lang"), CHOICES)
def test_analysis_shows_the_published_values(release: Release, indicator: str, level: str, lang: str) -> None:
    s = subject(release, indicator, lang=lang, level=level)
    value = next(v for v in s.values if v.value is not None)
    page = opened("analyse", indicator=indicator, area=value.area_id, lang=lang)
    assert not page.exception
    said = texts(page)
    assert formats.quantity(value.value, s.indicator, Language(lang)) in said
    assert formats.exact(value.numerator, Language(lang)) in said


@pytest.mark.usefixtures("served")
def test_area_with_an_institution_says_what_distorts_its_shares() -> None:
    assert "Wohnheime verzerren hier Anteile" in texts(opened("analyse", area="stadtteil-102"))
    assert "verzerren hier" not in texts(opened("analyse", area="stadtteil-101"))


@pytest.mark.usefixtures("served")
def test_hidden_area_says_why_and_what_to_do() -> None:
    said = texts(opened("analyse", area="stadtteil-103", indicator="sgb2_quota"))
    assert "Kein Wert: geheim gehalten. Wählen Sie die nächsthöhere Ebene" in said


@pytest.mark.usefixtures("served")
def test_unknown_codes_give_one_warning_and_a_page() -> None:
    page = opened("analyse", area="stadtteil-1010", indicator="sgb2_quote", year="1999", release="77")
    assert not page.exception
    warning = next(w.value for w in page.warning if "stadtteil-1010" in w.value)
    for part in ("stadtteil-101", "sgb2_quota", "1999", "77"):
        assert part in warning
    assert page.title[0].value


@pytest.mark.usefixtures("served")
@pytest.mark.parametrize(
    "code", ["<script>alert(1)</script>", "`x` ![i](http://elsewhere/i.png)", "'; drop table dim_area; --"]
)
def test_hostile_codes_are_shown_as_code_or_not_at_all(code: str) -> None:
    page = opened("analyse", area=code, indicator=code, year=code, compare=code, level=code, release=code)
    assert not page.exception
    assert all(w.value.count("`") % 2 == 0 for w in page.warning)


@pytest.mark.usefixtures("served")
def test_select_box_writes_its_code_into_the_address() -> None:
    page = opened("analyse", indicator="sgb2_quota", lang="de")
    page.selectbox(key="pick_area").select("stadtteil-101").run()
    assert page.query_params["area"] == "stadtteil-101"
    assert any(h.value.startswith("101 ") for h in page.header)


@pytest.mark.usefixtures("served")
def test_level_without_the_chosen_area_drops_the_area() -> None:
    page = opened("analyse", indicator="sgb2_quota", area="stadtteil-101", lang="de")
    page.selectbox(key="pick_level").select("stadtbezirk").run()
    assert (page.query_params["level"], "area" in page.query_params) == ("stadtbezirk", False)
    assert not page.warning or all("101" not in w.value for w in page.warning)


def test_no_release_is_a_sentence_and_not_a_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOZIALRAUM_HOME", str(tmp_path))
    page = opened()
    assert not page.exception
    assert "noch keine Veröffentlichung" in page.error[0].value
    assert str(tmp_path) not in page.error[0].value
