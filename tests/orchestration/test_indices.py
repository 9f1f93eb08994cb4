"""indices/*.yml: all that is wrong is told at once, with file and key; what is right lands as tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.findings import Finding
from orchestration.indices.checks import Known, check_indices, expected_years, read_indices
from orchestration.indices.frames import COLUMNS, index_frames

INDEX = """\
index_id: lage
name_de: Lage
name_en: Situation
definition_de: Zwei Anteile.
definition_en: Two shares.
editions:
  - edition: "2019"
    level: stadtteil
    year: 2019
    exclusions:
      - {variable: population, below: 300, reason_de: zu klein, reason_en: too small}
    components:
      - {component_id: poor, indicator: sgb2_quota, direction: 1, weight: 0.6, label_de: a, label_en: a}
      - {component_id: work, indicator: job_share, direction: -1, weight: 0.4, label_de: b, label_en: b}
      - {component_id: rise, part: dynamic, indicator: sgb2_quota, change_over_years: 2, direction: 1,
         weight: 1, label_de: c, label_en: c}
    classes:
      - {class_id: "1", label_de: niedrig, label_en: low, to: 1}
      - {class_id: "2", label_de: hoch, label_en: high, above: 1}
"""
LATER = """\
  - edition: "2021"
    level: stadtteil
    year: 2021
    reference: {edition: "2019"}
    components:
      - {component_id: poor, indicator: sgb2_quota, direction: 1, weight: 0.6, label_de: a, label_en: a}
      - {component_id: work, indicator: job_share, direction: -1, weight: 0.4, label_de: b, label_en: b}
      - {component_id: rise, part: dynamic, indicator: sgb2_quota, change_over_years: 2, direction: 1,
         weight: 1, label_de: c, label_en: c}
