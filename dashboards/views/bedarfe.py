"""Where is a gap, and what was accepted as a need? Four fields, gaps by area, the board, one entry with
its answer.
"""

from __future__ import annotations

import streamlit as st

from dashboards import (
    delivered,
    gap_sections,
    links,
    need_sections,
    parts,
    priority_sections,
    register_queries,
    register_wording,
    sharing,
    stock_choice,
    stock_queries,
    thread,
    work_sections,
)
from dashboards.frame import ChartMeta, Spec
from dashboards.records import Level
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
    service = stock_choice.service_of(here, chosen, needs)
    level = stock_choice.level_of(here, service)
    gaps = stock_queries.gaps(release, service.service_type, level.level) if service else []
    parts.lead(register_wording.needs(needs, gaps, here.language))
    stock_choice.boxes(here, service, level, drops=("item",))
    if chosen is not None:
        sharing.choose(here, KINDS, chosen.item_id, text("Entry, intervention or standard value"))
    images: dict[str, Spec] = {}
    is_explicit = chosen is not None and chosen.item_id == found.item
    if chosen is not None and is_explicit:
        entry(here, chosen)
    area_id = found.area or stock_choice.need_area(chosen if is_explicit else None, needs)
    of_area = stock_choice.gap_of(here, service, area_id)
    if of_area is not None and service is not None:
        gap_sections.one_gap(here, of_area, service)
    origin = by_area(here, service, level, gaps, images)
    if service is not None:
        priority_sections.by_area(here, service.service_type, level.level)
    need_sections.board(here, needs)
    if chosen is not None and not is_explicit and of_area is None:
        entry(here, chosen)
    calculated(here, service, of_area, origin)
    if of_area is not None and not is_explicit:
        thread.section(here, "gap", f"{of_area.service_type}@{of_area.area_id}@{of_area.inventory_period_id}")
    if origin is not None and service is not None:
        rows, codes = [gap_sections.gap_export(here, g) for g in gaps], {"service": service.service_type}
        sharing.share(here, "bedarfe", rows, images, origin, **codes, level=level.level)


def by_area(
    here: Scene, service: Service | None, level: Level, gaps: list[Gap], images: dict[str, Spec]
) -> ChartMeta | None:
    """Four fields, bars and table of the gaps; returns their origin, None where there is no stock."""
    if service is None or not gaps:
        text = here.language.text
        st.info(
            text("The release holds no stock of services: no complete register of offers was delivered yet.")
        )
        return None
    offers = stock_queries.offers(here.release, service.service_type)
    origin = gap_sections.meta(here, service, level, gaps, offers)
    gap_sections.fields(here, gaps, origin, images)
    gap_sections.by_area(here, gaps, origin, images)
    return origin


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
