"""Words for the codes of the planning register, in the language of the page.

Lives here: one word or label for one code. Must not live here: sentences (register_wording.py), words of
figures (words.py). The word Bedarf stands only for what a body has accepted.
"""

from __future__ import annotations

from dashboards.locales import Language
from dashboards.register_records import Item

KINDS = {
    "indicator_value": "Figure",
    "gap": "Calculated gap",
    "finding": "Finding",
    "challenge": "Challenge",
    "goal": "Goal",
    "strategy": "Strategy",
    "target": "Target value",
    "standard": "Standard value",
    "need": "Entry",
    "intervention": "Intervention",
    "evaluation": "Evaluation",
    "followup": "Follow-up",
    "framework": "Framework",
    "decision": "Decision",
}
# Relation -> how the item is tied to the one it rests on (above), and what follows from it (below).
RELATIONS = {
    "shows": ("shown by", "shows"),
    "evidences": ("evidenced by", "evidences"),
    "addressed_by": ("addresses", "addressed by"),
    "refined_by": ("refines", "refined by"),
    "pursued_by": ("pursues", "pursued by"),
    "measured_by": ("measures", "measured by"),
    "based_on": ("based on", "basis of"),
    "requires": ("required by", "requires"),
    "answered_by": ("answers", "answered by"),
    "carried_out_by": ("carries out", "carried out by"),
    "evaluated_by": ("evaluates", "evaluated by"),
    "concludes": ("concluded from", "concludes"),
    "leads_to": ("follows from", "leads to"),
    "creates": ("created by", "creates"),
    "decides": ("decided by", "decides"),
}
STATES = {
    "challenge.draft": "draft",
    "challenge.assessed": "assessed",
    "challenge.prioritised": "prioritised",
    "challenge.deferred": "deferred",
    "challenge.rejected": "rejected",
    "challenge.addressed": "taken up in goals",
    "challenge.archived": "archived",
    "goal.draft": "draft",
    "goal.proposed": "proposed",
    "goal.recommended": "recommended",
    "goal.adopted": "adopted",
    "goal.in_force": "in force",
    "goal.achieved": "achieved",
    "goal.partly_achieved": "partly achieved",
    "goal.not_achieved": "not achieved",
    "goal.superseded": "superseded",
    "goal.withdrawn": "withdrawn",
    "strategy.drafted": "drafted",
    "strategy.advised": "advised",
    "strategy.adopted": "adopted",
    "strategy.running": "running",
    "strategy.completed": "completed",
    "strategy.superseded": "superseded",
    "strategy.withdrawn": "withdrawn",
    "need.wish": "voiced",
    "need.raised": "raised",
    "need.under_review": "under review",
    "need.ready_for_conference": "ready for the conference",
    "need.accepted": "accepted",
    "need.returned": "returned",
    "need.rejected": "rejected",
    "need.planned": "scheduled",
    "need.in_delivery": "in delivery",
    "need.met": "met",
    "need.partially_met": "partially met",
    "need.lapsed": "lapsed",
    "need.withdrawn": "withdrawn",
    "intervention.idea": "idea",
    "intervention.planned": "planned",
    "intervention.approved": "approved",
    "intervention.running": "running",
    "intervention.paused": "paused",
    "intervention.completed": "completed",
    "intervention.aborted": "aborted",
    "intervention.evaluated": "evaluated",
    "evaluation.planned": "planned",
    "evaluation.data_frozen": "data frozen",
    "evaluation.drafted": "drafted",
    "evaluation.reviewed": "reviewed",
    "evaluation.published": "published",
    "evaluation.followed_up": "with follow-ups",
    "followup.open": "not started",
    "followup.agreed": "agreed",
    "followup.in_progress": "in progress",
    "followup.done": "done",
    "followup.not_pursued": "not pursued",
    "milestone.open": "not started",
    "milestone.done": "done",
    "milestone.missed": "missed",
    "milestone.cancelled": "cancelled",
}
# Category of an entry of the need register; only what was accepted is called Bedarf.
CATEGORIES = {
    "need": "Need (accepted)",
    "action_requirement": "Action requirement",
    "wish": "Wish",
    "rejected": "Rejected",
    "withdrawn": "Withdrawn",
}
# The same category as the first word of a link or a heading.
ENTRIES = {
    "need": "Need",
    "action_requirement": "Action requirement",
    "wish": "Wish",
    "rejected": "Rejected entry",
    "withdrawn": "Withdrawn entry",
}
RESULTS = {
    "adopted": "adopted",
    "adopted_modified": "adopted with changes",
    "deferred": "deferred",
    "rejected": "rejected",
    "noted": "noted",
    "lot": "by lot",
    "accepted": "accepted",
    "accepted_modified": "accepted with changes",
    "returned": "returned",
}
TIERS = {
    "guiding": "Guiding goal",
    "strategic": "Strategic goal",
    "sub": "Sub-goal",
    "operational": "Operational goal",
}
SOURCES = {
    "data": "data",
    "practice": "practice",
    "participation": "participation",
    "politics": "politics",
    "evaluation": "evaluation",
}
RAISERS = {
    "residents": "residents",
    "traeger": "welfare provider",
    "office": "office",
    "conference": "conference",
    "politics": "politics",
    "data_alert": "alert from the data",
}
STANDARD_KINDS = {
    "law": "law",
    "council_decision": "council decision",
    "professional": "professional recommendation",
    "demo": "invented for the demonstration",
}
RESOURCES = {
    "budget": "Budget",
    "staff_fte": "Staff",
    "in_kind": "In kind",
    "external_grant": "External grant",
}
LOGIC_LEVELS = {
    "input": "Input",
    "activity": "Activity",
    "output": "Output",
    "outcome": "Outcome",
    "impact": "Impact",
}
TARGET_GROUPS = {
    "all": "all residents",
    "children": "children",
    "youth": "young people",
    "children_youth": "children and young people",
    "families": "families",
    "single_parents": "single parents",
    "seniors": "older people",
    "low_income": "people on a low income",
    "unemployed": "unemployed people",
    "migration": "people with a migration history",
    "homeless": "people without a home",
    "disabled": "people with disabilities",
}
PROVIDERS = {
    "public": "public provider",
    "free_non_profit": "non-profit provider",
    "private": "private provider",
    "civic": "civic initiative",
}
UNITS = {
    "places": "places",
    "offers": "offers",
    "hours": "hours",
    "families": "families",
    "persons": "persons",
    "children": "children",
    "fte": "full-time equivalents",
    "eur": "euros",
}
PRIORITY_COMPONENTS = {
    "need_intensity": "need",
    "number_affected": "persons affected",
    "supply_gap": "gap",
    "accessibility_deficit": "reachability",
    "trend": "trend",
    "policy_focus": "goals",
}
FIELDS = {
    "gap_and_need": "Gap and need",
    "gap_only": "Gap, no need agreed",
    "need_only": "Need without a gap",
    "neither": "Neither",
}


def word(table: dict[str, str], code: str | None, language: Language) -> str:
    """The word for a code; an unknown code is shown as it is, a missing one as nothing."""
    return language.text(table.get(code, code)) if code else ""


def state(kind: str, code: str | None, language: Language) -> str:
    """The state of an item in words."""
    return language.text(STATES.get(f"{kind}.{code}", code)) if code else ""


def listed(table: dict[str, str], codes: tuple[str, ...], language: Language) -> str:
    """Words for several codes, separated by commas."""
    return ", ".join(word(table, code, language) for code in codes)


def title(item: Item, language: Language) -> str:
    """Id and title of an item, as links show it."""
    return f"{item.item_id} · {language.pick(item.title_de, item.title_en) or item.item_id}"


def office(code: str | None, names: dict[str, tuple[str, str | None]], language: Language) -> str:
    """Name of an office, its id where the register does not name it."""
    if not code:
        return ""
    german, english = names.get(code, (code, None))
    return language.pick(german, english) or code
