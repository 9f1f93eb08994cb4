"""`sozialraum query --list TERM`: the words people use find the indicator, and what finds nothing is told."""

from __future__ import annotations

from datetime import date

import pytest
from command_line import City, answered, sozialraum

from orchestration.metric_conditions import WrongQuery
from orchestration.metric_list import list_metrics
from orchestration.metric_search import Searched, folded, search
from orchestration.settings import Settings


@pytest.fixture(scope="module")
def settings(small_city: City) -> Settings:
    return Settings(small_city.workspace, small_city.inbox, small_city.home)


def metric(metric_id: str, kind: str = "indicator", **words: list[str]) -> Searched:
    return Searched(metric_id, kind, "percent", metric_id, {"id": [metric_id], **words})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bürgergeld", "BUERGERGELD"),
        ("Bürgergeld", "burgergeld"),
        ("Straße", "strasse"),
        ("Hartz IV", "hartz 4"),
        ("SGB II", "sgb-2"),
        ("Äquivalenz", "aequivalenz"),
    ],
)
def test_case_umlauts_and_roman_numbers_do_not_matter(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("term", "indicator"),
    [
        ("Kinderarmut", "child_poverty_sgb2_under_15"),
        ("kinder armut", "child_poverty_sgb2_under_15"),
        ("KINDERARMUT", "child_poverty_sgb2_under_15"),
        ("Hartz IV", "sgb2_quota"),
        ("Hartz 4", "sgb2_quota"),
        ("Bürgergeld", "sgb2_quota"),
        ("buergergeld", "sgb2_quota"),
        ("Altersarmut", "basic_security_old_age_rate"),
        ("Lärm", "noise_lden_over_65_share"),
        ("Kita", "childcare_3_6_participation"),
        ("child poverty", "child_poverty_sgb2_under_15"),
        ("Bevölkerungsdichte", "pop_density"),
        ("old_age_dependency", "old_age_dependency"),
    ],
)
def test_word_people_use_finds_the_indicator(term: str, indicator: str, settings: Settings) -> None:
    found = list_metrics(settings, term)
    assert indicator in [row[0] for row in found.rows]
    assert all(row[4] for row in found.rows), "each row says where the word was found"


def test_name_comes_before_synonym_and_synonym_before_definition() -> None:
    metrics = [
        metric("d", definition=["Zähler: Personen in Armut. Nenner: alle."]),
        metric("c", synonym=["Armut im Alter"]),
        metric("b", synonym=["Armut"]),
        metric("a", name=["Armut"]),
        metric("e", synonym=["Kinderarmut"]),
        metric("f", name=["Reichtum"]),
    ]
    assert [one.metric for one, _ in search("armut", metrics)] == ["a", "b", "c", "e", "d"]
    assert [where for _, where in search("armut", metrics)][:2] == ["name: Armut", "synonym: Armut"]


def test_indicator_comes_before_the_variable_of_the_same_words() -> None:
    metrics = [metric("a", "variable", name=["Haushalte"]), metric("b", "indicator", name=["Haushalte"])]
    assert [one.metric for one, _ in search("Haushalte", metrics)] == ["b", "a"]


def test_words_may_stand_in_any_order_but_all_must_stand() -> None:
    metrics = [metric("a", name=["Anteil der Kinder im Ganztag"]), metric("b", name=["Anteil der Kinder"])]
    assert [one.metric for one, _ in search("Ganztag Kinder", metrics)] == ["a"]


def test_term_that_finds_nothing_is_told_the_nearest_words(settings: Settings) -> None:
    with pytest.raises(WrongQuery, match=r"Nothing matches 'Kinderamut'.*Did you mean Kinderarmut"):
        list_metrics(settings, "Kinderamut")
    with pytest.raises(WrongQuery, match=r"Nothing matches 'xyzqq': no name.*--list") as told:
        list_metrics(settings, "xyzqq")
    assert "Did you mean" not in str(told.value)


def test_term_without_a_letter_is_told_so(settings: Settings) -> None:
    with pytest.raises(WrongQuery, match="no letter and no digit"):
        list_metrics(settings, "***")


def test_search_is_put_to_the_release_of_that_day(settings: Settings) -> None:
    with pytest.raises(WrongQuery, match="No release was published by 2001-01-01"):
        list_metrics(settings, "Kinderarmut", date(2001, 1, 1))


def test_command_prints_what_it_found_and_where(small_city: City) -> None:
    home = ["--home", str(small_city.home)]
    content = answered("query", "--list", "kinder", "armut", *home)
    assert content["rows"][0] == {
        "metric": "child_poverty_sgb2_under_15",
        "kind": "indicator",
        "unit": "percent",
        "name_de": "Kinder unter 15 im SGB-II-Bezug",
        "found_in": "synonym: Kinderarmut",
    }
    done = sozialraum("query", "--list", "Kinderamut", *home)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1 and "Did you mean Kinderarmut" in done.stderr
