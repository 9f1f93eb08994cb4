"""Sections of `/bedarfe` on gaps: the four fields of gap and need, gaps by area, the gap of one area.

Lives here: what stands in these sections. Must not live here: marks (bars.py), SQL, the gap itself (columns
of fct_need_gap), entries of the register (need_sections.py).
"""

from __future__ import annotations

import streamlit as st

from dashboards import bars, field_charts, formats, links, register_wording, register_words, sharing, words
from dashboards.frame import ChartMeta, Spec
from dashboards.records import Level
from dashboards.scene import Scene
from dashboards.stock_records import Gap, Offer, Service, Standard
from dashboards.tables import Cell

# Links shown per field; the table below holds all areas.
LINKS = 6
# Sign of a gap that nobody has agreed as a need.
OPEN = "◆"


def meta(scene: Scene, service: Service, level: Level, gaps: list[Gap], offers: list[Offer]) -> ChartMeta:
    """Origin of the gaps: stock of one period, population of another."""
    language, text = scene.language, scene.language.text
    first = gaps[0]
    missing = len([g for g in gaps if g.gap_status != "ok"])
    return scene.stock_meta(
        offers,
        language.pick(service.name_de, service.name_en),
        f"{words.plural_of(level, language)} · {first.period_id}",
        language.pick(service.definition_de, service.definition_en),
        text(
            "stock {inventory}, population {population}",
            inventory=first.inventory_period_id or formats.NO_VALUE,
            population=first.period_id,
        ),
        hidden=language.plural("{n} area without a gap.", "{n} areas without a gap.", missing)
        if missing
        else "",
    )


def fields(scene: Scene, gaps: list[Gap], origin: ChartMeta, images: dict[str, Spec]) -> None:
    """How many areas lie in each of the four fields, and which."""
    language, text = scene.language, scene.language.text
    st.header(text("Gap and need: four fields"))
    if not any(g.field for g in gaps):
        st.info(
            text(
                "There is no standard value for this type of service, or no population: without it there is "
                "no gap, only the supply ratio. Standard values are written into planning/standards.csv."
            )
        )
        return
    of_field = {field: [g for g in gaps if g.field == field] for field in register_words.FIELDS}
    cells = [cell(scene, field, len(found)) for field, found in of_field.items()]
    sharing.draw(
        scene,
        text("Four fields"),
        "fields",
        lambda width: field_charts.four_fields(cells, origin, language, width=width),
        images,
    )
    rows = [
        {
            text("Field"): register_words.word(register_words.FIELDS, field, language),
            text("Number of areas"): formats.whole(len(found), language),
            text("Areas"): ", ".join(words.area_label(g) for g in found) or formats.NO_VALUE,
        }
        for field, found in of_field.items()
    ]
    sharing.table(rows, right=(1,))
    for field in ("gap_and_need", "gap_only", "need_only"):
        if of_field[field]:
            st.subheader(register_words.word(register_words.FIELDS, field, language))
            for g in of_field[field][:LINKS]:
                links.to_figure(scene, "gap", f"{g.service_type}@{g.area_id}@{g.inventory_period_id}")


def cell(scene: Scene, field: str, n_areas: int) -> field_charts.Cell:
    """One of the four fields; gap without need and need without gap call for a decision."""
    language, text = scene.language, scene.language.text
    has_gap, is_agreed = field in ("gap_and_need", "gap_only"), field in ("gap_and_need", "need_only")
    return field_charts.Cell(
        text("calculated gap") if has_gap else text("no gap"),
        text("need accepted") if is_agreed else text("no need accepted"),
        formats.whole(n_areas, language),
        register_words.word(register_words.FIELDS, field, language),
        has_gap != is_agreed,
    )


def by_area(scene: Scene, gaps: list[Gap], origin: ChartMeta, images: dict[str, Spec]) -> None:
    """Calculated gaps as ranked bars and all areas as a table."""
    language, text = scene.language, scene.language.text
    if any(g.gap is not None for g in gaps):
        rows = [
            bars.Bar(
                words.area_label(g),
                g.gap,
                gap_label(scene, g),
                is_selected=g.area_id == scene.found.area,
                is_marked=g.field == "gap_only",
            )
            for g in gaps
        ]
        title = text("calculated gap against the standard value, {unit}", unit=unit_of(scene, gaps[0]))
        notes = [
            text("{sign} and darker: gap that nobody has agreed as a need.", sign=OPEN),
            text("Below zero: more than the standard."),
        ]
        st.header(text("Calculated gap by area"))
        sharing.draw(
            scene,
            text("Gaps"),
            "gaps",
            lambda width: bars.ranked(rows, origin, language, axis_title=title, width=width, notes=notes),
            images,
        )
    st.header(text("Table"))
    sharing.long_table(scene, [gap_row(scene, g) for g in gaps], (1, 2, 3, 4, 5, 6, 7), "gap_rows")


