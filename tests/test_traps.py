"""Domain mistakes of social reporting, one test each: it fails when the product makes the mistake.

Lives here: the traps, numbered as in the domain specification (section 7), on the release of the small city
and, where a formula decides, on the formula. Must not live here: what the release looks like otherwise.
13 to 16 are about goals, offers and needs and are guarded where those are tested.
"""

from __future__ import annotations

import json
import math
import re
from datetime import date
from pathlib import Path

import duckdb
import pytest
import yaml
from command_line import City, opened, sozialraum

from dashboards import words
from orchestration.extracts.contract import ValueStatus
from orchestration.extracts.signs import NumberRule, read_number
from tests.dbt_project.rendered import computed, rendered

PROJECT = Path(__file__).resolve().parent.parent
CATALOGUE = PROJECT / "dbt_project" / "models" / "metrics"
LOCALES = PROJECT / "dashboards" / "locales"
HIDDEN: dict[str, ValueStatus] = {"*": "suppressed_source"}

Release = duckdb.DuckDBPyConnection


def asked(release: Release, sql: str, *values: object) -> list[tuple[object, ...]]:
    return release.execute(sql, list(values)).fetchall()


def metrics() -> list[dict[str, object]]:
    files = [*CATALOGUE.glob("*.yml"), *(PROJECT / "seeds").glob("*/metrics/*.yml")]
    found = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(files)]
    return [metric for content in found for metric in content.get("metrics", [])]


def test_trap_1_share_of_the_city_is_the_ratio_of_sums_and_no_mean_of_area_shares(
    small_release: Release,
) -> None:
    rows = asked(
        small_release,
        """
        WITH parts AS (
            SELECT indicator_id, period_id, sum(numerator) / sum(denominator) AS ratio_of_sums,
                avg(numerator / denominator) AS mean_of_ratios,
                count(*) FILTER (value_status <> 'ok') AS absent
            FROM fct_indicator_value JOIN dim_area USING (area_version_id, area_id, level)
            WHERE level = 'stadtteil' AND breakdown_id = 'total' AND NOT is_remainder AND NOT is_recast
            GROUP BY ALL
        )
        SELECT ratio_of_sums * multiplier, mean_of_ratios * multiplier, v.value
        FROM fct_indicator_value v JOIN parts USING (indicator_id, period_id)
        JOIN dim_indicator USING (indicator_id)
        WHERE v.level = 'stadt' AND v.breakdown_id = 'total' AND statistic = 'proportion' AND absent = 0
        AND value_status = 'ok' AND indicator_id IN ('pop_under_18_share', 'pop_65plus_share')
        """,
    )
    assert rows
    # Persons of no Stadtteil are in the city's total: the ratio of sums is off by less than they can move it.
    near = [abs(total - ratio) < 0.1 for ratio, _, total in rows]  # type: ignore[operator]
    further = [abs(mean - total) > abs(ratio - total) for ratio, mean, total in rows]  # type: ignore[operator]
    assert all(near) and all(further)


def test_trap_2_a_share_of_the_population_is_never_called_a_rate_of_unemployment(
    small_release: Release,
) -> None:
    labour_force = re.compile(r"arbeitslosenquote|unemployment rate", re.IGNORECASE)
    for metric in metrics():
        meta = metric["config"]["meta"]  # type: ignore[index]
        shown = [metric["label"], metric["description"], meta["name_en"], meta["definition_en"]]
        assert not [text for text in shown if labour_force.search(text)], metric["name"]
    catalogue = (LOCALES / "de.po").read_text(encoding="utf-8")
    assert not labour_force.search(catalogue)
    denominators = asked(
        small_release,
        "SELECT DISTINCT denominator_variable_id FROM dim_indicator "
        "WHERE numerator_variable_id LIKE 'unemployed%'",
    )
    assert denominators
    assert {name for (name,) in denominators} <= {"population_15_64", "population_15_24", "unemployed"}


