"""The planning register of the invented city: one thread through all six steps, invented to the last word.

Lives here: rows of the register and of what is computed from it, with every state a page must show. Must not
live here: areas and indicators (small_city.py, small_city_figures.py), columns (small_city_register.sql).
"""

from __future__ import annotations

import itertools
from typing import Any

from small_city_stock import stock

Row = dict[str, Any]
AREA, INDICATOR = "stadtteil-101", "sgb2_quota"
FILES = {
    "dim_office": "offices",
    "dim_body": "bodies",
    "dim_paper": "papers",
    "dim_decision": "decisions",
    "dim_framework": "frameworks",
    "dim_finding": "findings",
    "dim_challenge": "challenges",
    "fct_challenge_rating": "challenge_ratings",
    "dim_goal": "goals",
    "dim_strategy": "strategies",
    "dim_target": "targets",
    "dim_standard": "standards",
    "dim_need": "needs",
    "dim_intervention": "interventions",
    "fct_resource": "resources",
    "fct_logic_node": "logic_nodes",
    "fct_logic_edge": "logic_edges",
    "fct_milestone": "milestones",
    "dim_evaluation": "evaluations",
    "fct_followup": "followups",
    "fct_status_event": "status_events",
    "fct_lineage": "goals",
}


def register(values: list[Row], areas: list[Row]) -> dict[str, list[Row]]:
    """All tables of the register, with file and row."""
    of_area = {v["year"]: v for v in values if (v["indicator_id"], v["area_id"]) == (INDICATOR, AREA)}
    found = {**people(), **aims(of_area), **needs(), **work(), **evaluation(of_area, areas), **thread()}
    found |= stock(values, areas)
    for table, file in FILES.items():
        for number, row in enumerate(found.get(table, []), start=2):
            row.setdefault("file_name", f"planning/{file}.csv")
            row.setdefault("row_number", number)
            row.setdefault("is_public", True)
    found["fct_target_attainment"] = attainment(of_area)
    found["fct_observation_source"] = sources(values)
    return found


def people() -> dict[str, list[Row]]:
    """Offices, bodies, papers and decisions."""
    bodies = {
        "rat": ("rat", "Rat der Stadt", "City Council"),
        "stg": ("steuerungsgremium", "Steuerungsgremium Sozialplanung", "Steering body"),
        "srk-1": ("sozialraumkonferenz", "Sozialraumkonferenz Nord", "Conference North"),
        "fg-1": ("fokusgruppe", "Fokusgruppe Kinderarmut", "Focus group child poverty"),
    }
    decided = [
        ("B-1", "stg", "2022-02-10", "challenge", "H-1", "adopted", 9, 1, 0, None, None, True),
        ("B-2", "rat", "2022-05-05", "goal", "Z-1", "adopted", 61, 12, 3, "0615/2022", None, True),
        (
            "B-3",
            "rat",
            "2022-09-08",
            "strategy",
            "S-1",
            "adopted_modified",
            58,
            15,
            3,
            "0899/2022",
            None,
            True,
        ),
        ("B-4", "srk-1", "2023-02-16", "need", "BD-1", "accepted", 14, 0, 1, None, 1, False),
        ("B-5", "srk-1", "2023-02-16", "need", "W-1", "rejected", 3, 11, 1, None, 1, False),
        ("B-6", "rat", "2023-06-22", "intervention", "M-1", "adopted", 70, 4, 2, "0412/2023", 1, False),
        ("B-7", "stg", "2025-03-01", "followup", "FS-1", "adopted", None, None, None, None, 1, False),
        ("B-8", "srk-1", "2023-02-16", "need", "BD-2", "accepted_modified", 9, 4, 2, None, 1, False),
        ("B-9", "rat", "2021-12-09", "standard", "R-1", "adopted", 64, 9, 0, "1201/2021", None, True),
    ]
    keys = (
        "decision_id",
        "body_id",
        "decided_on",
        "subject_kind",
        "subject_id",
        "result",
        "votes_yes",
        "votes_no",
        "votes_abstain",
        "paper_number",
        "decided_release",
        "is_quoted",
    )
    decisions = [dict(zip(keys, row, strict=True)) for row in decided]
    for row in decisions:
        kind, german, english = bodies[row["body_id"]]
        row |= {
            "body_kind": kind,
            "body_name_de": german,
            "body_name_en": english,
            "paper_id": row["paper_number"],
        }
    return {
        "dim_office": [
            {"office_id": "jugendamt", "name_de": "Jugendamt", "name_en": "Youth Office"},
            {"office_id": "sozialamt", "name_de": "Sozialamt", "name_en": "Social Welfare Office"},
        ],
        "dim_body": [
            {"body_id": key, "kind": kind, "name_de": german, "name_en": english}
            for key, (kind, german, english) in bodies.items()
        ],
        "dim_decision": decisions,
        "dim_framework": [
            {
                "framework_id": "stadtstrategie",
                "kind": "city_strategy",
                "name_de": "Stadtstrategie 2035",
                "name_en": "City Strategy 2035",
            }
        ],
    }