def gap_label(scene: Scene, g: Gap) -> str:
    """What stands behind the bar of an area: its gap, with a sign where nobody has agreed it, or why there is
    none.
    """
    if g.gap is None:
        return f"{words.NONE} {register_wording.gap_status(g, scene.language)}"
    shown = formats.number(g.gap, 1, scene.language)
    return f"{shown} {OPEN}" if g.field == "gap_only" else shown


def unit_of(scene: Scene, gap: Gap) -> str:
    """The unit of supply in words."""
    return register_words.word(register_words.UNITS, gap.supply_unit, scene.language)


def gap_row(scene: Scene, g: Gap) -> dict[str, str]:
    """One area of the gap table."""
    language, t = scene.language, scene.language.text
    return {
        t("Area"): words.area_label(g),
        t("Population of the target group"): formats.exact(g.population, language)
        if g.population is not None
        else words.status(g.value_status, language),
        t("Stock ({unit})", unit=unit_of(scene, g)): formats.exact(g.supply, language),
        t("Stock per 1,000"): formats.number(g.supply_per_1000, 1, language),
        t("Target stock by the standard value"): formats.number(g.demand, 1, language),
        t("Coverage against the standard value"): formats.share(g.coverage, language),
        t("Calculated gap against the standard value"): formats.number(g.gap, 1, language),
        t("Accepted needs"): formats.whole(g.accepted_needs, language),
        t("Field"): register_words.word(register_words.FIELDS, g.field, language) or formats.NO_VALUE,
        t("Remark"): register_wording.gap_status(g, language) or formats.NO_VALUE,
    }


def gap_export(scene: Scene, g: Gap) -> dict[str, Cell]:
    """One area of the download, with published numbers."""
    language, t = scene.language, scene.language.text
    return {
        "service_type": g.service_type,
        "area_id": g.area_id,
        t("Area"): g.area_name,
        t("Level of areas"): g.level,
        "target_group": g.target_group,
        t("Period of the population"): g.period_id,
        t("Period of the stock"): g.inventory_period_id,
        t("Population of the target group"): g.population,
        t("Stock"): g.supply,
        t("Unit"): g.supply_unit,
        t("Stock per 1,000"): g.supply_per_1000,
        t("Standard value per 1,000"): g.standard_value,
        t("Target stock by the standard value"): g.demand,
        t("Coverage against the standard value"): g.coverage,
        t("Calculated gap against the standard value"): g.gap,
        t("Accepted needs"): g.accepted_needs,
        "field": g.field,
        "gap_status": g.gap_status,
        t("Remark"): register_wording.gap_status(g, language),
    }


def one_gap(scene: Scene, g: Gap, service: Service) -> None:
    """The gap of the chosen area, and the way to its offers."""
    language, text = scene.language, scene.language.text
    st.header(
        formats.plain(
            text(
                "Calculated gap: {service}, {area}",
                service=language.pick(service.name_de, service.name_en),
                area=words.area_label(g),
            )
        )
    )
    if g.gap is None:
        st.markdown(text("No gap: {reason}.", reason=register_wording.gap_status(g, language)))
    else:
        st.markdown(
            text(
                "Stock **{supply}**, target stock by the standard value {demand}: coverage **{coverage}**, "
                "calculated gap **{gap}** {unit}.",
                supply=formats.exact(g.supply, language),
                demand=formats.number(g.demand, 1, language),
                coverage=formats.share(g.coverage, language),
                gap=formats.number(g.gap, 1, language),
                unit=unit_of(scene, g),
            )
        )
    links.go(
        scene, "bestand", text("See the offers with file and row"), area=g.area_id, service=g.service_type
    )


def method(scene: Scene, service: Service, standards: list[Standard]) -> list[str]:
    """What gap and coverage mean, and the standard with its decision."""
    language, text = scene.language, scene.language.text
    population = language.pick(service.population_name_de or "", service.population_name_en or "")
    said = [
        text(
            "The target stock is population × standard value ÷ 1,000. The calculated gap against the "
            "standard value is target stock − stock, the coverage against the standard value is stock ÷ "
            "target stock. A gap is not a need: only what the responsible body has accepted is one."
        ),
        formats.plain(language.pick(service.definition_de, service.definition_en) or ""),
    ]
    for row in standards:
        decision = scene.decision(row.decision_id)
        place = register_wording.register_row(row.file_name, row.row_number, language)
        said.append(register_wording.standard(row, population, language))
        said.append(
            formats.plain(
                " · ".join(
                    p for p in (register_wording.decided(decision, language) if decision else "", place) if p
                )
            )
        )
    if not standards:
        said.append(
            text("There is no standard value for this type of service: no gap, only the supply ratio.")
        )
    return said
