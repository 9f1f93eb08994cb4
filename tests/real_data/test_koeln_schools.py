"""The schools of Köln as offers, and the one that contradicts itself."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from orchestration.extracts.ingest import check
from orchestration.settings import Settings

pytestmark = pytest.mark.real_data

KOELN = Path(__file__).resolve().parents[2] / "seeds" / "koeln"
SCHOOLS = "schulen/schulen-in-koeln.arcgis.json"


def one_blank(text: str) -> str:
    return " ".join(text.split())


def test_301_schools_are_offers(koeln_release: duckdb.DuckDBPyConnection) -> None:
    row = koeln_release.execute(
        "SELECT count(*), count(DISTINCT offer_id), count(*) FILTER (WHERE service_type = 'primary_school'), "
        "count(*) FILTER (WHERE area_id NOT LIKE 'stadtteil-%' OR area_id IS NULL)"
        " FROM dim_offer WHERE extract_id = 'schools'"
    ).fetchone()
    assert row == (301, 301, 146, 0)


def test_every_school_lies_where_the_source_says_but_one(
    koeln_release: duckdb.DuckDBPyConnection, koeln_inbox: Path
) -> None:
    delivered = json.loads((koeln_inbox / SCHOOLS).read_text(encoding="utf-8"))["features"]
    said = {}
    for feature in delivered:
        school = feature["attributes"]
        said[one_blank(school["NAME"]), one_blank(school["ADRESSE"])] = f"stadtteil-{school['NR_STADTTEIL']}"
    rows = koeln_release.execute(
        "SELECT title, address, area_id FROM dim_offer WHERE extract_id = 'schools'"
    ).fetchall()
    assert {row[:2] for row in rows} == said.keys()
    elsewhere = [row for row in rows if said[row[:2]] != row[2]]
    assert [(row[0], row[2]) for row in elsewhere] == [("Finkenberg-Schule", "stadtteil-702")]
    found = koeln_release.execute("SELECT title FROM dim_offer WHERE offer_id = 'schools:122'").fetchall()
    assert found == [("Finkenberg-Schule",)]


def test_school_without_a_provider_has_none(koeln_release: duckdb.DuckDBPyConnection) -> None:
    rows = koeln_release.execute(
        "SELECT provider_type, count(*) FROM dim_offer WHERE extract_id = 'schools'"
        " GROUP BY 1 ORDER BY 1 NULLS LAST"
    ).fetchall()
    assert rows == [("private", 30), ("public", 270), (None, 1)]


def test_only_the_school_that_contradicts_itself_is_reported(koeln_inbox: Path, tmp_path: Path) -> None:
    findings = [f for f in check(Settings.resolve(KOELN, koeln_inbox, tmp_path)) if f.severity != "info"]
    assert [(f.severity, f.file) for f in findings] == [("warning", SCHOOLS)]
    sentence = findings[0].sentence()
    for part in ("122", "716", "702"):
        assert part in sentence
    assert list(tmp_path.iterdir()) == []
