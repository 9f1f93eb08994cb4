"""Deliveries about deaths, moves, naturalisations, disability and the discount pass.

To add a delivery, append one AreaTable; its contract and its files follow. Must not live here: figures.
"""

from __future__ import annotations

from orchestration.demo.city import CITY, DISTRICT, LEVELS
from orchestration.demo.living import HOUSING_OFFICE
from orchestration.demo.outcomes import DISABLED, MORTALITY
from orchestration.demo.people import JOB_CENTRE, REGISTER_LAW, SOCIAL_OFFICE, STATISTICS_OFFICE
from orchestration.demo.phases import LONG_RESIDENCE
from orchestration.demo.tables import AreaTable, Cells

REGISTRY_OFFICE = "Standesamt Musterstadt"
ALIENS_OFFICE = "Amt für Migration Musterstadt"
OVERCROWDING_YEARS = (2014, 2018, 2022)

TABLES: tuple[AreaTable, ...] = (
    AreaTable(
        extract_id="sterbefaelle",
        title="Gestorbene unter 65 Jahren nach Altersgruppen",
        office=REGISTRY_OFFICE,
        purpose="Vorzeitige Sterblichkeit",
        legal_basis="Bevölkerungsstatistikgesetz; Auswertung zu Zählern",
        note="Die Altersgruppen sind Summen von Altersgruppen der Europastandardbevölkerung.",
        levels=LEVELS,
        due_days=200,
        cells=(
            Cells("Gestorbene unter 65", "deaths_under_65"),
            *(Cells(band, "deaths_under_65", {"age": band}) for band in MORTALITY),
        ),
        categories=(("deaths_under_65", "age"),),
    ),
    AreaTable(
        extract_id="wanderungen",
        title="Zuzüge und Fortzüge über die Gebietsgrenze",
        office=STATISTICS_OFFICE,
        purpose="Fluktuation in den Gebieten",
        legal_basis=REGISTER_LAW,
        note="Ein Umzug zählt für jedes Gebiet, dessen Grenze er überschreitet: keine Summen.",
        levels=LEVELS,
        due_days=120,
        cells=(Cells("Zuzüge und Fortzüge", "moves_across_boundary"),),
        is_sum=False,
    ),
    AreaTable(
        extract_id="wohndauer",
        title="Einwohner*innen ab 18 Jahren mit mindestens zehn Jahren an der Adresse",
        office=STATISTICS_OFFICE,
        purpose="Bindung an das Wohngebiet",
        legal_basis=REGISTER_LAW,
        levels=LEVELS,
        hides_below=5,
        cells=(
            Cells("zehn Jahre und länger", "residents_18plus_10_years"),
            *(Cells(f"darunter {age}", "residents_18plus_10_years", {"age": age}) for age in LONG_RESIDENCE),
        ),
        categories=(("residents_18plus_10_years", "age"),),
    ),
    AreaTable(
        extract_id="einbuergerungen",
        title="Einbürgerungen",
        office=ALIENS_OFFICE,
        purpose="Politische Teilhabe",
        legal_basis="§ 36 StAG, zusammengefasste Geschäftsstatistik",
        levels=LEVELS,
        hides_below=5,
        cells=(Cells("Einbürgerungen", "naturalisations"),),
    ),
    AreaTable(
        extract_id="junge_menschen_ohne_arbeit",
        title="18- bis 24-Jährige ohne Arbeit und Ausbildung (Näherung)",
        office=JOB_CENTRE,
        purpose="Übergänge in Ausbildung und Beruf",
        legal_basis="§ 282 SGB III in Verbindung mit § 50 SGB II, Sonderauswertung",
        levels=LEVELS,
        hides_below=10,
        due_days=160,
        cells=(Cells("18 bis unter 25", "neet_18_24"),),
    ),
    AreaTable(
        extract_id="schwerbehinderung",
        title="Menschen mit Schwerbehinderung nach Altersgruppen",
        office=SOCIAL_OFFICE,
        purpose="Inklusion",
        legal_basis="§ 214 SGB IX, zusammengefasste Geschäftsstatistik",
        levels=LEVELS,
        hides_below=5,
        cells=(
            Cells("Grad der Behinderung ab 50", "severely_disabled"),
            *(Cells(f"darunter {age}", "severely_disabled", {"age": age}) for age in DISABLED),
        ),
        categories=(("severely_disabled", "age"),),
    ),
    AreaTable(
        extract_id="stadtpass",
        title="Ermäßigungspass: Inhaber*innen und Berechtigte",
        office=SOCIAL_OFFICE,
        purpose="Mobilität und Teilhabe bei geringem Einkommen",
        legal_basis="Ratsbeschluss zum Stadtpass, zusammengefasste Geschäftsstatistik",
        note="Die Zahl der Berechtigten ist eine Näherung; Inhaber*innen können mehr sein.",
        levels=(CITY, DISTRICT),
        encoding="utf-8",
        cells=(
            Cells("Inhaber*innen", "discount_pass_holders"),
            Cells("Berechtigte (Näherung)", "discount_pass_eligible"),
        ),
    ),
    AreaTable(
        extract_id="beengtes_wohnen",
        title="Beengt wohnende Haushalte",
        office=HOUSING_OFFICE,
        purpose="Wohnraumversorgung",
        legal_basis="Zensusgesetz, Ableitung aus Gebäude- und Wohnungszählung",
        levels=LEVELS,
        years=OVERCROWDING_YEARS,
        every=4,
        due_days=500,
        hides_below=5,
        cells=(Cells("mehr Personen als Wohnräume", "overcrowded_households"),),
    ),
)