def test_trap_3_an_area_is_never_compared_with_a_benchmark_that_holds_much_of_it(
    small_release: Release,
) -> None:
    rows = asked(
        small_release,
        """
        SELECT v.benchmark_area_id, v.benchmark_value, v.denominator > 0.1 * city.denominator,
            (city.numerator - v.numerator) / (city.denominator - v.denominator) * i.multiplier, city.value
        FROM fct_indicator_value v JOIN dim_indicator i USING (indicator_id)
        JOIN fct_indicator_value city USING (indicator_id, period_id, breakdown_id)
        WHERE city.area_id = 'stadt-0' AND v.level <> 'stadt' AND v.comparison <> 'not_compared'
        AND i.statistic = 'proportion' AND city.numerator >= v.numerator AND city.denominator > v.denominator
        """,
    )
    assert {row[0] for row in rows} == {"stadt-0"}, "a Bezirk is no benchmark of its Stadtteile"
    large, small = [row for row in rows if row[2]], [row for row in rows if not row[2]]
    assert large and small
    for _, benchmark, _, rest, _ in large:
        assert benchmark == pytest.approx(rest, rel=1e-9)
    for _, benchmark, _, _, whole in small:
        assert benchmark == pytest.approx(whole, rel=1e-9)


def test_trap_4_composition_of_the_population_is_neither_good_nor_bad(small_release: Release) -> None:
    about_people = "'age|origin|population|citizenship|family_history'"
    composition = {
        name
        for (name,) in asked(
            small_release,
            "SELECT indicator_id FROM dim_indicator WHERE living_condition = 'demography' "
            f"AND (regexp_matches(indicator_id, '^pop_|history|non_german') OR subfield IN ({about_people}))",
        )
    }
    assert {"non_german_share", "international_family_history_share"} <= composition
    polarity = dict(asked(small_release, "SELECT indicator_id, polarity FROM dim_indicator"))
    assert {polarity[name] for name in composition} == {"neutral"}
    judged = asked(
        small_release,
        "SELECT DISTINCT comparison, trend_evaluation FROM fct_indicator_value JOIN dim_indicator "
        "USING (indicator_id) WHERE polarity = 'neutral' AND comparison <> 'not_compared'",
    )
    assert judged
    said = {str(word) for row in judged for word in row if word is not None}
    assert not said & {"better", "worse", "best", "worst", "favourable", "unfavourable"}
    for lower, upper in ((2.0, 3.0), (0.1, 0.5)):
        word = computed("compare_with_benchmark('1.0', 'l', 'u', \"'neutral'\")", l=lower, u=upper)
        assert word in {"higher", "lower"} and words.sign(word, "neutral") in {"▲", "▼"}


def test_trap_5_a_hidden_cell_is_neither_zero_nor_skipped_in_a_sum(small_release: Release) -> None:
    rule = NumberRule(",", "", True, HIDDEN, True, False, False)
    read = read_number("*", rule)
    assert (read.text, read.status) == ("", "suppressed_source")
    status_of_sum = rendered("strongest_status('s')")
    of_parts = f"SELECT {status_of_sum} FROM (SELECT unnest(['ok', 'suppressed_source']) AS s)"
    assert duckdb.connect().execute(of_parts).fetchone() == ("suppressed_source",)
    sums = asked(
        small_release,
        "SELECT sum(metric_value), bool_or(value IS NULL) FROM fct_observation "
        "WHERE level = 'stadtteil' AND breakdown_id = 'total' AND NOT is_recast "
        "GROUP BY variable_id, period_id",
    )
    assert {bool(hidden) for _, hidden in sums} == {True, False}
    assert [math.isnan(total) for total, _ in sums] == [hidden for _, hidden in sums]  # type: ignore[arg-type]


def test_trap_6_no_rate_is_shown_whose_count_is_hidden(small_release: Release) -> None:
    rows = asked(
        small_release,
        """
        SELECT v.value, v.numerator, v.denominator, v.ci_lower, v.ci_upper, v.ci_lower_998, v.ci_upper_998,
            v.rank, v.comparison
        FROM fct_indicator_value v JOIN dim_indicator i USING (indicator_id)
        JOIN fct_observation o ON o.area_version_id = v.area_version_id AND o.period_id = v.period_id
            AND o.breakdown_id = v.breakdown_id
            AND o.variable_id IN (i.numerator_variable_id, i.denominator_variable_id)
        WHERE o.value_status LIKE 'suppressed%'
        """,
    )
    assert rows
    assert {row[:8] for row in rows} == {(None,) * 8}
    assert {row[8] for row in rows} == {"not_compared"}


