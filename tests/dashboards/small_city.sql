-- Published tables that the dashboards read, as the contract names them (only the columns they use and a few more).

create table dim_workspace (
    workspace_id varchar,
    name_de varchar,
    name_en varchar,
    is_demo boolean,
    demo_label_de varchar,
    demo_label_en varchar,
    city_area_id varchar,
    crs varchar,
    contact_office varchar,
    feedback_address varchar
);

create table dim_level (
    level varchar,
    name_de varchar,
    name_en varchar,
    plural_de varchar,
    plural_en varchar,
    rank integer,
    parent_level varchar
);

create table dim_area (
    area_version_id varchar,
    area_id varchar,
    level varchar,
    code varchar,
    name varchar,
    parent_area_id varchar,
    valid_from date,
    valid_to date,
    geometry_geojson varchar,
    is_remainder boolean
);

create table dim_indicator (
    indicator_id varchar,
    name_de varchar,
    name_en varchar,
    definition_de varchar,
    definition_en varchar,
    living_condition varchar,
    unit varchar,
    multiplier double,
    decimals integer,
    polarity varchar,
    statistic varchar,
    ci_method varchar,
    design_effect double,
    source varchar,
    licence varchar,
    caveats_de varchar,
    caveats_en varchar,
    numerator_variable_id varchar,
    denominator_variable_id varchar,
    numerator_label_de varchar,
    numerator_label_en varchar,
    denominator_label_de varchar,
    denominator_label_en varchar,
    age_group varchar,
    target_group varchar,
    disclosure_profile varchar,
    min_denominator integer,
    publisher varchar,
    first_year integer,
    last_year integer,
    last_period_id varchar
);

create table dim_release (
    release_number integer,
    built_at timestamp,
    product_version varchar,
    workspace_id varchar,
    is_not_for_publication boolean,
    disclosure_note_de varchar,
    disclosure_note_en varchar,
    previous_release integer,
    rollback_of integer
);

create table dim_delivery (
    delivery_id varchar,
    extract_id varchar,
    file_name varchar,
    sha256 varchar,
    received_at timestamp,
    reference_period varchar,
    publisher varchar,
    licence varchar,
    row_count integer
);

create table fct_indicator_value (
    indicator_id varchar,
    area_version_id varchar,
    area_id varchar,
    level varchar,
    period_id varchar,
    year integer,
    breakdown_id varchar,
    numerator double,
    denominator double,
    value double,
    ci_lower double,
    ci_upper double,
    ci_lower_998 double,
    ci_upper_998 double,
    value_status varchar,
    value_flags varchar[],
    benchmark_area_id varchar,
    benchmark_value double,
    comparison varchar,
    rank integer,
    rank_of integer,
    trend varchar,
    trend_evaluation varchar,
    interval_reason varchar,
    missing_part varchar
);

create table fct_indicator_summary (
    indicator_id varchar,
    level varchar,
    period_id varchar,
    year integer,
    breakdown_id varchar,
    n_areas integer,
    n_ok integer,
    n_suppressed integer,
    n_missing integer,
    n_better integer,
    n_similar integer,
    n_worse integer,
    n_higher integer,
    n_lower integer,
    n_flagged_by_chance double,
    city_value double,
    lowest_value double,
    lowest_area_id varchar,
    highest_value double,
    highest_area_id varchar
);

create table fct_indicator_delivery (
    indicator_id varchar,
    period_id varchar,
    delivery_id varchar
);

create table fct_release_change (
    indicator_id varchar,
    n_changed integer,
    n_new integer,
    n_vanished integer
);

create table fct_series_break (
    break_id varchar,
    indicator_id varchar,
    period_id varchar,
    kind varchar,
    reason_de varchar,
    reason_en varchar,
    is_bridged boolean
);

create table dim_special_population (
    special_population_id varchar,
    area_id varchar,
    kind varchar,
    note_de varchar,
    note_en varchar,
    valid_from date,
    valid_to date
);

create table fct_context_event (
    event_id varchar,
    period_id varchar,
    kind varchar,
    label_de varchar,
    label_en varchar,
    area_ids varchar
);
