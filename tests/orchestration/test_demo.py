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
from orchestration.demo.city import ALL_LEVELS, City, Place
from orchestration.demo.crosswalks import crosswalk_rows
from orchestration.demo.figures import Figures
from orchestration.demo.founding import build_city
from orchestration.demo.mistakes import LATE_REVISION_YEAR, SECOND_ROUND_YEAR
from orchestration.demo.outcomes import MORTALITY
from orchestration.demo.people import HOUSEHOLD_TYPES, JOB_CENTRE, SOCIAL_OFFICE
from orchestration.demo.phases import PHASES
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
    ("school_entrants_with_u8", "school_entrants_with_booklet"),
    ("leavers_without_certificate", "school_leavers"),
    ("overcrowded_households", "households"),
    ("naturalisations", "non_german"),
    ("women_employed_15_64", "women_15_64"),
)
# a figure and the categories into which it falls completely
CATEGORIES = (
    ("population", [f"age={band}" for band in BANDS]),
    ("population", ["sex=f", "sex=m"]),
    ("population", [f"age={band}|sex={sex}" for band in BANDS for sex in ("f", "m")]),
    ("non_german", ["sex=f", "sex=m"]),
    ("international_family_history", [f"age={phase}" for phase in PHASES]),
    ("sgb2_beneficiaries_under_65", ["age=0-17", "age=18-34", "age=35-64"]),
    ("sgb2_beneficiaries_under_65", ["sex=f", "sex=m"]),
    ("unemployed", ["age=15-24", "age=25-54", "age=55-64"]),
    ("unemployed", ["sex=f", "sex=m"]),
    ("employees_15_64", ["age=15-17", "age=18-34", "age=35-64"]),
    ("employees_15_64", ["sex=f", "sex=m"]),
    ("residents_green_space_access", [f"age={phase}" for phase in PHASES]),
    ("residents_transit_access", [f"age={phase}" for phase in PHASES]),
    ("residents_18plus_10_years", ["age=18-34", "age=35-64", "age=65+"]),
    ("severely_disabled", [f"age={phase}" for phase in PHASES]),
    ("deaths_under_65", [f"age={band}" for band in MORTALITY]),
    ("households", [f"household_type={kind}" for kind in HOUSEHOLD_TYPES]),
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
    "unemployed|age=25-54": (25, 54),
    "unemployed|age=55-64": (55, 64),
    "sgb2_beneficiaries_under_65|age=0-17": (0, 17),
    "sgb2_beneficiaries_under_65|age=18-34": (18, 34),
    "sgb2_beneficiaries_under_65|age=35-64": (35, 64),
    "employees_15_64|age=18-34": (18, 34),
    "employees_15_64|age=35-64": (35, 64),
    "residents_green_space_access|age=65+": (65, None),
    "residents_transit_access|age=0-17": (0, 17),
    "residents_18plus_10_years": (18, None),
    "neet_18_24": (18, 24),
    "deaths_under_65|age=60-64": (60, 64),
    "youth_work_visitors_6_17": (6, 17),
    "severely_disabled|age=18-34": (18, 34),
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
    deliveries = {name for name in first if name.startswith(("inbox/", "second_delivery/"))}
    assert not same & deliveries


def test_committed_demo_is_what_the_generator_writes(tmp_path: Path) -> None:
    write_demo(tmp_path / "city", SEED, 1)
    written, committed = hashes(tmp_path / "city"), hashes(COMMITTED)
    assert {name: committed.get(name) for name in written} == written
    own = ("extracts/", "inbox/", "second_delivery/", "geography/", "disclosure/")
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
    assert [len(city.places[level]) for level in ALL_LEVELS] == [1, 9, 86, 570]
    parents = [place.parent for place in city.neighbourhoods]
    sizes = [parents.count(place.code) for place in city.places["stadtbezirk"]]
    assert sizes == [5, 13, 9, 6, 7, 12, 16, 9, 9]
    assert (city.neighbourhoods[0].code, city.places["quartier"][0].code) == ("101", "10101")
    for level in ALL_LEVELS:
        assert len({place.name for place in city.versions(level) if not place.valid_to}) == len(
            city.places[level]
        )


@pytest.mark.parametrize(("seed", "scale"), [(SEED, 1.0), (SEED, SMALL), (7, 0.3)])
def test_one_quarter_changed_its_neighbourhood_in_2020(seed: int, scale: float) -> None:
    city = build_city(seed, scale)
    before, after = (
        {place.code: place.parent for place in city.at("quartier", year)} for year in (2019, 2020)
    )
    gave, took = (place for place in city.former if place.level == "stadtteil")
    assert before.keys() == after.keys()
    assert {code for code, home in before.items() if home in (gave.code, took.code)} == {
        code for code in before if before[code] != after[code]
    }
    (moved,) = [
        code
        for code, home in before.items()
        if home == gave.code and after[code] != after[f"{after_home(gave, city)}01"]
    ]
    assert after[moved] == after_home(took, city)
    for year in (2019, 2020):
        outlines = [place.polygon for place in city.at("stadtteil", year)]
        assert len(outlines) == len(city.neighbourhoods)
        assert sum(outline.area for outline in outlines) == pytest.approx(
            city.places["stadt"][0].polygon.area
        )


def after_home(former: Place, city: City) -> str:
    """The code of the neighbourhood that took the place of an ended one: same end of the name."""
    (code,) = [p.code for p in city.neighbourhoods if p.name.endswith(former.name.lower())]
    return code


def test_weights_of_the_crosswalk_are_the_residents_who_moved(figures: Figures) -> None:
    rows = [row for row in crosswalk_rows(figures) if row[0] == "stadtteil"]
    assert len(rows) == 3
    city = figures.city
    for old in (place for place in city.former if place.level == "stadtteil"):
        mine = [row for row in rows if row[1] == old.code]
        assert sum(float(row[6]) for row in mine) == pytest.approx(1, abs=1e-9)
        residents = figures.value("population", old, 2019)
        for row in mine:
            (new,) = [place for place in city.neighbourhoods if place.code == row[4]]
            common = set(city.members(old)) & set(city.members(new))
            moved = figures.whole("population")[sorted(common), YEARS.index(2019)].sum()
            assert float(row[6]) == pytest.approx(moved / residents, abs=1e-6)


@pytest.mark.parametrize(("seed", "scale"), [(SEED, 1.0), (SEED, SMALL), (7, 0.3), (8, 1.0)])
def test_outlines_are_one_coverage_without_gaps(seed: int, scale: float) -> None:
    city = build_city(seed, scale)
    polygons = [place.polygon for place in city.neighbourhoods]
    quarters = [place.polygon for place in city.places["quartier"]]
    for coverage in (polygons, quarters):
        assert shapely.coverage_is_valid(coverage)
        assert {polygon.geom_type for polygon in coverage} == {"Polygon"}
    for place, polygon in zip(city.neighbourhoods, polygons, strict=True):
        parts = [quarters[i] for i in city.members(place)]
        assert parts
        assert shapely.union_all(parts, grid_size=1e-6).symmetric_difference(polygon).area < 1e-12
    outline = city.places["stadt"][0].polygon
    assert outline.geom_type == "Polygon"
    assert not shapely.get_num_interior_rings(outline)
    assert sum(polygon.area for polygon in polygons) == pytest.approx(outline.area)
    west, south, east, north = outline.bounds
    assert 0 < west < east < 0.36
    assert 0 < south < north < 0.32
    districts = [place.polygon for place in city.places["stadtbezirk"]]
    assert {district.geom_type for district in districts} == {"Polygon"}


@pytest.mark.parametrize(("variable", "categories"), CATEGORIES)
def test_categories_add_up_to_their_whole_in_every_area(
    figures: Figures, variable: str, categories: list[str]
) -> None:
    keys = [f"{variable}|{category}" for category in categories]
    assert (figures.sum_of(keys) == figures.whole(variable)).all()
    assert all((figures.whole(key) >= 0).all() for key in keys)
    city = figures.city.places["stadt"][0]
    for year in YEARS:
        assert sum(figures.value(key, city, year) for key in keys) == figures.value(variable, city, year)


def test_about_a_million_people_live_there(figures: Figures) -> None:
    assert 900_000 < int(figures.whole("population")[:, 0].sum()) < 1_200_000


@pytest.mark.parametrize(
    "variable", ["population", "sgb2_beneficiaries_under_65", "residents_transit_access"]
)
def test_quarters_add_up_to_their_neighbourhood_before_and_after_the_reform(
    figures: Figures, variable: str
) -> None:
    city = figures.city
    for year in (2019, 2020):
        below: dict[str, float] = {}
        for place in city.at("quartier", year):
            below[place.parent or ""] = below.get(place.parent or "", 0) + figures.value(
                variable, place, year
            )
        assert below == {p.code: figures.value(variable, p, year) for p in city.at("stadtteil", year)}


def test_move_within_an_area_does_not_count_for_it(figures: Figures) -> None:
    counted = [
        sum(figures.value("moves_across_boundary", place, 2022) for place in figures.city.places[level])
        for level in ALL_LEVELS
    ]
    assert counted == sorted(counted)
    assert len(set(counted)) == 4


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
    situation = figures.city.chance.deprivation
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


def test_about_three_percent_of_the_small_area_cells_of_benefit_offices_are_hidden(figures: Figures) -> None:
    hidden = total = 0
    for table in TABLES:
        if table.office not in (JOB_CENTRE, SOCIAL_OFFICE) or not table.hides_below:
            continue
        for level in {"stadtteil", "quartier"} & set(table.levels):
            for year in table.years:
                for place in figures.city.at(level, year):
                    values = [figures.value(cells.key, place, year) for cells in table.cells]
                    hidden += sum(0 < value < table.hides_below for value in values)
                    total += len(values)
    print(f"{hidden} of {total} cells are hidden: {hidden / total:.2%}")
    assert 0.025 < hidden / total < 0.035


def test_second_round_revises_one_area_and_brings_the_late_year(small_city: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    folder = small_city / "second_delivery"
    assert sorted(file.name for file in folder.iterdir()) == [
        f"jobcenter_sgb2_{SECOND_ROUND_YEAR}_berichtigt.xlsx",
        "spielflaechen_2024.csv",
    ]
    first, second = (
        list(openpyxl.load_workbook(path).active.values)
        for path in (
            small_city / "inbox" / f"jobcenter_sgb2_{SECOND_ROUND_YEAR}.xlsx",
            folder / f"jobcenter_sgb2_{SECOND_ROUND_YEAR}_berichtigt.xlsx",
        )
    )
    different = [
        (row[0], old, new)
        for row, other in zip(first, second, strict=True)
        for old, new in zip(row, other, strict=True)
        if old != new
    ]
    assert different[0][0] == "0"
    assert {old - new for _, old, new in different} == {131}
    assert len(different) == 3
    years = {row["Jahr"] for row in rows_of(small_city / "inbox" / "spielflaechen.csv", "windows-1252")}
    assert years == {str(year) for year in YEARS[:-1]}
    late = rows_of(folder / "spielflaechen_2024.csv", "windows-1252")
    assert {row["Jahr"] for row in late} == {"2024"}


def test_inbox_stays_small() -> None:
    assert sum(file.stat().st_size for file in (COMMITTED / "inbox").iterdir()) < 14_000_000