def test_trap_7_a_release_that_allows_differencing_of_overlapping_areas_is_not_for_publication(
    small_city: City, small_release: Release
) -> None:
    # A Sozialraum minus its other members is the hidden member, until secondary suppression prevents it.
    shares = (small_city.workspace / "geography" / "shares.csv").read_text(encoding="utf-8").splitlines()
    header, *lines = (line.split(";") for line in shares)
    members = [dict(zip(header, line, strict=True)) for line in lines]
    small_release.execute("CREATE OR REPLACE TEMP TABLE members (space VARCHAR, member VARCHAR)")
    small_release.executemany(
        "INSERT INTO members VALUES (?, ?)",
        [(f"{m['level']}-{m['code']}", f"{m['member_level']}-{m['member_code']}") for m in members],
    )
    disclosed = asked(
        small_release,
        """
        SELECT s.variable_id FROM members
        JOIN fct_observation s ON s.area_id = members.space AND s.value_status = 'ok'
        JOIN fct_observation m ON m.area_id = members.member AND m.variable_id = s.variable_id
            AND m.period_id = s.period_id AND m.breakdown_id = s.breakdown_id
        GROUP BY s.variable_id, s.area_version_id, s.period_id, s.breakdown_id
        HAVING count(*) FILTER (m.value_status LIKE 'suppressed%') = 1
        """,
    )
    marked = asked(small_release, "SELECT is_not_for_publication FROM dim_release")
    overlapping = asked(
        small_release, "SELECT count(*) FROM fct_observation WHERE area_id IN (SELECT space FROM members)"
    )
    assert overlapping != [(0,)]
    assert marked == [(True,)], (
        f"{len(disclosed)} hidden cells follow from a Sozialraum and its other members"
    )
    pointer = json.loads((small_city.home / "current.json").read_text(encoding="utf-8"))
    manifest = (small_city.home / pointer["audiences"]["public"]["file"]).parent / "manifest.json"
    assert json.loads(manifest.read_text(encoding="utf-8"))["marks"]["not_for_publication"] is True


@pytest.mark.parametrize("share", [12.0, 40.0, 95.0])
def test_trap_8_progress_says_the_same_of_a_share_and_of_its_complement(share: float) -> None:
    baseline, target = share, share - 8
    attained = computed("attainment('a', 'b', 't')", a=share - 2, b=baseline, t=target)
    opposite = computed("attainment('a', 'b', 't')", a=100 - share + 2, b=100 - baseline, t=100 - target)
    assert attained == pytest.approx(opposite) == pytest.approx(0.25)


@pytest.mark.parametrize(("baseline", "target"), [(0.0, 10.0), (10.0, 0.0), (-1.0, 3.0)])
def test_trap_8_equal_growth_from_or_to_zero_is_replaced_by_a_straight_path(
    baseline: float, target: float
) -> None:
    path = computed("target_path(\"'geometric'\", 'b', 't', 2020, 2030, 2025)", b=baseline, t=target)
    assert path == pytest.approx((baseline + target) / 2)


def test_trap_9_no_trend_is_said_across_a_break_of_the_series(small_release: Release) -> None:
    across = """
        FROM fct_indicator_value v JOIN fct_series_break b USING (indicator_id)
        WHERE NOT b.is_bridged AND v.value_status = 'ok'
        AND v.year BETWEEN CAST(left(b.period_id, 4) AS INTEGER) AND CAST(left(b.period_id, 4) AS INTEGER) + 3
    """
    assert asked(small_release, f"SELECT DISTINCT v.trend {across}") == [("cannot_be_calculated",)]
    before = asked(
        small_release,
        "SELECT count(*) FROM fct_indicator_value v JOIN fct_series_break b USING (indicator_id) WHERE "
        "v.year < CAST(left(b.period_id, 4) AS INTEGER) AND v.trend <> 'cannot_be_calculated'",
    )
    assert before != [(0,)], "without the break the same indicators have a trend"


def test_trap_10_overlapping_windows_take_no_part_in_a_trend(small_release: Release) -> None:
    windows = asked(
        small_release,
        "SELECT DISTINCT trend FROM fct_indicator_value WHERE period_id LIKE '%..%' AND value_status = 'ok'",
    )
    assert windows == [("cannot_be_calculated",)]


