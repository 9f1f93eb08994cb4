-- Published tables of the planning register, the stock and the evaluation, with the columns of their design.

create table dim_variable (
    variable_id varchar,
    name_de varchar,
    name_en varchar
);

create table dim_office (
    office_id varchar,
    name_de varchar,
    name_en varchar,
    contact varchar,
    file_name varchar,
    row_number bigint,
    is_public boolean
);

create table dim_body (
    body_id varchar,
    kind varchar,
    name_de varchar,
    name_en varchar,
    mandate_de varchar,
    valid_from date,
    valid_to date,
    file_name varchar,
    row_number bigint,
    is_public boolean
);

create table dim_paper (
    paper_id varchar,
    number varchar,
    kind varchar,
    title_de varchar,
    dated_on date,
    file_name varchar,
    row_number bigint,
    is_public boolean
);

create table dim_decision (
    decision_id varchar,
    body_id varchar,
    body_kind varchar,
    body_name_de varchar,
    body_name_en varchar,
    decided_on date,
    subject_kind varchar,
    subject_id varchar,
    result varchar,
    votes_yes bigint,
    votes_no bigint,
    votes_abstain bigint,
    paper_id varchar,
    paper_number varchar,
    decided_release bigint,
    is_quoted boolean,
    note_de varchar,
    file_name varchar,
    row_number bigint,
    is_public boolean
);

create table dim_framework (
    framework_id varchar,
    kind varchar,
    name_de varchar,
    name_en varchar,
    file_name varchar,
    row_number bigint,
    is_public boolean
);

create table dim_finding (
    finding_id varchar,
    kind varchar,
    title_de varchar,
    text_de varchar,
    indicator_id varchar,
    area_id varchar,
    period_id varchar,
    decided_release bigint,
    is_quoted boolean,
    quoted_value double,
    value double,
    ci_lower double,
    ci_upper double,
    benchmark_value double,
    comparison varchar,
    value_status varchar,
    evaluation_id varchar,
    outcome_id varchar,
    verdict varchar,
    deviation_reasons varchar[],
    severity bigint,
    recommendation varchar,
    evidence_de varchar,
    state_of_evaluation varchar,
    file_name varchar,
    row_number bigint,
    is_public boolean
);

create table dim_challenge (
    challenge_id varchar,
    title_de varchar,
    title_en varchar,
    description_de varchar,
    living_conditions varchar[],
    area_ids varchar[],
    target_groups varchar[],
    finding_ids varchar[],
    source varchar,
    state varchar,
    priority varchar,
    priority_decision_id varchar,
    rating double,
    rating_lowest double,
    rating_highest double,
    rating_administration double,
    rating_politics double,
    rating_welfare double,
    n_goals bigint,
    raised_by_followup_id varchar,
    file_name varchar,
    row_number bigint,
    is_public boolean
);

create table fct_challenge_rating (
    challenge_id varchar,
    body_id varchar,
    criterion varchar,
    rater_role varchar,
    score bigint,
    weight double,
    rated_on date,
    file_name varchar,
    row_number bigint,
    is_public boolean
);

create table dim_goal (
    goal_id varchar,
    parent_id varchar,
    tier varchar,
    depth bigint,
    sort_path varchar,
    title_de varchar,
    title_en varchar,
    rationale_de varchar,
    framework_ids varchar[],
    living_conditions varchar[],
    scope_kind varchar,
    area_ids varchar[],
    target_groups varchar[],
    lead_office varchar,
    co_offices varchar[],
    challenge_ids varchar[],
    state varchar,
    adoption_decision_id varchar,
    n_targets bigint,
    n_strategies bigint,
    n_children bigint,
    is_without_target boolean,
    is_without_strategy boolean,
    file_name varchar,
    row_number bigint,
    is_public boolean
);

