"""The fictional city: reproducible to the byte, complete, and its figures consistent."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import numpy as np
import pytest
import shapely
import yaml

from orchestration.demo import FolderInUse, write_demo
from orchestration.demo.chance import YEARS
from orchestration.demo.city import LEVELS, City, build_city
from orchestration.demo.figures import Figures
from orchestration.demo.mistakes import LATE_REVISION_YEAR
from orchestration.demo.residents import BANDS, aged
from orchestration.demo.writing import TABLES, city_figures
from orchestration.extracts.contract import Contract

COMMITTED = Path(__file__).resolve().parents[2] / "seeds" / "demo"
SEED = 2021
SMALL = 0.1

PART_OF_WHOLE = (
    ("non_german", "population"),
    ("international_family_history", "population"),
    ("international_family_history_under_18", "international_family_history"),
    ("non_eu_citizens_16plus", "population_16plus"),
    ("lone_parent_households", "households_with_children"),
    ("households_with_children", "households"),
    ("persons_65plus_in_one_person_households", "persons_65plus_in_private_households"),
    ("sgb2_employable_15_64", "sgb2_beneficiaries_under_65"),
    ("sgb2_non_employable_under_15", "sgb2_beneficiaries_under_65"),
    ("unemployed_sgb2", "sgb2_employable_15_64"),
    ("unemployed_sgb2", "unemployed"),
    ("unemployed_under_25", "unemployed"),
    ("unemployed_long_term", "unemployed"),
    ("transfer_recipients_non_unemployed", "population"),
    ("housing_benefit_households", "households"),
    ("school_entrants_language_need", "school_entrants_examined"),
    ("school_entrants_motor_problem", "school_entrants_examined"),
    ("school_entrants_overweight", "school_entrants_bmi_examined"),
    ("school_entrants_measles_2_doses", "school_entrants_with_vaccination_card"),
    ("transitions_to_gymnasium", "year_4_leavers"),
    ("primary_pupils_all_day", "primary_pupils"),
    ("social_dwellings", "dwellings"),
    ("voters_municipal", "eligible_voters_municipal"),
    ("voters_federal", "eligible_voters_federal"),
    ("residents_noise_lden_over_65", "population"),
    ("residents_green_space_access", "population"),
    ("residents_transit_access", "population"),
)
# figure -> youngest and oldest age of the residents it is part of
PART_OF_AGES: dict[str, tuple[int, int | None]] = {
    "international_family_history_under_18": (0, 17),
    "under_18_in_lone_parent_households": (0, 17),
    "sgb2_beneficiaries_under_65": (0, 64),
    "sgb2_employable_15_64": (15, 64),
    "sgb2_non_employable_under_15": (0, 14),
    "basic_security_old_age_recipients": (65, None),
    "unemployed": (15, 64),
    "unemployed_under_25": (15, 24),
    "employees_15_64": (15, 64),
    "children_under_3_in_day_care": (0, 2),
    "children_3_5_in_day_care": (3, 5),
    "hze_supports": (0, 20),
    "persons_65plus_in_private_households": (65, None),
    "care_need_65plus": (65, None),
    "private_cars": (18, None),
}


def hashes(folder: Path) -> dict[str, str]:
    """sha256 of every file of a folder by its relative name."""
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def rows_of(path: Path, encoding: str = "utf-8") -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as source:
        return list(csv.DictReader(source, delimiter=";"))


@pytest.fixture(scope="module")
def small_city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("demo") / "city"
    write_demo(out, SEED, SMALL)
    return out


@pytest.fixture(scope="module")
def figures() -> Figures:
    return city_figures(SEED, 1)


@pytest.fixture(scope="module")
def city(figures: Figures) -> City:
    return figures.city


def test_same_seed_gives_identical_bytes(small_city: Path, tmp_path: Path) -> None:
    write_demo(tmp_path / "again", SEED, SMALL)
    assert hashes(tmp_path / "again") == hashes(small_city)


def test_another_seed_gives_another_city(small_city: Path, tmp_path: Path) -> None:
    write_demo(tmp_path / "other", SEED + 1, SMALL)
    first, second = hashes(small_city), hashes(tmp_path / "other")
    assert first.keys() == second.keys()
    same = {name for name in first if first[name] == second[name]}
    deliveries = {name for name in first if name.startswith("inbox/")}
    assert not same & deliveries


def test_committed_demo_is_what_the_generator_writes(tmp_path: Path) -> None:
    write_demo(tmp_path / "city", SEED, 1)
    written, committed = hashes(tmp_path / "city"), hashes(COMMITTED)
    assert {name: committed.get(name) for name in written} == written
    own = ("extracts/", "inbox/", "geography/", "disclosure/")
    assert {name for name in committed if name.startswith(own)} <= written.keys()


def test_demo_writes_over_an_older_demo_but_over_nothing_else(small_city: Path, tmp_path: Path) -> None:
    out = tmp_path / "city"
    write_demo(out, SEED + 1, SMALL)
    (out / "inbox" / "left_over.csv").write_text("old", encoding="utf-8")
    write_demo(out, SEED, SMALL)
    assert hashes(out) == hashes(small_city)
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "letter.txt").write_text("important", encoding="utf-8")
    with pytest.raises(FolderInUse, match="foreign"):
        write_demo(foreign, SEED, SMALL)
    assert [file.name for file in foreign.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("scale", [0.0, 0.01, 11.0])
def test_impossible_scale_is_refused_before_anything_is_written(tmp_path: Path, scale: float) -> None:
    with pytest.raises(ValueError, match="choose a scale"):
        write_demo(tmp_path / "city", SEED, scale)
    assert not (tmp_path / "city").exists()


def test_standard_city_has_the_expected_shape(city: City) -> None:
    assert [len(city.places[level]) for level in LEVELS] == [1, 9, 86]
    sizes = [len(city.members(place)) for place in city.places["stadtbezirk"]]
    assert sizes == [5, 13, 9, 6, 7, 12, 16, 9, 9]
    assert city.neighbourhoods[0].code == "101"
    assert len({place.name for place in city.neighbourhoods}) == 86


@pytest.mark.parametrize(("seed", "scale"), [(SEED, 1.0), (SEED, SMALL), (7, 0.3), (8, 1.0)])
def test_outlines_are_one_coverage_without_gaps(seed: int, scale: float) -> None:
    city = build_city(seed, scale)
    polygons = [place.polygon for place in city.neighbourhoods]
    assert shapely.coverage_is_valid(polygons)
    assert {polygon.geom_type for polygon in polygons} == {"Polygon"}
    outline = city.places["stadt"][0].polygon
    assert outline.geom_type == "Polygon"
    assert not shapely.get_num_interior_rings(outline)
    assert sum(polygon.area for polygon in polygons) == pytest.approx(outline.area)
    west, south, east, north = outline.bounds
    assert 0 < west < east < 0.36
    assert 0 < south < north < 0.32
    districts = [place.polygon for place in city.places["stadtbezirk"]]
    assert {district.geom_type for district in districts} == {"Polygon"}


def test_ages_and_sexes_add_up_to_all_residents(figures: Figures) -> None:
    population = figures.whole("population")
    assert (figures.sum_of([f"population|age={band}" for band in BANDS]) == population).all()
    assert (figures.sum_of(["population|sex=f", "population|sex=m"]) == population).all()
    assert (figures.sum_of(["non_german|sex=f", "non_german|sex=m"]) == figures.whole("non_german")).all()
    assert 900_000 < int(population[:, 0].sum()) < 1_200_000


@pytest.mark.parametrize(("part", "whole"), PART_OF_WHOLE)
def test_no_part_exceeds_its_whole(figures: Figures, part: str, whole: str) -> None:
    assert (figures.whole(part) >= 0).all()
    assert (figures.whole(part) <= figures.whole(whole)).all()


@pytest.mark.parametrize("part", PART_OF_AGES)
def test_no_part_exceeds_the_residents_of_its_age(figures: Figures, part: str) -> None:
    assert (figures.whole(part) <= aged(figures, *PART_OF_AGES[part])).all()


def test_persons_without_an_address_keep_the_identities(figures: Figures) -> None:
    rest = figures.unattributed
    assert (rest["unemployed_sgb2"] <= rest["unemployed"]).all()
    assert (rest["unemployed_under_25"] <= rest["unemployed"]).all()
    assert (rest["sgb2_employable_15_64"] <= rest["sgb2_beneficiaries_under_65"]).all()
    city = figures.city.places["stadt"][0]
    for key in ("unemployed", "sgb2_beneficiaries_under_65"):
        below = sum(figures.value(key, place, 2020) for place in figures.city.places["stadtbezirk"])
        assert figures.value(key, city, 2020) > below


def test_social_situation_shows_in_benefits_turnout_and_rents(figures: Figures) -> None:
    situation = figures.city.deprivation
    benefits = figures.whole("sgb2_employable_15_64")[:, -1] / aged(figures, 15, 64)[:, -1]
    turnout = figures.whole("voters_municipal")[:, -1] / figures.whole("eligible_voters_municipal")[:, -1]
    rents = figures.averages["asking_rent_median"][0][:, -1]
    assert np.corrcoef(situation, benefits)[0, 1] > 0.8
    assert np.corrcoef(situation, turnout)[0, 1] < -0.8
    assert np.corrcoef(situation, rents)[0, 1] < -0.2


def test_every_contract_is_valid_and_every_file_has_one(small_city: Path) -> None:
    matched: set[Path] = set()
    for file in sorted((small_city / "extracts").glob("*.yml")):
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        contract = Contract.model_validate({"extract_id": file.stem, **content})
        found = set((small_city / "inbox").glob(contract.file.pattern))
        assert found, file.name
        assert not found & matched, file.name
        matched |= found
    assert matched == set((small_city / "inbox").iterdir())


def test_formats_are_the_authentic_ones(small_city: Path) -> None:
    inbox = small_city / "inbox"
    ages = (inbox / "einwohner_altersgruppen_2012.csv").read_bytes()
    assert "männlich".encode("windows-1252") in ages
    land_use = (inbox / "33111_flaechennutzung.csv").read_bytes()
    assert land_use.startswith("GENESIS-Tabelle: Temporär\r\n".encode("iso-8859-1"))
    assert b"\r\n_____\r\n" in land_use
    assert (inbox / "beschaeftigte_wohnort.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert b"mergeCell " in (inbox / "jobcenter_sgb2_2012.xlsx").read_bytes()
    support = rows_of(inbox / "hilfen_zur_erziehung.csv", "windows-1252")
    assert any(row["Hilfen (laufend und beendet im Jahr)"] == "*" for row in support)


def test_late_revision_changes_exactly_three_cells(small_city: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    first, second = (
        list(openpyxl.load_workbook(small_city / "inbox" / f"{name}.xlsx").active.values)
        for name in (
            f"jobcenter_sgb2_{LATE_REVISION_YEAR}",
            f"jobcenter_sgb2_{LATE_REVISION_YEAR}_berichtigt",
        )
    )
    cells = [pair for a, b in zip(first, second, strict=True) for pair in zip(a, b, strict=True)]
    different = [(old, new) for old, new in cells if old != new]
    assert len(different) == 3
    assert len({old - new for old, new in different}) == 1


def test_correction_names_the_wrong_value_that_is_delivered(small_city: Path) -> None:
    (correction,) = rows_of(small_city / "corrections.csv")
    delivered = [
        row["davon mit Belegungsbindung"].replace(".", "")
        for row in rows_of(small_city / "inbox" / "wohnungsbestand.csv", "windows-1252")
        if (row["Nr"], row["Jahr"]) == (correction["code"], correction["period_id"])
    ]
    assert delivered == [correction["expected_wrong_value"]]
    assert correction["corrected_value"] != correction["expected_wrong_value"]


def test_exactly_one_school_contradicts_its_own_key(small_city: Path) -> None:
    names = {row["code"]: row["name"] for row in rows_of(small_city / "geography" / "areas.csv")}
    content = yaml.safe_load((small_city / "inbox" / "schulen_schulamt.json").read_text(encoding="utf-8"))
    attributes = [feature["attributes"] for feature in content["features"]]
    wrong = [row for row in attributes if names[row["NR_STADTTEIL"]] != row["STADTTEIL"]]
    assert len(wrong) == 1


def test_about_three_percent_of_the_hidable_cells_are_hidden(figures: Figures) -> None:
    hidden = total = 0
    for table in TABLES:
        if not table.hides_below:
            continue
        for cells in table.cells:
            values = figures.whole(cells.key)[:, [YEARS.index(year) for year in table.years]]
            hidden += int(((values > 0) & (values < table.hides_below)).sum())
            total += values.size
    assert 0.01 < hidden / total < 0.06


def test_inbox_stays_small() -> None:
    assert sum(file.stat().st_size for file in (COMMITTED / "inbox").iterdir()) < 6_000_000
