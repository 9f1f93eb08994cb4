"""Deliveries about residents, households, income and work.

To add a delivery, append one AreaTable; its contract and its files follow. Must not live here: figures.
"""

from __future__ import annotations

from orchestration.demo.city import CITY, LEVELS, NEIGHBOURHOOD
from orchestration.demo.residents import BANDS
from orchestration.demo.tables import AreaTable, Cells

STATISTICS_OFFICE = "Amt für Statistik Musterstadt"
JOB_CENTRE = "Jobcenter Musterstadt am Strom"
SOCIAL_OFFICE = "Amt für Soziales Musterstadt"
SEXES = {"f": "weiblich", "m": "männlich"}
REGISTER_LAW = "Statistiksatzung der Stadt; Auszug aus dem Melderegister nach § 34 BMG"

AGES = AreaTable(
    extract_id="einwohner_altersgruppen",
    title="Einwohner*innen mit Hauptwohnsitz nach Altersgruppen und Geschlecht",
    office=STATISTICS_OFFICE,
    purpose="Bevölkerungsstruktur und Bezugsgrößen der Sozialplanung",
    legal_basis=REGISTER_LAW,
    levels=LEVELS,
    one_file_per_year=True,
    due_days=60,
    cells=(
        Cells("Insgesamt", "population"),
        Cells("männlich", "population", {"sex": "m"}),
        Cells("weiblich", "population", {"sex": "f"}),
        *(
            Cells(f"{band.removesuffix('+')} und älter" if "+" in band else band, "population", {"age": band})
            for band in BANDS
        ),
    ),
    categories=(("population", "age"), ("population", "sex")),
)

AGES_BY_SEX = AreaTable(
    extract_id="einwohner_alter_geschlecht",
    title="Einwohner*innen mit Hauptwohnsitz nach Altersgruppen und Geschlecht zugleich",
    office=STATISTICS_OFFICE,
    purpose="Bezugsgrößen nach Geschlecht",
    legal_basis=REGISTER_LAW,
    levels=(CITY, NEIGHBOURHOOD),
    due_days=90,
    cells=(
        *(
            Cells(f"{'Frauen' if sex == 'f' else 'Männer'} {band}", "population", {"age": band, "sex": sex})
            for sex in ("f", "m")
            for band in BANDS
        ),
        Cells("Frauen von 15 bis unter 65", "women_15_64"),
    ),
)

ORIGIN = AreaTable(
    extract_id="einwohner_merkmale",
    title="Einwohner*innen nach Staatsangehörigkeit und internationaler Familiengeschichte",
    office=STATISTICS_OFFICE,
    purpose="Bevölkerungsstruktur, Teilhabe und Integration",
    legal_basis=REGISTER_LAW,
    levels=LEVELS,
    due_days=90,
    hides_below=5,
    cells=(
        Cells("Ausländer*innen", "non_german"),
        Cells("Ausländer", "non_german", {"sex": "m"}),
        Cells("Ausländerinnen", "non_german", {"sex": "f"}),
        Cells("mit internationaler Familiengeschichte", "international_family_history"),
        Cells("darunter unter 18", "international_family_history_under_18"),
        *(
            Cells(f"darunter {phase}", "international_family_history", {"age": phase})
            for phase in ("0-17", "18-34", "35-64", "65+")
        ),
        Cells("16 und älter", "population_16plus"),
        Cells("Drittstaatsangehörige ab 16", "non_eu_citizens_16plus"),
    ),
    categories=(("non_german", "sex"), ("international_family_history", "age")),
    not_more_than=(
        ("international_family_history_under_18", "international_family_history"),
        ("non_eu_citizens_16plus", "population_16plus"),
    ),
)

HOUSEHOLD_TYPES = {
    "single": "Einpersonenhaushalte",
    "couple_without_children": "Paare ohne Kinder",
    "couple_with_children": "Paare mit Kindern",
    "lone_parent": "Alleinerziehende mit Kindern",
    "other": "sonstige Mehrpersonenhaushalte",
}
HOUSEHOLDS = AreaTable(
    extract_id="haushalte",
    title="Privathaushalte nach Haushaltstyp",
    office=STATISTICS_OFFICE,
    purpose="Lebensformen und Wohnsituation",
    legal_basis=REGISTER_LAW,
    note="Aus dem Melderegister abgeleitet; die Stadtbezirke sind die Summe ihrer Stadtteile.",
    levels=(CITY, NEIGHBOURHOOD),
    hides_below=5,
    cells=(
        Cells("Haushalte", "households"),
        Cells("Haushalte mit Kindern unter 18", "households_with_children"),
        Cells("Alleinerziehende", "lone_parent_households"),
        Cells("Kinder bei Alleinerziehenden", "under_18_in_lone_parent_households"),
        Cells("Personen ab 65 in Privathaushalten", "persons_65plus_in_private_households"),
        Cells("davon allein lebend", "persons_65plus_in_one_person_households"),
        *(Cells(title, "households", {"household_type": kind}) for kind, title in HOUSEHOLD_TYPES.items()),
    ),
    categories=(("households", "household_type"),),
    not_more_than=(
        ("lone_parent_households", "households_with_children"),
        ("households_with_children", "households"),
        ("persons_65plus_in_one_person_households", "persons_65plus_in_private_households"),
    ),
)

