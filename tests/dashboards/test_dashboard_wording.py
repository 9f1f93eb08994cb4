"""Sentences say what the release says, in both languages, and judge nothing that must not be judged."""

from __future__ import annotations

from dataclasses import replace

import pytest
from subjects import subject

from dashboards import formats, queries, reasons, wording, words
from dashboards.locales import Language
from dashboards.release import Release

JUDGING = {"de": ("günstig", "schlecht", "besser"), "en": ("favourable", "better", "worse")}


@pytest.mark.parametrize("lang", ["de", "en"])
def test_counts_of_the_sentence_are_the_published_ones(release: Release, lang: str) -> None:
    s = subject(release, "sgb2_quota", lang=lang)
    said = wording.overview(s.summary, s.indicator, s.level, s.language)
    city = formats.quantity(s.summary.city_value, s.indicator, s.language)
    for part in (city, str(s.summary.n_worse), str(s.summary.n_better), str(s.summary.n_ok)):
        assert f"**{part}" in said or f" {part}**" in said


@pytest.mark.parametrize("lang", ["de", "en"])
def test_composition_is_never_called_good_or_bad(release: Release, lang: str) -> None:
    s = subject(release, "pop_under_18_share", lang=lang)
    said = [wording.overview(s.summary, s.indicator, s.level, s.language)]
    said += [wording.place(v, s.indicator, s.language) for v in s.values]
    said += [words.trend(replace(v, trend_evaluation="worse"), s.indicator, s.language) for v in s.values]
    assert not [text for text in said for word in JUDGING[lang] if word in text.lower()]


def test_sign_shows_direction_not_judgement() -> None:
    assert words.sign("worse", "higher_worse") == words.sign("better", "higher_better") == "▲"
    assert words.sign("better", "higher_worse") == words.sign("worse", "higher_better") == "▼"
    assert words.sign("similar", "higher_worse") == "●"
    assert words.sign("not_compared", "neutral", "suppressed") == "×"


@pytest.mark.parametrize("status", sorted(set(words.STATUSES) - {"ok"}))
@pytest.mark.parametrize("lang", ["de", "en"])
def test_each_missing_value_says_why_and_what_to_do(release: Release, status: str, lang: str) -> None:
    s = subject(release, "sgb2_quota", lang=lang)
    hidden = replace(s.values[0], value=None, value_status=status)
    said = wording.place(hidden, s.indicator, s.language)
    assert words.status(status, s.language) in said
    assert wording.advice(status, s.language) in said


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("denominator", "nicht geliefert (Nenner fehlt)"),
        ("numerator", "nicht geliefert (Zähler fehlt)"),
        ("both", "nicht geliefert (Zähler und Nenner fehlen)"),
        (None, "nicht geliefert"),
    ],
)
def test_missing_value_names_the_part_that_was_not_delivered(part: str | None, said: str) -> None:
    assert words.absence("not_available", part, Language("de")) == said


def test_published_rate_without_its_denominator_says_so() -> None:
    german, english = Language("de"), Language("en")
    assert reasons.without_interval("denominator_not_delivered", german) == "kein Intervall: Nenner fehlt"
    assert (
        reasons.without_interval("denominator_not_delivered", english) == "no interval: denominator missing"
    )


@pytest.mark.parametrize("reason", [None, "no_value"])
def test_value_with_an_interval_or_without_a_value_gives_no_reason(reason: str | None) -> None:
    assert reasons.without_interval(reason, Language("de")) == ""


@pytest.mark.parametrize("code", sorted({**words.INTERVAL_REASONS, **words.MISSING_PARTS}))
def test_each_reason_without_an_interval_is_said_in_german(code: str) -> None:
    english = {**words.INTERVAL_REASONS, **words.MISSING_PARTS}[code]
    assert Language("de").text(english) != english


def test_institution_is_named_beside_the_values_of_its_area_while_it_is_there(release: Release) -> None:
    found = queries.special_populations(release, "stadtteil-102", 2019)
    assert reasons.distorted(found, Language("de")) == [
        "Wohnheime verzerren hier Anteile und Raten: Wohnheim am Ring, etwa 400 Plätze"
    ]
    assert queries.special_populations(release, "stadtteil-102", 2018) == []
    assert queries.special_populations(release, "stadtteil-101", 2019) == []


def test_formula_shows_the_published_numerator_and_denominator(release: Release) -> None:
    s = subject(release, "sgb2_quota")
    value = s.values[0]
    said = wording.calculation(value, s.indicator, s.language)
    for number in (formats.exact(value.numerator, s.language), formats.exact(value.denominator, s.language)):
        assert number in said
    assert said.endswith(f"**{formats.quantity(value.value, s.indicator, s.language)}**")


def test_intervals_of_full_counts_are_explained(release: Release) -> None:
    s = subject(release, "sgb2_quota")
    assert any("keinen Stichprobenfehler" in sentence for sentence in wording.method(s.indicator, s.language))


def test_first_release_does_not_claim_that_nothing_changed(release: Release) -> None:
    note = queries.release_note(release)
    assert "erste Veröffentlichung" in wording.changed([], note, Language("de"))
    assert "Seit Veröffentlichung 4" in wording.changed([], replace(note, previous_release=4), Language("de"))
