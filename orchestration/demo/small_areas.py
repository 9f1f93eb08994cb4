"""Deliveries for the quarters: the same offices, the same columns, a later first year.

To add a delivery, append one AreaTable; its contract and its files follow. Must not live here: figures.
"""

from __future__ import annotations

from dataclasses import replace

from orchestration.demo.chance import YEARS
from orchestration.demo.city import QUARTER
from orchestration.demo.living import (
    ENVIRONMENT_OFFICE,
    GEODATA_LAW,
    GREEN_YEARS,
    NOISE_YEARS,
    TRAFFIC_OFFICE,
)
from orchestration.demo.people import AGES, BENEFITS, HOUSEHOLDS, ORIGIN, SOCIAL_BENEFITS
from orchestration.demo.tables import AreaTable, Cells

FIRST = 2018  # the statistics office of the fictional city has counted by quarter since then
QUARTER_YEARS = tuple(year for year in YEARS if year >= FIRST)
NOTE = "Kleinräumig seit 2018."


def _since(years: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(year for year in years if year >= FIRST)


def _only(table: AreaTable, *keys: str) -> tuple[Cells, ...]:
    """The columns of a table with these figures."""
    return tuple(cells for cells in table.cells if cells.key in keys)


TABLES: tuple[AreaTable, ...] = (
    replace(
        AGES,
        extract_id="quartiere_altersgruppen",
        title="Einwohner*innen der statistischen Quartiere nach Altersgruppen und Geschlecht",
        years=QUARTER_YEARS,
        levels=(QUARTER,),
        note=NOTE,
    ),
    replace(
        ORIGIN,
        extract_id="quartiere_merkmale",
        title="Einwohner*innen der statistischen Quartiere nach Herkunft, Zuzüge und Fortzüge",
        years=QUARTER_YEARS,
        cells=(
            *(cells for cells in ORIGIN.cells if not cells.breakdown),
            Cells("Zuzüge und Fortzüge über die Grenze", "moves_across_boundary"),
        ),
        categories=(),
        levels=(QUARTER,),
        note=NOTE,
    ),
    replace(
        HOUSEHOLDS,
        extract_id="quartiere_haushalte",
        title="Privathaushalte der statistischen Quartiere",
        years=QUARTER_YEARS,
        cells=tuple(cells for cells in HOUSEHOLDS.cells if not cells.breakdown),
        categories=(),
        levels=(QUARTER,),
        note=NOTE,
    ),
    AreaTable(
        extract_id="quartiere_sgb2",
        title="Leistungsberechtigte nach SGB II und Arbeitslose nach statistischen Quartieren",
        office=BENEFITS.office,
        purpose=BENEFITS.purpose,
        legal_basis=BENEFITS.legal_basis,
        note="Kleinräumig seit 2018. Werte unter 10 werden nicht ausgewiesen.",
        levels=(QUARTER,),
        years=QUARTER_YEARS,
        hides_below=10,
        due_days=BENEFITS.due_days,
        cells=(
            Cells("Leistungsberechtigte unter 65", "sgb2_beneficiaries_under_65"),
            Cells("erwerbsfähige Leistungsberechtigte", "sgb2_employable_15_64"),
            Cells("nicht erwerbsfähige unter 15", "sgb2_non_employable_under_15"),
            Cells("Arbeitslose", "unemployed"),
            Cells("Arbeitslose SGB II", "unemployed_sgb2"),
            Cells("Arbeitslose ein Jahr und länger", "unemployed_long_term"),
        ),
        not_more_than=(
            ("sgb2_employable_15_64", "sgb2_beneficiaries_under_65"),
            ("unemployed_sgb2", "unemployed"),
            ("unemployed_long_term", "unemployed"),
        ),
    ),
    AreaTable(
        extract_id="quartiere_grundsicherung",
        title="Grundsicherung im Alter nach statistischen Quartieren",
        office=SOCIAL_BENEFITS.office,
        purpose=SOCIAL_BENEFITS.purpose,
        legal_basis="§ 121 SGB XII, zusammengefasste Geschäftsstatistik",
        years=QUARTER_YEARS,
        encoding="utf-8",
        hides_below=5,
        cells=_only(SOCIAL_BENEFITS, "basic_security_old_age_recipients"),
        levels=(QUARTER,),
        note=NOTE,
    ),
    AreaTable(
        extract_id="quartiere_laerm",
        title="Straßenlärm nach statistischen Quartieren: Einwohner*innen über 65 dB(A) Lden",
        office=ENVIRONMENT_OFFICE,
        purpose="Umweltbelastung in den Sozialräumen",
        legal_basis="§ 47c BImSchG",
        years=_since(NOISE_YEARS),
        one_file_per_year=True,
        every=5,
        due_days=300,
        cells=(Cells("Betroffene", "residents_noise_lden_over_65"),),
        levels=(QUARTER,),
        note=NOTE,
    ),
    AreaTable(
        extract_id="quartiere_gruenflaechen",
        title="Einwohner*innen mit öffentlicher Grünfläche in 300 m nach statistischen Quartieren",
        office=ENVIRONMENT_OFFICE,
        purpose="Umweltgerechtigkeit",
        legal_basis=GEODATA_LAW,
        years=_since(GREEN_YEARS),
        every=2,
        cells=(Cells("Einwohner*innen in 300 m", "residents_green_space_access"),),
        levels=(QUARTER,),
        note=NOTE,
    ),
    AreaTable(
        extract_id="quartiere_mobilitaet",
        title="Haltestellen im Einzugsradius und private Pkw nach statistischen Quartieren",
        office=TRAFFIC_OFFICE,
        purpose="Nahverkehrsplan und Mobilität",
        legal_basis=GEODATA_LAW,
        years=QUARTER_YEARS,
        cells=(
            Cells("erschlossene Einwohner*innen", "residents_transit_access"),
            Cells("private Pkw", "private_cars"),
        ),
        levels=(QUARTER,),
        note=NOTE,
    ),
)