create table dim_strategy (
    strategy_id varchar,
    title_de varchar,
    title_en varchar,
    how_de varchar,
    goal_ids varchar[],
    challenge_ids varchar[],
    area_ids varchar[],
    target_groups varchar[],
    lead_office varchar,
    co_offices varchar[],
    focus_group_id varchar,
    focus_group_de varchar,
    focus_group_en varchar,
    state varchar,
    adoption_decision_id varchar,
    valid_from date,
    valid_to date,
    n_interventions bigint,
    is_without_intervention boolean,
    file_name varchar,
    row_number bigint,
    is_public boolean
);

create table dim_target (
    target_id varchar,
    goal_id varchar,
    indicator_id varchar,
    area_id varchar,
    breakdown_id varchar,
    target_type varchar,
    polarity varchar,
    baseline_period_id varchar,
    baseline_year integer,
    baseline_release bigint,
    baseline_is_quoted boolean,
    baseline_value double,
    target_value double,
    target_lo double,
    target_hi double,
    relative_change_pct double,
    tolerance double,
    partly_from double,
    target_year integer,
    path varchar,
    progress_method varchar,
    milestone_de varchar,
    interim_years double[],
    interim_values double[],
    done_on date,
    responsible_office varchar,
    file_name varchar,
    row_number bigint,
    is_public boolean
);

create table fct_target_attainment (
    target_id varchar,
    goal_id varchar,
    indicator_id varchar,
    area_id varchar,
    level varchar,
    breakdown_id varchar,
    period_id varchar,
    year integer,
    baseline_year integer,
    baseline_value double,
    baseline_lower double,
    baseline_upper double,
    target_value double,
    target_lo double,
    target_hi double,
    tolerance double,
    partly_from double,
    target_year integer,
    actual_value double,
    actual_lower double,
    actual_upper double,
    value_status varchar,
    path_value double,
    deviation double,
    attainment double,
    plan_attainment double,
    progress_ratio double,
    ratio_lower double,
    ratio_upper double,
    method varchar,
    target_type varchar,
    status varchar,
    status_reason varchar,
    is_uncertain boolean,
    verdict varchar,
    is_latest boolean,
    is_smaller_than_noise boolean,
    projection_status varchar,
    forecast varchar,
    projected_value double,
    projected_lower double,
    projected_upper double,
    required_annual_change double,
    observed_annual_change double,
    done_on date
);

create table dim_service_type (
    service_type varchar,
    name_de varchar,
    name_en varchar,
    target_group varchar,
    supply_measure varchar,
    supply_unit varchar,
    population_variable_id varchar,
    population_name_de varchar,
    population_name_en varchar,
    catchment_m double,
    definition_de varchar,
    definition_en varchar
);

create table dim_standard (
    standard_id varchar,
    service_type varchar,
    target_group varchar,
    value_per_1000 double,
    unit varchar,
    kind varchar,
    source_de varchar,
    decision_id varchar,
    valid_from date,
    valid_to date,
    file_name varchar,
    row_number bigint,
    is_public boolean
);

create table dim_offer (
    offer_id varchar,
    extract_id varchar,
    delivery_id varchar,
    title varchar,
    service_type varchar,
    provider varchar,
    provider_type varchar,
    target_group varchar,
    address varchar,
    area_id varchar,
    level varchar,
    period_id varchar,
    capacity_unit varchar,
    responsible_office varchar,
    capacity double,
    longitude double,
    latitude double,
    x_m double,
    y_m double,
    row_number bigint,
    is_register_complete boolean,
    is_vanished boolean,
    valid_from date,
    valid_to date
);

create table fct_priority (
    weighting_id varchar,
    service_type varchar,
    target_group varchar,
    level varchar,
    area_version_id varchar,
    area_id varchar,
    indicator_id varchar,
    author_office varchar,
    decision_id varchar,
    purpose_de varchar,
    purpose_en varchar,
    override_reason_de varchar,
    override_decision_id varchar,
    missing_components varchar[],
    score double,
    rank bigint,
    rank_of bigint,
    rank_lower_weights bigint,
    rank_upper_weights bigint,
    rank_lower_values bigint,
    rank_upper_values bigint,
    override_position bigint,
    is_public boolean
);