def aims(of_area: dict[int, Row]) -> dict[str, list[Row]]:
    """Findings of the analysis, challenges, goals, a strategy and targets."""
    start = of_area[2021]
    shared = {"living_conditions": ["income"], "area_ids": [AREA], "target_groups": ["children"]}
    goal = {
        **shared,
        "framework_ids": ["stadtstrategie"],
        "lead_office": "sozialamt",
        "co_offices": ["jugendamt"],
        "challenge_ids": ["H-1"],
        "n_targets": 0,
        "n_strategies": 0,
        "n_children": 0,
        "scope_kind": "area_and_group",
        "rationale_de": "Kinder in *Leistungsbezug* haben schlechtere Chancen.",
    }
    challenge = {**shared, "source": "data", "description_de": "Viele Haushalte leben von Grundsicherung."}
    target = {
        "goal_id": "Z-1.1",
        "indicator_id": INDICATOR,
        "breakdown_id": "total",
        "target_type": "reach",
        "path": "linear",
        "progress_method": "linear",
        "responsible_office": "sozialamt",
    }
    return {
        "dim_finding": [
            {
                "finding_id": "F-1",
                "kind": "analysis",
                "title_de": "Leistungsbezug über dem Stadtwert",
                "text_de": "Im Gebiet beziehen deutlich mehr Menschen Leistungen als in der Stadt.",
                "indicator_id": INDICATOR,
                "area_id": AREA,
                "period_id": "2021",
                "is_quoted": True,
                "quoted_value": start["value"],
                "value": start["value"],
                "ci_lower": start["ci_lower"],
                "ci_upper": start["ci_upper"],
                "benchmark_value": start["benchmark_value"],
                "comparison": start["comparison"],
                "value_status": "ok",
            },
            *evaluated(),
        ],
        "dim_challenge": [
            {
                **challenge,
                "challenge_id": "H-1",
                "title_de": "Armutslagen von Familien",
                "title_en": "Family poverty",
                "finding_ids": ["F-1"],
                "state": "addressed",
                "priority": "A",
                "priority_decision_id": "B-1",
                "rating": 4.2,
                "rating_lowest": 2.0,
                "rating_highest": 5.0,
                "rating_administration": 4.6,
                "rating_politics": 3.4,
                "rating_welfare": 4.8,
                "n_goals": 2,
            },
            {
                **challenge,
                "challenge_id": "H-2",
                "title_de": "Beratung erreicht Alleinerziehende nicht",
                "finding_ids": [],
                "state": "draft",
                "source": "evaluation",
                "n_goals": 0,
                "raised_by_followup_id": "FS-1",
            },
        ],
        "fct_challenge_rating": [
            {
                "challenge_id": "H-1",
                "body_id": "stg",
                "criterion": "severity",
                "rater_role": role,
                "score": score,
                "weight": 1.0,
                "rated_on": "2022-01-20",
            }
            for role, score in (("administration", 5), ("politics", 2), ("welfare", 5))
        ],
        "dim_goal": [
            {
                **goal,
                "goal_id": "Z-1",
                "tier": "guiding",
                "depth": 1,
                "sort_path": "Z-1",
                "state": "in_force",
                "title_de": "Alle Kinder wachsen gut auf",
                "title_en": "All children grow up well",
                "adoption_decision_id": "B-2",
                "n_children": 2,
                "is_without_target": False,
                "is_without_strategy": False,
            },
            {
                **goal,
                "goal_id": "Z-1.1",
                "parent_id": "Z-1",
                "tier": "strategic",
                "depth": 2,
                "sort_path": "Z-1/Z-1.1",
                "state": "in_force",
                "title_de": "Weniger Leistungsbezug im Norden",
                "adoption_decision_id": "B-2",
                "n_targets": 3,
                "n_strategies": 1,
                "is_without_target": False,
                "is_without_strategy": False,
            },
            {
                **goal,
                "goal_id": "Z-1.2",
                "parent_id": "Z-1",
                "tier": "strategic",
                "depth": 2,
                "sort_path": "Z-1/Z-1.2",
                "state": "proposed",
                "title_de": "Familien kennen ihre Rechte",
                "is_without_target": True,
                "is_without_strategy": True,
            },
        ],
        "dim_strategy": [
            {
                **shared,
                "strategy_id": "S-1",
                "title_de": "Beratung dort, wo Familien sind",
                "how_de": "Aufsuchend.",
                "goal_ids": ["Z-1.1"],
                "challenge_ids": ["H-1"],
                "lead_office": "sozialamt",
                "co_offices": ["jugendamt"],
                "focus_group_id": "fg-1",
                "focus_group_de": "Fokusgruppe Kinderarmut",
                "focus_group_en": "Focus group child poverty",
                "state": "running",
                "adoption_decision_id": "B-3",
                "valid_from": "2022-10-01",
                "n_interventions": 1,
                "is_without_intervention": False,
            },
            {
                **shared,
                "strategy_id": "S-2",
                "title_de": "Rechte bekannt machen",
                "how_de": "Lotsen.",
                "goal_ids": ["Z-1"],
                "challenge_ids": ["H-1"],
                "lead_office": "sozialamt",
                "state": "drafted",
                "n_interventions": 0,
                "is_without_intervention": True,
            },
        ],
        "dim_target": [
            {
                **target,
                "target_id": "T-1",
                "area_id": AREA,
                "baseline_period_id": "2021",
                "baseline_year": 2021,
                "baseline_is_quoted": True,
                "baseline_value": start["value"],
                "target_value": 9.0,
                "target_year": 2027,
            },
            {
                **target,
                "target_id": "T-2",
                "area_id": "stadtteil-103",
                "baseline_period_id": "2021",
                "baseline_year": 2021,
                "baseline_release": 1,
                "baseline_is_quoted": False,
                "target_value": 9.0,
                "target_year": 2025,
            },
            {
                "goal_id": "Z-1.1",
                "target_id": "T-3",
                "area_id": AREA,
                "target_type": "milestone",
                "milestone_de": "Anlaufstelle ist eröffnet",
                "target_year": 2024,
                "done_on": "2024-03-01",
            },
        ],
    }


