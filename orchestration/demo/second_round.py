"""The second round of deliveries: what the offices send after the first release.

A newcomer copies its files into the inbox and builds again: one figure is revised, one year arrives late.
Must not live here: what is true (figures.py), what was delivered wrongly at first (mistakes.py).
"""

from __future__ import annotations

from pathlib import Path

from orchestration.demo.figures import Figures
from orchestration.demo.mistakes import SECOND_ROUND_YEAR
from orchestration.demo.people import BENEFITS
from orchestration.demo.tables import AreaTable, write_one_year

FOLDER = "second_delivery"


def write_second_round(tables: tuple[AreaTable, ...], figures: Figures, out: Path) -> None:
    """Writes the corrected workbook of one year, and every year that comes late."""
    folder = out / FOLDER
    write_one_year(BENEFITS, figures, folder, SECOND_ROUND_YEAR, "_berichtigt")
    for table in tables:
        for year in table.late:
            write_one_year(table, figures, folder, year)
