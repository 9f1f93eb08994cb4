"""Generated sentences and words: what the numbers say, in the language of the page.

Lives here: words for states, comparisons, trends and problems; sentences from published counts and values.
Must not live here: number formats (formats.py), counting (the counts are columns of fct_indicator_summary), causal claims.
"""

from __future__ import annotations

from dashboards import formats
from dashboards.locales import Language
from dashboards.records import Area, Change, Indicator, Level, Mark, ReleaseNote, Summary, Value
from dashboards.selection import Problem

HIGHER, LOWER, SIMILAR, NONE = "▲", "▼", "●", "×"
# (comparison, polarity) -> direction of the area against the city. Colour and word say good or bad, the sign says where.
SIGNS = {
    ("worse", "higher_worse"): HIGHER, ("better", "higher_worse"): LOWER,
    ("better", "higher_better"): HIGHER, ("worse", "higher_better"): LOWER,
    ("higher", "neutral"): HIGHER, ("lower", "neutral"): LOWER,
}
COMPARISONS = {
    "better": "more favourable than the city",
    "worse": "less favourable than the city",
    "higher": "higher than the city",
    "lower": "lower than the city",
    "similar": "not distinguishable from the city",
    "not_compared": "not compared",
}
STATUSES = {
    "ok": "published",
    "suppressed": "kept confidential",
    "suppressed_primary": "kept confidential (small number)",
    "suppressed_secondary": "kept confidential (protects another value)",
    "suppressed_source": "kept confidential by the source",
    "not_available": "not delivered",
    "pending": "will be delivered later",
    "not_applicable": "does not apply here",
    "not_comparable": "not comparable",
    "below_min_denominator": "too few persons for a figure",
}
FLAGS = {
    "estimated": "estimated",
    "provisional": "provisional",
    "revised": "revised",
    "limited_reliability": "of limited reliability",
    "published_only": "as published by the source",
}
TRENDS = {
    "increasing": ("↗", "rising"),
    "decreasing": ("↘", "falling"),
    "no_significant_change": ("→", "no significant change"),
    "cannot_be_calculated": ("", "no statement on the trend"),
}
TREND_EVALUATIONS = {"better": "favourable", "worse": "unfavourable"}
CONDITIONS = {
    "demography": "Population",
    "health": "Health",
    "education": "Education",
    "employment": "Employment",
    "income": "Income",
    "housing": "Housing",
    "environment": "Environment",
    "mobility": "Mobility",
    "inclusion": "Social, cultural and political inclusion",
}


def name(row: Indicator, language: Language) -> str:
    """Name of an indicator."""
    return language.pick(row.name_de, row.name_en)


def plural_of(level: Level, language: Language) -> str:
    """Name of a level's areas, e.g. Stadtteile."""
    return language.pick(level.plural_de, level.plural_en)


def area_label(area: Area | Value) -> str:
    """Code and name, e.g. 602 Niederwald."""
    code, label = (area.code, area.name) if isinstance(area, Area) else (area.area_code, area.area_name)
    return f"{code} {label}"


def sign(comparison: str, polarity: str, status: str = "ok") -> str:
    """The sign of an area: ▲ higher, ▼ lower, ● not distinguishable, × without a value, nothing when not compared."""
    if status != "ok":
        return NONE
    return SIMILAR if comparison == "similar" else SIGNS.get((comparison, polarity), "")


def comparison(code: str, language: Language) -> str:
    """The comparison with the city in words."""
    return language.text(COMPARISONS.get(code, code))


def status(code: str, language: Language) -> str:
    """The reason of a missing value in words."""
    return language.text(STATUSES.get(code, code))


def remarks(value: Value, language: Language) -> str:
    """Flags of a value in words."""
    return ", ".join(language.text(FLAGS.get(flag, flag)) for flag in formats.flags(value.value_flags))


def trend(value: Value, indicator: Indicator, language: Language) -> str:
    """Arrow and word of a trend; judged only where the indicator has a polarity."""
    arrow, word = TRENDS.get(value.trend, ("", value.trend))
    text = f"{arrow} {language.text(word)}".strip()
    judged = TREND_EVALUATIONS.get(value.trend_evaluation or "")
    return f"{text} ({language.text(judged)})" if judged and indicator.polarity != "neutral" else text


