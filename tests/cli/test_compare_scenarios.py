"""`hubspoke compare` of scenarios: planned from one folder, beside the plan as it is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

import hubspoke as hs
from hubspoke.cli.app import app

if TYPE_CHECKING:
    from pathlib import Path

SCENARIOS = """
[twice]
name_en = "Twice the packs"
name_ja = "2倍"
what_en = "Twice the packs."
what_ja = "電池が2倍。"
set = { "supply.factor" = 2 }
[dear]
name_en = "Dear money"
name_ja = "高金利"
what_en = "Dear money."
what_ja = "高金利。"
set = { "finance.discount_rate_per_yr" = 0.1 }
"""


@pytest.mark.heavy
def test_each_scenario_is_what_solve_plans(tiny: Path, tmp_path: Path) -> None:
    (tiny / "scenarios.toml").write_text(SCENARIOS, encoding="utf-8")
    answer = CliRunner().invoke(
        app,
        ["compare", str(tiny), "--scenario", "twice", "--scenario", "twice,dear", "-o", str(tmp_path / "c"), "--json"],
    )
    assert answer.exit_code == 0, answer.output
    told = json.dumps(json.loads(answer.stdout))
    for scenario in (None, "twice", "twice,dear"):
        plan = hs.solve(hs.read(tiny, changes={} if scenario is None else {"scenario": scenario}))
        assert f"{plan.cost_jpy:.6f}"[:12] in told
    assert (tmp_path / "c" / "compare.html").is_file()


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("words", "code", "cure"),
    [
        (["a", "b", "--scenario", "twice"], 2, "name one folder"),
        (["--scenario", "twice", "--scenario", "twice"], 2, "given twice"),
        (["--scenario", "twyce"], 3, "twyce"),
        (["a", "b", "--set", "supply.factor=2"], 2, "goes with --scenario"),
    ],
)
def test_what_makes_no_sense_is_refused(words: list[str], code: int, cure: str) -> None:
    answer = CliRunner().invoke(app, ["compare", *words])
    assert answer.exit_code == code
    assert cure in answer.output


def test_a_saved_plan_is_no_input_folder(tiny_run: Path) -> None:
    answer = CliRunner().invoke(app, ["compare", str(tiny_run), "--scenario", "twice"])
    assert answer.exit_code == 2
    assert "is a saved plan; --scenario takes an input folder" in answer.output


@pytest.mark.heavy
def test_warnings_of_all_scenarios_are_told_once(tiny: Path) -> None:
    (tiny / "scenarios.toml").write_text(SCENARIOS, encoding="utf-8")
    (tiny / "kanto" / "sizes (1).csv").write_text("plant_id\n", encoding="utf-8")
    answer = CliRunner().invoke(app, ["compare", str(tiny), "--scenario", "twice", "--scenario", "dear"])
    assert answer.exit_code == 0, answer.output
    assert answer.stderr.count("sizes (1).csv") == 1
