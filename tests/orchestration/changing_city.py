"""A city of three neighbourhoods, two of them cut anew in 2020, with quarters, social spaces, a crosswalk.

Lives here: the workspace as its office would write it. Must not live here: claims.
"""

from __future__ import annotations

from pathlib import Path

YEARS = range(2016, 2022)
CHANGE = 2020
STATE = "2019-12-31"

WORKSPACE = """\
workspace_id: wandelstadt
name_de: Wandelstadt
name_en: Wandelstadt
city_area_id: stadt-0
crs: EPSG:25832
contact_office: Statistikstelle
feedback_address: statistik@wandelstadt.example
disclosure_default_profile: std_lt5
"""
LEVELS = """\
level;name_de;name_en;plural_de;plural_en;rank;parent_level
stadt;Stadt;City;Stadt;City;0;
sozialraum;Sozialraum;Social space;Sozialräume;Social spaces;1;stadt
stadtteil;Stadtteil;Neighbourhood;Stadtteile;Neighbourhoods;2;stadt
viertel;Viertel;Quarter;Viertel;Quarters;3;stadtteil
"""
AREAS = """\
level;code;name;parent_level;parent_code;valid_from;valid_to
stadt;0;Wandelstadt;;;;
stadtteil;01;Altenberg;stadt;0;;2020-01-01
stadtteil;02;Bachviertel;stadt;0;;
stadtteil;03;Campus;stadt;0;;2020-01-01
stadtteil;04;Altenberg West;stadt;0;2020-01-01;
stadtteil;05;Altenberg Ost mit Campus;stadt;0;2020-01-01;
viertel;0101;West;stadtteil;01;;2020-01-01
viertel;0101;West;stadtteil;04;2020-01-01;
viertel;0102;Ost;stadtteil;01;;2020-01-01
viertel;0102;Ost;stadtteil;05;2020-01-01;
viertel;0201;Am Bach;stadtteil;02;;
viertel;0202;Mühle;stadtteil;02;;
viertel;0301;Campus;stadtteil;03;;2020-01-01
viertel;0301;Campus;stadtteil;05;2020-01-01;
sozialraum;A;Alter Raum;stadt;0;;2020-01-01
sozialraum;B;Neuer Raum;stadt;0;2020-01-01;
"""
SHARES = """\
level;code;member_level;member_code;share;valid_from;valid_to
sozialraum;A;stadtteil;01;0.5;;2020-01-01
sozialraum;A;stadtteil;02;1;;2020-01-01
sozialraum;B;viertel;0101;1;2020-01-01;
sozialraum;B;viertel;0201;1;2020-01-01;
sozialraum;B;stadtteil;04;1;2020-01-01;
sozialraum;B;stadtteil;02;0.4;2020-01-01;
"""
CROSSWALKS = """\
from_level;from_code;from_valid_from;to_level;to_code;to_valid_from;weight;weight_basis
stadtteil;01;;stadtteil;04;2020-01-01;0.6;Einwohner am 31.12.2019
stadtteil;01;;stadtteil;05;2020-01-01;0.4;Einwohner am 31.12.2019
stadtteil;03;;stadtteil;05;2020-01-01;1;ganz
"""
PROFILES = """\
profile_id;threshold;protects_complement;min_denominator;hides;note_de;note_en
std_lt5;5;false;30;true;Werte von 1 bis 4 werden nicht gezeigt.;Values from 1 to 4 are not shown.
ba_lt10;10;true;30;true;Werte von 1 bis 9 werden nicht gezeigt.;Values from 1 to 9 are not shown.
health_lt5;5;true;30;true;Werte von 1 bis 4 werden nicht gezeigt.;Values from 1 to 4 are not shown.
election;0;false;50;false;Amtliches Wahlergebnis.;Official election result.
none;0;false;0;false;Keine Angaben über Personen.;No data on persons.
"""
INDICATORS = """\
indicator_id;levels;years;note
pop_total;stadt|stadtteil|sozialraum;2016-2021;
pop_under_18_share;stadt|stadtteil|sozialraum;2016-2021;
housing_benefit_rate;stadtteil;2019-2021;
asking_rent_median;stadtteil;2019-2021;
"""
HEAD = """\
title: {title}
group: statistics
owner: Statistikstelle
publisher: Wandelstadt
licence: DL-DE BY 2.0
purpose: Test
legal_basis: Zusammengefasste Statistik
file: {{pattern: {name}*.csv, format: csv}}
columns:
  - {{name: Jahr, type: year}}
  - {{name: Nr, type: code}}
"""
RESIDENTS = (
    HEAD.format(title="Einwohner", name="einwohner")
    + """\
  - {name: Einwohner, type: count}
  - {name: unter 18, type: count}
  - {name: Haushalte, type: count}
area:
  by: code
  column: Nr
  patterns:
    - {match: "0", level: stadt}
    - {match: "0[1-9]", level: stadtteil}
period: {column: Jahr}
produces: observations
observations:
  - {column: Einwohner, variable: population}
  - {column: unter 18, variable: population_under_18}
  - {column: Haushalte, variable: households}
checks:
  unique: [Jahr, Nr]
  sum_of_areas: [{whole: stadt, parts: stadtteil, variable: population}]
"""
)
QUARTERS = (
    HEAD.format(title="Einwohner der Viertel", name="viertel")
    + """\
  - {name: Einwohner, type: count}
area: {by: code, column: Nr, level: viertel}
period: {column: Jahr}
produces: observations
observations:
  - {column: Einwohner, variable: population}
checks: {unique: [Jahr, Nr]}
"""
)
BENEFITS = (
    HEAD.format(title="Wohngeld und Mieten", name="wohngeld")
    + """\
  - {name: Haushalte mit Wohngeld, type: count}
  - {name: Miete, type: decimal}
area: {by: code, column: Nr, level: stadtteil, area_state: "2019-12-31"}
period: {column: Jahr}
produces: observations
observations:
  - {column: Haushalte mit Wohngeld, variable: housing_benefit_households}
  - {column: Miete, variable: asking_rent_median}
checks: {unique: [Jahr, Nr]}
"""
)
BENEFIT_ROWS = """\
Jahr;Nr;Haushalte mit Wohngeld;Miete
2019;01;40;10,0
2019;02;20;9,0
2019;03;10;12,0
2020;01;50;10,5
2020;02;20;9,5
2020;03;10;12,5
2021;01;60;11,0
2021;02;20;10,0
2021;03;3;13,0
"""


