"""Generated sentences: what the numbers say, in the language of the page.

Lives here: sentences from published counts and values. Must not live here: words for codes (words.py),
number formats (formats.py), counting (the counts are columns of fct_indicator_summary), causal claims.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboards import formats, reasons, words
from dashboards.locales import Language
from dashboards.records import Area, Change, Indicator, Level, ReleaseNote, Summary, Value
from dashboards.selection import Problem


def overview(summary: Summary, indicator: Indicator, level: Level, language: Language) -> str:
    """The sentence over map and bars, from published counts only."""
    city = ""
    if summary.city_value is not None:
        shown = formats.quantity(summary.city_value, indicator, language)
        city = language.text("City value **{value}**.", value=shown)
    if level.rank == 0:
        return city
    counts = {
        "areas": words.plural_of(level, language),
        "all": formats.whole(summary.n_ok, language),
        "worse": formats.whole(summary.n_worse, language),
        "better": formats.whole(summary.n_better, language),
        "higher": formats.whole(summary.n_higher, language),
        "lower": formats.whole(summary.n_lower, language),
    }
    if not is_compared(summary):
        said = language.text(
            "{areas}: {all} with a value. This figure is not compared with the city.", **counts
        )
    elif indicator.polarity == "neutral":
        said = language.text(
            "{areas}: **{higher} of {all}** are higher than the city (▲), more than random "
            "variation explains; "
            "**{lower}** are lower (▼).",
            **counts,
        )
    else:
        signs = {f"{word}_sign": words.sign(word, indicator.polarity) for word in ("worse", "better")}
        said = language.text(
            "{areas}: **{worse} of {all}** are less favourable than the city ({worse_sign}), more "
            "than random "
            "variation explains; **{better}** are more favourable ({better_sign}).",
            **counts,
            **signs,
        )
    return f"{city} {said}".strip()


def is_compared(summary: Summary) -> bool:
    """Whether any area of this level and period is compared with the city."""
    compared = (summary.n_similar, summary.n_worse, summary.n_better, summary.n_higher, summary.n_lower)
    return any(compared)


def reservations(summary: Summary, language: Language) -> str:
    """What limits the sentence: areas without a value and areas expected to stand out by chance."""
    parts = [absent(summary, language)]
    if is_compared(summary) and (summary.n_flagged_by_chance or 0) >= 1:
        n = formats.whole(summary.n_flagged_by_chance, language)
        parts.append(language.text("About {n} areas would stand out by chance alone.", n=n))
    return " ".join(part for part in parts if part)


def absent(summary: Summary, language: Language) -> str:
    """How many areas have no value, by reason."""
    hidden = language.plural(
        "{n} value is kept confidential.", "{n} values are kept confidential.", summary.n_suppressed
    )
    missing = language.plural("{n} value is missing.", "{n} values are missing.", summary.n_missing)
    return " ".join(text for n, text in ((summary.n_suppressed, hidden), (summary.n_missing, missing)) if n)


def place(value: Value, indicator: Indicator, language: Language) -> str:
    """The sentence on one area: value, interval, comparison, rank, trend; or why there is no value and
    what to do.
    """
    if value.value is None:
        return language.text(
            "No value: {reason}. {advice}",
            reason=words.absence(value.value_status, value.missing_part, language),
            advice=advice(value.value_status, language),
        )
    parts = [f"**{formats.quantity(value.value, indicator, language)}**"]
    if value.ci_lower is not None:
        parts.append(
            language.text("95 % interval {interval}", interval=formats.interval(value, indicator, language))
        )
    elif why := reasons.without_interval(value.interval_reason, language):
        parts.append(why)
    if value.comparison != "not_compared":
        parts.append(
            f"{words.sign(value.comparison, indicator.polarity)} "
            f"{words.comparison(value.comparison, language)}"
        )
    if value.rank is not None and value.rank_of is not None and value.rank_of > 1:
        parts.append(
            language.text("rank {rank} of {of} (1 = highest value)", rank=value.rank, of=value.rank_of)
        )
    if value.trend in ("increasing", "decreasing", "no_significant_change"):
        parts.append(language.text("trend: {trend}", trend=words.trend(value, indicator, language)))
    noted = words.remarks(value, language)
    return " · ".join([*parts, noted] if noted else parts)


def advice(value_status: str, language: Language) -> str:
    """What a reader can do about a missing value."""
    if value_status.startswith("suppressed") or value_status == "below_min_denominator":
        return language.text(
            "Choose the next higher level or another year: small numbers are protected there less often."
        )
    if value_status in ("not_available", "pending"):
        return language.text(
            "Choose another year, or ask the office named under contact when it will be delivered."
        )
    return language.text("Choose another area or indicator.")


def problem(found: Problem, language: Language) -> str:
    """What is wrong with a code of the address and what would go instead."""
    what = words.ADDRESS.get(found.key, found.key)
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
    numerator = language.pick(indicator.numerator_label_de, indicator.numerator_label_en) or language.text(
        "numerator"
    )
    if indicator.statistic in ("count", "mean", "median", "published") or value.denominator is None:
        return language.text(
            "{value} = {numerator}", value=words.shown(value, indicator, language), numerator=numerator
        )
    denominator = language.pick(
        indicator.denominator_label_de, indicator.denominator_label_en
    ) or language.text("denominator")
    factor = "" if indicator.multiplier == 1 else f" × {formats.exact(indicator.multiplier, language)}"
    return (
        f"{formats.exact(value.numerator, language)} ({numerator}) ÷ "
        f"{formats.exact(value.denominator, language)} "
        f"({denominator}){factor} = **{formats.quantity(value.value, indicator, language)}**"
    )


def released(note: ReleaseNote, language: Language) -> str:
    """Number and day of a release, and what it rolls back to."""
    words = language.text(
        "Release {n} of {day}", n=note.release_number, day=formats.day(note.built_at, language)
    )
    if note.rollback_of is not None:
        words = f"{words} ({language.text('content of release {n}', n=note.rollback_of)})"
    return words


def method(indicator: Indicator, language: Language) -> list[str]:
    """Sentences on intervals, comparison and polarity that belong to an indicator."""
    said = []
    if indicator.ci_method != "none":
        said.append(
            language.text(
                "The 95 % interval of a full count describes random variation of the underlying "
                "process, not a sampling error. "
                "An area differs from the city when the city's value lies outside the area's interval."
            )
        )
    if indicator.polarity == "neutral":
        said.append(
            language.text("This indicator describes a structure. Higher or lower is neither good nor bad.")
        )
    return said


def state(indicators: Sequence[Indicator], attention: Sequence[Summary], language: Language) -> str:
    """How many indicators there are, and for how many of them areas stand less favourably than the city."""
    n = formats.whole(len(indicators), language)
    said = language.plural(
        "**{n}** indicator is available.", "**{n}** indicators are available.", len(indicators), n_text=n
    )
    if not attention:
        return said
    return f"{said} " + language.plural(
        "For **{n}** of them areas are less favourable than the city, more than random variation explains.",
        "For **{n}** of them areas are less favourable than the city, more than random variation explains.",
        len(attention),
        n_text=formats.whole(len(attention), language),
    )


def changed(changes: list[Change], note: ReleaseNote, language: Language) -> str:
    """What a release changed, in one sentence."""
    if note.previous_release is None:
        return language.text("This is the first release; there is nothing to compare it with.")
    if not changes:
        return language.text("No published value changed since release {n}.", n=note.previous_release)
    return language.plural(
        "Values of {n} indicator changed since release {previous}.",
        "Values of {n} indicators changed since release {previous}.",
        len(changes),
        previous=note.previous_release,
    )


def attention(
    summary: Summary, indicator: Indicator, level: Level, area: Area | None, language: Language
) -> str:
    """How many areas stand less favourably than the city, and where it is furthest."""
    said = language.text(
        "{areas}: {n} of {all} are less favourable than the city ({sign}), more than random "
        "variation explains.",
        areas=words.plural_of(level, language),
        n=formats.whole(summary.n_worse, language),
        all=formats.whole(summary.n_ok, language),
        sign=words.sign("worse", indicator.polarity),
    )
    if area is None:
        return said
    value = summary.highest_value if indicator.polarity == "higher_worse" else summary.lowest_value
    return f"{said} " + language.text(
        "Furthest: {area} with {value}.",
        area=formats.plain(words.area_label(area)),
        value=formats.quantity(value, indicator, language),
    )
