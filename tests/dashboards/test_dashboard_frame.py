"""Each image carries where its figures come from, or is not drawn."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from small_city import City, publish
from subjects import subject

from dashboards import frame, series, tables
from dashboards.frame import ChartMeta, MissingMetadata
from dashboards.locales import Language
from dashboards.records import Mark
from dashboards.release import Release, ReleaseStore

META = ChartMeta(
    title="Titel", subtitle="Ebene", definition="D", as_of="2024", source="Q", licence="L", hidden="keine",
    release="Veröffentlichung 1", demo_label="Demodaten", is_demo=True,
)  # fmt: skip


def specs(release: Release, indicator: str, lang: str = "de") -> dict[str, dict[str, Any] | None]:
    s = subject(release, indicator, "stadtteil-101", lang)
    return {"map": s.map(by_value=False, width=400), "bars": s.bars(width=400), "series": s.series(width=400)}


@pytest.mark.parametrize(
    "field", ["definition", "as_of", "source", "licence", "hidden", "release", "demo_label"]
)
@pytest.mark.parametrize("empty", [None, ""])
def test_frame_refuses_a_chart_without(field: str, empty: str | None) -> None:
    with pytest.raises(MissingMetadata, match=field):
        frame.framed([], replace(META, **{field: empty}), Language("de"), height=10, below_px=10)


def test_real_data_need_no_demo_label() -> None:
    framed = frame.framed(
        [], replace(META, demo_label=None, is_demo=False), Language("de"), height=10, below_px=10
    )
    assert "Demodaten" not in json.dumps(framed, ensure_ascii=False)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_downloaded_images_carry_origin_release_and_demo_label(release: Release, lang: str) -> None:
    words = {
        "de": (
            "Datenstand: 2024",
            "Quelle:",
            "Lizenz:",
            "Definition:",
            "geheim gehalten",
            "Veröffentlichung 1",
            "Demodaten",
        ),
        "en": (
            "Data as of: 2024",
            "Source:",
            "Licence:",
            "Definition:",
            "confidential",
            "Release 1",
            "Demo data",
        ),
    }
    for name, spec in specs(release, "sgb2_quota", lang).items():
        assert spec is not None
        shown = " ".join(re.findall(r">([^<>]+)<", tables.image_bytes(spec, "svg").decode()))
        for word in words[lang]:
            assert word in shown, f"{name} does not say {word}"


def test_images_are_png_files(release: Release) -> None:
    spec = specs(release, "sgb2_quota")["bars"]
    assert spec is not None
    assert tables.image_bytes(spec, "png").startswith(b"\x89PNG")


def test_composition_is_never_coloured_good_or_bad(release: Release) -> None:
    judging = {frame.FILLS["worse"], frame.FILLS["better"], frame.OUTLINES["worse"]}
    for name in ("map", "bars"):
        text = json.dumps(specs(release, "pop_under_18_share")[name])
        assert not [colour for colour in judging if colour in text]


def test_hidden_areas_are_drawn_without_a_number(release: Release) -> None:
    for name in ("map", "bars"):
        spec = specs(release, "sgb2_quota")[name]
        assert spec is not None
        hidden = [row for row in spec["data"]["values"] if row["area_id"] == "stadtteil-103"]
        assert [(row["value"], row["low"], row["high"], row["shown"], row["sign"]) for row in hidden] == [
            (None, None, None, "geheim gehalten", "×")
        ]


def test_hidden_areas_stand_last_by_code_so_that_order_tells_nothing(release: Release) -> None:
    codes = [v.area_code for v in subject(release, "sgb2_quota").values if v.value is None]
    assert codes == sorted(codes) == ["103", "104", "203", "303"]


def test_missing_licence_stops_the_chart_not_the_page(tmp_path: Any) -> None:
    home = publish(tmp_path / "home", City(without_licence="sgb2_quota"))
    broken = ReleaseStore(home, "public").current().release
    with pytest.raises(MissingMetadata, match="licence"):
        subject(broken, "sgb2_quota").bars()


def test_level_without_boundaries_has_no_map(tmp_path: Any) -> None:
    home = publish(tmp_path / "home", City(with_geometry=False))
    flat = ReleaseStore(home, "public").current().release
    assert subject(flat, "sgb2_quota").map(by_value=False) is None


def test_an_event_that_is_told_by_month_is_drawn_at_its_year_and_named_with_its_month() -> None:
    event = Mark("2023-01", 2023, "law", "Bürgergeld", "Citizen's benefit")
    outside = Mark("2015-09", 2015, "migration", "Flucht", "Refuge")
    layers, notes = series.numbered_lines([], [event, outside], ["2022", "2023"], {}, Language("de"))
    assert [layer["data"]["values"][0]["period"] for layer in layers] == ["2023", "2023"]
    assert notes == ["A (2023-01): Bürgergeld"]
