"""Deliveries about education, youth and children's health.

To add a delivery, append one AreaTable; its contract and its files follow. Must not live here: figures.
"""

from __future__ import annotations

from orchestration.demo.chance import YEARS
from orchestration.demo.city import CITY, DISTRICT, LEVELS, NEIGHBOURHOOD
from orchestration.demo.tables import AreaTable, Cells

YOUTH_OFFICE = "Amt für Kinder, Jugend und Familie Musterstadt"
SCHOOL_OFFICE = "Amt für Schulentwicklung Musterstadt"
HEALTH_OFFICE = "Gesundheitsamt Musterstadt"

SCHOOL_ENTRY_YEARS = tuple(year for year in YEARS if year not in (2020, 2021))

TABLES: tuple[AreaTable, ...] = (
    AreaTable(
        extract_id="kindertagesbetreuung",
        title="Betreute Kinder in Kitas und Kindertagespflege nach Wohnort",
        office=YOUTH_OFFICE,
        purpose="Frühe Bildung und Bedarfsplanung",
        legal_basis="§§ 98 ff. SGB VIII",
        levels=(CITY, NEIGHBOURHOOD),
        hides_below=5,
        cells=(
            Cells("unter 3 Jahren", "children_under_3_in_day_care"),
            Cells("3 bis unter 6 Jahre", "children_3_5_in_day_care"),
        ),
    ),
    AreaTable(
        extract_id="hilfen_zur_erziehung",
        title="Hilfen zur Erziehung",
        office=YOUTH_OFFICE,
        purpose="Jugendhilfeplanung",
        legal_basis="§§ 98 ff. SGB VIII",
        levels=LEVELS,
        hides_below=5,
        cells=(Cells("Hilfen (laufend und beendet im Jahr)", "hze_supports"),),
    ),
    AreaTable(
        extract_id="grundschulen_uebergaenge",
        title="Grundschulkinder, offener Ganztag und Übergänge zum Gymnasium nach Wohnort",
        office=SCHOOL_OFFICE,
        purpose="Schulentwicklungsplanung",
        legal_basis="§ 80 Schulgesetz",
        levels=LEVELS,
        hides_below=5,
        cells=(
            Cells("Grundschulkinder", "primary_pupils"),
            Cells("davon im offenen Ganztag", "primary_pupils_all_day"),
            Cells("Übergänge aus Klasse 4", "year_4_leavers"),
            Cells("davon zum Gymnasium", "transitions_to_gymnasium"),
        ),
        not_more_than=(
            ("primary_pupils_all_day", "primary_pupils"),
            ("transitions_to_gymnasium", "year_4_leavers"),
        ),
    ),
    AreaTable(
        extract_id="schulabgaenge",
        title="Schulabgänge nach Abschluss",
        office=SCHOOL_OFFICE,
        purpose="Übergänge in Ausbildung und Beruf",
        legal_basis="Schulstatistik, § 120 Schulgesetz",
        note="Nach dem Stadtbezirk der Schule, nicht der Wohnung.",
        levels=(CITY, DISTRICT),
        due_days=240,
        cells=(
            Cells("Schulabgänge", "school_leavers"),
            Cells("davon ohne Ersten Schulabschluss", "leavers_without_certificate"),
        ),
        not_more_than=(("leavers_without_certificate", "school_leavers"),),
    ),
    AreaTable(
        extract_id="offene_kinder_jugendarbeit",
        title="Regelmäßige Besucher*innen der offenen Kinder- und Jugendarbeit",
        office=YOUTH_OFFICE,
        purpose="Jugendförderplan",
        legal_basis="§ 11 SGB VIII, Berichte der Träger",
        cells=(Cells("Besucher*innen 6 bis unter 18", "youth_work_visitors_6_17"),),
    ),
    AreaTable(
        extract_id="schuleingangsuntersuchung",
        title="Schuleingangsuntersuchung",
        office=HEALTH_OFFICE,
        purpose="Gesundheitsberichterstattung über Kinder",
        legal_basis="Gesetz über den öffentlichen Gesundheitsdienst; § 54 Schulgesetz",
        note="2020 und 2021 fand keine vollständige Untersuchung statt.",
        levels=LEVELS,
        years=SCHOOL_ENTRY_YEARS,
        workbook_sheet="SEU",
        hides_below=5,
        due_days=270,
        cells=(
            Cells("untersuchte Kinder", "school_entrants_examined"),
            Cells("darunter auffällig | Sprache", "school_entrants_language_need"),
            Cells("darunter auffällig | Koordination", "school_entrants_motor_problem"),
            Cells("Körpergewicht | gemessen", "school_entrants_bmi_examined"),
            Cells("Körpergewicht | Übergewicht", "school_entrants_overweight"),
            Cells("Impfausweis | vorgelegt", "school_entrants_with_vaccination_card"),
            Cells("Impfausweis | zweite Masernimpfung", "school_entrants_measles_2_doses"),
            Cells("Vorsorgeheft | vorgelegt", "school_entrants_with_booklet"),
            Cells("Vorsorgeheft | U8 dokumentiert", "school_entrants_with_u8"),
        ),
        not_more_than=(
            ("school_entrants_language_need", "school_entrants_examined"),
            ("school_entrants_motor_problem", "school_entrants_examined"),
            ("school_entrants_overweight", "school_entrants_bmi_examined"),
            ("school_entrants_measles_2_doses", "school_entrants_with_vaccination_card"),
            ("school_entrants_with_u8", "school_entrants_with_booklet"),
        ),
    ),
)