def attainment(of_area: dict[int, Row]) -> list[Row]:
    """Observed values of the target's area with the linear path; the second target's area is hidden."""
    start, out = of_area[2021], []
    for target, area, until in (("T-1", AREA, 2027), ("T-2", "stadtteil-103", 2025)):
        for year in range(2021, until + 1):
            now = of_area.get(year) if target == "T-1" else None
            row: Row = {
                "target_id": target,
                "goal_id": "Z-1.1",
                "indicator_id": INDICATOR,
                "area_id": area,
                "level": "stadtteil",
                "breakdown_id": "total",
                "period_id": str(year),
                "year": year,
                "baseline_year": 2021,
                "target_value": 9.0,
                "target_year": until,
                "method": "linear",
                "target_type": "reach",
                "status": "not_assessable",
                "status_reason": None if now else "no_value",
                "forecast": "toss_up" if target == "T-1" else "not_assessable",
                "is_uncertain": False,
                "is_latest": year == 2024,
                "is_smaller_than_noise": False,
                "projection_status": "ok" if target == "T-1" else "too_few_points",
                "value_status": "ok" if now else "suppressed" if target == "T-2" else "not_available",
            }
            if target == "T-1":
                step = (9.0 - start["value"]) / 6
                row |= {
                    "baseline_value": start["value"],
                    "baseline_lower": start["ci_lower"],
                    "baseline_upper": start["ci_upper"],
                    "path_value": round(start["value"] + step * (year - 2021), 6),
                    "projected_value": 10.5,
                    "projected_lower": 8.8,
                    "projected_upper": 12.2,
                }
            if now:
                row |= {
                    "actual_value": now["value"],
                    "actual_lower": now["ci_lower"],
                    "actual_upper": now["ci_upper"],
                    "deviation": -1.25,
                    "attainment": 0.4,
                    "plan_attainment": 0.7,
                    "progress_ratio": 0.7,
                    "ratio_lower": 0.2,
                    "ratio_upper": 1.1,
                    "required_annual_change": -0.75,
                    "observed_annual_change": -0.5,
                }
            if now and year > 2021:
                row |= {"status": "acceleration_needed_uncertain", "is_uncertain": True, "verdict": "partly"}
            out.append(row)
    done: Row = {
        "target_id": "T-3",
        "goal_id": "Z-1.1",
        "area_id": AREA,
        "period_id": "2024",
        "year": 2024,
        "target_year": 2024,
        "target_type": "milestone",
        "value_status": "not_applicable",
        "status": "achieved",
        "verdict": "attained",
        "attainment": 1.0,
        "is_uncertain": False,
        "is_latest": True,
        "is_smaller_than_noise": False,
        "done_on": "2024-03-01",
    }
    out.append(done)
    return out


