"""Type of service, level and area of the pages that show the stock, and the boxes that choose them.

Lives here: what is shown where the address names nothing, or something else. Must not live here: SQL,
sections.
"""

from __future__ import annotations

import streamlit as st

from dashboards import controls, selection, stock_queries, words
from dashboards.need_records import Need
from dashboards.records import Level
from dashboards.register_records import Item
from dashboards.scene import Scene
from dashboards.stock_records import Gap, Service


def service_of(scene: Scene, chosen: Item | None, needs: list[Need]) -> Service | None:
    """The type of service that is shown: that of the chosen need, else the chosen one, else the first one."""
    if chosen is not None and chosen.item_id == scene.found.item and chosen.kind == "need":
        need = next(n for n in needs if n.need_id == chosen.item_id)
        found = scene.offered.service(need.service_type)
        if found is not None:
            return found
    return scene.offered.service(scene.found.service) or next(iter(scene.offered.services), None)


def need_area(chosen: Item | None, needs: list[Need]) -> str | None:
    """The area of the chosen need; None for any other entry."""
    is_need = chosen is not None and chosen.kind == "need"
    return next((n.area_id for n in needs if is_need and chosen and n.need_id == chosen.item_id), None)


def gap_of(scene: Scene, service: Service | None, area_id: str | None) -> Gap | None:
    """The gap of one area, whatever its level."""
    area = scene.offered.area(area_id)
    if area is None or service is None or area.is_city:
        return None
    rows = stock_queries.gaps(scene.release, service.service_type, area.level)
    return next((g for g in rows if g.area_id == area_id), None)


def choose_service(scene: Scene, current: Service | None) -> None:
    """The box with the types of service; a choice lets go of the entry, which may be of another type."""
    codes = selection.to_params(scene.found, scene.offered.city_area_id)
    pick = scene.language.pick
    labels = {s.service_type: pick(s.name_de, s.name_en) for s in scene.offered.services}
    if labels:
        code = current.service_type if current else None
        controls.box(scene.language.text("Type of service"), "service", labels, code, codes, drops=("item",))


def level_of(scene: Scene, service: Service | None) -> Level:
    """The chosen level where the stock is published for it, else the finest level with a stock."""
    published = stock_queries.gap_levels(scene.release, service.service_type) if service else []
    chosen = scene.found.level
    return scene.offered.level(chosen if chosen in published else next(iter(published), chosen))


def boxes(scene: Scene, service: Service | None, level: Level, drops: tuple[str, ...] = ()) -> None:
    """Type of service, level and area; each box writes its code into the address, the area drops `drops`."""
    text, codes = scene.language.text, selection.to_params(scene.found, scene.offered.city_area_id)
    left, middle, right = st.columns([3, 2, 3])
    with left:
        choose_service(scene, service)
    published = stock_queries.gap_levels(scene.release, service.service_type) if service else []
    rows = [row for row in scene.offered.levels if row.level in published] or [level]
    with middle:
        labels = {row.level: words.plural_of(row, scene.language) for row in rows}
        controls.box(text("Level of areas"), "level", labels, level.level, codes, drops=("area",))
    with right:
        areas = controls.area_names(scene.offered, level.level, scene.language)
        current = scene.found.area if scene.found.area in areas else scene.offered.city_area_id
        controls.box(text("Area"), "area", areas, current, codes, drops=drops)