RECIPIENTS = "Leistungsberechtigte nach SGB II"
BENEFITS = AreaTable(
    extract_id="jobcenter_sgb2",
    title="Leistungsberechtigte nach SGB II und Arbeitslose nach Stadtteilen",
    office=JOB_CENTRE,
    purpose="Einkommens- und Erwerbslage in den Sozialräumen",
    legal_basis="§ 50 SGB II in Verbindung mit § 282 SGB III, kleinräumige Auswertung",
    note="Personen ohne zuordenbare Anschrift stehen nur im Wert der Stadt.",
    levels=LEVELS,
    one_file_per_year=True,
    workbook_sheet="Stadtteile",
    hides_below=10,
    open_city=True,
    due_days=110,
    repeats={2022: "_berichtigt"},
    cells=(
        Cells(f"{RECIPIENTS} | insgesamt unter 65", "sgb2_beneficiaries_under_65"),
        Cells(f"{RECIPIENTS} | erwerbsfähig 15 bis unter 65", "sgb2_employable_15_64"),
        Cells(f"{RECIPIENTS} | nicht erwerbsfähig unter 15", "sgb2_non_employable_under_15"),
        Cells("Arbeitslose | insgesamt", "unemployed"),
        Cells("Arbeitslose | darunter SGB II", "unemployed_sgb2"),
        Cells("Arbeitslose | darunter unter 25", "unemployed_under_25"),
        Cells("Arbeitslose | darunter ein Jahr und länger", "unemployed_long_term"),
        Cells("nicht arbeitslose Empfänger*innen SGB II/XII", "transfer_recipients_non_unemployed"),
    ),
    not_more_than=(
        ("sgb2_employable_15_64", "sgb2_beneficiaries_under_65"),
        ("unemployed_sgb2", "unemployed"),
        ("unemployed_under_25", "unemployed"),
        ("unemployed_long_term", "unemployed"),
    ),
)

BENEFITS_BY_AGE = AreaTable(
    extract_id="jobcenter_merkmale",
    title="Leistungsberechtigte nach SGB II und Arbeitslose nach Alter und Geschlecht",
    office=JOB_CENTRE,
    purpose="Einkommens- und Erwerbslage in den Lebensphasen",
    legal_basis=BENEFITS.legal_basis,
    note="Arbeitslose in den Altersgruppen der Arbeitsverwaltung, die nicht in die Lebensphasen passen.",
    levels=LEVELS,
    hides_below=10,
    open_city=True,
    due_days=140,
    cells=(
        *(
            Cells(f"{kind} {name}", variable, {dimension: category})
            for kind, variable, ages in (
                ("Leistungsberechtigte", "sgb2_beneficiaries_under_65", ("0-17", "18-34", "35-64")),
                ("Arbeitslose", "unemployed", ("15-24", "25-54", "55-64")),
            )
            for dimension, categories in (("age", dict(zip(ages, ages, strict=True))), ("sex", SEXES))
            for category, name in categories.items()
        ),
    ),
)

EMPLOYEES = AreaTable(
    extract_id="beschaeftigte_wohnort",
    title="Sozialversicherungspflichtig Beschäftigte am Wohnort",
    office=STATISTICS_OFFICE,
    purpose="Erwerbsbeteiligung in den Sozialräumen",
    legal_basis="§ 282a SGB III, Übermittlung an abgeschottete Statistikstellen",
    note="Stichtag 30.06.; Personen ohne zuordenbare Anschrift stehen nur im Wert der Stadt.",
    levels=LEVELS,
    encoding="utf-8-sig",
    hides_below=10,
    open_city=True,
    due_days=200,
    cells=(
        Cells("Beschäftigte 15 bis unter 65", "employees_15_64"),
        *(Cells(f"darunter {age}", "employees_15_64", {"age": age}) for age in ("15-17", "18-34", "35-64")),
        *(Cells(f"darunter {name}", "employees_15_64", {"sex": sex}) for sex, name in SEXES.items()),
        Cells("Beschäftigte Frauen", "women_employed_15_64"),
    ),
    categories=(("employees_15_64", "age"), ("employees_15_64", "sex")),
)

SOCIAL_BENEFITS = AreaTable(
    extract_id="sozialamt_leistungen",
    title="Grundsicherung im Alter und Wohngeld",
    office=SOCIAL_OFFICE,
    purpose="Einkommenslage älterer Menschen und von Haushalten mit geringem Einkommen",
    legal_basis="§ 121 SGB XII, § 34 WoGG, zusammengefasste Geschäftsstatistik",
    note="Ab 2023 gilt das Wohngeld-Plus-Gesetz: mehr Haushalte sind berechtigt.",
    levels=LEVELS,
    long=True,
    encoding="utf-8",
    hides_below=5,
    open_city=True,
    cells=(
        Cells("Grundsicherung im Alter", "basic_security_old_age_recipients"),
        Cells("Haushalte mit Wohngeld", "housing_benefit_households"),
    ),
)

TABLES: tuple[AreaTable, ...] = (
    AGES,
    AGES_BY_SEX,
    ORIGIN,
    HOUSEHOLDS,
    BENEFITS,
    BENEFITS_BY_AGE,
    EMPLOYEES,
    SOCIAL_BENEFITS,
)
