"""The planning cycle through the real command line: one thread, its defects, its frozen evaluation."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from command_line import City, answered, bytes_below, copy_of, manifest_of, opened, opened_file, sozialraum

STORY = (
    "F-2021-01",
    "H-2021-01",
    "Z-2022-02",
    "S-2022-01",
    "ZW-2022-01",
    "B-2023-01",
    "M-2023-01",
    "E-2025-01",
)
COMPARED_OUTCOME = "E-2025-01-2"
STORY_END = ("EF-2025-01", "FM-2025-01", "H-2025-01")
CHILD_POVERTY = "child_poverty_sgb2_under_15"
FROZEN_YEAR = "2024"
FEWER_CHILDREN = 6
PLACES_PER_1000 = 650  # the demo's standard for day care, planning/standards.csv

Rows = list[dict[str, str]]


def rows_of(workspace: Path, stem: str) -> Rows:
    with (workspace / "planning" / f"{stem}.csv").open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source, delimiter=";"))


def change(workspace: Path, stem: str, key: str, value: str, **cells: str) -> int:
    """Change one row of a planning file; returns its line."""
    rows = rows_of(workspace, stem)
    (number,) = [n for n, row in enumerate(rows) if row[key] == value]
    rows[number] |= cells
    with (workspace / "planning" / f"{stem}.csv").open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, list(rows[0]), delimiter=";", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return number + 2


def compared_area(workspace: Path) -> str:
    """The neighbourhood that the story compares with others."""
    (outcome,) = [
        row for row in rows_of(workspace, "evaluation_outcomes") if row["outcome_id"] == COMPARED_OUTCOME
    ]
    return outcome["area_id"]


@pytest.fixture(scope="module")
def internal(small_city: City) -> Iterator[duckdb.DuckDBPyConnection]:
    with opened(small_city.home, "internal") as connection:
        yield connection


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory, small_city: City) -> City:
    """The small city after a late correction of the evaluated figure was delivered and published."""
    city = copy_of(small_city, tmp_path_factory.mktemp("corrected_cycle"))
    code = compared_area(city.workspace).removeprefix("stadtteil-")
    book = openpyxl.load_workbook(city.inbox / f"jobcenter_sgb2_{FROZEN_YEAR}.xlsx")
    sheet = book["Stadtteile"]
    for row in sheet.iter_rows(min_row=6):
        if row[0].value in (code, code[0]):  # the neighbourhood and its district, so that the sums still hold
            row[4].value -= FEWER_CHILDREN
    book.save(city.inbox / f"jobcenter_sgb2_{FROZEN_YEAR}_berichtigt.xlsx")
    done = sozialraum("build", *city.arguments)
    assert done.returncode == 0, done.stderr
    return city


# One thread from the finding to the follow-up.


def test_everything_of_the_story_rests_on_the_finding_and_leads_to_the_next_cycle(small_city: City) -> None:
    home = ["--home", str(small_city.home), "--audience", "internal"]
    found = answered("trace", "F-2021-01", *home)
    reached = {link["to_id"] for link in found["rests_on_it"]}
    assert {*STORY[1:], *STORY_END} <= reached
    back = answered("trace", "H-2025-01", *home)
    assert {link["from_id"] for link in back["came_from"]} >= {*STORY, *STORY_END[:2]}


def test_every_link_names_its_file_and_row_and_what_it_was_decided_on(
    internal: duckdb.DuckDBPyConnection, small_city: City
) -> None:
    links = internal.execute("select file_name, row_number, to_id, from_id from fct_lineage").fetchall()
    assert len(links) > 30
    for file_name, line, to_id, from_id in links:
        text = (small_city.workspace / file_name).read_text(encoding="utf-8").splitlines()[line - 1]
        assert to_id in text or from_id in text, (file_name, line)
    undated = internal.execute(
        "select to_id from fct_lineage where decision_id is not null and decided_release is null"
        " and not is_quoted"
    ).fetchall()
    assert undated == []


def test_number_is_traced_to_the_very_cells_of_the_delivered_files(small_city: City) -> None:
    area = compared_area(small_city.workspace)
    found = answered("trace", f"{CHILD_POVERTY}@{area}@{FROZEN_YEAR}", "--home", str(small_city.home))
    (counted,) = [row for row in found["delivered"] if row["variable_id"] == "sgb2_non_employable_under_15"]
    sheet = openpyxl.load_workbook(small_city.inbox / counted["file_name"])["Stadtteile"]
    row = [cell.value for cell in sheet[counted["row_number"]]]
    assert f"stadtteil-{row[0]}" == area
    with opened(small_city.home) as connection:
        value = connection.execute(
            "select numerator from fct_indicator_value"
            " where indicator_id = ? and area_id = ? and period_id = ?",
            [CHILD_POVERTY, area, FROZEN_YEAR],
        ).fetchone()
    assert value == (row[4],)


def test_sum_names_the_rows_of_all_its_parts(internal: duckdb.DuckDBPyConnection) -> None:
    """A social space is delivered nowhere: its rows are those of its members, and they add up to it."""
    wrong = internal.execute(
        """
        with parts as (
            select s.variable_id, s.area_id, s.period_id, sum(o.value) as total
            from fct_observation_source s
            join fct_observation_source one
                using (variable_id, period_id, breakdown_id, delivery_id, row_number)
            join fct_observation o on o.variable_id = one.variable_id and o.area_id = one.area_id
                and o.period_id = one.period_id and o.breakdown_id = one.breakdown_id
            where s.area_id like 'sozialraum-%' and one.area_id like 'stadtteil-%'
                and s.breakdown_id = 'total' and s.variable_id = 'population'
            group by all
        )
        select parts.*, o.value from parts join fct_observation o using (variable_id, area_id, period_id)
        where o.breakdown_id = 'total' and o.value <> parts.total
        """
    ).fetchall()
    assert wrong == []


def test_unknown_id_is_answered_with_the_nearest_ones(small_city: City) -> None:
    done = sozialraum("trace", "Z-2022-20", "--home", str(small_city.home))
    assert done.returncode == 2
    assert "Z-2022-0" in done.stderr
    assert "Traceback" not in done.stderr


# Gaps and needs.


def test_gap_is_what_the_delivered_places_lack_to_the_standard(
    internal: duckdb.DuckDBPyConnection, small_city: City
) -> None:
    with (small_city.inbox / "kitas_jugendamt.csv").open(encoding="cp1252", newline="") as source:
        places: dict[str, float] = {}
        for row in csv.DictReader(source, delimiter=";"):
            if row["Zielgruppe"] == "Kinder" and row["Plätze"]:
                area = f"stadtteil-{row['Stadtteil-Nr']}"
                places[area] = places.get(area, 0) + float(row["Plätze"])
    found = internal.execute(
        """
        select g.area_id, p.value, g.gap, g.coverage, g.field from fct_need_gap g
        join fct_observation p on p.variable_id = 'population_under_6' and p.area_id = g.area_id
            and p.period_id = g.period_id and p.breakdown_id = 'total'
        where g.service_type = 'childcare_centre' and g.target_group = 'children' and g.level = 'stadtteil'
        """
    ).fetchall()
    assert len(found) == 9
    for area, children, gap, coverage, field in found:
        if area not in places:  # no day care centre, or none whose places are known: that is not zero
            assert gap is None or gap == pytest.approx(children * PLACES_PER_1000 / 1000)
            continue
        demand = children * PLACES_PER_1000 / 1000
        assert gap == pytest.approx(demand - places[area])
        assert coverage == pytest.approx(places[area] / demand)
        assert field == ("gap_only" if gap > 0 else "neither")


def test_only_what_a_conference_accepted_is_a_need(internal: duckdb.DuckDBPyConnection) -> None:
    found = dict(internal.execute("select need_id, category from dim_need").fetchall())
    assert (found["B-2023-01"], found["B-2023-02"], found["W-2023-01"]) == ("need", "need", "rejected")
    accepted = internal.execute(
        "select distinct subject_id from dim_decision"
        " where subject_kind = 'need' and result in ('accepted', 'accepted_modified')"
    ).fetchall()
    assert {need for need, category in found.items() if category == "need"} == {need for (need,) in accepted}
    fields = internal.execute(
        "select area_id, field from fct_need_gap where accepted_needs > 0 and field is not null"
    ).fetchall()
    assert {field for _, field in fields} == {"gap_and_need", "need_only"}


def test_no_standard_no_gap_only_the_ratio(internal: duckdb.DuckDBPyConnection) -> None:
    n, ratios, computed = internal.execute(
        "select count(*), count(supply_per_1000),"
        " count(*) filter (where gap is not null or field is not null)"
        " from fct_need_gap where standard_id is null"
    ).fetchall()[0]
    assert n > 0 and ratios > 0
    assert computed == 0


def test_goal_without_target_and_need_without_intervention_are_marked(
    internal: duckdb.DuckDBPyConnection,
) -> None:
    goals = internal.execute("select goal_id from dim_goal where is_without_target and state = 'in_force'")
    assert goals.fetchall() == [("Z-2022-03",)]
    needs = internal.execute("select need_id from dim_need where is_without_intervention").fetchall()
    assert ("B-2023-02",) in needs and ("B-2023-01",) not in needs


# Targets and evaluation.


def test_attainment_is_computed_from_baseline_path_and_published_value(
    internal: duckdb.DuckDBPyConnection, small_city: City
) -> None:
    (target,) = [row for row in rows_of(small_city.workspace, "targets") if row["target_id"] == "ZW-2022-01"]
    baseline, wanted = float(target["baseline_value"]), float(target["target_value"])
    found = internal.execute(
        "select t.year, v.value, t.path_value, t.attainment, t.progress_ratio, t.deviation, t.status"
        " from fct_target_attainment t left join fct_indicator_value v on v.indicator_id = t.indicator_id"
        " and v.area_id = t.area_id and v.period_id = t.period_id"
        " where t.target_id = 'ZW-2022-01' order by t.year"
    ).fetchall()
    assert [row[0] for row in found] == list(range(2020, 2027))
    for year, value, path, attainment, ratio, deviation, status in found:
        assert path == pytest.approx(baseline + (wanted - baseline) * (year - 2020) / 6)
        if value is None:
            assert (attainment, ratio, deviation, status) == (None, None, None, "not_assessable")
            continue
        assert attainment == pytest.approx((value - baseline) / (wanted - baseline))
        assert deviation == pytest.approx(path - value)  # a lower share is better
        if year > 2020:
            assert ratio == pytest.approx(attainment / ((year - 2020) / 6))


def test_comparison_with_too_few_areas_says_so_instead_of_an_effect(
    internal: duckdb.DuckDBPyConnection,
) -> None:
    effect_class, interval, p, reason, n = internal.execute(
        "select effect_class, ci_lower, p_placebo, reason_de, n_donors from fct_evaluation"
        " where outcome_id = ?",
        [COMPARED_OUTCOME],
    ).fetchall()[0]
    assert (effect_class, interval, p) == ("not_assessable", None, None)
    assert f"nur {n} geeignete Vergleichsgebiete" in reason


FROZEN_COLUMNS = (
    "outcome_id, frozen_release, baseline_value, actual_value, actual_lower, actual_upper, path_value,"
    " attainment, plan_attainment, plan_lower, plan_upper, deviation, status, verdict, effect, ci_lower,"
    " ci_upper, p_placebo, n_donors, n_comparison, counting_lower, counting_upper, wording, reason_de"
)
FROZEN_POINTS = "outcome_id, year, frozen_release, value, ci_lower, ci_upper, path_value, value_status"


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("fct_evaluation", FROZEN_COLUMNS),
        ("fct_evaluation_point", FROZEN_POINTS),
        ("fct_evaluation_comparison", "outcome_id, area_id, role, distance, change, effect, effect_rank"),
    ],
)
def test_frozen_evaluation_reproduces_to_the_bit_after_a_later_correction(
    table: str, columns: str, corrected: City
) -> None:
    def published(number: int) -> list[Any]:
        with opened_file(corrected.home / f"releases/{number:06d}/internal.duckdb") as connection:
            return connection.execute(f"select {columns} from {table} order by all").fetchall()

    assert published(1)
    assert published(2) == published(1)


def test_release_says_that_the_frozen_figure_has_changed_since(corrected: City) -> None:
    with opened_file(corrected.home / "releases/000002/internal.duckdb") as connection:
        rows = connection.execute(
            "select actual_value, current_value, has_changed_since from fct_evaluation"
            " where evaluation_id = 'E-2025-01'"
        ).fetchall()
        assert len(rows) == 2
        assert all(current < actual and changed for actual, current, changed in rows)
        assert connection.execute(
            "select n_changed_since from dim_evaluation where evaluation_id = 'E-2025-01'"
        ).fetchall() == [(2,)]
        changed = connection.execute(
            "select distinct year from fct_evaluation_point"
            " where has_changed_since and evaluation_id = 'E-2025-01'"
        ).fetchall()
        assert changed == [(int(FROZEN_YEAR),)]


def test_page_says_that_the_figure_has_changed_since(
    corrected: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(Path(__file__).parent / "dashboards")
    from opening import opened as opened_page
    from opening import texts

    monkeypatch.setenv("SOZIALRAUM_HOME", str(corrected.home))
    page = opened_page("evaluation", lang="de", item="E-2025-01")
    assert not page.exception
    assert f"seit Veröffentlichung 1 geändert ({FROZEN_YEAR})" in texts(page)


def test_release_that_an_evaluation_froze_survives_pruning(corrected: City, tmp_path: Path) -> None:
    city = copy_of(corrected, tmp_path)
    for _ in range(2):
        assert sozialraum("build", *city.arguments, "--force").returncode == 0
    done = sozialraum("release", "prune", "--keep", "1", "--home", str(city.home))
    assert done.returncode == 0, done.stderr
    kept = sorted(path.parent.name for path in (city.home / "releases").glob("*/internal.duckdb"))
    assert kept == ["000001", "000003", "000004"]


# Defects of the register.

Defect = Callable[[Path], tuple[str, str, int]]


def accepted_by_the_wrong_body(workspace: Path) -> tuple[str, str, int]:
    line = change(workspace, "decisions", "decision_id", "D-2023-01", body_id="jugendhilfeausschuss")
    return "decision_by_wrong_body", "planning/decisions.csv", line


def decided_before_it_was_raised(workspace: Path) -> tuple[str, str, int]:
    line = change(workspace, "needs", "need_id", "B-2023-02", raised_on="2023-06-01")
    return "need_decided_before_raised", "planning/needs.csv", line


def intervention_without_need_or_mandate(workspace: Path) -> tuple[str, str, int]:
    line = change(workspace, "interventions", "intervention_id", "M-2023-01", need_ids="")
    return "intervention_without_need", "planning/interventions.csv", line


def evaluation_without_frozen_release(workspace: Path) -> tuple[str, str, int]:
    line = change(workspace, "evaluations", "evaluation_id", "E-2025-01", release="")
    return "evaluation_without_frozen_release", "planning/evaluations.csv", line


def test_four_defects_are_found_with_file_and_row_and_the_release_stays(own_city: City) -> None:
    defects: tuple[Defect, ...] = (
        accepted_by_the_wrong_body,
        decided_before_it_was_raised,
        intervention_without_need_or_mandate,
        evaluation_without_frozen_release,
    )
    before = bytes_below(own_city.home / "releases")
    pointer = (own_city.home / "current.json").read_bytes()
    expected = [defect(own_city.workspace) for defect in defects]
    done = sozialraum("build", *own_city.arguments)
    assert done.returncode == 1
    for rule, file, line in expected:
        told = [text for text in done.stderr.splitlines() if f"{file}, Zeile {line}" in text]
        assert told, (rule, file, line, done.stderr)
        assert all("Erwartet:" in text for text in told)
    assert "Release 1 stays" in done.stderr
    assert bytes_below(own_city.home / "releases") == before
    assert (own_city.home / "current.json").read_bytes() == pointer


def test_evaluation_of_a_release_that_was_never_published_is_refused(own_city: City) -> None:
    line = change(own_city.workspace, "evaluations", "evaluation_id", "E-2025-01", release="7")
    done = sozialraum("build", *own_city.arguments)
    assert done.returncode == 1
    assert f"planning/evaluations.csv, Zeile {line}" in done.stderr
    assert len(list((own_city.home / "releases").glob("*/manifest.json"))) == 1


# What the public sees.


def test_public_file_holds_no_wish_no_challenge_no_rating_and_no_draft(
    small_city: City, internal: duckdb.DuckDBPyConnection
) -> None:
    secret = [
        text
        for sql in (
            "select statement_de from dim_need where category <> 'need'",
            "select description_de from dim_challenge",
            "select note_de from dim_decision where not is_public",
        )
        for (text,) in internal.execute(sql).fetchall()
    ]
    assert len(secret) > 20
    with opened(small_city.home, "public") as public:
        tables = [name for (name,) in public.execute("select table_name from duckdb_tables()").fetchall()]
        everything = "\n".join(
            str(public.execute(f"from {name}").fetchall()) for name in tables if name != "dim_date"
        )
        counts = {
            name: public.execute(f"select count(*) from {name}").fetchall()[0][0]
            for name in ("dim_challenge", "fct_challenge_rating", "dim_goal", "dim_need", "dim_intervention")
        }
    assert (counts.pop("dim_challenge"), counts.pop("fct_challenge_rating")) == (0, 0)
    for table, n_public in counts.items():
        (n_all,) = internal.execute(f"select count(*) from {table}").fetchall()[0]
        assert 0 < n_public < n_all, table
    assert [text for text in secret if text in everything] == []
    assert "W-2023-01" not in everything


def test_audit_refuses_a_public_file_with_a_wish(small_city: City, tmp_path: Path) -> None:
    from orchestration.release.audit import audit_file

    path = tmp_path / "public.duckdb"
    path.write_bytes((small_city.home / "releases/000001/internal.duckdb").read_bytes())
    path.chmod(0o600)
    with duckdb.connect(str(path)) as connection:
        connection.execute("update dim_need set is_public = true")
    problems = audit_file(path, "public", {}).problems
    for table in ("dim_need", "dim_challenge", "fct_challenge_rating", "dim_finding", "fct_lineage"):
        assert any(f"{table} holds" in problem for problem in problems), table


def test_manifest_counts_the_rows_of_each_audience(small_city: City) -> None:
    counts = manifest_of(small_city.home)["row_counts"]
    assert counts["internal"]["dim_need"] == 60
    assert 0 < counts["public"]["dim_need"] < 60
    assert json.dumps(counts)
