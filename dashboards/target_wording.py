"""Sentences on a target: its type, how its path runs, what its status compares, what a milestone says.

Lives here: sentences from a target and its rows. Must not live here: words for single codes
(outcome_words.py), what stands in the section (target_sections.py), SQL.
"""

from __future__ import annotations

from dashboards import formats, outcome_words, register_wording, register_words
from dashboards.locales import Language
from dashboards.outcome_records import Attainment
from dashboards.records import Indicator
from dashboards.register_records import Target


def kind_said(target: Target, row: Attainment, language: Language) -> str:
    """Type of the target, its rule of progress, and why it cannot be assessed where it cannot."""
    text = language.text
    kind = register_words.word(outcome_words.TARGET_TYPES, target.target_type, language)
    rule = register_words.word(outcome_words.METHODS, target.progress_method, language)
    reason = register_words.word(outcome_words.STATUS_REASONS, row.status_reason, language)
    said = [
        f"{text('Type of target')}: {kind}",
        f"{text('Progress measured by')}: {rule}" if rule and target.target_type != "maintain" else "",
        reason,
    ]
    return f"{' · '.join(filter(None, said))}."


def milestone(target: Target, rows: list[Attainment], language: Language) -> str:
    """What is to be done until when, and whether it is: a milestone has no figures."""
    text = language.text
    said = text(
        "Milestone: {what}, due by the end of {year}.",
        what=formats.plain(target.milestone_de or ""),
        year=target.target_year,
    )
    if target.done_on:
        said += " " + text("Done on {day}.", day=formats.day(target.done_on, language))
    status = "".join(f" **{outcome_words.status(row.status, language)}**." for row in rows[-1:])
    return f"{said}{status}"


def method(target: Target, indicator: Indicator, language: Language) -> list[str]:
    """How path, status and projection come about."""
    text = language.text
    origin = register_wording.based_on(target.baseline_release, target.baseline_is_quoted, language)
    aim = (
        formats.span(target.target_lo, target.target_hi, indicator, language)
        if target.target_type == "range"
        else formats.quantity(target.target_value, indicator, language)
    )
    start = text(
        "Starting value **{value}** ({period}; {origin}), target value **{target}** in {year}.",
        value=formats.quantity(target.baseline_value, indicator, language),
        period=target.baseline_period_id,
        origin=origin or text("without a release"),
        target=aim,
        year=target.target_year,
    )
    gap = (
        text("The figure is the area less the rest of the city.")
        if target.target_type == "reduce_gap"
        else ""
    )
    return [
        " ".join(filter(None, (start, gap, path_said(target, indicator, language)))),
        rule_said(target, language),
        formats.plain(language.pick(indicator.definition_de, indicator.definition_en) or ""),
    ]


def path_said(target: Target, indicator: Indicator, language: Language) -> str:
    """How the path runs from the starting value to the target value."""
    text = language.text
    if target.target_type == "maintain":
        return text("The path stays at the target value.")
    values = ", ".join(
        f"{formats.quantity(value, indicator, language)} ({year:.0f})"
        for year, value in zip(target.interim_years, target.interim_values, strict=True)
    )
    if target.path == "steps":
        return text("The path stands still between the interim values {values}.", values=values)
    if values:
        return text("The path runs straight through the interim values {values}.", values=values)
    if target.path == "geometric":
        return text("The path changes by the same percentage every year.")
    return text("The path is a straight line between the two.")


def rule_said(target: Target, language: Language) -> str:
    """What the status compares, by the rule of progress."""
    text = language.text
    if target.target_type == "maintain":
        return text(
            "The target is achieved while the value is not worse than the target value. It is called "
            "uncertain where the interval of the value holds this limit."
        )
    if target.progress_method == "sustainability":
        return text(
            "The mean change of the last five years is continued to the target year: on track where it "
            "misses less than 5 % of the way still to go, acceleration needed up to 20 %, insufficient "
            "above, moving away in the wrong direction. It is called uncertain where the interval spans "
            "one of these limits."
        )
    if target.progress_method == "cagr":
        return text(
            "The status compares the observed with the required rate of growth a year, from the first and"
            " the last value: on track from 95 %, acceleration needed from 60 %, insufficient from 0 %, "
            "below that moving away. Of a share it says something else than of its complement."
        )
    return text(
        "The status compares the observed with the required change: on track from 95 %, acceleration "
        "needed from 60 %, insufficient from 0 %, below that moving away. It is called uncertain where "
        "the interval spans one of these limits."
    )
