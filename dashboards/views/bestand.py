"""What is there already, for whom, where? Completeness, map, supply by area, distances, offers."""

from __future__ import annotations

import streamlit as st

from dashboards import (
    delivered,
    formats,
    links,
    offer_sections,
    parts,
    register_wording,
    sharing,
    stock_choice,
    stock_queries,
    stock_sections,
    words,
)
from dashboards.frame import ChartMeta, Spec
from dashboards.records import Level
from dashboards.release import Release
from dashboards.scene import Scene, knows_register, scene
from dashboards.selection import Selection
from dashboards.stock_records import Gap, Offer, Service


def render(release: Release, found: Selection) -> None:
    """The page `/bestand`."""
    here = scene(release, found)
    text = here.language.text
    st.title(text("Stock of offers"))
    if not knows_register(here):
        return
    service, summary = stock_choice.service_of(here, None, []), stock_queries.completeness(release)
    if service is None or not summary:
        parts.lead(text("This release holds no register of offers."))
        st.info(
            text("A register becomes stock when a contract in extracts/ says that its file produces offers.")
        )
        return
    parts.lead(register_wording.stock(stock_queries.counted(release), here.language))
    images: dict[str, Spec] = {}
    stock_sections.completeness(here, summary, images)
    level = stock_choice.level_of(here, service)
    stock_choice.boxes(here, service, level)
    show(here, service, level, images)


def show(here: Scene, service: Service, level: Level, images: dict[str, Spec]) -> None:
    """One type of service at one level."""
    release, text, area = here.release, here.language.text, here.found.area
    offers = stock_queries.offers(release, service.service_type)
    others = stock_queries.offers_of_incomplete_registers(release)
    offer_sections.offer_map(here, service, level, offers, others, images)
    gaps = stock_queries.by_supply(release, service.service_type, level.level)
    meta = origin(here, service, level, gaps, offers)
    if gaps:
        stock_sections.supply(here, service, gaps, meta, images)
    else:
        st.info(
            text(
                "There is no supply ratio: this register is incomplete, or its population was not delivered."
            )
        )
    offer_sections.reachability(here, service, level, meta, images)
    inside = stock_queries.offers_within(release, area) if area else None
    mine = [o for o in offers if inside is None or o.offer_id in inside]
    offer_sections.offer_list(here, mine, here.area(area) if area else text("Whole city"))
    calculated(here, service, gaps, meta)
    rows = [stock_sections.supply_export(here, g) for g in gaps]
    sharing.share(here, "bestand", rows, images, meta, service=service.service_type, level=level.level)


def origin(here: Scene, service: Service, level: Level, gaps: list[Gap], offers: list[Offer]) -> ChartMeta:
    """Origin of supply and distances: the stock of one period, the population of another."""
    language, text = here.language, here.language.text
    missing = len([g for g in gaps if g.supply_per_1000 is None])
    stock = gaps[0].inventory_period_id if gaps else next((o.period_id for o in offers), None)
    population = gaps[0].period_id if gaps else formats.NO_VALUE
    return here.stock_meta(
        offers,
        language.pick(service.name_de, service.name_en),
        f"{words.plural_of(level, language)} · {stock or formats.NO_VALUE}",
        language.pick(service.definition_de, service.definition_en),
        text(
            "stock {inventory}, population {population}",
            inventory=stock or formats.NO_VALUE,
            population=population,
        ),
        hidden=language.plural("{n} area without a ratio.", "{n} areas without a ratio.", missing)
        if missing
        else "",
    )


def calculated(here: Scene, service: Service, gaps: list[Gap], meta: ChartMeta) -> None:
    """What supply per 1,000 means, the chosen area's population, and the way to its gap."""
    language, text = here.language, here.language.text
    said = [
        text(
            "Stock per 1,000 is the stock of the register ÷ population of the target group × 1,000. An "
            "unknown capacity is not zero: an area with one has no ratio. Registers known to be incomplete "
            "are never counted."
        ),
        formats.plain(language.pick(service.definition_de, service.definition_en) or ""),
    ]
    sharing.calculation(here, said, [meta])
    chosen = next((g for g in gaps if g.area_id == here.found.area), None)
    if chosen is None:
        return
    if chosen.population_variable_id:
        delivered.of_variables(
            here.release, (chosen.population_variable_id,), {}, chosen.area_id, chosen.period_id, language
        )
    links.to_figure(here, "gap", f"{chosen.service_type}@{chosen.area_id}@{chosen.period_id}")
