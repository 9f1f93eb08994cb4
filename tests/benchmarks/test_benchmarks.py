"""The benchmark measures one job: whoever computes it agrees on every row, and who does not has no time."""

from __future__ import annotations

from pathlib import Path

import bench_dbt
import bench_pandas
import bench_reference
import duckdb
import pytest
from bench_comparison import compare
from bench_goals import Goal, goals, growth_exponent, ratios, summarise
from bench_observations import fingerprint, write_observations
from bench_processes import Run
from bench_scales import SCALES

TINY = SCALES["tiny"]
WORDS = {
    *("suppressed_primary", "suppressed_source", "not_available"),
    *("not_applicable", "below_min_denominator", "ok"),
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The observations of the tiny scale."""
    folder = tmp_path_factory.mktemp("bench")
    write_observations(TINY, folder)
    return folder


@pytest.fixture(scope="module")
def reference(data: Path) -> Path:
    """What the reference computes from them."""
    result = data / "reference.duckdb"
    bench_reference.compute(TINY, data, result)
    return result


@pytest.fixture(scope="module")
def by_pandas(data: Path) -> Path:
    """What pandas computes from them."""
    result = data / "pandas.parquet"
    bench_pandas.compute(data, result)
    return result


def rows(sql: str) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = duckdb.connect().execute(sql).fetchall()
    return found


def changed(result: Path, columns: str, where: str = "true") -> Path:
    """A copy of a result with other columns or fewer rows."""
    copy = result.with_name("changed.parquet")
    rows(f"copy (select {columns} from read_parquet('{result}') where {where}) to '{copy}' (format parquet)")
    return copy


def timed(implementation: str, number: int, seconds: float, mode: str = "mode", scale: str = "small") -> Run:
    return Run(implementation, mode, scale, number, "ok", seconds, seconds, 100.0)


def test_observations_are_the_same_every_time(data: Path, tmp_path: Path) -> None:
    assert write_observations(TINY, tmp_path) == fingerprint(data / "observations.parquet")
    assert rows(f"select count(*) from '{data}/observations.parquet'") == [(TINY.n_observations,)]


def test_fingerprint_sees_one_changed_figure_and_no_change_of_order(data: Path) -> None:
    observations = data / "observations.parquet"
    turned, other = data / "turned.parquet", data / "other.parquet"
    rows(f"copy (select * from '{observations}' order by value, year) to '{turned}' (format parquet)")
    one = "variable_id = 'bench_part_000' and area_id = 'stadt-0' and year = 2015"
    figure = f"case when {one} then value + 1 else value end as value"
    rows(f"copy (select * replace ({figure}) from '{observations}') to '{other}' (format parquet)")
    assert fingerprint(turned) == fingerprint(observations) != fingerprint(other)


def test_coarse_levels_are_true_sums_of_finer_ones(data: Path) -> None:
    district_sums = f"""
        select variable_id, year, sum(value) filter (level = 'stadt') as city,
            sum(value) filter (level = 'stadtbezirk') as districts,
            sum(value) filter (level = 'stadtteil') as neighbourhoods
        from '{data}/observations.parquet' group by all
        having city <> districts or city <> neighbourhoods
    """
    assert rows(district_sums) == []


def test_about_three_percent_of_the_cells_are_hidden(tmp_path: Path) -> None:
    write_observations(SCALES["small"], tmp_path)
    bench_reference.compute(SCALES["small"], tmp_path, tmp_path / "small.duckdb")
    with duckdb.connect(str(tmp_path / "small.duckdb"), read_only=True) as connection:
        found = connection.execute(
            "select avg((value_status like 'suppressed%')::integer), list(distinct value_status),"
            " list(distinct comparison), list(distinct trend) from result"
        ).fetchone()
    assert found is not None
    share, words, comparisons, trends = found
    assert 0.02 < share < 0.05
    assert set(words) == WORDS
    assert set(comparisons) == {"better", "worse", "higher", "lower", "similar", "not_compared"}
    assert set(trends) == {"increasing", "decreasing", "no_significant_change", "cannot_be_calculated"}


def test_pandas_agrees_with_the_reference_on_every_row(reference: Path, by_pandas: Path) -> None:
    check = compare(reference, by_pandas)
    assert (check.rows, check.mismatches) == (TINY.n_values, 0), check.example


def test_models_of_the_product_agree_with_the_reference_on_every_row(
    data: Path, reference: Path, tmp_path: Path
) -> None:
    settings = bench_dbt.prepare(TINY, data, tmp_path / "dbt")
    (tmp_path / "dbt" / bench_dbt.PREPARED).rename(settings.work_database)
    nodes = bench_dbt.run_job(settings, bench_dbt.resident(settings))
    assert {"model", "test"} == {node["kind"] for node in nodes}
    assert bench_dbt.MART in {node["node"] for node in nodes}
    check = compare(reference, settings.work_database)
    assert (check.rows, check.mismatches) == (TINY.n_values, 0), check.example


@pytest.mark.parametrize(
    ("columns", "where", "mismatches"),
    [
        ("* replace (value * (1 + 1e-8 * (rank = 1)::integer) as value)", "true", "some"),
        ("* replace (case when rank = 2 then 'similar' else comparison end as comparison)", "true", "some"),
        ("* replace (coalesce(ci_lower_998, 0) as ci_lower_998)", "true", "some"),
        ("*", "area_id <> 'stadt-0'", "some"),
        ("* replace (value * (1 + 1e-12) as value)", "true", "none"),
    ],
)
def test_a_mismatch_voids_the_timing(
    reference: Path, by_pandas: Path, columns: str, where: str, mismatches: str
) -> None:
    run = timed("pandas", 1, 4.0).judged(compare(reference, changed(by_pandas, columns, where)))
    runs = [timed("reference", 1, 2.0, "before"), run, timed("reference", 1, 2.0, "after")]
    entry = next(e for e in summarise(runs) if e["implementation"] == "pandas")
    if mismatches == "some":
        assert run.status == "mismatch"
        assert (entry["void"], entry["wall_seconds"], entry["ratio"]) == (1, None, None)
    else:
        assert run.status == "ok"
        assert (entry["void"], entry["wall_seconds"], entry["ratio"]) == (0, 4.0, 2.0)


def test_ratio_is_taken_within_a_round_to_the_reference_before_and_after() -> None:
    runs = [
        *(timed("reference", 1, 1.0), timed("dbt_resident", 1, 3.0), timed("reference", 1, 2.0)),
        *(timed("reference", 2, 4.0), timed("dbt_resident", 2, 6.0), timed("reference", 2, 4.0)),
        *(timed("reference", 3, 1.0), timed("dbt_resident", 3, 9.0)),
    ]
    assert ratios(runs, "dbt_resident", "small") == [2.0, 1.5]


def test_growth_exponent_is_one_where_ten_times_the_rows_take_ten_times_as_long() -> None:
    runs = [timed("dbt_resident", 1, 2.0), timed("dbt_resident", 1, 20.0, scale="medium")]
    assert growth_exponent(summarise(runs), "small", "medium") == pytest.approx(1.0)
    assert growth_exponent(summarise(runs), "medium", "large") is None


def test_goals_are_held_missed_or_not_measured() -> None:
    runs = [
        *(timed("reference", 1, 1.0), timed("dbt_resident", 1, 1.7), timed("reference", 1, 1.0)),
        timed("build", 1, 9.0, "delivery"),
        *(timed("full_rebuild", 0, 10.0, scale="medium"), timed("changed_only", 0, 1.5, scale="medium")),
    ]
    reads = {"direct": {"map": {"p95_ms": 5.1}}}
    verdicts = {goal.name: goal.verdict for goal in goals(summarise(runs), reads)}
    assert verdicts["dbt_resident at small, times the reference"] == "held"
    assert verdicts["build at small, times the reference"] == "missed"
    assert verdicts["dbt_resident at large, times the reference"] == "not measured"
    assert verdicts["five variables at medium, as the product builds it"] == "missed"
    assert verdicts["five variables at medium, changed indicators only (design)"] == "held"
    assert verdicts["read map, p95"] == "missed"
    assert Goal("limit itself", 5.0, 5.0, "ms").verdict == "held"
