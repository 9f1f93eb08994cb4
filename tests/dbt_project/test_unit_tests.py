"""dbt's unit tests, formulas on invented rows: no part of a build, they judge the product, not a city."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from command_line import City

DBT = Path(sys.executable).parent / "dbt"
PROJECT = Path(__file__).resolve().parents[2] / "dbt_project"


def test_every_unit_test_of_the_models_passes(small_city: City, tmp_path: Path) -> None:
    shutil.copytree(small_city.home / "landing", tmp_path / "landing")
    shutil.copytree(small_city.home / "work", tmp_path / "work")
    done = subprocess.run(
        [DBT, "test", "--select", "test_type:unit", "--project-dir", PROJECT, "--profiles-dir", PROJECT,
         "--target-path", tmp_path / "target", "--log-path", tmp_path / "logs", "--no-use-colors"],
        cwd=tmp_path,
        env={**os.environ, "SOZIALRAUM_WORKSPACE_METRICS": "no_workspace_metrics"},
        capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:]
    results = json.loads((tmp_path / "target" / "run_results.json").read_text(encoding="utf-8"))["results"]
    written = sum(
        path.read_text(encoding="utf-8").count("\n  - name: ")
        for path in PROJECT.rglob("models/**/*_unit_tests.yml")
    )
    assert len(results) == written > 10
