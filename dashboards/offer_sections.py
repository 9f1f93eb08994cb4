"""Sections of `/bestand` on single offers: the map, distances to the nearest one, the list with file and row.

Lives here: what stands in these sections. Must not live here: marks (bars.py, offer_maps.py), SQL, distances
(columns of fct_accessibility), any count of an incomplete register.
"""

from __future__ import annotations

import streamlit as st

from dashboards import (
    bars,
    formats,
    offer_maps,
    queries,
    register_words,
    sharing,
    stock_queries,
    words,
)
from dashboards.frame import ChartMeta, Spec, Width
from dashboards.records import Level
from dashboards.scene import Scene
from dashboards.stock_records import Offer, Reach, Service


def offer_map(
    scene: Scene,
    service: Service,
    level: Level,
    offers: list[Offer],
    others: list[Offer],
    images: dict[str, Spec],
) -> None:
    """Offers over the outlines of the level; incomplete registers are a layer of their own on request."""
    text = scene.language.text
    st.header(text("Where are the offers?"))
    incomplete = [o for o in offers if not o.is_register_complete]
    counted = [o for o in offers if o.is_register_complete]
    label = text("Show places of incomplete registers too (not counted)")
    if others and st.checkbox(label, value=bool(incomplete), key="incomplete"):
        incomplete = others
    geometries = queries.geometries(scene.release, level.level)
    drawn = [o for o in [*counted, *incomplete] if o.longitude is not None]
    if not geometries or not drawn:
        st.info(no_map(scene))
        return
    meta = map_meta(scene, service, level, drawn)
    names = {"counted": text("Offer of a complete register"), "incomplete": text("incomplete, not counted")}

    def drawing(width: Width) -> Spec:
        return offer_maps.offer_map(
            geometries,
            counted,
            incomplete,
            meta,
            scene.language,
            selected=scene.found.area,
            names=names,
            width=width,
        )

    sharing.draw(scene, text("Map"), f"offers-{service.service_type}", drawing, images)


def no_map(scene: Scene) -> str:
    """Why there is no map."""
    return scene.language.text(
        "There is no map: the release holds no boundaries for this level, or no offer has a place. The list "
        "below shows the same offers."
    )


def map_meta(scene: Scene, service: Service, level: Level, drawn: list[Offer]) -> ChartMeta:
    """Origin of the offers on the map."""
    language, text = scene.language, scene.language.text
    period = drawn[0].period_id or formats.NO_VALUE
    return scene.stock_meta(
        drawn,
        text("Offers: {service}", service=language.pick(service.name_de, service.name_en)),
        f"{words.plural_of(level, language)} · {period}",
        language.pick(service.definition_de, service.definition_en),
        period,
        hidden=text("offers without a place on the map: see the list"),
    )


def reachability(
    scene: Scene, service: Service, level: Level, meta: ChartMeta, images: dict[str, Spec]
) -> None:
    """Distance to the nearest offer, or the sentence why it is not told."""
    language, text = scene.language, scene.language.text
    st.header(text("How far is the nearest offer?"))
    rows = stock_queries.reach(scene.release, service.service_type, level.level)
    if not rows:
        st.info(why_not(scene, service))
        return
    found = [
        bars.Bar(
            words.area_label(r), r.distance_m, distance(scene, r), is_selected=r.area_id == scene.found.area
        )
        for r in rows
    ]
    title = text("straight line to the nearest offer, metres")
    notes = [text("Dashed line: catchment of the service.")] if service.catchment_m else []

    def drawing(width: Width) -> Spec:
        return bars.ranked(
            found, meta, language, axis_title=title, width=width, line=service.catchment_m, notes=notes
        )

    sharing.draw(scene, text("Distances"), "reach", drawing, images)
    sharing.long_table(scene, [reach_row(scene, r) for r in rows], (1, 3), "reach_rows")


def why_not(scene: Scene, service: Service) -> str:
    """The sentence why there are no distances: the level, the rule of the release, or no places."""
    language, text = scene.language, scene.language.text
    rules = stock_queries.reach_rule(scene.release, service.service_type)
    names = {row.level: words.plural_of(row, language) for row in scene.offered.levels}
    allowed = next((r.level for r in rules if r.is_allowed and r.level in names), None)
    if allowed:
        return text("Distances are told for {areas}; choose this level above.", areas=names[allowed])
    reasons = (language.pick(r.reason_de or "", r.reason_en or "") for r in rules if not r.is_allowed)
    refused = next(reasons, "")
    nothing = text("There is no register with places on the map for this type of service.")
    return formats.plain(refused) or nothing


def distance(scene: Scene, r: Reach) -> str:
    """What stands behind the bar of an area."""
    if r.distance_m is None:
        return f"{words.NONE} {words.status(r.value_status, scene.language)}"
    return scene.language.text("{n} m", n=formats.whole(r.distance_m, scene.language))


def reach_row(scene: Scene, r: Reach) -> dict[str, str]:
    """Distance of one area."""
    language, t = scene.language, scene.language.text
    return {
        t("Area"): words.area_label(r),
        t("Distance (m)"): formats.whole(r.distance_m, language)
        if r.distance_m is not None
        else words.status(r.value_status, language),
        t("Nearest offer"): r.nearest_title or formats.NO_VALUE,
        t("Population"): formats.exact(r.population, language),
    }


def offer_list(scene: Scene, offers: list[Offer], area: str) -> None:
    """Offers of the chosen area with the delivered file and row."""
    text = scene.language.text
    st.header(formats.plain(text("Offers: {area}", area=area)))
    if not offers:
        st.info(
            text("No offer of this type is registered here. Choose another area or type of service above.")
        )
        return
    sharing.long_table(scene, [offer_row(scene, o) for o in offers], (4, 7), "offer_rows")


def offer_row(scene: Scene, o: Offer) -> dict[str, str]:
    """One offer."""
    language, t = scene.language, scene.language.text
    unit = register_words.word(register_words.UNITS, o.capacity_unit, language)
    capacity = (
        f"{formats.exact(o.capacity, language)} {unit}" if o.capacity is not None else t("capacity unknown")
    )
    return {
        t("Offer"): o.title,
        t("Area"): scene.area(o.area_id),
        t("Provider"): o.provider
        or register_words.word(register_words.PROVIDERS, o.provider_type, language)
        or formats.NO_VALUE,
        t("For whom"): register_words.word(register_words.TARGET_GROUPS, o.target_group, language)
        or formats.NO_VALUE,
        t("Capacity"): capacity,
        t("Remark"): formats.NO_VALUE if o.is_register_complete else t("incomplete, not counted"),
        t("File"): o.file_name or formats.NO_VALUE,
        t("Row"): formats.exact(o.row_number, language),
        t("Delivered on"): formats.day(o.received_at, language),
    }
