"""The outer face: published tables, the data dictionary, what is protected, commands and exit codes."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from command_line import COMMAND, City, copy_of, opened, sozialraum

AUDIENCES = ("public", "internal")

# Table -> columns that readers rely on.
PUBLISHED = {
    "dim_area": "area_version_id area_id level code name parent_area_id valid_from valid_to geometry_geojson"
    " is_remainder",
    "dim_indicator": "indicator_id name_de name_en definition_de definition_en living_condition unit"
    " multiplier decimals polarity statistic ci_method design_effect source licence caveats_de caveats_en"
    " numerator_variable_id denominator_variable_id numerator_label_de numerator_label_en "
    " denominator_label_de denominator_label_en age_group target_group disclosure_profile min_denominator"
    " publisher first_year last_year last_period_id no_interval_reason design_effect_source_de"
    " design_effect_source_en breakdown_dimensions window_years life_phase synonyms_de synonyms_en",
    "dim_variable": "variable_id name_de name_en unit derived_from derived_kind derived_years is_additive",
    "dim_breakdown": "breakdown_id dimension category parent is_partition",
    "dim_period": "period_id year",
    "dim_level": "level name_de name_en plural_de plural_en rank parent_level",
    "dim_workspace": "workspace_id name_de name_en is_demo demo_label_de demo_label_en city_area_id crs"
    " contact_office feedback_address",
    "dim_offer": "offer_id title service_type provider provider_type target_group address area_id capacity"
    " capacity_unit valid_from valid_to delivery_id is_register_complete x_m y_m languages"
    " opening_hours cost funding_source legal_basis is_mandatory barrier_free last_verified_on reach"
    " target_groups is_shared is_vanished same_as_offer_id",
    "fct_offer_match": "offer_id other_offer_id service_type match_reason review_status counted_offer_id"
    " review_reason decided_by distance_m decided_on",
    "fct_inventory_completeness": "responsible_office service_type status period_id extract_ids"
    " awaited_extract_ids n_offers n_vanished with_capacity_pct with_target_group_pct with_point_pct"
    " verified_pct",
    "dim_service_type": "service_type name_de name_en target_group supply_measure supply_unit"
    " population_variable_id population_name_de population_name_en catchment_m definition_de definition_en",
    "dim_target_group": "target_group name_de name_en",
    "fct_inventory_summary": "extract_id service_type responsible_office period_id is_register_complete"
    " n_offers n_with_capacity n_with_target_group n_with_point incomplete_reason_de incomplete_reason_en",
    "fct_accessibility_rule": "service_type level catchment_m median_diameter_m largest_diameter_m is_allowed"
    " reason_de reason_en",
    "fct_accessibility": "service_type area_version_id area_id level period_id year inventory_period_id"
    " population nearest_offer_id distance_m value_status distance_method supply_unit accessibility_status"
    " n_offers_in_reach n_capacity_unknown accessibility_2sfca accessibility_e2sfca is_at_edge",
    "fct_offer_ratio": "service_type offer_id supply_unit ratio_status n_areas n_areas_unknown supply"
    " demand_2sfca demand_e2sfca ratio_2sfca ratio_e2sfca is_at_edge",
    "dim_delivery": "delivery_id extract_id file_name sha256 received_at reference_period publisher licence"
    " row_count",
    "dim_release": "release_number built_at product_version workspace_id is_not_for_publication"
    " disclosure_note_de disclosure_note_en previous_release rollback_of",
    "dim_column": "table_name column_name type unit description",
    "fct_observation": "variable_id area_version_id area_id period_id year breakdown_id value value_status"
    " value_flags delivery_id",
    "fct_indicator_value": "indicator_id area_version_id area_id period_id year breakdown_id numerator"
    " denominator value ci_lower ci_upper ci_lower_998 ci_upper_998 value_status value_flags benchmark_value"
    " comparison rank rank_of trend trend_evaluation level benchmark_area_id",
    "fct_indicator_summary": "indicator_id level period_id year breakdown_id n_areas n_ok n_suppressed"
    " n_missing n_better n_similar n_worse n_higher n_lower n_flagged_by_chance"
    " n_flagged_by_chance_998 city_value lowest_value lowest_area_id highest_value highest_area_id",
    "fct_indicator_difference": "indicator_id area_version_id area_id level period_id year breakdown_id value"
    " value_status change_status difference difference_lower difference_upper earlier_period_id earlier_year"
    " change change_lower change_upper is_rest_of_city is_estimated",
    "fct_indicator_correlation": "indicator_id other_indicator_id level year n_areas rho rho_lower rho_upper"
    " has_common_numerator note_de note_en",
    "fct_area_peer": "area_version_id area_id level year peer_area_version_id peer_area_id peer_rank distance"
    " n_indicators indicator_ids",
    "fct_segregation": "indicator_id level period_id year value_status n_areas group_total total d d_expected"
    " isolation isolation_expected gini theil_h",
    "fct_standardised_rate": "indicator_id area_version_id area_id level period_id year value_status reason"
    " standard_population first_age last_age n_strata events value ci_lower ci_upper",
    "fct_coverage": "level living_condition life_phase life_phase_de life_phase_en status status_de status_en"
    " indicator_ids n_indicators n_expected latest_year",
    "fct_indicator_delivery": "indicator_id period_id delivery_id",
    "dim_index": "index_id edition name_de name_en definition_de definition_en level year transform"
    " standard_deviation reference_edition is_comparable_over_time dropped_component_ids warning_de"
    " warning_en n_areas n_eligible n_scored n_draws draw_seed",
    "fct_index_value": "index_id edition area_version_id area_id eligible partial status_score status_class"
    " dynamic_score dynamic_class rank rank_lower rank_upper rank_of status_sum dynamic_sum status_class_de"
    " status_class_en no_status_reason no_dynamic_reason no_rank_interval_reason exclusion_reason_de"
    " previous_edition status_change",
    "fct_index_component": "index_id edition area_version_id area_id component_id part value z weight"
    " contribution indicator_id direction weight_used value_status reference_mean reference_deviation"
    " transformed_value is_dropped",
    "fct_release_change": "indicator_id n_changed n_new n_vanished",
    "fct_series_break": "break_id indicator_id period_id kind reason_de reason_en area_ids is_bridged",
    "fct_context_event": "event_id period_id kind label_de label_en",
    "fct_area_crosswalk": "kind from_area_id from_area_version_id to_area_id to_area_version_id weight_basis"
    " weight valid_from valid_to",
    "dim_special_population": "special_population_id area_id kind note_de note_en valid_from valid_to",
    "dim_decision": "decision_id body_id body_kind decided_on subject_kind subject_id result votes_yes"
    " votes_no"
    " votes_abstain paper_id decided_release is_quoted file_name row_number is_public",
    "dim_paper": "paper_id number kind title_de dated_on",
    "dim_challenge": "challenge_id title_de title_en living_conditions area_ids target_groups finding_ids"
    " state priority rating rating_lowest rating_highest raised_by_followup_id",
    "fct_challenge_rating": "challenge_id body_id criterion rater_role score weight rated_on",
    "dim_goal": "goal_id parent_id tier title_de title_en framework_ids scope_kind area_ids target_groups"
    " lead_office co_offices challenge_ids state is_without_target is_without_strategy",
    "dim_strategy": "strategy_id title_de title_en how_de goal_ids lead_office co_offices"
    " focus_group_id state",
    "dim_target": "target_id goal_id indicator_id area_id breakdown_id target_type baseline_value"
    " baseline_release target_value target_year path progress_method",
    "dim_standard": "standard_id service_type target_group value_per_1000 kind source_de decision_id"
    " valid_from",
    "dim_need": "need_id title_de title_en statement_de category state raised_by_kind raised_on area_id"
    " target_group service_type goal_ids stock_check_de quantity decision_id decided_on decision_result",
    "dim_intervention": "intervention_id title_de strategy_id lead_office co_offices need_ids goal_ids"
    " area_ids"
    " starts_on ends_on state n_milestones n_milestones_late budget_planned budget_actual",
    "fct_milestone": "milestone_id intervention_id title_de due_on done_on status days_late is_late",
    "fct_resource": "intervention_id year kind unit planned approved actual",
    "fct_intervention_delivery": "intervention_id n_milestones_due n_milestones_on_time budget_use_pct"
    " reach_share cost_actual price_basis",
    "fct_logic_node": "node_id intervention_id level text_de target_id planned actual",
    "fct_logic_edge": "from_node_id to_node_id intervention_id assumption_de",
    "dim_finding": "finding_id kind title_de text_de indicator_id area_id period_id evaluation_id verdict"
    " deviation_reasons severity recommendation",
    "fct_followup": "followup_id finding_id action_de owner_office due_on state creates_kind creates_id",
    "fct_status_event": "entity entity_id from_state to_state entered_on by_role decision_id",
    "fct_target_attainment": "target_id goal_id indicator_id area_id breakdown_id period_id year"
    " baseline_value"
    " target_value target_year actual_value actual_lower actual_upper path_value attainment plan_attainment"
    " progress_ratio method status projected_value projected_lower projected_upper",
    "fct_need_gap": "service_type area_version_id area_id target_group period_id year standard_value demand"
    " supply coverage gap accessibility accepted_needs field facilities_missing n_shared",
    "fct_priority": "weighting_id service_type target_group level area_version_id area_id indicator_id"
    " author_office decision_id dated_on purpose_de purpose_en score rank rank_of rank_lower_weights"
    " rank_upper_weights rank_lower_values rank_upper_values override_position override_reason_de"
    " override_decision_id missing_components weight_share is_partial has_suppressed_component",
    "fct_priority_component": "weighting_id service_type area_version_id area_id component indicator_id"
    " period_id component_status raw_value score weight contribution component_rank rank_of direction",
    "dim_evaluation": "evaluation_id title_de scope_kind scope_id state frozen_release has_changed_since",
    "fct_evaluation": "evaluation_id outcome_id target_id intervention_id indicator_id area_id design effect"
    " ci_lower ci_upper p_placebo n_donors verdict wording frozen_release has_changed_since is_weak_design"
    " slope_change cost_per_case price_basis",
    "fct_evaluation_point": "outcome_id evaluation_id period_id year value path_value current_value",
    "fct_evaluation_comparison": "outcome_id area_id role change effect effect_rank",
    "fct_lineage": "from_kind from_id to_kind to_id relation decided_release is_quoted decision_id file_name"
    " row_number",
    "fct_observation_source": "variable_id area_version_id area_id period_id breakdown_id delivery_id"
    " row_number"
    " column_name",
    "fct_offer_area": "offer_id area_id",
    "dim_meeting": "meeting_id body_id body_kind held_on n_decisions minutes_ref",
    "fct_paper_step": "paper_id position body_id meeting_id planned_on result is_last dealt_with_on"
    " days_late",
    "fct_membership": "membership_id body_id seat_kind holder_de seats is_voting valid_from valid_to",
    "fct_seat_allocation": "allocation_id party_id party_de body_id votes base_seats remainder seats"
    " seats_total is_lot_required is_tied n_lot_seats tied_party_ids is_lot_taken is_lot_pending method"
    " elected_on valid_from valid_to",
    "dim_sector_plan": "sector_plan_id kind title_de legal_basis_de owner_office goal_ids intervention_ids",
    "fct_participation": "participation_id format title_de held_on area_id groups_reached groups_missed"
    " n_participants challenge_ids need_ids",
    "fct_steering_report": "intervention_id as_of light text_de deviation_reasons is_latest",
    "fct_commentary": "commentary_id subject_kind subject_id indicator_id area_id period_id text_de text_en"
    " office_id written_on written_for_release has_changed_since",
    "fct_office_goal": "office_id goal_id role n_strategies n_interventions n_sector_plans",
}
GRAIN = {
    "dim_area": "area_version_id",
    "dim_indicator": "indicator_id",
    "dim_variable": "variable_id",
    "dim_breakdown": "breakdown_id",
    "dim_period": "period_id",
    "dim_offer": "offer_id",
    "dim_service_type": "service_type",
    "dim_target_group": "target_group",
    "fct_inventory_summary": "extract_id, service_type",
    "fct_accessibility_rule": "service_type",
    "fct_accessibility": "service_type, area_version_id",
    "fct_offer_ratio": "offer_id",
    "fct_offer_match": "offer_id, other_offer_id",
    "fct_inventory_completeness": "responsible_office, service_type",
    "dim_delivery": "delivery_id",
    "dim_column": "table_name, column_name",
    "fct_observation": "variable_id, area_version_id, period_id, breakdown_id",
    "fct_indicator_value": "indicator_id, area_version_id, period_id, breakdown_id",
    "fct_indicator_summary": "indicator_id, level, period_id, breakdown_id",
    "fct_indicator_difference": "indicator_id, area_version_id",
    "fct_indicator_correlation": "indicator_id, other_indicator_id, level",
    "fct_area_peer": "area_version_id, peer_rank",
    "fct_segregation": "indicator_id, level, period_id",
    "fct_standardised_rate": "indicator_id, area_version_id, period_id",
    "fct_coverage": "level, living_condition, life_phase",
    "dim_index": "index_id, edition",
    "fct_index_value": "index_id, edition, area_version_id",
    "fct_index_component": "index_id, edition, area_version_id, component_id",
    "fct_series_break": "break_id",
    "fct_context_event": "event_id",
    "fct_area_crosswalk": "kind, from_area_version_id, from_area_id, to_area_version_id, to_area_id,"
    " valid_from",
    "dim_special_population": "special_population_id",
    "dim_decision": "decision_id",
    "dim_goal": "goal_id",
    "dim_need": "need_id",
    "dim_intervention": "intervention_id",
    "dim_finding": "finding_id",
    "fct_intervention_delivery": "intervention_id",
    "fct_need_gap": "service_type, area_version_id, target_group, period_id",
    "fct_target_attainment": "target_id, period_id",
    "fct_priority": "weighting_id, area_version_id",
    "fct_priority_component": "weighting_id, area_version_id, component",
    "fct_evaluation": "evaluation_id, outcome_id",
    "fct_lineage": "from_kind, from_id, to_kind, to_id, relation",
    "dim_meeting": "meeting_id",
    "fct_paper_step": "paper_id, position",
    "fct_membership": "membership_id",
    "fct_seat_allocation": "allocation_id, party_id",
    "dim_sector_plan": "sector_plan_id",
    "fct_participation": "participation_id",
    "fct_steering_report": "intervention_id, as_of",
    "fct_commentary": "commentary_id",
    "fct_office_goal": "office_id, goal_id",
}
# The first release has no predecessor; challenges and their ratings are never public; areas are paired where
# a level has ten of them, rates standardised where an indicator asks for it; nobody told of institutions;
# entries of two lists are compared, and areas ranked, where a city says so.
MAY_BE_EMPTY = {
    *("fct_release_change", "dim_challenge", "fct_challenge_rating"),
    *("fct_area_peer", "fct_indicator_correlation", "fct_standardised_rate", "dim_special_population"),
    # The demo's register may lack them; the lights of steering reports are never public.
    *("dim_meeting", "fct_paper_step", "fct_membership", "fct_seat_allocation", "dim_sector_plan"),
    *("fct_participation", "fct_steering_report", "fct_commentary"),
    *("fct_offer_match", "fct_priority", "fct_priority_component"),
}
VOCABULARY = {
    "comparison": "better similar worse higher lower not_compared",
    "trend": "increasing decreasing no_significant_change cannot_be_calculated",
    "trend_evaluation": "better similar worse higher lower not_compared",
}
STATUSES = "ok suppressed_source not_available pending not_applicable not_comparable below_min_denominator"
HIDDEN_BY_US = {"public": "suppressed", "internal": "suppressed_primary suppressed_secondary"}
FLAGS = "estimated provisional revised limited_reliability published_only"
COMMANDS = [
    [],
    ["check"],
    ["build"],
    ["query"],
    ["trace"],
    ["register"],
    ["register", "template"],
    ["demo"],
    ["dashboard"],
    ["orchestrate"],
    ["release"],
    *(["release", name] for name in ("list", "show", "verify", "rollback", "diff", "prune")),
    ["delivery"],
    *(["delivery", name] for name in ("list", "show", "purge")),
]


@pytest.fixture(scope="module", params=AUDIENCES)
def audience(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def release(small_city: City, audience: str) -> Iterator[duckdb.DuckDBPyConnection]:
    with opened(small_city.home, audience) as connection:
        yield connection


@pytest.fixture(scope="module")
def unprotected(small_city: City) -> Iterator[duckdb.DuckDBPyConnection]:
    """What the build counted before anything was hidden, and the rules as the workspace says them."""
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"attach '{small_city.home / 'state' / 'sozialraum.duckdb'}' as built (read_only)")
        profiles = small_city.workspace / "disclosure" / "profiles.csv"
        connection.execute(
            f"create table profiles as from read_csv('{profiles}', delim = ';', header = true)"
        )
        yield connection


def column(connection: duckdb.DuckDBPyConnection, sql: str) -> list[Any]:
    return [row[0] for row in connection.execute(sql).fetchall()]


# Tables and columns.


@pytest.mark.parametrize("table", PUBLISHED)
def test_published_table_has_its_columns_and_rows(table: str, release: duckdb.DuckDBPyConnection) -> None:
    present = column(release, f"select column_name from duckdb_columns() where table_name = '{table}'")
    assert set(PUBLISHED[table].split()) - set(present) == set()
    n_rows = column(release, f"select count(*) from {table}")[0]
    assert n_rows > 0 or table in MAY_BE_EMPTY


@pytest.mark.parametrize("table", GRAIN)
def test_grain_of_published_table_is_unique(table: str, release: duckdb.DuckDBPyConnection) -> None:
    twice = release.execute(
        f"select {GRAIN[table]}, count(*) from {table} group by {GRAIN[table]} having count(*) > 1"
    ).fetchall()
    assert twice == []


def test_only_schema_main_with_tables_is_in_the_file(release: duckdb.DuckDBPyConnection) -> None:
    schemas = set(column(release, "select schema_name from duckdb_tables()"))
    views = column(release, "select view_name from duckdb_views() where not internal")
    assert (schemas, views) == ({"main"}, [])


def test_ids_and_dates_have_their_types(release: duckdb.DuckDBPyConnection) -> None:
    types = release.execute(
        "select table_name, column_name, data_type from duckdb_columns() where database_name = 'sozialraum'"
    ).fetchall()
    wrong = [
        (table, name, data_type)
        for table, name, data_type in types
        if (name.endswith("_id") and data_type != "VARCHAR")
        or (name in {"valid_from", "valid_to"} and data_type != "DATE")
        or (name == "value_flags" and data_type != "VARCHAR[]")
    ]
    assert wrong == []


def test_area_ids_are_level_and_code(release: duckdb.DuckDBPyConnection) -> None:
    assert column(release, "select area_id from dim_area where area_id <> level || '-' || code") == []
    orphans = "select area_id from dim_area where parent_area_id not in (select area_id from dim_area)"
    assert column(release, orphans) == []
    without = "select area_id from dim_area where geometry_geojson is null and not is_remainder"
    assert column(release, without) == []


# The dictionary.


def test_dictionary_describes_every_column_of_every_table(release: duckdb.DuckDBPyConnection) -> None:
    documented = {
        (table, name): (data_type, description)
        for table, name, data_type, description in release.execute(
            "select table_name, column_name, type, description from dim_column"
        ).fetchall()
    }
    present = set(
        release.execute(
            "select table_name, column_name from duckdb_columns() where database_name = 'sozialraum'"
        ).fetchall()
    )
    assert present == set(documented)
    assert [key for key, (kind, text) in documented.items() if not kind or not text or len(text) < 5] == []


def test_dictionary_types_are_those_of_the_file(release: duckdb.DuckDBPyConnection) -> None:
    different = release.execute(
        "select table_name, column_name, type, data_type from dim_column"
        " inner join duckdb_columns() using (table_name, column_name)"
        " where database_name = 'sozialraum' and lower(type) <> lower(data_type)"
    ).fetchall()
    assert different == []


# Values and their reasons.


@pytest.mark.parametrize("table", ["fct_observation", "fct_indicator_value"])
def test_value_is_there_exactly_when_its_status_is_ok(
    table: str, audience: str, release: duckdb.DuckDBPyConnection
) -> None:
    assert column(release, f"select count(*) from {table} where (value is null) = (value_status = 'ok')") == [
        0
    ]
    allowed = {*STATUSES.split(), *HIDDEN_BY_US[audience].split()}
    assert set(column(release, f"select distinct value_status from {table}")) - allowed == set()
    flags = set(column(release, f"select distinct unnest(value_flags) from {table}"))
    assert flags - set(FLAGS.split()) == set()


@pytest.mark.parametrize("name", VOCABULARY)
def test_judgements_use_the_agreed_words(name: str, release: duckdb.DuckDBPyConnection) -> None:
    said = set(column(release, f"select distinct {name} from fct_indicator_value"))
    assert said - set(VOCABULARY[name].split()) == set()
    assert len(said) > 1


def test_rank_1_is_the_highest_value_and_ties_share_the_lowest_rank(
    release: duckdb.DuckDBPyConnection,
) -> None:
    wrong = release.execute(
        "select * from (select *, (select count(*) from fct_indicator_value as other where"
        " (other.indicator_id, other.level, other.period_id, other.breakdown_id)"
        " = (this.indicator_id, this.level, this.period_id, this.breakdown_id)"
        " and other.value > this.value and not other.is_recast) + 1 as expected"
        " from fct_indicator_value as this"
        " where value_status = 'ok' and not is_recast) where rank <> expected or rank_of < rank"
    ).fetchall()
    assert wrong == []


# Protection.


def test_release_is_marked_not_for_publication(release: duckdb.DuckDBPyConnection) -> None:
    ((marked, note_de, note_en),) = release.execute(
        "select is_not_for_publication, disclosure_note_de, disclosure_note_en from dim_release"
    ).fetchall()
    assert marked is True
    assert note_de and note_en


@pytest.mark.parametrize("table", ["fct_observation", "fct_indicator_value"])
def test_public_file_does_not_tell_which_hidden_cells_are_primary(table: str, small_city: City) -> None:
    def statuses(audience: str) -> set[str]:
        with opened(small_city.home, audience) as release:
            return set(column(release, f"select distinct value_status from {table}"))

    assert "suppressed_primary" in statuses("internal")
    assert "suppressed" in statuses("public")
    assert not {"suppressed_primary", "suppressed_secondary"} & statuses("public")


@pytest.mark.parametrize("table", ["fct_observation", "fct_indicator_value"])
def test_both_audiences_hide_the_same_cells(table: str, small_city: City) -> None:
    folder = small_city.home / "releases" / "000001"
    with duckdb.connect(":memory:") as both:
        for audience in AUDIENCES:
            both.execute(f"attach '{folder / audience}.duckdb' as {audience} (read_only)")
        hidden = (
            "select * replace (value_status like 'suppressed\\_p%' escape '\\' or value_status = 'suppressed'"
        )
        hidden += f" as value_status) from {{}}.main.{table}"
        public, internal = hidden.format("public"), hidden.format("internal")
        for one, other in ((public, internal), (internal, public)):
            assert both.execute(f"({one}) except ({other})").fetchall() == []


def cells_to_hide(unprotected: duckdb.DuckDBPyConnection) -> set[tuple[str, str, str, str]]:
    """Variable, area version, period, breakdown of all small counts and of all telling complements."""
    rules = """
        with cells as (
            from built.intermediate.int_observations__rolled_up union all by name
            select * exclude (parent_area_id) from built.intermediate.int_observations__remainder
        ),
        rules as (
            select variable_id, threshold, protects_complement
            from built.intermediate.int_variables__compiled
            inner join profiles on disclosure_profile = profile_id where hides
        )
        select variable_id, area_version_id, period_id, breakdown_id
        from cells inner join rules using (variable_id) where value > 0 and value < threshold
        union
        select part.variable_id, part.area_version_id, part.period_id, part.breakdown_id
        from cells as part
        inner join rules on part.variable_id = rules.variable_id and protects_complement
        inner join built.intermediate.int_indicators__compiled as indicators
            on part.variable_id = numerator_variable_id and statistic = 'proportion'
        inner join cells as whole
            on whole.variable_id = denominator_variable_id
            and (whole.area_version_id, whole.period_id, whole.breakdown_id)
            = (part.area_version_id, part.period_id, part.breakdown_id)
        where whole.value - part.value > 0 and whole.value - part.value < threshold
    """
    return set(unprotected.execute(rules).fetchall())


def test_no_small_count_and_no_telling_complement_is_shown(
    release: duckdb.DuckDBPyConnection, unprotected: duckdb.DuckDBPyConnection
) -> None:
    hide = cells_to_hide(unprotected)
    assert len(hide) > 10, "the small city has small counts"
    shown = set(
        release.execute(
            "select variable_id, area_version_id, period_id, breakdown_id from fct_observation"
            " where value is not null"
        ).fetchall()
    )
    assert hide & shown == set()
    assert len(shown) > 5000


def test_hidden_count_hides_the_whole_tuple_of_every_indicator_that_rests_on_it(
    release: duckdb.DuckDBPyConnection, unprotected: duckdb.DuckDBPyConnection
) -> None:
    hide = cells_to_hide(unprotected)
    tuples = release.execute(
        "select numerator_variable_id, denominator_variable_id, area_version_id, period_id, breakdown_id,"
        " coalesce(numerator, denominator, value, ci_lower, ci_upper, ci_lower_998, ci_upper_998, rank,"
        " rank_of) is not null, comparison, value_flags"
        " from fct_indicator_value inner join dim_indicator using (indicator_id)"
    ).fetchall()
    telling = [row for row in tuples if {(row[0], *row[2:5]), (row[1], *row[2:5])} & hide]
    assert telling
    assert [row for row in telling if row[5] or row[6] != "not_compared" or row[7]] == []


def test_trend_and_summary_do_not_rest_on_hidden_values(release: duckdb.DuckDBPyConnection) -> None:
    trends = column(release, "select distinct trend from fct_indicator_value where value_status <> 'ok'")
    assert set(trends) <= {"cannot_be_calculated"}
    extremes = release.execute(
        "select * from fct_indicator_summary as s where lowest_value is distinct from (select min(value)"
        " from fct_indicator_value as v where (v.indicator_id, v.level, v.period_id, v.breakdown_id)"
        " = (s.indicator_id, s.level, s.period_id, s.breakdown_id))"
    ).fetchall()
    assert extremes == []


def test_no_measure_of_a_level_is_told_where_one_of_its_cells_is_hidden(
    release: duckdb.DuckDBPyConnection,
) -> None:
    """All but one cell and a measure over all would tell the last."""
    levels = release.execute(
        "select value_status = 'ok', coalesce(d, isolation, gini, theil_h, d_expected, isolation_expected,"
        " group_total, total) is not null, exists (from fct_indicator_value as v where"
        " v.value_status like 'suppressed%' and v.breakdown_id = 'total'"
        " and (v.indicator_id, v.level, v.period_id) = (s.indicator_id, s.level, s.period_id))"
        " from fct_segregation as s"
    ).fetchall()
    assert [row for row in levels if row[0] != row[1]] == []
    assert {is_hidden for _, is_told, is_hidden in levels if is_told} == {False}
    assert any(is_hidden for *_, is_hidden in levels)


def test_difference_to_the_city_is_that_of_the_published_values(release: duckdb.DuckDBPyConnection) -> None:
    pairs = release.execute(
        "select d.value, v.value, d.difference, v.value - v.benchmark_value, d.difference_lower,"
        " d.difference_upper from fct_indicator_difference as d inner join fct_indicator_value as v"
        " using (indicator_id, area_version_id, period_id, breakdown_id)"
    ).fetchall()
    assert len(pairs) > 100
    assert [row for row in pairs if row[0] != row[1]] == []
    compared = [row for row in pairs if row[2] is not None]
    assert [row[2] for row in compared] == pytest.approx([row[3] for row in compared], abs=1e-9)
    assert [row for row in compared if not row[4] <= row[2] <= row[5]] == []


def test_published_bytes_know_nothing_of_private_tables(small_city: City) -> None:
    """Not even in free pages of the file: it was written anew, not cleaned."""
    for audience in AUDIENCES:
        data = (small_city.home / "releases" / "000001" / f"{audience}.duckdb").read_bytes()
        for private in (b"int_observations", b"int_disclosure", b"stg_landing", b"stg_workspace"):
            assert private not in data, (audience, private)


# Commands.


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_explains_itself(command: list[str]) -> None:
    done = sozialraum(*command, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Usage: ")
    assert len(done.stdout.splitlines()) > 4


@pytest.mark.parametrize(
    "command",
    [
        ["no-such-command"],
        ["build", "--no-such-option"],
        ["build", "--audience", "everybody"],
        ["release", "show", "99"],
        ["release", "show", "seven"],
        ["release", "rollback", "99"],
        ["release", "diff", "1", "99"],
        ["delivery", "show", "ffffffffffff"],
        ["delivery", "purge", "ffffffffffff", "--reason", "test"],
        ["delivery", "purge", "ffffffffffff"],
        ["query", "no_such_metric"],
        ["query", "pop_total", "--as-of", "yesterday"],
        ["demo", "--out", "x", "--scale", "-1"],
        ["dashboard", "--audience", "internal", "--host", "192.0.2.1"],
    ],
    ids=" ".join,
)
def test_wrong_use_is_2_with_a_sentence(command: list[str], small_city: City, tmp_path: Path) -> None:
    done = sozialraum(*command, SOZIALRAUM_HOME=str(small_city.home), SOZIALRAUM_WORKSPACE=str(tmp_path))
    assert done.returncode == 2, done.stderr
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_home_without_a_release_is_said_so(tmp_path: Path) -> None:
    done = sozialraum("query", "pop_total", "--home", str(tmp_path))
    assert done.returncode == 2
    assert "no release" in done.stderr
    assert "sozialraum build" in done.stderr


def test_unusable_workspace_is_refused_with_findings(tmp_path: Path) -> None:
    for command in ("check", "build"):
        done = sozialraum(command, "--workspace", str(tmp_path), "--home", str(tmp_path / "home"))
        assert done.returncode == 1, done.stderr
        assert "workspace.yml" in done.stdout + done.stderr
        assert "Traceback" not in done.stderr


def test_broken_contract_is_refused_with_file_and_field(small_city: City, tmp_path: Path) -> None:
    city = copy_of(small_city, tmp_path)
    contract = city.workspace / "extracts" / "haushalte.yml"
    text = contract.read_text(encoding="utf-8")
    contract.write_text(
        "\n".join(line for line in text.splitlines() if not line.startswith("licence:")), "utf-8"
    )
    done = sozialraum("build", *city.arguments)
    assert done.returncode == 1, done.stderr
    assert "extracts/haushalte.yml" in done.stderr
    assert "licence" in done.stderr
    assert "Release 1 stays." in done.stderr


def test_home_that_cannot_be_written_is_an_environment_failure(small_city: City) -> None:
    done = sozialraum("build", "--workspace", str(small_city.workspace), "--home", "/proc/self/no-such-home")
    assert done.returncode == 3, done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_interrupted_command_leaves_with_its_code(
    sent: signal.Signals, code: int, small_city: City, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    command = [COMMAND, "build", "--workspace", str(small_city.workspace), "--home", str(home)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        deadline = time.monotonic() + 60
        while not ((home / "lock").exists() and (home / "lock").read_text()):
            assert process.poll() is None and time.monotonic() < deadline
            time.sleep(0.02)
        process.send_signal(sent)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == code, errors
    assert "Traceback" not in errors
    assert not (home / "current.json").exists()


def test_reader_who_stops_reading_is_no_refusal(small_city: City) -> None:
    """`sozialraum ... | head -1`: 1 would mean that data was refused."""
    command = [COMMAND, "delivery", "list", "--home", str(small_city.home), "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        errors = process.stderr.read()
    assert (process.returncode, errors) == (0, b"")


def test_json_output_is_one_document_on_stdout(small_city: City) -> None:
    home = str(small_city.home)
    for command in (["release", "list"], ["release", "show"], ["release", "verify"], ["delivery", "list"]):
        done = sozialraum(*command, "--home", home, "--json")
        assert done.returncode == 0, done.stderr
        json.loads(done.stdout)
    done = sozialraum("check", *small_city.arguments, "--json")
    findings = json.loads(done.stdout)["findings"]
    assert {"file", "line", "column", "rule", "severity", "message", "expected", "cell"} <= set(findings[0])
