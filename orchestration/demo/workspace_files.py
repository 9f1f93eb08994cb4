"""The files of the fictional city's workspace that are not contracts: who it is, areas, rules, notes.

Must not live here: delivered figures.
"""

from __future__ import annotations

from pathlib import Path

from orchestration.demo.catalogue import indicator_rows
from orchestration.demo.city import ALL_LEVELS, CITY, DISTRICT, NEIGHBOURHOOD, QUARTER, City, Place
from orchestration.demo.crosswalks import HEADER as CROSSWALK_HEADER
from orchestration.demo.crosswalks import crosswalk_rows
from orchestration.demo.figures import Figures
from orchestration.demo.formats import write_csv, write_yaml
from orchestration.demo.names import CITY_NAME
from orchestration.demo.social_spaces import LEVEL_ROW, SOCIAL_SPACE, former_spaces, share_rows, social_spaces

PARENTS = {CITY: "", DISTRICT: CITY, NEIGHBOURHOOD: DISTRICT, QUARTER: NEIGHBOURHOOD, SOCIAL_SPACE: CITY}

CONFIG = {
    "workspace_id": "demo",
    "name_de": CITY_NAME,
    "name_en": CITY_NAME,
    "city_area_id": f"{CITY}-0",
    "is_demo": True,
    "demo_label_de": "Demodaten",
    "demo_label_en": "Demo data",
    "crs": "EPSG:32631",
    "contact_office": "Amt für Statistik Musterstadt (fiktiv)",
    "feedback_address": "statistik@musterstadt.example",
    "disclosure_default_profile": "std_lt5",
}

LEVEL_ROWS = (
    (CITY, "Stadt", "City", "Stadt", "City", "0", ""),
    (DISTRICT, "Stadtbezirk", "District", "Stadtbezirke", "Districts", "1", CITY),
    LEVEL_ROW,
    (NEIGHBOURHOOD, "Stadtteil", "Neighbourhood", "Stadtteile", "Neighbourhoods", "3", DISTRICT),
    (
        QUARTER,
        "Statistisches Quartier",
        "Statistical quarter",
        "Statistische Quartiere",
        "Statistical quarters",
        "4",
        NEIGHBOURHOOD,
    ),
)

PROFILE_ROWS = (
    ("std_lt5", "5", "false", "30", "true",
     "Werte von 1 bis 4 werden nicht gezeigt, bei Daten der Arbeitsverwaltung Werte von 1 bis 9.",
     "Values from 1 to 4 are not shown, in data of the employment agency values from 1 to 9."),
    ("ba_lt10", "10", "true", "30", "true",
     "Werte von 1 bis 9 werden nicht gezeigt, auch nicht als Rest zum Ganzen.",
     "Values from 1 to 9 are not shown, nor as the remainder to the whole."),
    ("health_lt5", "5", "true", "30", "true",
     "Werte von 1 bis 4 werden nicht gezeigt, auch nicht als Rest zum Ganzen.",
     "Values from 1 to 4 are not shown, nor as the remainder to the whole."),
    ("survey_n30", "1", "false", "30", "true",
     "Umfragewerte mit weniger als 30 Befragten werden nicht gezeigt.",
     "Survey values with fewer than 30 respondents are not shown."),
    ("election", "0", "false", "50", "false",
     "Amtliches Wahlergebnis, vom Wahlamt veröffentlicht.",
     "Official election result, published by the election office."),
    ("none", "0", "false", "0", "false",
     "Keine Angaben über Personen.", "No data on persons."),
)  # fmt: skip

BREAK_ROWS = (
    ("wohngeld_plus_2023", "housing_benefit_rate", "2023", "definition",
     "Wohngeld-Plus-Gesetz: seit Januar 2023 sind etwa doppelt so viele Haushalte berechtigt.",
     "Housing benefit reform: about twice as many households are entitled since January 2023.", "false"),
    ("sprachtest_2022", "school_entry_german_language_need", "2022", "definition",
     "Seit 2022 wird eine neue Fassung des Sprachtests verwendet.",
     "A new edition of the language test has been used since 2022.", "false"),
    ("laerm_cnossos_2022", "noise_lden_over_65_share", "2022", "method",
     "Die Lärmkartierung 2022 rechnet nach einem neuen Verfahren.",
     "The noise mapping of 2022 uses a new calculation method.", "false"),
)  # fmt: skip