def needs() -> dict[str, list[Row]]:
    """One accepted need with and one without an intervention, one in preparation, one wish, one rejected."""
    base = {
        "statement_de": "Es fehlen Plätze in *erreichbarer* Nähe.",
        "target_group": "children",
        "living_condition": "education",
        "goal_ids": ["Z-1.1"],
        "finding_ids": ["F-1"],
        "raised_by_kind": "traeger",
        "raised_by_name": "Träger einer Einrichtung",
        "raised_on": "2022-11-03",
        "channel": "Sozialraumkonferenz",
        "service_type": "daycare",
        "n_interventions": 0,
        "stock_check_de": "Geprüft: drei Einrichtungen; Ausbau an keinem Standort möglich.",
        "inventory_as_of": "2024-12-31",
        "accepting_body_id": "srk-1",
        "accepting_body_de": "Sozialraumkonferenz Nord",
        "accepting_body_en": "Conference North",
        "responsible_office": "jugendamt",
        "is_without_intervention": False,
    }
    agreed = {
        "category": "need",
        "decided_on": "2023-02-16",
        "quantity": 40.0,
        "quantity_unit": "places",
        "quantity_release": 1,
        "quantity_is_quoted": False,
        "review_on": "2026-02-01",
    }
    return {
        "dim_need": [
            {
                **base,
                **agreed,
                "need_id": "BD-1",
                "title_de": "Weitere Plätze im Norden",
                "title_en": "More places",
                "area_id": AREA,
                "state": "in_delivery",
                "decision_id": "B-4",
                "decision_result": "accepted",
                "n_interventions": 1,
            },
            {
                **base,
                **agreed,
                "need_id": "BD-2",
                "title_de": "Plätze in Randlage",
                "area_id": "stadtteil-201",
                "state": "accepted",
                "decision_id": "B-8",
                "decision_result": "accepted_modified",
                "is_without_intervention": True,
            },
            {
                **base,
                "need_id": "HE-1",
                "title_de": "Familienzentrum ausbauen",
                "area_id": "stadtteil-102",
                "state": "under_review",
                "category": "action_requirement",
            },
            {
                **base,
                "need_id": "W-0",
                "title_de": "Ein Wasserspielplatz",
                "area_id": "stadtteil-102",
                "state": "wish",
                "category": "wish",
                "raised_by_kind": "residents",
                "service_type": None,
                "stock_check_de": None,
                "goal_ids": [],
                "finding_ids": [],
            },
            {
                **base,
                "need_id": "W-1",
                "title_de": "Eigene Bücherei",
                "area_id": AREA,
                "state": "rejected",
                "category": "rejected",
                "decision_id": "B-5",
                "decided_on": "2023-02-16",
                "decision_result": "rejected",
                "service_type": "library",
            },
        ]
    }