def test_trap_11_scores_are_subtracted_only_on_one_fixed_scale(small_release: Release) -> None:
    """The scale of the small city's index is fixed; without one no change may be said."""
    moving = asked(
        small_release,
        "SELECT count(*) FROM fct_index_value v JOIN dim_index i USING (index_id, edition)"
        " WHERE v.status_change IS NOT NULL AND NOT i.is_comparable_over_time",
    )
    assert moving == [(0,)]
    wrong = asked(
        small_release,
        """
        SELECT count(*), count(*) FILTER (WHERE abs(v.status_score - p.status_score - v.status_change) > 1e-9)
        FROM fct_index_value v
        JOIN fct_index_value p
            ON p.index_id = v.index_id AND p.edition = v.previous_edition AND p.area_id = v.area_id
        JOIN dim_index i ON i.index_id = v.index_id AND i.edition = v.edition AND i.is_comparable_over_time
        WHERE v.status_change IS NOT NULL
        """,
    )
    (changes, different), *_ = wrong
    assert (changes > 0, different) == (True, 0)


def test_trap_12_without_comparison_areas_an_improvement_is_no_effect(small_release: Release) -> None:
    alone = asked(
        small_release,
        "SELECT DISTINCT effect, ci_lower, p_placebo FROM fct_evaluation WHERE design = 'plan_actual'",
    )
    assert alone == [(None, None, None)], "an area chosen for its bad value improves by chance alone"
    # Of 1,000 each: the treated area falls from 300 to 250, and so do areas as high: no effect is left.
    falls_back = "300.0, 1000.0, 250.0, 1000.0"
    assert computed(f"difference_in_differences({falls_back}, {falls_back})") == pytest.approx(0.0)


def test_trap_17_states_of_goals_are_counted_and_never_averaged(small_release: Release) -> None:
    columns = {name for name, *_ in asked(small_release, "DESCRIBE dim_goal")}
    assert "n_targets" in columns
    averaged = re.compile(r"attainment|progress|status|score|average|mean|traffic|light", re.IGNORECASE)
    assert not [name for name in columns if averaged.search(name)]
    types = {name: kind for name, kind, *_ in asked(small_release, "DESCRIBE fct_target_attainment")}
    assert types["status"] == "VARCHAR", "a state is a word, so that nothing can add it up"


def test_trap_18_turnout_of_small_areas_names_the_postal_votes(small_release: Release) -> None:
    caveats = dict(
        asked(
            small_release,
            "SELECT indicator_id, caveats_de FROM dim_indicator WHERE indicator_id LIKE 'turnout%'",
        )
    )
    assert caveats
    assert all("Briefwahl" in str(text) for text in caveats.values()), caveats


def test_trap_19_codes_of_areas_are_text_with_their_leading_zeros(
    small_city: City, small_release: Release
) -> None:
    types = {
        (table, column): kind
        for table, column, kind in asked(
            small_release,
            "SELECT table_name, column_name, data_type FROM information_schema.columns "
            "WHERE column_name IN ('code', 'area_id', 'area_version_id', 'parent_area_id')",
        )
    }
    assert types and set(types.values()) == {"VARCHAR"}
    areas = (small_city.workspace / "geography" / "areas.csv").read_text(encoding="utf-8").splitlines()
    codes = {tuple(line.split(";")[:2]) for line in areas[1:]}
    shown = asked(small_release, "SELECT DISTINCT level, code FROM dim_area WHERE NOT is_remainder")
    assert set(shown) == codes


def test_trap_20_an_institution_that_distorts_an_area_is_published_beside_its_values(own_city: City) -> None:
    declared = own_city.workspace / "geography" / "special_populations.csv"
    declared.write_text(
        "level;code;kind;note_de;note_en;valid_from;valid_to\n"
        "stadtteil;101;shelter;Sammelunterkunft;Shared shelter;2022-03-01;\n",
        encoding="utf-8",
    )
    built = sozialraum("build", *own_city.arguments)
    assert built.returncode == 0, built.stderr
    with opened(own_city.home) as release:
        shown = asked(
            release, "SELECT area_id, kind, note_de, valid_from, valid_to FROM dim_special_population"
        )
        assert shown == [("stadtteil-101", "shelter", "Sammelunterkunft", date(2022, 3, 1), None)]
        known = asked(release, "SELECT count(*) FROM fct_indicator_value WHERE area_id = 'stadtteil-101'")
        assert known != [(0,)], "the note stands beside values, it does not replace them"