def residents(year: int) -> dict[str, tuple[int, int, int]]:
    """Neighbourhood -> residents, under 18, households, in the areas of the year."""
    step = year - YEARS[0]
    if year < CHANGE:
        return {"01": (5000, 500 + 60 * step, 2500), "02": (4000, 400, 2000), "03": (1000, 100, 600)}
    return {"04": (3000, 300 + 36 * step, 1500), "05": (3000, 300 + 24 * step, 1600), "02": (4000, 400, 2000)}


def quarters(year: int) -> dict[str, int]:
    """Quarter -> residents; they are counted from 2020 on."""
    return {"0101": 3000, "0102": 2000, "0201": 1500, "0202": 2500, "0301": 1000} if year >= CHANGE else {}


def write_city(folder: Path) -> Path:
    """Write the workspace with its inbox."""
    rows = ["Jahr;Nr;Einwohner;unter 18;Haushalte"]
    small = ["Jahr;Nr;Einwohner"]
    for year in YEARS:
        parts = residents(year)
        city = ";".join(str(sum(column)) for column in zip(*parts.values(), strict=True))
        rows += [f"{year};0;{city}"]
        rows += [f"{year};{code};" + ";".join(map(str, counts)) for code, counts in parts.items()]
        small += [f"{year};{code};{count}" for code, count in quarters(year).items()]
    files = {
        "workspace.yml": WORKSPACE,
        "geography/levels.csv": LEVELS,
        "geography/areas.csv": AREAS,
        "geography/shares.csv": SHARES,
        "geography/crosswalks.csv": CROSSWALKS,
        "disclosure/profiles.csv": PROFILES,
        "indicators.csv": INDICATORS,
        "extracts/einwohner.yml": RESIDENTS,
        "extracts/viertel.yml": QUARTERS,
        "extracts/wohngeld.yml": BENEFITS,
        "inbox/einwohner.csv": "\n".join(rows) + "\n",
        "inbox/viertel.csv": "\n".join(small) + "\n",
        "inbox/wohngeld.csv": BENEFIT_ROWS,
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder
