"""The rows of delivered files a figure rests on, under "Wie wird das berechnet?".

Lives here: the table of file, row, column and day, and what stands where the release names none. Must not
live here: SQL, links.
"""

from __future__ import annotations

import streamlit as st

from dashboards import formats, register_queries, stock_queries, tables
from dashboards.locales import Language
from dashboards.records import Indicator
from dashboards.release import Release
from dashboards.stock_records import SourceCell

# Rows shown per variable; a figure of the whole city rests on hundreds, and the first ones say where to look.
ROWS = 10


def of_indicator(
    release: Release, indicator: Indicator, area_id: str, period_id: str, language: Language
) -> None:
    """Delivered cells of numerator and denominator."""
    wanted = (indicator.numerator_variable_id, indicator.denominator_variable_id)
    labels = {
        indicator.numerator_variable_id or "": language.pick(
            indicator.numerator_label_de, indicator.numerator_label_en
        ),
        indicator.denominator_variable_id or "": language.pick(
            indicator.denominator_label_de, indicator.denominator_label_en
        ),
    }
    of_variables(release, tuple(v for v in wanted if v), labels, area_id, period_id, language)


def of_variables(
    release: Release,
    variables: tuple[str, ...],
    labels: dict[str, str | None],
    area_id: str,
    period_id: str,
    language: Language,
) -> None:
    """The first delivered cells of each variable, and how many there are."""
    if not register_queries.has_register(release):
        return
    st.subheader(language.text("Delivered rows"))
    cells = stock_queries.source_cells(release, variables, area_id, period_id, ROWS)
    if not cells:
        st.markdown(
            language.text(
                "The release names no delivered rows for this figure: nothing was delivered, or the value "
                "is kept confidential."
            )
        )
        return
    t = language.text
    rows = [
        {
            t("Count"): labels.get(c.variable_id) or variable(c, language),
            t("File"): c.file_name,
            t("Row"): formats.exact(c.row_number, language),
            t("Column"): c.column_name or formats.NO_VALUE,
            t("Delivered on"): formats.day(c.received_at, language),
        }
        for c in cells
    ]
    st.table(tables.aligned(rows, right=(2,)), hide_index=True)
    for c in {c.variable_id: c for c in cells if c.n_cells > ROWS}.values():
        name, n = labels.get(c.variable_id) or variable(c, language), formats.whole(c.n_cells, language)
        said = t(
            "{name}: the first {shown} of {n} delivered cells whose sum this is.", name=name, shown=ROWS, n=n
        )
        st.caption(formats.plain(said))


def variable(cell: SourceCell, language: Language) -> str:
    """Name of a variable, its id where it has none."""
    return language.pick(cell.variable_de or cell.variable_id, cell.variable_en or "")
