"""The pages of the planning cycle in both languages and all states: figures and words of the release."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from opening import linked, opened, texts
from small_city import City, publish

from dashboards import formats, queries
from dashboards import release as releases
from dashboards.locales import Language
from dashboards.release import Release

PAGES = ("bestand", "ziele", "bedarfe", "evaluation")
CHOICES = list(itertools.product(PAGES, ("de", "en")))
ENGLISH = re.compile(
    r"\b(the|and|with|without|goal|need|wish|target|stock|release|row|decided|adopted)\b", re.I
)


@pytest.fixture
def without_register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A server on a city that keeps no register: the tables are there and empty."""
    home = publish(tmp_path / "home", City(with_register=False))
    monkeypatch.setenv("SOZIALRAUM_HOME", str(home))
    releases._store.cache_clear()
    yield home
    releases._store.cache_clear()


@pytest.fixture
def before_register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A server on a release of a product that did not know the register: the tables are not there."""
    home = publish(tmp_path / "home", City(with_register=False, knows_register=False))
    monkeypatch.setenv("SOZIALRAUM_HOME", str(home))
    releases._store.cache_clear()
    yield home
    releases._store.cache_clear()


def published(home: Path, sql: str, *values: Any) -> Any:
    """What the release holds, read without the dashboards."""
    with duckdb.connect(str(home / "releases/000001/public.duckdb"), read_only=True) as connection:
        row = connection.execute(sql, list(values)).fetchone()
    assert row is not None
    return row[0]


@pytest.mark.usefixtures("served")
@pytest.mark.parametrize(("path", "lang"), CHOICES)
def test_each_page_begins_with_a_sentence_and_ends_with_sharing(path: str, lang: str) -> None:
    page = opened(path, lang=lang)
    assert not page.exception
    headings = [h.value for h in page.header]
    words = {
        "de": ("Wie wird das berechnet?", "Nutzen und teilen"),
        "en": ("How is this calculated?", "Use and share"),
    }
    assert set(words[lang]) <= set(headings)
    assert page.table
    assert re.search(r"\*\*\d", page.markdown[1].value) or path == "evaluation"


@pytest.mark.usefixtures("served")
@pytest.mark.parametrize("path", PAGES)
def test_german_pages_hold_no_english_sentence(path: str) -> None:
    page = opened(path, lang="de")
    found = [
        line for line in texts(page).splitlines() if len(ENGLISH.findall(line)) > 1 and "?" not in line[:12]
    ]
    assert found == []


@pytest.mark.usefixtures("without_register")
@pytest.mark.parametrize(("path", "lang"), CHOICES)
def test_city_without_a_register_gets_a_reason_and_a_next_step(path: str, lang: str) -> None:
    page = opened(path, lang=lang)
    assert not page.exception
    assert page.info
    said = texts(page)
    assert "planning/" in said or "extracts/" in said


@pytest.mark.usefixtures("before_register")
@pytest.mark.parametrize("path", [*PAGES, "analyse"])
def test_release_older_than_the_register_is_a_sentence_and_not_a_traceback(path: str) -> None:
    page = opened(path, lang="de")
    assert not page.exception
    if path != "analyse":
        assert "älter als das Planungsregister" in page.info[0].value


@pytest.mark.parametrize("lang", ["de", "en"])
def test_target_shows_the_published_values_path_and_status(served: Path, release: Release, lang: str) -> None:
    said = texts(opened("ziele", item="T-1", lang=lang))
    language = Language(lang)
    indicator = next(i for i in queries.indicators(release) if i.indicator_id == "sgb2_quota")
    for column in ("actual_value", "path_value", "target_value"):
        value = published(
            served, f"select {column} from fct_target_attainment where target_id = 'T-1' and is_latest"
        )
        assert formats.quantity(value, indicator, language) in said
    status = {"de": "◐ Beschleunigung nötig (unsicher)", "en": "◐ acceleration needed (uncertain)"}
    assert status[lang] in said


@pytest.mark.usefixtures("served")
def test_target_says_its_type_its_rule_of_progress_and_its_forecast_in_german() -> None:
    said = texts(opened("ziele", item="T-1", lang="de"))
    assert "Art des Ziels: einen Wert erreichen" in said
    assert "Maßstab des Fortschritts: gleiche Schritte jedes Jahr (linear)" in said
    plan = next(t.value for t in opened("evaluation", lang="de").table if "Art des Ziels" in t.value.columns)
    assert set(plan["Art des Ziels"]) <= {"einen Wert erreichen", formats.NO_VALUE}


@pytest.mark.usefixtures("served")
def test_milestone_says_what_is_to_be_done_and_shows_no_path() -> None:
    page = opened("ziele", item="T-3", lang="de")
    assert not page.exception
    said = texts(page)
    assert "Meilenstein: Anlaufstelle ist eröffnet, fällig bis Ende 2024." in said
    assert "Erledigt am 01.03.2024." in said
    assert "★ erreicht" in said
    assert not [t for t in page.table if "Beobachtet" in t.value.columns]


@pytest.mark.usefixtures("served")
def test_hidden_target_says_why_and_shows_no_number() -> None:
    page = opened("ziele", item="T-2", lang="de")
    assert not page.exception
    assert "kein Wert (geheim gehalten)" in texts(page)
    path = next(t.value for t in page.table if "Beobachtet" in t.value.columns)
    assert set(path["Beobachtet"]) == {"geheim gehalten"}
    assert set(path["95-%-Intervall"]) == {formats.NO_VALUE}


@pytest.mark.usefixtures("served")
def test_what_is_missing_in_the_thread_is_visible() -> None:
    goals, needs = texts(opened("ziele", lang="de")), texts(opened("bedarfe", lang="de"))
    for flag in ("Ziel ohne Messgröße", "Ziel ohne Strategie", "Strategie ohne Maßnahme"):
        assert f"**{flag}**" in goals
    assert "**Bedarf ohne Maßnahme**" in needs


@pytest.mark.usefixtures("served")
def test_only_what_was_accepted_is_called_a_need() -> None:
    words = {
        "BD-1": "Bedarf",
        "BD-2": "Bedarf",
        "HE-1": "Handlungserfordernis",
        "W-0": "Wunsch",
        "W-1": "Abgelehnter",
    }
    labels = [label for label, _ in linked(opened("bedarfe", lang="de"))]
    for item, word in words.items():
        assert [label for label in labels if f" {item} " in label]
        assert all(label.startswith(word) for label in labels if f" {item} " in label)


@pytest.mark.usefixtures("served")
def test_accepted_need_names_body_votes_quantity_and_release() -> None:
    said = texts(opened("bedarfe", item="BD-1", lang="de"))
    for part in (
        "Sozialraumkonferenz Nord, 16.02.2023, abgestimmt, 14 dafür, 0 dagegen, 1 enthalten",
        "40 Plätze (Veröffentlichung 1)",
        "Träger einer Einrichtung",
        "Maßnahme M-1",
        "377 Tage im Verzug",
        "planning/needs.csv, Zeile 2",
    ):
        assert part in said


@pytest.mark.parametrize("field", ["gap_and_need", "gap_only", "need_only", "neither"])
def test_four_fields_hold_the_areas_of_the_release(served: Path, field: str) -> None:
    n = published(served, "select count(*) from fct_need_gap where field = ? and level = 'stadtteil'", field)
    page = opened("bedarfe", service="daycare", level="stadtteil", lang="de")
    table = next(t.value for t in page.table if "Zahl der Gebiete" in t.value.columns)
    words = {
        "gap_and_need": "Lücke und Bedarf",
        "gap_only": "Lücke ohne Bedarf",
        "need_only": "Bedarf ohne Lücke",
        "neither": "Weder noch",
    }
    assert n > 0
    assert list(table.loc[table["Feld"] == words[field], "Zahl der Gebiete"]) == [str(n)]


@pytest.mark.usefixtures("served")
def test_order_of_areas_is_internal_and_says_that_it_replaces_no_conference(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = "Der Wert unterstützt die Sozialraumkonferenz und ersetzt sie nicht."
    public = opened("bedarfe", service="daycare", level="stadtteil", lang="de")
    assert said not in texts(public) and "Reihenfolge der Gebiete (intern)" not in texts(public)
    monkeypatch.setenv("SOZIALRAUM_AUDIENCE", "internal")
    releases._store.cache_clear()
    page = opened("bedarfe", service="daycare", level="stadtteil", lang="de")
    assert not page.exception
    assert said in [info.value for info in page.info]
    table = next(t.value for t in page.table if "Rang bei anderen Gewichten" in t.value.columns)
    assert list(table["Rang"])[:2] == ["1", "2"]
    assert list(table["Rang bei anderen Gewichten"])[:2] == ["1–2", "1–3"]
    assert list(table["Rang bei Zufall"])[:2] == ["–", "1–4"]
    assert str(table["Beiträge"].iloc[0]).replace("\\", "") == "Bedarfslage 50 (+30,0); Lücke –"
    assert "PG-1: Bedarfslage 60,0 %, Lücke 40,0 %" in texts(page).replace("\u00a0", " ")


@pytest.mark.usefixtures("served")
def test_without_a_standard_there_is_no_gap() -> None:
    page = opened("bedarfe", service="library", lang="de")
    assert not page.exception
    assert any("keinen Richtwert" in info.value for info in page.info)
    table = next(t.value for t in page.table if "Bestand je 1.000" in t.value.columns)
    assert set(table["Rechnerische Lücke gegenüber Richtwert"]) == {formats.NO_VALUE}
    assert set(table["Bestand je 1.000"]) == {"2,0"}


@pytest.mark.usefixtures("served")
def test_stock_counts_only_complete_registers(served: Path) -> None:
    page = opened("bestand", lang="de")
    n = published(served, "select count(*) from dim_offer where is_register_complete")
    assert f"von {n}** Angeboten nennen ihre Kapazität" in page.markdown[1].value
    assert "unvollständig, nicht gezählt" in texts(page)


@pytest.mark.usefixtures("served")
def test_hidden_population_hides_ratio_and_gap() -> None:
    for path in ("bestand", "bedarfe"):
        page = opened(path, service="daycare", area="stadtteil-103", lang="de")
        table = next(t.value for t in page.table if "Bestand je 1.000" in t.value.columns)
        row = table.loc[table["Gebiet"].str.contains("103")].iloc[0]
        assert row["Bevölkerung der Zielgruppe"] == "geheim gehalten"
        assert row["Bestand je 1.000"] == formats.NO_VALUE


@pytest.mark.usefixtures("served")
def test_distance_that_may_not_be_told_says_why() -> None:
    said = texts(opened("bestand", service="library", lang="de"))
    assert "größer als die halbe Reichweite" in said


@pytest.mark.usefixtures("served")
def test_offers_name_their_delivered_file_and_row() -> None:
    page = opened("bestand", service="daycare", area="stadtteil-101", lang="de")
    table = next(t.value for t in page.table if "Kapazität" in t.value.columns)
    assert [(row["Datei"].replace("\\", ""), row["Zeile"]) for _, row in table.iterrows()] == [
        ("kitas_2024.csv", "102")
    ]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_evaluation_says_the_fixed_wording_and_what_changed_since(served: Path, lang: str) -> None:
    page = opened("evaluation", item="E-1", lang=lang)
    column = {"de": "wording", "en": "wording_en"}[lang]
    wording = published(served, f"select {column} from fct_evaluation where outcome_id = 'O-2'")
    assert wording in page.markdown[1].value
    said = texts(page)
    assert {
        "de": "hat sich seit Veröffentlichung 1 geändert (2023)",
        "en": "has changed since release 1 (2023)",
    }[lang] in said
    assert not re.search(r"bewirk|verursach|caused|because of the intervention", said, re.I)


@pytest.mark.usefixtures("served")
def test_evaluation_names_reasons_limits_and_follow_ups() -> None:
    said = texts(opened("evaluation", lang="de"))
    for part in (
        "Prozess: Abstimmung; Projektdesign: Personal nicht gefunden; Rahmenbedingungen: Zuzug",
        "Nur ein Jahr nach Beginn",
        "Folgeschritt FS-1",
        "Herausforderung H-2",
    ):
        assert part in said


@pytest.mark.usefixtures("served")
def test_figure_names_its_delivered_rows_and_how_many_there_are() -> None:
    one = texts(opened("analyse", area="stadtteil-101", indicator="sgb2_quota", year="2021", lang="de"))
    assert "register_2024.csv" in one
    city = texts(opened("analyse", area="stadt-0", indicator="sgb2_quota", year="2021", lang="de"))
    assert re.search(r"die ersten 10 von \d+ gelieferten Zellen", city)


@pytest.mark.usefixtures("served")
def test_each_step_names_its_decision_and_release() -> None:
    said = texts(opened("ziele", item="Z-1.1", lang="de"))
    assert "zitiert, älter als die erste Veröffentlichung" in said
    assert (
        "Rat der Stadt, 05.05.2022, beschlossen, 61 dafür, 12 dagegen, 3 enthalten, Vorlage 0615/2022" in said
    )
    assert "Veröffentlichung 1" in texts(opened("bedarfe", item="M-1", lang="de"))


@pytest.mark.usefixtures("served")
def test_entry_of_another_page_leads_to_the_nearest_one_here() -> None:
    page = opened("evaluation", item="Z-1.1", lang="de")
    assert not page.exception
    assert any(h.value.replace("\\", "").startswith("E-1 ") for h in page.header)
    assert page.query_params["item"] == ["Z-1.1"] or page.query_params["item"] == "Z-1.1"


@pytest.mark.usefixtures("served")
@pytest.mark.parametrize("path", PAGES)
def test_unknown_entry_gives_proposals_and_a_page(path: str) -> None:
    page = opened(path, item="Z-1.3", service="daycar", lang="de")
    assert not page.exception
    warning = next(w.value for w in page.warning if "Z-1.3" in w.value)
    for part in ("Z-1.1", "daycare"):
        assert part in warning


@pytest.mark.usefixtures("served")
@pytest.mark.parametrize("path", PAGES)
def test_texts_of_the_register_are_shown_literally(path: str) -> None:
    shown = [m.value for m in opened(path, lang="de").markdown]
    assert not [text for text in shown if "*erreichbarer*" in text.replace("\\*", "")]
    assert not [text for text in shown if "*Leistungsbezug*" in text.replace("\\*", "")]