def shown(value: Value, indicator: Indicator, language: Language) -> str:
    """The value with unit, or its reason for being absent."""
    if value.value is None:
        return status(value.value_status, language)
    return formats.quantity(value.value, indicator, language)


def overview(summary: Summary, indicator: Indicator, level: Level, language: Language) -> str:
    """The sentence over map and bars, from published counts only."""
    words = {
        "areas": plural_of(level, language),
        "all": formats.whole(summary.n_ok, language),
        "worse": formats.whole(summary.n_worse, language),
        "better": formats.whole(summary.n_better, language),
        "higher": formats.whole(summary.n_higher, language),
        "lower": formats.whole(summary.n_lower, language),
    }
    if not (summary.n_similar or summary.n_worse or summary.n_better or summary.n_higher or summary.n_lower):
        said = language.text("{areas}: {all} with a value. This figure is not compared with the city.", **words)
    elif indicator.polarity == "neutral":
        said = language.text(
            "{areas}: **{higher} of {all}** are higher than the city (▲), more than random variation explains; "
            "**{lower}** are lower (▼).", **words)
    else:
        signs = {f"{word}_sign": sign(word, indicator.polarity) for word in ("worse", "better")}
        said = language.text(
            "{areas}: **{worse} of {all}** are less favourable than the city ({worse_sign}), more than random "
            "variation explains; **{better}** are more favourable ({better_sign}).", **words, **signs)
    if summary.city_value is None:
        return said
    city = language.text("City value **{value}**.", value=formats.quantity(summary.city_value, indicator, language))
    return f"{city} {said}"


def reservations(summary: Summary, language: Language) -> str:
    """What limits the sentence: areas without a value and areas expected to stand out by chance."""
    parts = [absent(summary, language)]
    if summary.n_flagged_by_chance and (summary.n_worse or summary.n_better or summary.n_higher or summary.n_lower):
        n = formats.whole(summary.n_flagged_by_chance, language)
        parts.append(language.text("About {n} areas would stand out by chance alone.", n=n))
    return " ".join(part for part in parts if part)


def absent(summary: Summary, language: Language) -> str:
    """How many areas have no value, by reason."""
    hidden = language.plural("{n} value is kept confidential.", "{n} values are kept confidential.", summary.n_suppressed)
    missing = language.plural("{n} value is missing.", "{n} values are missing.", summary.n_missing)
    return " ".join(text for n, text in ((summary.n_suppressed, hidden), (summary.n_missing, missing)) if n)


def place(value: Value, indicator: Indicator, language: Language) -> str:
    """The sentence on one area: value, interval, comparison, rank, trend; or why there is no value and what to do."""
    if value.value is None:
        return language.text("No value: {reason}. {advice}", reason=status(value.value_status, language), advice=advice(value.value_status, language))
    parts = [f"**{formats.quantity(value.value, indicator, language)}**"]
    if value.ci_lower is not None:
        parts.append(language.text("95 % interval {interval}", interval=formats.interval(value, indicator, language)))
    if value.comparison != "not_compared":
        parts.append(f"{sign(value.comparison, indicator.polarity)} {comparison(value.comparison, language)}")
    if value.rank is not None and value.rank_of is not None and value.rank_of > 1:
        parts.append(language.text("rank {rank} of {of} (1 = highest value)", rank=value.rank, of=value.rank_of))
    if value.trend in ("increasing", "decreasing", "no_significant_change"):
        parts.append(language.text("trend: {trend}", trend=trend(value, indicator, language)))
    noted = remarks(value, language)
    return " · ".join([*parts, noted] if noted else parts)


def advice(value_status: str, language: Language) -> str:
    """What a reader can do about a missing value."""
    if value_status.startswith("suppressed") or value_status == "below_min_denominator":
        return language.text("Choose the next higher level or another year: small numbers are protected there less often.")
    if value_status in ("not_available", "pending"):
        return language.text("Choose another year, or ask the office named under contact when it will be delivered.")
    return language.text("Choose another area or indicator.")