EVENT_ROWS = (
    ("fluchtzuwanderung_2015", "2015-09", "migration", "Fluchtzuwanderung 2015/16",
     "Refugee migration 2015/16", f"{CITY}-0"),
    ("pandemie_2020", "2020-03", "pandemic", "Beginn der Pandemie", "Start of the pandemic", f"{CITY}-0"),
    ("ukraine_2022", "2022-06", "migration", "Geflüchtete aus der Ukraine wechseln in das SGB II",
     "Refugees from Ukraine enter SGB II", f"{CITY}-0"),
    ("buergergeld_2023", "2023-01", "law", "Bürgergeld-Gesetz", "Citizen's benefit act", f"{CITY}-0"),
)  # fmt: skip

HEADERS = {
    "levels": ("level", "name_de", "name_en", "plural_de", "plural_en", "rank", "parent_level"),
    "areas": ("level", "code", "name", "parent_level", "parent_code", "valid_from", "valid_to"),
    "shares": ("level", "code", "member_level", "member_code", "share", "valid_from", "valid_to"),
    "crosswalks": CROSSWALK_HEADER,
    "indicators": ("indicator_id", "levels", "years", "note"),
    "profiles": ("profile_id", "threshold", "protects_complement", "min_denominator", "hides",
                 "note_de", "note_en"),
    "variables": ("variable_id", "profile_id"),
    "corrections": ("extract_id", "variable_id", "level", "code", "period_id", "breakdown_id",
                    "expected_wrong_value", "corrected_value", "reason"),
    "series_breaks": ("break_id", "indicator_id", "period_id", "kind", "reason_de", "reason_en", "bridged"),
    "context_events": ("event_id", "period_id", "kind", "label_de", "label_en", "area_ids"),
}  # fmt: skip


def write_workspace_files(figures: Figures, out: Path, corrections: list[list[str]]) -> None:
    """Writes workspace.yml, deliveries.yml and every table of the workspace."""
    city = figures.city
    write_yaml(out / "workspace.yml", CONFIG, "Fictional city; written by `sozialraum demo`, do not edit.")
    ignored: dict[str, dict[str, str]] = {"ignore": {}, "ignore_files": {}}
    write_yaml(out / "deliveries.yml", ignored, "Deliveries and files to leave alone, each with its reason.")
    tables: dict[str, list[list[str]]] = {
        "geography/levels.csv": [list(row) for row in LEVEL_ROWS],
        "geography/areas.csv": _area_rows(city),
        "geography/shares.csv": share_rows(figures),
        "geography/crosswalks.csv": crosswalk_rows(figures),
        "indicators.csv": indicator_rows(),
        "disclosure/profiles.csv": [list(row) for row in PROFILE_ROWS],
        "disclosure/variables.csv": [["private_cars", "none"]],
        "corrections.csv": corrections,
        "series_breaks.csv": [list(row) for row in BREAK_ROWS],
        "context_events.csv": [list(row) for row in EVENT_ROWS],
    }
    for name, rows in tables.items():
        header = HEADERS[Path(name).stem]
        write_csv(out / name, [header, *rows], newline="\n")


def _area_rows(city: City) -> list[list[str]]:
    places = [place for level in ALL_LEVELS for place in city.versions(level)]
    places += [space.place for space in [*former_spaces(city), *social_spaces(city)]]
    return [_area_row(place) for place in places]


def _area_row(place: Place) -> list[str]:
    above = [PARENTS[place.level], place.parent or ""]
    return [place.level, place.code, place.name, *above, place.valid_from, place.valid_to]
