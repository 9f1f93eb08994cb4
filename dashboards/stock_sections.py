"""Sections of `/bestand`: completeness of registers, map of offers, supply by area, reachability, list of
offers.

Lives here: what stands in these sections. Must not live here: marks (bars.py, offer_maps.py), SQL, ratios
(columns of fct_need_gap), any count of an incomplete register.
"""

from __future__ import annotations

import textwrap

import streamlit as st

from dashboards import (
    bars,
    formats,
    register_wording,
    register_words,
    sharing,
    stock_queries,
    words,
)
from dashboards.frame import ChartMeta, Spec
from dashboards.scene import Scene
from dashboards.stock_records import Completeness, Gap, Service
from dashboards.tables import Cell

# Characters per line of a register's name beside its bar; two lines fit a bar.
NAME_CHARACTERS = 24


def completeness(scene: Scene, rows: list[Completeness], images: dict[str, Spec]) -> None:
    """What each register says about its offers, as bars and as a table."""
    language, text = scene.language, scene.language.text
    st.header(text("How complete are the registers?"))
    counted = [r for r in rows if r.is_register_complete]
    offers = stock_queries.one_offer_per_register(scene.release)
    if counted and offers:
        meta = scene.stock_meta(
            offers,
            text("Offers that name their capacity"),
            text("by register and office"),
            text("Number of offers in a register, and how many of them name their capacity."),
            ", ".join(dict.fromkeys(r.period_id for r in counted if r.period_id)),
        )
        found = [
            bars.Bar(
                register_name(scene, r),
                float(r.n_with_capacity),
                text(
                    "{n} of {all}",
                    n=formats.whole(r.n_with_capacity, language),
                    all=formats.whole(r.n_offers, language),
                ),
                whole=float(r.n_offers),
            )
            for r in counted
        ]
        notes = [text("White: all offers. Filled: those that name their capacity.")]
        sharing.draw(
            scene,
            text("Completeness"),
            "completeness",
            lambda width: bars.ranked(
                found, meta, language, axis_title=text("offers"), width=width, notes=notes, row_px=44
            ),
            images,
        )
    sharing.table([completeness_row(scene, r) for r in rows], right=(3, 4, 5, 6))


def register_name(scene: Scene, r: Completeness) -> str:
    """Type of service and register, in two lines at most; the table names the office."""
    lines = textwrap.wrap(service_name(scene, r.service_type), NAME_CHARACTERS)
    return "\n".join([lines[0], r.extract_id])


def completeness_row(scene: Scene, r: Completeness) -> dict[str, str]:
    """One register."""
    language, t = scene.language, scene.language.text
    is_counted = t("complete register") if r.is_register_complete else t("incomplete, not counted")
    return {
        t("Type of service"): service_name(scene, r.service_type),
        t("Office"): scene.office(r.responsible_office) or formats.NO_VALUE,
        t("Register"): f"{r.extract_id} ({is_counted})",
        t("Offers"): formats.whole(r.n_offers, language) if r.is_register_complete else t("not counted"),
        t("with capacity"): formats.whole(r.n_with_capacity, language)
        if r.is_register_complete
        else formats.NO_VALUE,
        t("with target group"): formats.whole(r.n_with_target_group, language)
        if r.is_register_complete
        else formats.NO_VALUE,
        t("with a place on the map"): formats.whole(r.n_with_point, language)
        if r.is_register_complete
        else formats.NO_VALUE,
    }


def service_name(scene: Scene, service_type: str) -> str:
    """Name of a type of service, its id where the release does not name it."""
    found = scene.offered.service(service_type)
    return scene.language.pick(found.name_de, found.name_en) if found else service_type


def supply(scene: Scene, service: Service, gaps: list[Gap], meta: ChartMeta, images: dict[str, Spec]) -> None:
    """Supply per 1,000 by area: ranked bars, then the table."""
    language, text = scene.language, scene.language.text
    st.header(text("Supply by area"))
    unit = register_words.word(register_words.UNITS, service.supply_unit, language)
    population = language.pick(service.population_name_de or "", service.population_name_en)
    title = text("{unit} per 1,000 ({population})", unit=unit, population=population)
    rows = [
        bars.Bar(
            words.area_label(g),
            g.supply_per_1000,
            formats.number(g.supply_per_1000, 1, language)
            if g.supply_per_1000 is not None
            else f"{words.NONE} {register_wording.supply_status(g, language)}",
            is_selected=g.area_id == scene.found.area,
        )
        for g in gaps
    ]
    sharing.draw(
        scene,
        text("Ranked bars"),
        "supply",
        lambda width: bars.ranked(rows, meta, language, axis_title=title, width=width),
        images,
    )
    st.header(text("Table"))
    sharing.long_table(scene, [supply_row(scene, g) for g in gaps], (1, 2, 3, 4, 5), "supply_rows")


def supply_row(scene: Scene, g: Gap) -> dict[str, str]:
    """Supply of one area."""
    language, t = scene.language, scene.language.text
    is_known = g.supply_per_1000 is not None
    return {
        t("Area"): words.area_label(g),
        t("Offers"): formats.whole(g.n_offers, language),
        t("without known capacity"): formats.whole(g.n_capacity_unknown, language),
        t("Stock"): formats.exact(g.supply, language),
        t("Population of the target group"): formats.exact(g.population, language)
        if g.population is not None
        else words.status(g.value_status, language),
        t("Stock per 1,000"): formats.number(g.supply_per_1000, 1, language),
        t("State"): words.status("ok", language) if is_known else register_wording.supply_status(g, language),
        t("Stock as of"): g.inventory_period_id or formats.NO_VALUE,
        t("Population as of"): g.period_id,
    }


def supply_export(scene: Scene, g: Gap) -> dict[str, Cell]:
    """Supply of one area for downloads, with published numbers."""
    language, t = scene.language, scene.language.text
    return {
        "service_type": g.service_type,
        "area_id": g.area_id,
        t("Area"): g.area_name,
        t("Level of areas"): g.level,
        "target_group": g.target_group,
        t("Period of the population"): g.period_id,
        t("Period of the stock"): g.inventory_period_id,
        t("Offers"): g.n_offers,
        t("without known capacity"): g.n_capacity_unknown,
        t("Stock"): g.supply,
        t("Unit"): g.supply_unit,
        t("Population of the target group"): g.population,
        t("Stock per 1,000"): g.supply_per_1000,
        "value_status": g.value_status,
        t("State"): words.status(g.value_status, language),
    }