def problem(found: Problem, language: Language) -> str:
    """What is wrong with a code of the address and what would go instead."""
    what = {
        "area": "Area", "indicator": "Indicator", "year": "Year", "level": "Level of areas",
        "compare": "Comparison", "lang": "Language", "release": "Release",
    }.get(found.key, found.key)
    values = {"what": language.text(what), "code": found.code.replace("`", "")}
    if found.kind == "unavailable":
        said = language.text("{what} `{code}` is not available for this selection.", **values)
    else:
        said = language.text("{what} `{code}` is not known.", **values)
    if found.shown:
        said = f"{said} {language.text('Shown instead: {shown}.', shown=found.shown)}"
    if found.proposals:
        proposals = ", ".join(f"`{p}`" for p in found.proposals[:12])
        said = f"{said} {language.text('Possible: {proposals}.', proposals=proposals)}"
    return said


def calculation(value: Value, indicator: Indicator, language: Language) -> str:
    """The formula filled with the published numerator and denominator of one area."""
    numerator = language.pick(indicator.numerator_label_de, indicator.numerator_label_en) or language.text("numerator")
    if indicator.statistic in ("count", "mean", "median", "published") or value.denominator is None:
        return language.text("{value} = {numerator}", value=shown(value, indicator, language), numerator=numerator)
    denominator = language.pick(indicator.denominator_label_de, indicator.denominator_label_en) or language.text("denominator")
    factor = "" if indicator.multiplier == 1 else f" × {formats.exact(indicator.multiplier, language)}"
    return (f"{formats.exact(value.numerator, language)} ({numerator}) ÷ {formats.exact(value.denominator, language)} "
            f"({denominator}){factor} = **{formats.quantity(value.value, indicator, language)}**")


def mark(row: Mark, language: Language) -> str:
    """Label of a series break or context event."""
    return language.pick(row.label_de, row.label_en) or row.kind


def released(note: ReleaseNote, language: Language) -> str:
    """Number and day of a release, and what it rolls back to."""
    words = language.text("Release {n} of {day}", n=note.release_number, day=formats.day(note.built_at, language))
    if note.rollback_of is not None:
        words = f"{words} ({language.text('content of release {n}', n=note.rollback_of)})"
    return words


def rows_from_to(rows: list[dict[str, str]], start: int) -> str:
    """Label of one page of a table, e.g. 21–40."""
    numbers = range(start + 1, start + len(rows) + 1)
    return f"{numbers[0]}–{numbers[-1]}"


def method(indicator: Indicator, language: Language) -> list[str]:
    """Sentences on intervals, comparison and polarity that belong to an indicator."""
    said = []
    if indicator.ci_method != "none":
        said.append(language.text(
            "The 95 % interval of a full count describes random variation of the underlying process, not a sampling error. "
            "An area differs from the city when the city's value lies outside the area's interval."))
    if indicator.polarity == "neutral":
        said.append(language.text("This indicator describes a structure. Higher or lower is neither good nor bad."))
    return said


def changed(changes: list[Change], note: ReleaseNote, language: Language) -> str:
    """What a release changed, in one sentence."""
    if note.previous_release is None:
        return language.text("This is the first release; there is nothing to compare it with.")
    if not changes:
        return language.text("No published value changed since release {n}.", n=note.previous_release)
    return language.plural(
        "Values of {n} indicator changed since release {previous}.", "Values of {n} indicators changed since release {previous}.",
        len(changes), previous=note.previous_release)


def worst(summary: Summary, indicator: Indicator) -> str | None:
    """The area at the unfavourable end; none for indicators without a good or bad end."""
    ends = {"higher_worse": summary.highest_area_id, "higher_better": summary.lowest_area_id}
    return ends.get(indicator.polarity)


def attention(summary: Summary, indicator: Indicator, level: Level, area: Area | None, language: Language) -> str:
    """How many areas stand less favourably than the city, and where it is furthest."""
    said = language.text(
        "{areas}: {n} of {all} are less favourable than the city ({sign}), more than random variation explains.",
        areas=plural_of(level, language), n=formats.whole(summary.n_worse, language), all=formats.whole(summary.n_ok, language),
        sign=sign("worse", indicator.polarity))
    if area is None:
        return said
    value = summary.highest_value if indicator.polarity == "higher_worse" else summary.lowest_value
    return f"{said} " + language.text("Furthest: {area} with {value}.", area=formats.plain(area_label(area)),
                                      value=formats.quantity(value, indicator, language))
