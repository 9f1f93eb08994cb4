"""The address and the selection say the same."""

from __future__ import annotations

import pytest

from dashboards import controls, queries, selection
from dashboards.release import Release
from dashboards.selection import Options, Problem, Selection


@pytest.fixture
def offered(release: Release) -> Options:
    return controls.options(release)


def resolved(release: Release, offered: Options, /, **params: str) -> tuple[Selection, list[Problem]]:
    rows = queries.summaries(release, selection.chosen_indicator(params, offered))
    return selection.resolve(params, offered, rows)


@pytest.mark.parametrize("area", ["stadt-0", "stadtteil-101", "stadtbezirk-2"])
@pytest.mark.parametrize("indicator", ["sgb2_quota", "pop_total"])
@pytest.mark.parametrize("year", ["2018", "2024"])
@pytest.mark.parametrize("lang", ["de", "en"])
def test_address_and_selection_are_two_forms_of_one_choice(
    release: Release, offered: Options, area: str, indicator: str, year: str, lang: str
) -> None:
    found, problems = resolved(
        release, offered, area=area, indicator=indicator, year=year, lang=lang, release="1"
    )
    params = selection.to_params(found, offered.city_area_id)
    assert problems == []
    assert (params["area"], params["indicator"], params["year"], params["lang"], params["release"]) == (
        area, indicator, year, lang, "1",
    )  # fmt: skip
    assert resolved(release, offered, **params) == (found, [])


def test_area_of_the_address_decides_the_level(release: Release, offered: Options) -> None:
    found, _ = resolved(release, offered, area="stadtbezirk-2")
    assert (found.level, found.area) == ("stadtbezirk", "stadtbezirk-2")


def test_empty_address_starts_with_values_not_with_nothing(release: Release, offered: Options) -> None:
    found, problems = resolved(release, offered)
    assert problems == []
    assert found.period == "2024"
    assert any(
        v.value is not None for v in queries.values(release, found.indicator, found.level, found.period)
    )


@pytest.mark.parametrize(
    ("key", "code", "proposal"),
    [
        ("area", "stadtteil-1010", "stadtteil-101"),
        ("indicator", "sgb2_quote", "sgb2_quota"),
        ("year", "1999", "2024"),
        ("level", "stadtviertel", "stadtteil"),
        ("lang", "fr", "de"),
        ("compare", "moon", "city"),
    ],
)
def test_unknown_code_is_a_problem_with_proposals_and_not_an_exception(
    release: Release, offered: Options, key: str, code: str, proposal: str
) -> None:
    found, problems = resolved(release, offered, **{key: code})
    assert [(p.key, p.code) for p in problems] == [(key, code)]
    assert proposal in problems[0].proposals
    assert code not in selection.to_params(found, offered.city_area_id).values()


def test_indicator_is_found_by_its_name_too(release: Release, offered: Options) -> None:
    _, problems = resolved(release, offered, indicator="Betreuungsquote")
    assert problems[0].proposals[0] == "childcare_u3_participation"


def test_year_the_indicator_does_not_have_falls_back_to_the_newest(
    release: Release, offered: Options
) -> None:
    found, problems = resolved(release, offered, indicator="childcare_u3_participation", year="2018")
    assert (found.period, problems[0].kind, problems[0].shown) == ("2024", "unavailable", "2024")


@pytest.mark.parametrize("number", ["x", "-1", "²", "1; drop table", ""])
def test_release_that_is_no_number_is_ignored_by_the_selection(
    release: Release, offered: Options, number: str
) -> None:
    found, _ = resolved(release, offered, release=number)
    assert found.release is None
