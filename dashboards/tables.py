"""Tables as text: what a page shows and what a reader downloads.

Lives here: columns of tables and exports, a Styler that aligns them, CSV and XLSX bytes. Must not live here:
SQL, arithmetic on values, anything of Streamlit.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Hashable
from typing import TYPE_CHECKING, Any

from dashboards import formats, words
from dashboards.frame import ChartMeta
from dashboards.locales import Language
from dashboards.records import Indicator, Value

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler

# A spreadsheet runs a text cell that begins with one of these as a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
Cell = str | float | int | None


def value_table(values: list[Value], indicator: Indicator, language: Language) -> list[dict[str, str]]:
    """Areas with value, interval, counts and comparison, in the page's number format and in the order
    given.
    """
    t = language.text
    return [
        {
            t("Rank"): formats.whole(v.rank, language),
            t("Area"): words.area_label(v),
            t("Value ({unit})", unit=formats.unit_words(indicator, language)): words.shown(
                v, indicator, language
            ),
            t("95 % interval"): formats.interval(v, indicator, language),
            t("Compared with the city"): compared(v, indicator, language),
            t("Numerator"): formats.exact(v.numerator, language),
            t("Denominator"): formats.exact(v.denominator, language),
            t("Trend"): words.trend(v, indicator, language) if v.value is not None else formats.NO_VALUE,
            t("Remark"): words.remarks(v, language) or formats.NO_VALUE,
        }
        for v in values
    ]


def compared(value: Value, indicator: Indicator, language: Language) -> str:
    """Sign and words of the comparison; a sign of its own where there is no value."""
    if value.value is None:
        return words.sign("", indicator.polarity, value.value_status)
    sign = words.sign(value.comparison, indicator.polarity)
    return f"{sign} {words.comparison(value.comparison, language)}".strip()


def aligned(rows: list[dict[str, str]], right: tuple[int, ...]) -> Styler:
    """A styled frame of texts; columns whose position is in `right` are right-aligned."""
    import pandas as pd  # heavy; the first page needs it, the start of the server does not

    frame = pd.DataFrame(rows).map(formats.plain)  # cells are rendered as markdown
    columns: list[Hashable] = [name for position, name in enumerate(frame.columns) if position in right]
    return frame.style.set_properties(subset=columns, **{"text-align": "right !important"}).hide(axis="index")


def export_rows(
    values: list[Value], indicator: Indicator, meta: ChartMeta, language: Language
) -> list[dict[str, Cell]]:
    """One row per area with codes, published numbers and the origin of the figure."""
    t = language.text
    return [
        {
            "indicator_id": v.indicator_id,
            t("Indicator"): words.name(indicator, language),
            "area_id": v.area_id,
            t("Code"): v.area_code,
            t("Area"): v.area_name,
            t("Level of areas"): v.level,
            t("Period"): v.period_id,
            t("Numerator"): v.numerator,
            t("Denominator"): v.denominator,
            t("Value"): v.value,
            t("95 % interval, lower"): v.ci_lower,
            t("95 % interval, upper"): v.ci_upper,
            t("Unit"): formats.unit_words(indicator, language),
            t("State"): words.status(v.value_status, language),
            "value_status": v.value_status,
            t("Remark"): words.remarks(v, language),
            t("Compared with the city"): words.comparison(v.comparison, language),
            t("City value"): v.benchmark_value,
            t("Rank"): v.rank,
            t("of"): v.rank_of,
            t("Trend"): words.trend(v, indicator, language),
            t("Data as of"): meta.as_of,
            t("Source"): meta.source,
            t("Licence"): meta.licence,
            t("Release"): meta.release,
            t("Note"): meta.demo_label,
        }
        for v in values
    ]


def with_origin(rows: list[dict[str, Cell]], meta: ChartMeta, language: Language) -> list[dict[str, Cell]]:
    """Rows of a download with the origin of their figures, like those of an indicator."""
    t = language.text
    origin: dict[str, Cell] = {
        t("Data as of"): meta.as_of,
        t("Source"): meta.source,
        t("Licence"): meta.licence,
        t("Release"): meta.release,
        t("Note"): meta.demo_label,
    }
    return [row | origin for row in rows]


def harmless(text: str) -> str:
    """A text that no spreadsheet runs as a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def csv_bytes(rows: list[dict[str, Cell]]) -> bytes:
    """CSV with `;`, decimal comma and byte order mark, as German spreadsheets open it."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(name) for name in (rows[0] if rows else {})])
    writer.writerows([_csv_cell(cell) for cell in row.values()] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def _csv_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return harmless(cell)
    text = repr(cell)
    return (text[:-2] if text.endswith(".0") else text).replace(".", ",")


def xlsx_bytes(rows: list[dict[str, Cell]], title: str) -> bytes:
    """A workbook with one sheet; numbers are numbers, texts are never formulas."""
    from openpyxl import Workbook

    workbook = Workbook()
    sheet: Any = workbook.active
    sheet.title = "".join(ch for ch in title if ch not in "[]:*?/\\")[:31] or "Sheet"
    sheet.append([harmless(name) for name in (rows[0] if rows else {})])
    for row in rows:
        sheet.append([harmless(cell) if isinstance(cell, str) else cell for cell in row.values()])
    sheet.freeze_panes = "A2"
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def image_bytes(spec: dict[str, Any], kind: str) -> bytes:
    """The chart as PNG or SVG; the specification needs a fixed width."""
    import vl_convert

    if kind == "png":
        return bytes(vl_convert.vegalite_to_png(spec, scale=2))
    return str(vl_convert.vegalite_to_svg(spec)).encode("utf-8")
