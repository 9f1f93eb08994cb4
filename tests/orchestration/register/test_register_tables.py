"""The tables of the register are written down once: landed, staged and documented as they stand there.

Lives here: agreement between the registry and what follows from it. Must not live here: rules
(test_register_rules.py).
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
import yaml
from clean_register import Planning
from jinja2 import Environment

from orchestration.register.columns import Kind, RegisterTable
from orchestration.register.states import ACCEPTING, ANY, AUTHORITY, GRAPH, states_of
from orchestration.register.tables import ITEMS, REGISTER
from orchestration.register.tables_delivery import ENTITIES
from orchestration.register.tables_steering import BODY_KINDS, DECIDED_KINDS, RESULTS
from orchestration.settings import DBT_PROJECT, Settings
from orchestration.workspace import load_workspace
from orchestration.workspace_files import TABLES
from orchestration.workspace_landing import land_workspace

STAGING = DBT_PROJECT / "models" / "staging"
MACROS = DBT_PROJECT / "macros" / "platform" / "register_values.sql"
TYPES: dict[Kind, str] = {
    "id": "VARCHAR",
    "text": "VARCHAR",
    "choice": "VARCHAR",
    "period": "VARCHAR",
    "list": "VARCHAR[]",
    "date": "DATE",
    "number": "DECIMAL(28,6)",
    "integer": "INTEGER",
    "year": "INTEGER",
    "boolean": "BOOLEAN",
}


def staged_columns(table: RegisterTable) -> dict[str, str]:
    """The columns that the staging model of a table must have, with their types."""
    columns = {"file_name": "VARCHAR", "row_number": "BIGINT"}
    for column in table.columns:
        if column.kind == "release":
            before = column.name.removesuffix("release").rstrip("_")
            columns[column.name if before else "release_number"] = "BIGINT"
            columns[f"{before}_is_quoted" if before else "is_quoted"] = "BOOLEAN"
        else:
            columns[column.name] = TYPES[column.kind]
    return columns


@pytest.fixture(scope="module")
def landing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The clean register, landed."""
    folder = tmp_path_factory.mktemp("register")
    workspace, _ = load_workspace(Planning.clean().write(folder / "city"))
    settings = Settings(folder / "city", folder / "city" / "inbox", folder / "home")
    land_workspace(settings, workspace, [])
    return settings.landing / "workspace"


@pytest.mark.parametrize("table", REGISTER.values(), ids=REGISTER)
def test_table_is_landed_with_its_lines_and_staged(table: RegisterTable, landing: Path) -> None:
    source = MACROS.read_text(encoding="utf-8")
    source += (STAGING / "register" / f"stg_register__{table.stem}.sql").read_text(encoding="utf-8")
    place = f"read_parquet('{landing / f'{table.name}.parquet'}')"
    sql = Environment(autoescape=False).from_string(source).render(source=lambda *_: place)  # noqa: S701
    answer = duckdb.connect(":memory:").execute(sql)
    names = [column[0] for column in answer.description]
    assert {column[0]: str(column[1]) for column in answer.description} == staged_columns(table)
    rows = [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
    clean = Planning.clean().rows[table.stem]
    assert [row["row_number"] for row in rows] == [index + 2 for index in range(len(clean))]
    assert {row["file_name"] for row in rows} == {table.file}
    for column in table.columns:
        if column.kind == "list":
            expected = [row[column.name].split("|") if row[column.name] else [] for row in clean]
            assert [row[column.name] for row in rows] == expected


def test_every_table_is_a_source_and_an_optional_file_of_the_workspace() -> None:
    sources = yaml.safe_load((STAGING / "_sources.yml").read_text(encoding="utf-8"))["sources"]
    (register,) = [source for source in sources if source["name"] == "register"]
    described = {table["name"]: table["description"] for table in register["tables"]}
    assert described == {stem: f"One row per {table.one_row}." for stem, table in REGISTER.items()}
    for stem, table in REGISTER.items():
        assert TABLES[f"planning_{stem}"] == (f"planning/{stem}.csv", table.header, False)


def test_references_lead_to_tables_and_words_of_kinds_to_items() -> None:
    for table in REGISTER.values():
        assert set(table.key) <= set(table.header)
        for column in table.columns:
            assert set(column.to) <= {*REGISTER, "area", "indicator"}, (table.stem, column.name)
            if column.to_by:
                (kinds,) = [one for one in table.columns if one.name == column.to_by]
                assert set(kinds.vocabulary) <= {*ITEMS, "cycle", "area", "indicator"}, (
                    table.stem,
                    column.name,
                )
    assert set(ENTITIES.split()) == set(GRAPH)


def test_authority_names_states_bodies_and_results_that_there_are() -> None:
    for (kind, state), authority in AUTHORITY.items():
        assert state in states_of(kind)
        assert kind in DECIDED_KINDS.split()
        assert authority.by in {ACCEPTING, ANY, *BODY_KINDS.split()}
        assert set(authority.results) <= set(RESULTS.split())
