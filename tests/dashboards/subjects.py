"""One indicator of the invented city as the pages see it."""

from __future__ import annotations

from dashboards import controls, queries
from dashboards.locales import Language
from dashboards.pictures import Subject
from dashboards.release import Release
from dashboards.selection import Selection


def subject(
    release: Release, indicator_id: str, area: str | None = None, lang: str = "de", level: str = "stadtteil"
) -> Subject:
    """One indicator at a level in the last year."""
    offered = controls.options(release)
    summary = next(s for s in queries.summaries(release, indicator_id) if s.level == level)
    return Subject(
        release=release,
        found=Selection(indicator_id, level, area, summary.period_id, lang=lang),
        offered=offered,
        indicator=offered.indicator(indicator_id),
        level=offered.level(level),
        summary=summary,
        values=queries.values(release, indicator_id, level, summary.period_id),
        language=Language(lang),
    )
