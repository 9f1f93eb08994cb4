"""What the pages of the register share below their charts: origin of figures, downloads, empty states,
tables.

Lives here: a drawn chart with its fixed-width twin for files, "Wie wird das berechnet?" in sentences, "Nutzen
und teilen". Must not live here: marks, SQL, content of one page.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

import streamlit as st

from dashboards import controls, formats, links, parts, selection, tables
from dashboards.frame import ChartMeta, MissingMetadata, Spec, Width
from dashboards.scene import Scene, on_page

Drawing = Callable[[Width], Spec]


def draw(scene: Scene, name: str, key: str, drawing: Drawing, images: dict[str, Spec]) -> None:
    """Draw a chart and keep its fixed-width twin for the downloads; say why where its origin is missing."""
    try:
        spec = drawing("container")
        images[name] = drawing(parts.IMAGE_PX)
    except MissingMetadata as error:
        parts.not_drawn(error, scene.language)
        return
    controls.chart(spec, key)


def calculation(scene: Scene, sentences: list[str], metas: list[ChartMeta]) -> None:
    """The section "Wie wird das berechnet?": how the figures came about, and where they are from."""
    text = scene.language.text
    st.header(text("How is this calculated?"))
    for sentence in sentences:
        if sentence:
            st.markdown(sentence)
    for meta in metas:
        st.caption(
            " · ".join(
                formats.plain(f"{label}: {said}")
                for label, said in (
                    (text("Source"), meta.source),
                    (text("Licence"), meta.licence),
                    (text("Data as of"), meta.as_of),
                )
                if said
            )
        )


def share(
    scene: Scene,
    path: str,
    rows: list[dict[str, tables.Cell]],
    images: dict[str, Spec],
    meta: ChartMeta,
    **shown: str,
) -> None:
    """The section "Nutzen und teilen" of a page of the register; `shown` are codes the page chose itself."""
    codes = selection.to_params(scene.found, scene.offered.city_area_id)
    codes |= {**shown, "release": str(scene.release.number)}
    exported = tables.with_origin(rows, meta, scene.language)
    parts.offer(exported, images, path, f"/{path}?{urlencode(codes)}", scene.language)


def table(rows: list[dict[str, str]], right: tuple[int, ...] = ()) -> None:
    """A real table of texts."""
    st.table(tables.aligned(rows, right=right), hide_index=True)


def long_table(scene: Scene, rows: list[dict[str, str]], right: tuple[int, ...], key: str) -> None:
    """A table of areas or offers, in pages."""
    parts.paged(rows, right, scene.language, key)


def facts(pairs: list[tuple[str, str]]) -> None:
    """Label and text of an entry, one line each; texts come from the register and are shown literally."""
    lines = [f"**{label}:** {formats.plain(said)}" for label, said in pairs if said]
    if lines:
        st.markdown("  \n".join(lines))


def choose(scene: Scene, kinds: tuple[str, ...], current: str | None, label: str) -> None:
    """The box with the entries a page shows; its choice is the code `item` of the address."""
    codes = selection.to_params(scene.found, scene.offered.city_area_id)
    items = [i for kind in kinds for i in scene.offered.items if i.kind == kind and on_page(i, kinds)]
    labels = {i.item_id: links.title(scene, i) for i in items}
    controls.box(label, "item", labels, current, codes)
