"""Registry of the pages.

To add a page: write `views/<name>.py` with `render(release, selection)` (at most 120 lines, sentence -> chart
-> table -> "Wie wird das berechnet?" -> "Nutzen und teilen"), add one line to VIEWS, add its title to the
catalogues in locales/. A test opens every registered page in both languages and runs the accessibility check
on it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from dashboards.release import Release
from dashboards.selection import Selection


@dataclass(frozen=True)
class View:
    """One page: its path, the message id of its title, the module that renders it, and whether it shows
    one indicator, so that levels and years are those of that indicator.
    """

    path: str
    title: str
    module: str
    by_indicator: bool = False

    def render(self) -> Callable[[Release, Selection], None]:
        """The page's render function; imported when the page is first shown, so that the start stays
        short.
        """
        found: Callable[[Release, Selection], None] = import_module(f"dashboards.views.{self.module}").render
        return found


VIEWS: tuple[View, ...] = (
    View("", "Overview", "home", by_indicator=True),
    View("analyse", "Analysis", "analyse", by_indicator=True),
    View("bestand", "Stock page", "bestand"),
    View("ziele", "Goals page", "ziele"),
    View("bedarfe", "Needs page", "bedarfe"),
    View("evaluation", "Evaluation page", "evaluation"),
)