create table fct_priority_component (
    weighting_id varchar,
    service_type varchar,
    area_version_id varchar,
    area_id varchar,
    component varchar,
    component_status varchar,
    weight double,
    score double,
    contribution double,
    is_public boolean
);

create table fct_offer_area (
    offer_id varchar,
    area_id varchar,
    is_counted boolean
);

create table fct_inventory_summary (
    extract_id varchar,
    service_type varchar,
    responsible_office varchar,
    period_id varchar,
    is_register_complete boolean,
    n_offers bigint,
    n_with_capacity bigint,
    n_with_target_group bigint,
    n_with_point bigint
);

create table fct_need_gap (
    service_type varchar,
    area_version_id varchar,
    area_id varchar,
    level varchar,
    target_group varchar,
    period_id varchar,
    year integer,
    inventory_period_id varchar,
    population_variable_id varchar,
    population double,
    value_status varchar,
    n_offers bigint,
    n_capacity_unknown bigint,
    supply double,
    supply_unit varchar,
    supply_per_1000 double,
    standard_id varchar,
    standard_value double,
    demand double,
    coverage double,
    gap double,
    fair_share double,
    accessibility double,
    accepted_needs bigint,
    field varchar,
    gap_status varchar
);

create table fct_accessibility (
    service_type varchar,
    area_version_id varchar,
    area_id varchar,
    level varchar,
    period_id varchar,
    year integer,
    inventory_period_id varchar,
    population double,
    nearest_offer_id varchar,
    distance_m double,
    value_status varchar
);

create table fct_accessibility_rule (
    service_type varchar,
    level varchar,
    catchment_m double,
    median_diameter_m double,
    largest_diameter_m double,
    is_allowed boolean,
    reason_de varchar,
    reason_en varchar
);

create table dim_need (
    need_id varchar,
    title_de varchar,
    title_en varchar,
    statement_de varchar,
    category varchar,
    state varchar,
    raised_by_kind varchar,
    raised_by_name varchar,
    raised_on date,
    channel varchar,
    area_id varchar,
    target_group varchar,
    living_condition varchar,
    service_type varchar,
    finding_ids varchar[],
    qualitative_reason_de varchar,
    goal_ids varchar[],
    stock_check_de varchar,
    inventory_as_of date,
    quantity double,
    quantity_unit varchar,
    quantity_release bigint,
    quantity_is_quoted boolean,
    accepting_body_id varchar,
    accepting_body_de varchar,
    accepting_body_en varchar,
    decision_id varchar,
    decided_on date,
    decision_result varchar,
    responsible_office varchar,
    review_on date,
    n_interventions bigint,
    is_without_intervention boolean,
    file_name varchar,
    row_number bigint,
    is_public boolean
);

create table dim_intervention (
    intervention_id varchar,
    title_de varchar,
    title_en varchar,
    strategy_id varchar,
    lead_office varchar,
    co_offices varchar[],
    providers varchar[],
    need_ids varchar[],
    mandate_reason_de varchar,
    goal_ids varchar[],
    area_ids varchar[],
    target_groups varchar[],
    expected_reach double,
    starts_on date,
    ends_on date,
    kind varchar,
    state varchar,
    approval_decision_id varchar,
    n_milestones bigint,
    n_milestones_late bigint,
    budget_planned double,
    budget_approved double,
    budget_actual double,
    file_name varchar,
    row_number bigint,
    is_public boolean
);

create table fct_resource (
    intervention_id varchar,
    year integer,
    kind varchar,
    unit varchar,
    planned double,
    approved double,
    actual double,
    source_de varchar,
    file_name varchar,
    row_number bigint,
    is_public boolean
);

create table fct_logic_node (
    node_id varchar,
    intervention_id varchar,
    level varchar,
    text_de varchar,
    target_id varchar,
    unit varchar,
    planned double,
    actual double,
    period_id varchar,
    file_name varchar,
    row_number bigint,
    is_public boolean
);