def work() -> dict[str, list[Row]]:
    """One intervention of two offices with resources, logic model and milestones, one of them late."""
    nodes = [
        ("input", "Zwei Stellen", "fte", 2.0, 1.5, None),
        ("activity", "Sprechstunden", "hours", 800.0, 640.0, None),
        ("output", "Beratene Familien", "families", 300.0, 212.0, None),
        ("outcome", "Weniger Leistungsbezug", None, None, None, "T-1"),
        ("impact", "Kinder wachsen gut auf", None, None, None, None),
    ]
    return {
        "dim_intervention": [
            {
                "intervention_id": "M-1",
                "title_de": "Familienbüro Nord",
                "title_en": "Family office North",
                "strategy_id": "S-1",
                "lead_office": "jugendamt",
                "co_offices": ["sozialamt"],
                "providers": ["Ein Verein"],
                "need_ids": ["BD-1"],
                "goal_ids": ["Z-1.1"],
                "area_ids": [AREA],
                "target_groups": ["children"],
                "expected_reach": 300.0,
                "starts_on": "2023-08-01",
                "ends_on": "2026-07-31",
                "kind": "offer",
                "state": "running",
                "approval_decision_id": "B-6",
                "n_milestones": 3,
                "n_milestones_late": 1,
                "budget_planned": 240000.0,
                "budget_approved": 220000.0,
                "budget_actual": 180500.0,
            }
        ],
        "fct_resource": [
            {
                "intervention_id": "M-1",
                "year": year,
                "kind": kind,
                "unit": unit,
                "planned": planned,
                "approved": planned,
                "actual": actual,
                "source_de": "Haushalt",
            }
            for year, kind, unit, planned, actual in (
                (2023, "budget", "eur", 80000.0, 60500.0),
                (2024, "budget", "eur", 160000.0, 120000.0),
                (2024, "staff_fte", "fte", 2.0, 1.5),
            )
        ],
        "fct_logic_node": [
            {
                "node_id": f"M-1-{level}",
                "intervention_id": "M-1",
                "level": level,
                "text_de": text,
                "unit": unit,
                "planned": planned,
                "actual": actual,
                "target_id": target,
                "period_id": "2024",
            }
            for level, text, unit, planned, actual, target in nodes
        ],
        "fct_logic_edge": [
            {
                "from_node_id": f"M-1-{a[0]}",
                "to_node_id": f"M-1-{b[0]}",
                "intervention_id": "M-1",
                "assumption_de": "Familien nehmen das Angebot an.",
            }
            for a, b in itertools.pairwise(nodes)
        ],
        "fct_milestone": [
            {
                "milestone_id": "MS-2",
                "intervention_id": "M-1",
                "title_de": "Zweite Stelle besetzt",
                "due_on": "2024-03-01",
                "status": "open",
                "days_late": 377,
                "is_late": True,
            },
            {
                "milestone_id": "MS-1",
                "intervention_id": "M-1",
                "title_de": "Räume bezogen",
                "due_on": "2023-09-01",
                "done_on": "2023-09-15",
                "status": "done",
                "days_late": 14,
                "is_late": False,
                "evidence_de": "Mietvertrag",
            },
            {
                "milestone_id": "MS-3",
                "intervention_id": "M-1",
                "title_de": "Zwischenbericht",
                "due_on": "2026-03-01",
                "status": "open",
                "is_late": False,
            },
        ],
    }


