"""One description of a statistical delivery gives both: the delivered files and the contract to read them.

Lives here: the shape of such a delivery and how it becomes files. Must not live here: which deliveries
exist (offices.py) or how a contract looks (contracts.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from orchestration.demo.chance import YEARS
from orchestration.demo.city import ALL_LEVELS, NEIGHBOURHOOD, Place
from orchestration.demo.figures import Figures
from orchestration.demo.formats import Cell, german, write_csv, write_xlsx

AREA_NUMBER, AREA_NAME, YEAR, ITEM, AMOUNT = "Nr", "Gebiet", "Jahr", "Merkmal", "Anzahl"
Mistakes = Mapping[tuple[str, str, str, int], int]  # (figure, level, code, year) -> wrong figure


@dataclass(frozen=True)
class Cells:
    """One delivered column (in a long table: one item).

    header: "top | bottom" where the header has two lines. factor: delivered unit -> unit of the
    variable. thin: figure that counts the cases, below which number "/" and below which "( )" stands.
    """

    header: str
    variable: str
    breakdown: Mapping[str, str] = field(default_factory=dict)
    decimals: int = 0
    factor: str = "1"
    figure: str | None = None
    thin: tuple[str, int, int] | None = None

    @property
    def key(self) -> str:
        """The figure that is delivered."""
        if self.figure:
            return self.figure
        return "|".join([self.variable, *(f"{name}={value}" for name, value in self.breakdown.items())])

    @property
    def is_count(self) -> bool:
        return self.decimals == 0


@dataclass(frozen=True)
class AreaTable:
    """A delivery of figures by area and year.

    one_file_per_year: the year stands in the file's name, else in a column. long: one row per item.
    hides_below: the source shows "*" instead of 1 to hides_below - 1. open_city: the city's figure
    holds persons that no area below it has. is_sum: larger areas are the sum of smaller ones.
    is_overdue: the office owes the years after the last one. late: years that only come with the second
    round, in a file of their own.
    """

    extract_id: str
    title: str
    office: str
    cells: tuple[Cells, ...]
    purpose: str
    legal_basis: str
    levels: tuple[str, ...] = (NEIGHBOURHOOD,)
    years: tuple[int, ...] = YEARS
    one_file_per_year: bool = False
    long: bool = False
    workbook_sheet: str | None = None
    encoding: str = "windows-1252"
    thousands: str = "."
    area_key: str = "code"
    hides_below: int = 0
    open_city: bool = False
    is_sum: bool = True
    due_days: int = 120
    is_overdue: bool = False
    late: tuple[int, ...] = ()
    every: int = 1
    note: str | None = None
    categories: tuple[tuple[str, str], ...] = ()  # (variable, dimension) whose categories add up
    not_more_than: tuple[tuple[str, str], ...] = ()
    repeats: Mapping[int, str] = field(default_factory=dict)  # year -> ending of a later, corrected file

    @property
    def header(self) -> list[str]:
        """Names of all delivered columns."""
        lead = [] if self.one_file_per_year else [YEAR]
        area = [AREA_NAME] if self.area_key == "name" else [AREA_NUMBER, AREA_NAME]
        if self.long:
            return [*lead, ITEM, *area, AMOUNT]
        return [*lead, *area, *(cells.header for cells in self.cells)]

    @property
    def ending(self) -> str:
        return "xlsx" if self.workbook_sheet else "csv"

    @property
    def title_lines(self) -> int:
        return 3 if self.workbook_sheet else 0

    @property
    def footer(self) -> str:
        return f"* Werte von 1 bis {self.hides_below - 1} werden vom Absender nicht ausgewiesen."


def write_table(table: AreaTable, figures: Figures, inbox: Path, mistakes: Mistakes) -> None:
    """Writes all files of one delivery.

    mistakes: figures that are delivered wrongly; a year in `table.repeats` gets a second, corrected file.
    """
    if not table.one_file_per_year:
        years = tuple(year for year in table.years if year not in table.late)
        _write_file(table, inbox, table.extract_id, _rows(table, figures, years, mistakes))
        return
    for year in table.years:
        name = f"{table.extract_id}_{year}"
        _write_file(table, inbox, name, _rows(table, figures, (year,), mistakes), year)
        if year in table.repeats:
            _write_file(table, inbox, name + table.repeats[year], _rows(table, figures, (year,), {}), year)


def write_one_year(table: AreaTable, figures: Figures, folder: Path, year: int, ending: str = "") -> None:
    """Writes the true figures of one year as a file of their own."""
    _write_file(table, folder, f"{table.extract_id}_{year}{ending}", _rows(table, figures, (year,), {}), year)


def _write_file(
    table: AreaTable, inbox: Path, name: str, rows: list[list[Cell]], year: int | None = None
) -> None:
    path = inbox / f"{name}.{table.ending}"
    if table.workbook_sheet:
        span = f"31.12.{year}" if year else f"{table.years[0]} bis {table.years[-1]}"
        titles = [table.office, f"{table.title}, Stand: {span}", ""]
        write_xlsx(path, table.workbook_sheet, titles, table.header, rows, ["", table.footer])
    else:
        write_csv(path, [table.header, *rows], table.encoding)


def _rows(table: AreaTable, figures: Figures, years: tuple[int, ...], mistakes: Mistakes) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for year in years:
        lead: list[Cell] = [] if table.one_file_per_year else [year]
        for place in _places(table, figures, year):
            area = _area(table, place)
            shown = [_shown(table, cells, figures, place, year, mistakes) for cells in table.cells]
            if table.long:
                items = zip(table.cells, shown, strict=True)
                rows += [[*lead, cells.header, *area, text] for cells, text in items]
            else:
                rows.append([*lead, *area, *shown])
    return rows


def _places(table: AreaTable, figures: Figures, year: int) -> list[Place]:
    return [place for level in ALL_LEVELS if level in table.levels for place in figures.city.at(level, year)]


def _area(table: AreaTable, place: Place) -> list[Cell]:
    if table.area_key == "name":
        return [place.name.replace("/", "-")]  # the office writes double names with a hyphen
    return [place.code, place.name]


def _shown(
    table: AreaTable, cells: Cells, figures: Figures, place: Place, year: int, mistakes: Mistakes
) -> Cell:
    """One delivered cell: number, sign of official statistics, or `*`."""
    true = figures.value(cells.key, place, year)
    value = mistakes.get((cells.key, place.level, place.code, year), true)
    if 0 < value < table.hides_below:
        return "*"
    if table.workbook_sheet:
        return int(value)
    if value == 0:
        return "-"
    text = german(value / float(cells.factor), cells.decimals, table.thousands)
    if cells.thin:
        cases = figures.value(cells.thin[0], place, year)
        if cases < cells.thin[1]:
            return "/"
        if cases < cells.thin[2]:
            return f"({text})"
    return text