create table fct_logic_edge (
    from_node_id varchar,
    to_node_id varchar,
    intervention_id varchar,
    assumption_de varchar,
    file_name varchar,
    row_number bigint,
    is_public boolean
);

create table fct_milestone (
    milestone_id varchar,
    intervention_id varchar,
    title_de varchar,
    due_on date,
    done_on date,
    status varchar,
    days_late bigint,
    is_late boolean,
    evidence_de varchar,
    file_name varchar,
    row_number bigint,
    is_public boolean
);

create table dim_evaluation (
    evaluation_id varchar,
    title_de varchar,
    scope_kind varchar,
    scope_id varchar,
    intervention_id varchar,
    state varchar,
    frozen_release bigint,
    planned_on date,
    author_office varchar,
    reviewer_office varchar,
    limitation_de varchar,
    n_outcomes bigint,
    n_changed_since bigint,
    has_changed_since boolean,
    file_name varchar,
    row_number bigint,
    is_public boolean
);

create table fct_evaluation (
    evaluation_id varchar,
    outcome_id varchar,
    target_id varchar,
    intervention_id varchar,
    indicator_id varchar,
    area_id varchar,
    design varchar,
    frozen_release bigint,
    baseline_period_id varchar,
    followup_period_id varchar,
    followup_year integer,
    target_year integer,
    baseline_value double,
    actual_value double,
    actual_lower double,
    actual_upper double,
    target_value double,
    path_value double,
    attainment double,
    plan_attainment double,
    plan_lower double,
    plan_upper double,
    deviation double,
    status varchar,
    verdict varchar,
    effect double,
    ci_lower double,
    ci_upper double,
    p_placebo double,
    n_donors bigint,
    n_comparison bigint,
    counting_lower double,
    counting_upper double,
    effect_class varchar,
    wording varchar,
    wording_en varchar,
    reason_de varchar,
    reason_en varchar,
    text_de varchar,
    n_points_before integer,
    n_points_after integer,
    slope_change double,
    slope_lower double,
    slope_upper double,
    cost_per_case double,
    cost_reason_de varchar,
    cost_reason_en varchar,
    is_selected_by_baseline boolean,
    is_short_baseline boolean,
    is_weak_design boolean,
    current_value double,
    has_changed_since boolean
);

create table fct_evaluation_point (
    outcome_id varchar,
    evaluation_id varchar,
    indicator_id varchar,
    area_id varchar,
    period_id varchar,
    year integer,
    frozen_release bigint,
    value double,
    ci_lower double,
    ci_upper double,
    path_value double,
    value_status varchar,
    current_value double,
    has_changed_since boolean
);

create table fct_evaluation_comparison (
    outcome_id varchar,
    evaluation_id varchar,
    area_id varchar,
    role varchar,
    is_comparison boolean,
    distance double,
    change double,
    effect double,
    effect_rank bigint
);

create table fct_followup (
    followup_id varchar,
    finding_id varchar,
    action_de varchar,
    owner_office varchar,
    due_on date,
    state varchar,
    creates_kind varchar,
    creates_id varchar,
    decision_id varchar,
    reason_de varchar,
    file_name varchar,
    row_number bigint,
    is_public boolean
);

create table fct_status_event (
    entity varchar,
    entity_id varchar,
    event_number bigint,
    from_state varchar,
    to_state varchar,
    entered_on date,
    by_role varchar,
    decision_id varchar,
    note_de varchar,
    file_name varchar,
    row_number bigint,
    is_public boolean
);

create table fct_lineage (
    from_kind varchar,
    from_id varchar,
    to_kind varchar,
    to_id varchar,
    relation varchar,
    decided_release bigint,
    is_quoted boolean,
    decision_id varchar,
    file_name varchar,
    row_number bigint,
    is_public boolean
);

create table fct_observation_source (
    variable_id varchar,
    area_version_id varchar,
    area_id varchar,
    period_id varchar,
    breakdown_id varchar,
    delivery_id varchar,
    row_number bigint,
    column_name varchar
);
