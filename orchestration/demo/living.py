"""Deliveries about health care, housing, environment, mobility and participation.

To add a delivery, append one AreaTable; its contract and its files follow. Must not live here: figures.
"""

from __future__ import annotations

from orchestration.demo.chance import YEARS
from orchestration.demo.city import CITY, DISTRICT, LEVELS
from orchestration.demo.learning import HEALTH_OFFICE, YOUTH_OFFICE
from orchestration.demo.people import SOCIAL_OFFICE
from orchestration.demo.phases import PHASES
from orchestration.demo.tables import AreaTable, Cells

HOUSING_OFFICE = "Amt für Wohnungswesen Musterstadt"
ENVIRONMENT_OFFICE = "Umwelt- und Grünflächenamt Musterstadt"
TRAFFIC_OFFICE = "Amt für Mobilität Musterstadt"
ELECTION_OFFICE = "Wahlamt Musterstadt"
GEODATA_LAW = "Geodatenzugangsgesetz, Modellrechnung ohne Personenbezug"

NOISE_YEARS = (2012, 2017, 2022)
GREEN_YEARS = tuple(range(2012, 2025, 2))
CARE_YEARS = tuple(range(2013, 2025, 2))
RENT_YEARS = tuple(range(2014, 2025))
TRANSIT_YEARS = tuple(range(2016, 2025))
MUNICIPAL_ELECTIONS, FEDERAL_ELECTIONS = (2014, 2020), (2013, 2017, 2021)

