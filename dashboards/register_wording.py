"""Generated sentences on goals, needs, stock and evaluations, in the language of the page.

Lives here: sentences from published rows, decisions in words. Must not live here: words for codes
(register_words.py, outcome_words.py), number formats, causal claims: the wording of an evaluation is a column
of the release.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboards import formats, outcome_words, register_words, words
from dashboards.locales import Language
from dashboards.need_records import Intervention, Need
from dashboards.outcome_records import Attainment, Evaluation, Outcome, Point
from dashboards.records import Indicator
from dashboards.register_records import Decision, Goal, Strategy
from dashboards.stock_records import Gap, Standard


def decided(row: Decision, language: Language) -> str:
    """Body, day, result, votes and paper of a decision."""
    parts = [
        language.pick(row.body_name_de or "", row.body_name_en or "") or row.decision_id,
        formats.day(row.decided_on, language),
        register_words.word(register_words.RESULTS, row.result, language),
    ]
    if row.votes_yes is not None or row.votes_no is not None:
        parts.append(
            language.text(
                "{yes} in favour, {no} against, {abstain} abstaining",
                yes=formats.whole(row.votes_yes, language),
                no=formats.whole(row.votes_no, language),
                abstain=formats.whole(row.votes_abstain, language),
            )
        )
    if row.paper_number:
        parts.append(language.text("paper {number}", number=row.paper_number))
    return ", ".join(part for part in parts if part)


def based_on(number: int | None, is_quoted: bool | None, language: Language) -> str:
    """The release the figures of a decision are those of."""
    if number is not None:
        return language.text("release {n}", n=number)
    return language.text("quoted, older than the first release") if is_quoted else ""


def register_row(file_name: str | None, row_number: int | None, language: Language) -> str:
    """File and row of an entry."""
    if not file_name:
        return ""
    return language.text("{file}, row {row}", file=file_name, row=formats.exact(row_number, language))


def goals(
    rows: Sequence[Goal], strategies: Sequence[Strategy], latest: Sequence[Attainment], language: Language
) -> str:
    """How many goals there are, what they lack, and how their targets stand."""
    missing = len([g for g in rows if g.is_without_target])
    on_track = len([a for a in latest if outcome_words.is_on_course(a.status)])
    idle = len([s for s in strategies if s.is_without_intervention])
    said = [
        language.plural("**{n}** goal", "**{n}** goals", len(rows)),
        language.plural("**{n}** without a target value", "**{n}** without a target value", missing),
    ]
    text = f"{', '.join(said)}."
    if latest:
        text += " " + language.text(
            "Of {all} target values **{n}** are achieved or on track.", all=len(latest), n=on_track
        )
    if idle:
        text += " " + language.plural(
            "**{n}** strategy has no intervention yet.", "**{n}** strategies have no intervention yet.", idle
        )
    return text


def needs(rows: Sequence[Need], gaps: Sequence[Gap], language: Language) -> str:
    """How many needs are accepted, how many of them lack an intervention, how many gaps nobody has agreed."""
    accepted = [n for n in rows if n.category == "need"]
    idle = len([n for n in accepted if n.is_without_intervention])
    open_gaps = len([g for g in gaps if g.field == "gap_only"])
    said = language.plural(
        "**{n}** accepted need (only what was accepted counts).",
        "**{n}** accepted needs (only what was accepted counts).",
        len(accepted),
    )
    said += " " + language.plural(
        "**{n}** of them has no intervention yet.", "**{n}** of them have no intervention yet.", idle
    )
    return f"{said} " + language.plural(
        "**{n}** area shows a calculated gap that nobody has agreed as a need.",
        "**{n}** areas show a calculated gap that nobody has agreed as a need.",
        open_gaps,
    )


def stock(counted: dict[str, int], language: Language) -> str:
    """How many offers name their capacity."""
    return language.text(
        "**{n} of {all}** offers name their capacity.",
        n=formats.whole(counted["n_with_capacity"], language),
        all=formats.whole(counted["n_offers"], language),
    )


def attained(row: Attainment, indicator: Indicator, language: Language) -> str:
    """Where a target stands in its latest year: observed value, path, status."""
    value = formats.quantity(row.actual_value, indicator, language)
    if row.actual_value is None:
        said = language.text(
            "{period}: no value ({reason}).",
            period=row.period_id,
            reason=words.status(row.value_status, language),
        )
    else:
        said = language.text(
            "{period}: **{value}** observed, {path} on the path to {target} in {year}.",
            period=row.period_id,
            value=value,
            path=formats.quantity(row.path_value, indicator, language),
            target=formats.quantity(row.target_value, indicator, language),
            year=row.target_year,
        )
    said += f" **{outcome_words.status(row.status, language, row.is_uncertain)}**."
    if row.is_smaller_than_noise:
        said += " " + language.text("The target is smaller than the random variation of the figure.")
    return said


def standard(row: Standard, population: str, language: Language) -> str:
    """A standard value with its source, kind and validity."""
    return language.text(
        "Standard value: **{value} {unit} per 1,000** ({population}). Source: {source} ({kind}), valid from "
        "{day}.",
        value=formats.exact(row.value_per_1000, language),
        unit=register_words.word(register_words.UNITS, row.unit, language),
        population=formats.plain(population),
        source=formats.plain(row.source_de or formats.NO_VALUE),
        kind=register_words.word(register_words.STANDARD_KINDS, row.kind, language),
        day=formats.day(row.valid_from, language),
    )


def gap_status(row: Gap, language: Language) -> str:
    """Why an area has no gap, or nothing."""
    if row.gap_status == "ok":
        return ""
    if row.gap_status == "no_population" or row.value_status != "ok":
        return language.text("population: {reason}", reason=words.status(row.value_status, language))
    reasons = {
        "no_standard": language.text("no standard value, therefore no gap"),
        "capacity_unknown": language.text("capacity unknown"),
    }
    return reasons.get(row.gap_status, row.gap_status)


def supply_status(row: Gap, language: Language) -> str:
    """Why an area has no ratio of supply."""
    if row.value_status != "ok":
        return words.status(row.value_status, language)
    return language.text("capacity unknown")


def intervention(row: Intervention, language: Language) -> str:
    """State, time and late milestones of an intervention."""
    said = [register_words.state("intervention", row.state, language)]
    if row.starts_on:
        said.append(
            language.text(
                "{start} to {end}",
                start=formats.day(row.starts_on, language),
                end=formats.day(row.ends_on, language),
            )
        )
    late = language.plural("{n} milestone late", "{n} milestones late", row.n_milestones_late)
    return " · ".join(part for part in [*said, late if row.n_milestones_late else ""] if part)


def evaluation(row: Evaluation, outcomes: Sequence[Outcome], language: Language) -> str:
    """What an evaluation says, in the wording fixed by the release."""
    fixed = [o for o in outcomes if o.design != "plan_actual" and o.wording]
    said = [formats.plain(language.pick(o.wording or "", o.wording_en or "")) for o in fixed]
    plan = [
        language.text("Plan against actual: **{verdict}**", verdict=outcome_words.status(o.status, language))
        for o in outcomes
        if o.design == "plan_actual" and o.status
    ]
    frozen = language.text("Figures of release {n}, frozen for this evaluation.", n=row.frozen_release or "–")
    return " ".join([*(f"{text}." for text in plan), *(f"**{text}**." for text in said), frozen])


def changed_since(row: Evaluation, points: Sequence[Point], language: Language) -> str:
    """That figures have changed since the evaluation was frozen, and for which years."""
    years = ", ".join(p.period_id for p in points if p.has_changed_since)
    if not row.has_changed_since and not years:
        return ""
    said = language.text("The figure has changed since release {n}", n=row.frozen_release or "–")
    return f"{said} ({years})." if years else f"{said}."
