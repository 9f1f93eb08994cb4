"""One target on `/ziele`: the chart against its path, its table, its calculation and the rows behind it.

Lives here: what stands in this section. Must not live here: marks (paths.py), SQL, the status rule (a
column).
"""

from __future__ import annotations

from dashboards import (
    delivered,
    formats,
    links,
    outcome_words,
    paths,
    register_words,
    sharing,
    words,
)
from dashboards.frame import ChartMeta, Spec, Width
from dashboards.outcome_records import Attainment
from dashboards.records import Indicator
from dashboards.register_records import Item, Target
from dashboards.scene import Scene
from dashboards.tables import Cell


def target_chart(
    scene: Scene, target: Target, indicator: Indicator, rows: list[Attainment], images: dict[str, Spec]
) -> ChartMeta:
    """Observed values with interval, the path, the target point and the projection."""
    language, text = scene.language, scene.language.text
    hidden = language.plural(
        "{n} year without a value.",
        "{n} years without a value.",
        len([r for r in rows if r.actual_value is None]),
    )
    latest = next((r for r in rows if r.is_latest), rows[-1])
    meta = scene.indicator_meta(
        indicator,
        words.name(indicator, language),
        f"{target.target_id} · {scene.area(target.area_id)}",
        latest.period_id if latest.actual_value is not None else target.baseline_period_id or "",
        hidden=hidden,
    )
    marks = path_marks(scene, target, indicator, rows, latest)
    names = {
        "observed": text("Observed, with 95 % interval"),
        "path": text("Path to the target"),
        "target": text("Target value"),
        "projection": text("Projection, with 95 % interval"),
    }
    notes = [said for said in (projection_said(scene, latest),) if said]

    def drawing(width: Width) -> Spec:
        return paths.target_path(marks, names, indicator, meta, language, width=width, notes=notes)

    sharing.draw(scene, text("Target path"), f"path-{target.target_id}", drawing, images)
    return meta


def path_marks(
    scene: Scene, target: Target, indicator: Indicator, rows: list[Attainment], latest: Attainment
) -> list[paths.PathMark]:
    """Observed values, the path, the target point, and the projection where there is one."""
    mark, end = paths.PathMark, str(target.target_year)
    aim = formats.quantity(target.target_value, indicator, scene.language)
    projected = latest.projected_value if latest.projection_status == "ok" else None
    return [
        *(mark("observed", r.period_id, r.actual_value, r.actual_lower, r.actual_upper) for r in rows),
        *(mark("path", r.period_id, r.path_value) for r in rows),
        mark("target", end, target.target_value, label=aim),
        mark("projection", end, projected, latest.projected_lower, latest.projected_upper),
    ]


def projection_said(scene: Scene, row: Attainment) -> str:
    """Why there is or is no projection, and what it says of the target."""
    said = [
        register_words.word(outcome_words.PROJECTIONS, row.projection_status, scene.language),
        register_words.word(outcome_words.FORECASTS, row.forecast, scene.language)
        if row.projection_status == "ok"
        else "",
    ]
    return f"{scene.language.text('Projection')}: {'; '.join(filter(None, said))}." if said[0] else ""


def attainment_rows(scene: Scene, indicator: Indicator, rows: list[Attainment]) -> list[dict[str, str]]:
    """A target year by year, as the page shows it."""
    language, t = scene.language, scene.language.text

    def shown(value: float | None) -> str:
        return formats.quantity(value, indicator, language)

    return [
        {
            t("Year"): r.period_id,
            t("Observed"): shown(r.actual_value)
            if r.actual_value is not None
            else words.status(r.value_status, language),
            t("95 % interval"): formats.span(r.actual_lower, r.actual_upper, indicator, language),
            t("Path"): shown(r.path_value),
            t("Deviation (positive: better)"): formats.signed(r.deviation, indicator.decimals, language),
            t("Share of the way"): formats.number(r.attainment, 2, language),
            t("Status"): outcome_words.status(r.status, language, r.is_uncertain),
            t("Required change per year"): formats.signed(r.required_annual_change, 2, language),
            t("Observed change per year"): formats.signed(r.observed_annual_change, 2, language),
        }
        for r in rows
    ]


def attainment_export(scene: Scene, rows: list[Attainment]) -> list[dict[str, Cell]]:
    """A target year by year with the published numbers."""
    language, t = scene.language, scene.language.text
    return [
        {
            "target_id": r.target_id,
            "indicator_id": r.indicator_id,
            "area_id": r.area_id,
            t("Area"): scene.area(r.area_id),
            t("Period"): r.period_id,
            t("Observed"): r.actual_value,
            t("95 % interval, lower"): r.actual_lower,
            t("95 % interval, upper"): r.actual_upper,
            "value_status": r.value_status,
            t("Path"): r.path_value,
            t("Target value"): r.target_value,
            t("Target year"): r.target_year,
            t("Deviation (positive: better)"): r.deviation,
            t("Share of the way"): r.attainment,
            "status": r.status,
            t("Status"): outcome_words.status(r.status, language, r.is_uncertain),
            t("Required change per year"): r.required_annual_change,
            t("Observed change per year"): r.observed_annual_change,
        }
        for r in rows
    ]


def to_indicator(scene: Scene, target: Target, period_id: str) -> None:
    """From the target to its figure among all areas."""
    codes = {"indicator": target.indicator_id or "", "area": target.area_id, "year": period_id}
    links.go(scene, "analyse", scene.language.text("See this figure by area"), **codes)


def rows_behind(scene: Scene, target: Target, indicator: Indicator, period_id: str) -> None:
    """Delivered rows of the target's latest figure."""
    delivered.of_indicator(scene.release, indicator, target.area_id, period_id, scene.language)


def target_of(item: Item, targets: list[Target]) -> Target | None:
    """The target of the chosen entry: itself, or the first one of the goal."""
    return next((t for t in targets if item.item_id in (t.target_id, t.goal_id)), None)