TABLES: tuple[AreaTable, ...] = (
    AreaTable(
        extract_id="pflegebeduerftige",
        title="Pflegebedürftige ab 65 Jahren",
        office=SOCIAL_OFFICE,
        purpose="Pflegeplanung",
        legal_basis="§ 109 SGB XI",
        levels=(CITY, DISTRICT),
        years=CARE_YEARS,
        every=2,
        due_days=400,
        cells=(Cells("Pflegebedürftige ab 65", "care_need_65plus"),),
    ),
    AreaTable(
        extract_id="hausaerztliche_versorgung",
        title="Hausärztliche Vollzeitäquivalente",
        office=HEALTH_OFFICE,
        purpose="Gesundheitliche Versorgung",
        legal_basis="öffentliches Arztverzeichnis",
        encoding="utf-8",
        cells=(Cells("Vollzeitäquivalente", "gp_full_time_equivalents", decimals=2),),
    ),
    AreaTable(
        extract_id="wohnungsbestand",
        title="Wohnungen, Belegungsbindungen und Wohnfläche",
        office=HOUSING_OFFICE,
        purpose="Wohnraumversorgung",
        legal_basis="Wohnraumförderungsgesetz; Fortschreibung des Wohnungsbestands",
        cells=(
            Cells("Wohnungen", "dwellings"),
            Cells("davon mit Belegungsbindung", "social_dwellings"),
            Cells("Wohnfläche in 1 000 m²", "living_space_sqm", decimals=1, factor="1000"),
        ),
        not_more_than=(("social_dwellings", "dwellings"),),
    ),
    AreaTable(
        extract_id="wohnungsnotfaelle",
        title="Gemeldete Wohnungsnotfälle",
        office=SOCIAL_OFFICE,
        purpose="Wohnungssicherung",
        legal_basis="§§ 67 ff. SGB XII, zusammengefasste Geschäftsstatistik",
        levels=(CITY, DISTRICT),
        encoding="utf-8",
        cells=(Cells("Wohnungsnotfälle", "housing_emergencies"),),
    ),
    AreaTable(
        extract_id="angebotsmieten",
        title="Angebotsmieten, netto kalt",
        office=HOUSING_OFFICE,
        purpose="Wohnkosten",
        legal_basis="lizenzierte Auswertung von Wohnungsanzeigen",
        note="Unter 20 Angeboten kein Wert, unter 30 Angeboten in Klammern.",
        levels=LEVELS,
        years=RENT_YEARS,
        cells=(
            Cells("Zahl der Angebote", "asking_rent_offers"),
            Cells(
                "Median in EUR je m²", "asking_rent_median", decimals=2, thin=("asking_rent_offers", 20, 30)
            ),
        ),
    ),
    AreaTable(
        extract_id="laermkartierung",
        title="Straßenlärm: Einwohner*innen über 65 dB(A) Lden",
        office=ENVIRONMENT_OFFICE,
        purpose="Umweltbelastung in den Sozialräumen",
        legal_basis="§ 47c BImSchG",
        note="Die Runde 2022 rechnet mit einem anderen Verfahren.",
        years=NOISE_YEARS,
        one_file_per_year=True,
        every=5,
        due_days=300,
        cells=(Cells("Betroffene", "residents_noise_lden_over_65"),),
    ),
    AreaTable(
        extract_id="gruenflaechen_erreichbarkeit",
        title="Einwohner*innen mit öffentlicher Grünfläche in 300 m",
        office=ENVIRONMENT_OFFICE,
        purpose="Umweltgerechtigkeit",
        legal_basis=GEODATA_LAW,
        years=GREEN_YEARS,
        every=2,
        cells=(
            Cells("Einwohner*innen in 300 m", "residents_green_space_access"),
            *(Cells(f"darunter {age}", "residents_green_space_access", {"age": age}) for age in PHASES),
        ),
        categories=(("residents_green_space_access", "age"),),
    ),
    AreaTable(
        extract_id="luftqualitaet",
        title="Stickstoffdioxid im Jahresmittel",
        office=ENVIRONMENT_OFFICE,
        purpose="Umweltbelastung in den Sozialräumen",
        legal_basis=GEODATA_LAW,
        levels=LEVELS,
        encoding="utf-8",
        cells=(Cells("NO2 in µg/m³", "no2_annual_mean", decimals=1),),
    ),
    AreaTable(
        extract_id="spielflaechen",
        title="Öffentliche Spielplatzfläche",
        office=YOUTH_OFFICE,
        purpose="Spielflächenbedarfsplanung",
        legal_basis="Spielplatzkataster",
        note="Die Angaben zu 2024 kommen mit der zweiten Lieferung.",
        is_overdue=True,
        late=(YEARS[-1],),
        cells=(Cells("Spielplatzfläche in m²", "playground_area_sqm"),),
    ),
    AreaTable(
        extract_id="oepnv_erschliessung",
        title="Einwohner*innen im Einzugsradius einer Haltestelle",
        office=TRAFFIC_OFFICE,
        purpose="Nahverkehrsplan",
        legal_basis=GEODATA_LAW,
        years=TRANSIT_YEARS,
        cells=(
            Cells("erschlossene Einwohner*innen", "residents_transit_access"),
            *(Cells(f"darunter {age}", "residents_transit_access", {"age": age}) for age in PHASES),
        ),
        categories=(("residents_transit_access", "age"),),
    ),
    AreaTable(
        extract_id="kraftfahrzeuge",
        title="Privat zugelassene Pkw",
        office=TRAFFIC_OFFICE,
        purpose="Mobilität",
        legal_basis="Statistiksatzung der Stadt, Auszug der Zulassungsstelle",
        cells=(Cells("private Pkw", "private_cars"),),
    ),
    AreaTable(
        extract_id="kommunalwahl",
        title="Wahlbeteiligung bei der Kommunalwahl",
        office=ELECTION_OFFICE,
        purpose="Politische Teilhabe",
        legal_basis="Kommunalwahlgesetz, amtliches Endergebnis mit zugeordneter Briefwahl",
        years=MUNICIPAL_ELECTIONS,
        one_file_per_year=True,
        area_key="name",
        every=6,
        due_days=30,
        cells=(
            Cells("Wahlberechtigte", "eligible_voters_municipal"),
            Cells("Wählende", "voters_municipal"),
        ),
        not_more_than=(("voters_municipal", "eligible_voters_municipal"),),
    ),
    AreaTable(
        extract_id="bundestagswahl",
        title="Wahlbeteiligung bei der Bundestagswahl",
        office=ELECTION_OFFICE,
        purpose="Politische Teilhabe",
        legal_basis="Bundeswahlgesetz, amtliches Endergebnis mit zugeordneter Briefwahl",
        years=FEDERAL_ELECTIONS,
        one_file_per_year=True,
        area_key="name",
        every=4,
        due_days=30,
        cells=(
            Cells("Wahlberechtigte", "eligible_voters_federal"),
            Cells("Wählende", "voters_federal"),
        ),
        not_more_than=(("voters_federal", "eligible_voters_federal"),),
    ),
)