def evaluated() -> list[Row]:
    """Findings of the evaluation with reasons of the deviation."""
    base = {
        "kind": "evaluation",
        "indicator_id": INDICATOR,
        "area_id": AREA,
        "period_id": "2024",
        "evaluation_id": "E-1",
        "decided_release": 1,
        "is_quoted": False,
        "state_of_evaluation": "followed_up",
    }
    return [
        {
            **base,
            "finding_id": "EF-1",
            "outcome_id": "O-1",
            "title_de": "Zielpfad nicht erreicht",
            "text_de": "Der Wert liegt über dem Pfad.",
            "verdict": "partly",
            "severity": 3,
            "recommendation": "adapt",
            "deviation_reasons": [
                "process.coordination",
                "project_design.staff_not_found",
                "framework.migration",
            ],
            "evidence_de": "Die zweite Stelle blieb unbesetzt.",
        },
        {
            **base,
            "finding_id": "EF-2",
            "outcome_id": "O-2",
            "title_de": "Vergleich ohne Aussage",
            "text_de": "Die Veränderung unterscheidet sich nicht von anderen Gebieten.",
            "verdict": "not_assessable",
            "severity": 1,
            "recommendation": "remeasure",
            "deviation_reasons": [],
        },
    ]


def evaluation(of_area: dict[int, Row], areas: list[Row]) -> dict[str, list[Row]]:
    """An evaluation with both designs at release 1; the value of 2023 was corrected since."""
    start, now = of_area[2021], of_area[2024]
    outcome = {
        "evaluation_id": "E-1",
        "intervention_id": "M-1",
        "indicator_id": INDICATOR,
        "area_id": AREA,
        "frozen_release": 1,
        "baseline_period_id": "2021",
        "followup_period_id": "2024",
        "followup_year": 2024,
        "baseline_value": start["value"],
        "actual_value": now["value"],
        "actual_lower": now["ci_lower"],
        "actual_upper": now["ci_upper"],
        "current_value": now["value"],
        "has_changed_since": False,
    }
    step = (9.0 - start["value"]) / 6
    others = [a for a in areas if a["level"] == "stadtteil" and a["area_id"] not in (AREA, "stadtteil-103")]
    spread = [round(-2.4 + 0.5 * k, 3) for k in range(len(others))]
    return {
        "dim_evaluation": [
            {
                "evaluation_id": "E-1",
                "title_de": "Familienbüro Nord nach einem Jahr",
                "scope_kind": "intervention",
                "scope_id": "M-1",
                "intervention_id": "M-1",
                "state": "followed_up",
                "frozen_release": 1,
                "planned_on": "2023-09-01",
                "author_office": "sozialamt",
                "reviewer_office": "jugendamt",
                "limitation_de": "Nur ein Jahr nach Beginn; kleine Zahlen.",
                "n_outcomes": 2,
                "n_changed_since": 1,
                "has_changed_since": True,
            }
        ],
        "fct_evaluation": [
            {
                **outcome,
                "outcome_id": "O-1",
                "target_id": "T-1",
                "design": "plan_actual",
                "target_value": 9.0,
                "target_year": 2027,
                "path_value": round(start["value"] + step * 3, 6),
                "attainment": 0.4,
                "plan_attainment": 0.7,
                "plan_lower": 0.2,
                "plan_upper": 1.1,
                "deviation": -1.25,
                "status": "acceleration_needed_uncertain",
                "verdict": "partly",
                "has_changed_since": True,
                "effect_class": "not_assessable",
                "wording": "Ohne Vergleich keine Aussage zur Wirkung",
                "wording_en": "No statement on an effect without a comparison",
            },
            {
                **outcome,
                "outcome_id": "O-2",
                "design": "did",
                "effect": -0.8,
                "ci_lower": -2.6,
                "ci_upper": 1.1,
                "p_placebo": 0.36,
                "n_donors": len(others),
                "n_comparison": 5,
                "counting_lower": -1.4,
                "counting_upper": -0.2,
                "effect_class": "indistinguishable",
                "verdict": "not_assessable",
                "wording": "Veränderung nicht unterscheidbar",
                "wording_en": "Change cannot be distinguished",
                "reason_de": "Weniger als 20 Vergleichsgebiete.",
                "reason_en": "Fewer than 20 areas to compare with.",
                "is_selected_by_baseline": True,
                "is_short_baseline": True,
                "is_weak_design": True,
                "cost_reason_de": "Das Intervall der Veränderung schließt 0 ein.",
                "cost_reason_en": "The interval of the change includes 0.",
            },
            {
                **outcome,
                "outcome_id": "O-3",
                "design": "its",
                "effect": -1.2,
                "ci_lower": -2.0,
                "ci_upper": -0.4,
                "slope_change": 0.1,
                "slope_lower": -0.3,
                "slope_upper": 0.5,
                "n_points_before": 9,
                "n_points_after": 3,
                "effect_class": "consistent",
                "verdict": "not_assessable",
                "wording": "Veränderung stimmt mit Wirkung überein",
                "wording_en": "Change is consistent with an effect",
            },
            {
                **{key: value for key, value in outcome.items() if key in ("evaluation_id", "area_id")},
                "outcome_id": "O-4",
                "design": "qualitative",
                "text_de": "Familien finden leichter Rat.",
                "verdict": "not_assessable",
                "wording": "Einschätzung ohne Kennzahl, keine Aussage über eine Wirkung",
                "wording_en": "Appraisal without a figure, no statement on an effect",
            },
        ],
        "fct_evaluation_point": [
            {
                "outcome_id": "O-1",
                "evaluation_id": "E-1",
                "indicator_id": INDICATOR,
                "area_id": AREA,
                "period_id": str(year),
                "year": year,
                "frozen_release": 1,
                "value": of_area[year]["value"],
                "ci_lower": of_area[year]["ci_lower"],
                "ci_upper": of_area[year]["ci_upper"],
                "value_status": "ok",
                "path_value": round(start["value"] + step * (year - 2021), 6) if year >= 2021 else None,
                "current_value": round(of_area[year]["value"] + (0.9 if year == 2023 else 0.0), 10),
                "has_changed_since": year == 2023,
            }
            for year in range(2019, 2025)
        ],
        "fct_evaluation_comparison": [
            {
                "outcome_id": "O-2",
                "evaluation_id": "E-1",
                "area_id": AREA,
                "role": "treated",
                "is_comparison": False,
                "change": -1.9,
                "effect": -0.8,
                "effect_rank": 4,
            },
            *(
                {
                    "outcome_id": "O-2",
                    "evaluation_id": "E-1",
                    "area_id": a["area_id"],
                    "role": "comparison" if k < 5 else "donor",
                    "is_comparison": k < 5,
                    "distance": 0.1 * k,
                    "change": e - 1.0,
                    "effect": e,
                    "effect_rank": k + 1,
                }
                for k, (a, e) in enumerate(zip(others, spread, strict=True))
            ),
        ],
        "fct_followup": [
            {
                "followup_id": "FS-1",
                "finding_id": "EF-1",
                "action_de": "Beratung für Alleinerziehende neu ausrichten.",
                "owner_office": "sozialamt",
                "due_on": "2025-12-31",
                "state": "agreed",
                "creates_kind": "challenge",
                "creates_id": "H-2",
                "decision_id": "B-7",
            }
        ],
    }