"""
KNOWN = Known(
    {"sgb2_quota", "job_share"},
    {"population"},
    {"stadt": {"0"}, "stadtteil": {"01", "02"}},
    {name: {"stadtteil": expected_years("2015|2017-2021")} for name in ("sgb2_quota", "job_share")},
)


def written(tmp_path: Path, text: str, name: str = "lage") -> Path:
    (tmp_path / "indices").mkdir(exist_ok=True)
    (tmp_path / "indices" / f"{name}.yml").write_text(text, encoding="utf-8")
    return tmp_path


def found_in(workspace: Path) -> list[Finding]:
    findings: list[Finding] = []
    indices = read_indices(workspace, findings)
    return findings + check_indices(indices, KNOWN)


def test_index_that_adds_up_has_no_finding(tmp_path: Path) -> None:
    assert found_in(written(tmp_path, INDEX + LATER)) == []


@pytest.mark.parametrize(
    ("old", "new", "rule", "key"),
    [
        ("weight: 0.6", "weight: 0.5", "weights", "editions.2019.components"),
        (
            "indicator: job_share",
            "indicator: job_shares",
            "unknown_indicator",
            "editions.2019.components.work",
        ),
        ("level: stadtteil", "level: kreis", "unknown_level", "editions.2019.level"),
        ("year: 2019", "year: 2016", "not_expected", "editions.2019.components.poor.indicator"),
        ("change_over_years: 2", "change_over_years: 3", "not_expected", "editions.2019.components.rise"),
        ("variable: population", "variable: people", "unknown_variable", "editions.2019.exclusions"),
        ("component_id: work", "component_id: poor", "duplicate_key", "editions.2019.components"),
        ("above: 1", "above: 1.1", "classes", "editions.2019.classes"),
        ("above: 1", "from: 1", "classes", "editions.2019.classes"),
        ("to: 1}", "below: 1}", "classes", "editions.2019.classes"),
        (", to: 1}", "}", "classes", "editions.2019.classes"),
        ('class_id: "2"', 'class_id: "1"', "duplicate_key", "editions.2019.classes"),
        (
            "poor, indicator",
            "poor, change_over_years: 2, indicator",
            "change",
            "editions.2019.components.poor",
        ),
        (
            "level: stadtteil",
            "level: stadtteil\n    reference: {edition: '2017'}",
            "unknown_edition",
            "reference",
        ),
        (
            "year: 2019",
            "year: 2019\n    transform: rank_exponential\n    reference: {year: 2015}",
            "reference",
            "editions.2019.reference",
        ),
        ("index_id: lage", "index_id: lager", "index_id", "index_id"),
        ("index_id: lage", "index_idd: lage", "index_invalid", "index_idd"),
        ("direction: -1", "direction: 2", "index_invalid", "editions.0.components.1.direction"),
        ("to: 1}", "to: 1, below: 2}", "index_invalid", "editions.0.classes.0"),
        ("below: 300,", "below: 300, equals: 1,", "index_invalid", "editions.0.exclusions.0"),
        ("below: 300,", "", "index_invalid", "editions.0.exclusions.0"),
    ],
)
def test_what_does_not_add_up_is_told_with_file_and_key(
    old: str, new: str, rule: str, key: str, tmp_path: Path
) -> None:
    assert old in INDEX
    found = found_in(written(tmp_path, INDEX.replace(old, new, 1)))
    assert {(one.file, one.rule) for one in found} >= {("indices/lage.yml", rule)}
    told = [one for one in found if one.rule == rule]
    assert any(key in one.message for one in told) and all(one.expected for one in told)


def test_all_findings_come_at_once(tmp_path: Path) -> None:
    text = INDEX.replace("weight: 0.6", "weight: 0.5").replace("above: 1", "above: 2")
    written(
        tmp_path,
        INDEX.replace("index_id: lage", "index_id: other").replace("level: stadtteil", "level: x"),
        "other",
    )
    assert {one.rule for one in found_in(written(tmp_path, text))} == {"weights", "classes", "unknown_level"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("direction: -1", "direction: 1"),
        ("weight: 0.6", "weight: 0.61"),
        ("sgb2_quota, direction", "job_share, direction"),
    ],
)
def test_editions_that_differ_never_share_a_scale(old: str, new: str, tmp_path: Path) -> None:
    """Trap 11: a comparison over time needs one mean, one deviation and the same components."""
    found = found_in(written(tmp_path, INDEX + LATER.replace(old, new, 1)))
    assert "reference" in {one.rule for one in found}
    assert any("do not compare over time" in one.expected for one in found)


@pytest.mark.parametrize("name", ["lage.yaml", "old/lage.yml"])
def test_file_that_would_be_overlooked_is_told(name: str, tmp_path: Path) -> None:
    (tmp_path / "indices" / name).parent.mkdir(parents=True)
    (tmp_path / "indices" / name).write_text(INDEX, encoding="utf-8")
    assert [(one.file, one.rule) for one in found_in(tmp_path)] == [(f"indices/{name}", "index_file")]


def test_published_weights_that_sum_to_999_thousandths_are_taken_as_they_are(tmp_path: Path) -> None:
    assert found_in(written(tmp_path, INDEX.replace("weight: 0.6", "weight: 0.599"))) == []


def test_reference_year_lands_as_an_edition_that_is_not_published(tmp_path: Path) -> None:
    text = INDEX.replace("year: 2019", "year: 2019\n    reference: {year: 2017}")
    frames = index_frames(read_indices(written(tmp_path, text), []))
    rows = frames["indices"].to_dict("records")
    assert [(row["edition"], row["year"], row["reference_edition"], row["is_published"]) for row in rows] == [
        ("2019", "2019", "2019@2017", "true"),
        ("2019@2017", "2017", "2019@2017", "false"),
    ]
    assert len(frames["index_components"]) == 6


def test_workspace_without_an_index_lands_every_table_empty() -> None:
    frames = index_frames(())
    assert {name: tuple(frame.columns) for name, frame in frames.items()} == COLUMNS
    assert all(frame.empty for frame in frames.values())
