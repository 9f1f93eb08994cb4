"""Words and signs for targets and evaluations, in the language of the page.

Lives here: one word or label for one code. Must not live here: sentences (register_wording.py), causal words.
"""

from __future__ import annotations

from dashboards.locales import Language

UNCERTAIN = "_uncertain"
# Status of a target -> sign and word; the sign says the same without colour.
STATUSES = {
    "achieved": ("★", "achieved"),
    "on_track": ("●", "on track"),
    "acceleration_needed": ("◐", "acceleration needed"),
    "insufficient": ("○", "insufficient"),
    "moving_away": ("✕", "moving away"),
    "not_assessable": ("?", "cannot be assessed"),
}
# Why a target cannot be assessed in a year.
STATUS_REASONS = {
    "no_value": "there is no value",
    "series_break": "what is counted changed since the starting value",
    "no_distance": "the path is still where it began",
    "no_growth_rate": "there is no growth rate from or to zero",
    "too_few_years": "the value of five years before is missing",
    "no_rest_of_city": "there is no value of the rest of the city",
    "not_due": "the target year is not over",
}
TARGET_TYPES = {
    "reach": "reach a value",
    "maintain": "keep a value",
    "reduce_gap": "reduce the gap to the rest of the city",
    "relative_change": "change by a share of the starting value",
    "range": "come into a range",
    "milestone": "milestone",
}
METHODS = {
    "linear": "equal steps every year",
    "cagr": "rate of growth (Open SDG)",
    "sustainability": "German sustainability rule",
}
FORECASTS = {
    "likely": "the target will probably be met",
    "toss_up": "it is open whether the target will be met",
    "unlikely": "the target will probably not be met",
}
VERDICTS = {
    "attained": "attained",
    "partly": "partly attained",
    "not_attained": "not attained",
    "not_assessable": "cannot be assessed",
}
DESIGNS = {
    "plan_actual": "Plan against actual",
    "did": "Comparison with other areas",
    "its": "Interrupted time series",
    "qualitative": "Qualitative",
}
PROJECTIONS = {
    "ok": "projection from the observed years",
    "too_few_points": "too few observed years for a projection",
    "series_break": "no projection across a break in the series",
    "target_year_reached": "the target year is reached",
}
RECOMMENDATIONS = {
    "continue": "continue",
    "adapt": "adapt",
    "scale": "scale up",
    "stop": "stop",
    "retarget": "set a new target",
    "remeasure": "measure again",
}
ROLES = {
    "treated": "Area of the intervention",
    "comparison": "Comparison area",
    "donor": "Other area",
}
SCOPES = {"intervention": "intervention", "goal": "goal", "cycle": "planning cycle"}
REASON_GROUPS = {
    "process": "Process",
    "project_design": "Project design",
    "framework": "Circumstances",
}
REASONS = {
    "process.coordination": "coordination",
    "process.responsibility": "responsibility unclear",
    "process.decision_delay": "delayed decision",
    "process.data_delay": "delayed data",
    "process.participation": "lack of participation",
    "process.procurement": "procurement",
    "project_design.target_group_missed": "target group not reached",
    "project_design.dose_too_low": "too little of it",
    "project_design.wrong_instrument": "unsuitable instrument",
    "project_design.theory_of_change": "assumptions did not hold",
    "project_design.outputs_not_reached": "outputs not reached",
    "project_design.place_or_time": "unsuitable place or time",
    "project_design.staff_not_found": "staff not found",
    "framework.law": "change of law or benefits",
    "framework.labour_market": "labour market",
    "framework.migration": "people moving in",
    "framework.housing_market": "housing market",
    "framework.crisis": "crisis",
    "framework.funding_ended": "funding ended",
    "framework.measurement_artefact": "change of areas or definitions",
}


def status(code: str | None, language: Language, is_uncertain: bool = False) -> str:
    """Sign and word of a target's status; "uncertain" where the interval spans a boundary."""
    if not code:
        return ""
    sign, said = STATUSES.get(code.removesuffix(UNCERTAIN), ("", code))
    text = f"{sign} {language.text(said)}".strip()
    if code.endswith(UNCERTAIN) or is_uncertain:
        return f"{text} ({language.text('uncertain')})"
    return text


def reasons(codes: tuple[str, ...], language: Language) -> str:
    """Reasons of a deviation by group: Process: coordination; Circumstances: people moving in."""
    groups: dict[str, list[str]] = {}
    for code in codes:
        said = language.text(REASONS.get(code, code.partition(".")[2] or code))
        groups.setdefault(code.partition(".")[0], []).append(said)
    return "; ".join(
        f"{language.text(REASON_GROUPS.get(group, group))}: {', '.join(said)}"
        for group, said in groups.items()
    )


def is_on_course(code: str) -> bool:
    """Whether a status counts as achieved or on track."""
    return code.removesuffix(UNCERTAIN) in ("achieved", "on_track")