def thread() -> dict[str, list[Row]]:
    """History and lineage: from the figure to the challenge of the next cycle."""
    figure, gap = f"{INDICATOR}@{AREA}@2021", f"daycare@{AREA}@2024"
    edges = [
        ("indicator_value", figure, "finding", "F-1", "shows", None, True, None),
        ("finding", "F-1", "challenge", "H-1", "evidences", None, True, "B-1"),
        ("challenge", "H-1", "goal", "Z-1.1", "addressed_by", None, True, "B-2"),
        ("goal", "Z-1", "goal", "Z-1.1", "refined_by", None, True, "B-2"),
        ("goal", "Z-1", "goal", "Z-1.2", "refined_by", None, True, None),
        ("goal", "Z-1.1", "strategy", "S-1", "pursued_by", None, True, "B-3"),
        ("goal", "Z-1.1", "target", "T-1", "measured_by", None, True, "B-2"),
        ("goal", "Z-1.1", "target", "T-2", "measured_by", None, True, "B-2"),
        ("indicator_value", figure, "target", "T-1", "based_on", None, True, "B-2"),
        ("target", "T-1", "need", "BD-1", "requires", 1, False, "B-4"),
        ("gap", gap, "need", "BD-1", "based_on", 1, False, "B-4"),
        ("standard", "R-1", "gap", gap, "based_on", None, True, "B-9"),
        ("goal", "Z-1.1", "need", "BD-1", "requires", 1, False, "B-4"),
        ("strategy", "S-1", "intervention", "M-1", "carried_out_by", 1, False, "B-6"),
        ("need", "BD-1", "intervention", "M-1", "answered_by", 1, False, "B-6"),
        ("intervention", "M-1", "evaluation", "E-1", "evaluated_by", 1, False, None),
        ("target", "T-1", "evaluation", "E-1", "evaluated_by", 1, False, None),
        ("evaluation", "E-1", "finding", "EF-1", "concludes", 1, False, None),
        ("evaluation", "E-1", "finding", "EF-2", "concludes", 1, False, None),
        ("finding", "EF-1", "followup", "FS-1", "leads_to", 1, False, "B-7"),
        ("followup", "FS-1", "challenge", "H-2", "creates", 1, False, "B-7"),
        ("decision", "B-4", "need", "BD-1", "decides", 1, False, "B-4"),
        ("framework", "stadtstrategie", "goal", "Z-1", "based_on", None, True, None),
    ]
    keys = (
        "from_kind",
        "from_id",
        "to_kind",
        "to_id",
        "relation",
        "decided_release",
        "is_quoted",
        "decision_id",
    )
    steps = [
        ("goal", "Z-1.1", 1, None, "draft", "2022-03-01", None),
        ("goal", "Z-1.1", 2, "draft", "proposed", "2022-03-20", None),
        ("goal", "Z-1.1", 3, "recommended", "adopted", "2022-05-05", "B-2"),
        ("need", "BD-1", 1, None, "raised", "2022-11-03", None),
        ("need", "BD-1", 2, "ready_for_conference", "accepted", "2023-02-16", "B-4"),
        ("intervention", "M-1", 1, "approved", "running", "2023-08-01", "B-6"),
    ]
    names = ("entity", "entity_id", "event_number", "from_state", "to_state", "entered_on", "decision_id")
    return {
        "fct_lineage": [dict(zip(keys, edge, strict=True)) for edge in edges],
        "fct_status_event": [dict(zip(names, s, strict=True)) | {"by_role": "Sozialplanung"} for s in steps],
    }


def sources(values: list[Row]) -> list[Row]:
    """Each count of a part rests on one cell; the city rests on all its parts."""
    parts = [v for v in values if v["level"] == "stadtteil" and v["indicator_id"] == INDICATOR]
    city = {"area_id": "stadt-0", "area_version_id": "stadt-0@2010"}
    columns = {
        f"{INDICATOR}_numerator": "Leistungsberechtigte",
        f"{INDICATOR}_denominator": "Einwohner",
        "pop_0_5": "unter 6",
    }
    return [
        {
            "variable_id": variable,
            "breakdown_id": "total",
            "delivery_id": "register-1",
            "column_name": column,
            "row_number": number,
            "period_id": v["period_id"],
            **area,
        }
        for number, v in enumerate(parts, start=2)
        for variable, column in columns.items()
        for area in ({"area_id": v["area_id"], "area_version_id": v["area_version_id"]}, city)
    ]
