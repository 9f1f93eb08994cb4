"""Where is a gap, and what was accepted as a need? Four fields, gaps by area, the board, one entry with
its answer.
"""

from __future__ import annotations

import streamlit as st

from dashboards import (
    controls,
    delivered,
    gap_sections,
    links,
    need_sections,
    parts,
    register_queries,
    register_wording,
    selection,
    sharing,
    stock_queries,
    thread,
    words,
    work_sections,
)
from dashboards.frame import ChartMeta, Spec
from dashboards.register_records import Item
from dashboards.release import Release
from dashboards.scene import Scene, knows_register, scene
from dashboards.selection import Selection
from dashboards.stock_records import Gap, Service

KINDS = ("need", "intervention", "standard")


def render(release: Release, found: Selection) -> None:
    """The page `/bedarfe`."""
    here = scene(release, found)
    text = here.language.text
    st.title(text("Gaps and needs"))
    if not knows_register(here):
        return
    needs = register_queries.needs(release)
    chosen = here.first(KINDS)
    service = sharing.service_of(here, chosen, needs)
    level, gaps = gaps_of(here, service)
    parts.lead(register_wording.needs(needs, gaps, here.language))
    boxes(here, service, level, chosen)
    images: dict[str, Spec] = {}
    is_explicit = chosen is not None and chosen.item_id == found.item
    if chosen is not None and is_explicit:
        entry(here, chosen)
    of_area = next((g for g in gaps if g.area_id == found.area), None)
    if of_area is not None and service is not None:
        gap_sections.one_gap(here, of_area, service)
    origin = None
    if service is not None and gaps:
        offers = stock_queries.offers(release, service.service_type)
        origin = gap_sections.meta(here, service, here.offered.level(level), gaps, offers)
        gap_sections.fields(here, gaps, origin, images)
        gap_sections.by_area(here, gaps, origin, images)
    else:
        st.info(
            text("The release holds no stock of services: no complete register of offers was delivered yet.")
        )
    need_sections.board(here, needs)
    if chosen is not None and not is_explicit and of_area is None:
        entry(here, chosen)
    calculated(here, service, of_area, origin)
    if of_area is not None and not is_explicit:
        thread.section(here, "gap", f"{of_area.service_type}@{of_area.area_id}@{of_area.period_id}")
    if origin is not None:
        sharing.share(here, "bedarfe", [gap_sections.gap_export(here, g) for g in gaps], images, origin)


def gaps_of(here: Scene, service: Service | None) -> tuple[str, list[Gap]]:
    """The level that is shown, the chosen one where the stock is published for it, and its gaps."""
    if service is None:
        return here.found.level, []
    published = stock_queries.gap_levels(here.release, service.service_type)
    level = here.found.level if here.found.level in published else next(iter(published), here.found.level)
    return level, stock_queries.gaps(here.release, service.service_type, level)


def boxes(here: Scene, service: Service | None, level: str, chosen: Item | None) -> None:
    """Type of service, level, area and entry; each box writes its code into the address."""
    text, codes = here.language.text, selection.to_params(here.found, here.offered.city_area_id)
    left, middle, right = st.columns([3, 2, 3])
    with left:
        sharing.choose_service(here, service)
    published = stock_queries.gap_levels(here.release, service.service_type) if service else []
    with middle:
        names = {row.level: words.plural_of(row, here.language) for row in here.offered.levels}
        labels = {code: names[code] for code in published} or {level: names[level]}
        controls.box(text("Level of areas"), "level", labels, level, codes, drops=("area",))
    with right:
        areas = controls.area_names(here.offered, level, here.language)
        current = here.found.area if here.found.area in areas else here.offered.city_area_id
        controls.box(text("Area"), "area", areas, current, codes, drops=("item",))
    if chosen is not None:
        sharing.choose(here, KINDS, chosen.item_id, text("Entry, intervention or standard value"))


def entry(here: Scene, chosen: Item) -> None:
    """The chosen entry of the register with its answer and its thread."""
    st.header(links.label(here, chosen))
    interventions = register_queries.interventions(here.release)
    if chosen.kind == "need":
        need_sections.one_need(
            here, next(n for n in register_queries.needs(here.release) if n.need_id == chosen.item_id)
        )
        for row in (i for i in interventions if chosen.item_id in i.need_ids):
            work_sections.intervention(here, row)
    elif chosen.kind == "intervention":
        mine = next(i for i in interventions if i.intervention_id == chosen.item_id)
        work_sections.intervention(here, mine, with_link=False)
    thread.section(here, chosen.kind, chosen.item_id)


def calculated(here: Scene, service: Service | None, of_area: Gap | None, origin: ChartMeta | None) -> None:
    """How gaps come about, and the delivered rows of the chosen area's population."""
    if service is None or origin is None:
        return
    standards = [s for s in stock_queries.standards(here.release) if s.service_type == service.service_type]
    sharing.calculation(here, gap_sections.method(here, service, standards), [origin])
    if of_area is not None and of_area.population_variable_id:
        delivered.of_variables(
            here.release,
            (of_area.population_variable_id,),
            {},
            of_area.area_id,
            of_area.period_id,
            here.language,
        )
