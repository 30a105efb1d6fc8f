"""The examples run as they stand, and the documented examples inside docstrings hold."""

from __future__ import annotations

import csv
import doctest
import importlib
import json
import pkgutil
import re
import runpy
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import hubspoke
from hubspoke.cli import app as cli
from light_runs import draw_no_regions
from shipped import give_the_plan_of_japan

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
PLANNER = EXAMPLES / "shikoku_planner"
MAGNETS = EXAMPLES / "magnets"
MODULES = [
    found.name
    for found in pkgutil.walk_packages(hubspoke.__path__, "hubspoke.")
    if ">>>" in Path(importlib.util.find_spec(found.name).origin).read_text(encoding="utf-8")  # type: ignore[union-attr,arg-type]
]


def run(words: list[str]) -> Any:
    """Run a command line of a README where the test works."""
    return CliRunner().invoke(cli.app, words[1:])


@pytest.mark.heavy
@pytest.mark.usefixtures("tables_alone")
def test_the_first_plan_is_made_in_ten_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    script = EXAMPLES / "first_plan.py"
    lines = [line for line in script.read_text(encoding="utf-8").splitlines()[1:] if line.strip()]
    assert len(lines) <= 10
    monkeypatch.chdir(tmp_path)
    give_the_plan_of_japan(monkeypatch)
    runpy.run_path(str(script), run_name="__main__")
    assert "8 hubs open; 8 refineries open" in capsys.readouterr().out
    assert (tmp_path / "shikoku.html").stat().st_size > 10_000
    assert len(list((tmp_path / "first-plan" / "maps").glob("*.html"))) == 8


def test_problems_of_arrays_ask_for_no_more_than_they_are_about(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(EXAMPLES / "first_problem.py"), run_name="__main__")
    one, both = capsys.readouterr().out.splitlines()
    assert "status='optimal'" in one
    assert "refineries=0" in one
    assert both.startswith("optimal")


@pytest.mark.heavy
@pytest.mark.usefixtures("tables_alone")
def test_the_planners_folder_is_planned_by_the_commands_of_its_readme(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (PLANNER / "README.md").read_text(encoding="utf-8")
    commands = [line.split() for line in text.splitlines() if line.startswith("    hubspoke ")]
    assert [words[1] for words in commands] == ["check", "solve", "collaborate"]
    shutil.copytree(PLANNER, tmp_path / "examples" / PLANNER.name)
    monkeypatch.chdir(tmp_path)
    for words in commands:
        done = run(words)
        assert done.exit_code == 0, done.stderr
        assert done.stderr.count("warning") == 0
    assert "working together saves" in done.stdout
    plan = json.loads((tmp_path / "plan" / "plan.json").read_text(encoding="utf-8"))
    assert plan["status"] == "optimal"
    assert plan["regions"] == ["shikoku"]
    with (tmp_path / "plan" / "assignments.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 12
    assert sum(float(row["mass_t"]) for row in rows) == pytest.approx(4570)


@pytest.mark.heavy
@pytest.mark.usefixtures("no_charts")
def test_magnets_are_planned_by_the_commands_of_their_readme_in_their_own_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another commodity is data: one refinery for Japan, and no word of batteries in what the plan tells."""
    text = (MAGNETS / "README.md").read_text(encoding="utf-8")
    commands = [line.split() for line in text.splitlines() if line.startswith("    hubspoke ")]
    assert [words[1] for words in commands] == ["check", "solve"]
    shutil.copytree(MAGNETS, tmp_path / "examples" / MAGNETS.name)
    monkeypatch.chdir(tmp_path)
    draw_no_regions(monkeypatch)
    told = ""
    for words in commands:
        done = run(words)
        assert done.exit_code == 0, done.stderr
        assert done.stderr.count("warning") == 0
        told += done.stdout + done.stderr
    plan = hubspoke.load(tmp_path / "magnets")
    assert plan.status == "optimal"
    assert (plan.refineries["state"] == "open").sum() == 1
    wind_t = 516 * 0.070  # of magnet: what was built in 2020, at 70 kg per MW
    assert plan.mass_t == pytest.approx(1572 / 0.075 + wind_t / 0.5, rel=1e-3)
    assert plan.flows["mass_t"].sum() == pytest.approx(0.069 * 1572 / 0.075 + wind_t, rel=1e-3)
    assert set(plan.refineries.loc[plan.refineries["load_t"] > 0, "technology"]) == {"emulsion_flow"}
    assert f"| 2040 | emulsion flow | {plan.cost_jpy / 1e9:.3f} |" in text
    page = (tmp_path / "magnets" / "report.html").read_text(encoding="utf-8")
    told += re.sub(r"<style.*?</style>|<code>.*?</code>|<[^>]*>", " ", page, flags=re.DOTALL)
    told += " ".join([*plan.costs["label_en"], plan.summary()])
    assert re.findall(r"(?i)[^.]{0,40}\b(?:packs?|batter\w+|black mass)\b", told) == []
    assert "motors" in told
    japanese = " ".join([*plan.costs["label_ja"], plan.summary("ja")])
    assert not re.search("電池|ブラックマス", japanese)
    assert "モーター" in japanese


def test_the_wind_columns_are_those_of_the_turbines_that_are_taken_down(tmp_path: Path) -> None:
    shutil.copytree(MAGNETS, tmp_path / "magnets")
    runpy.run_path(str(tmp_path / "magnets" / "make_sites.py"), run_name="__main__")
    assert (tmp_path / "magnets" / "sites.csv").read_bytes() == (MAGNETS / "sites.csv").read_bytes()
    with (MAGNETS / "sites.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    magnet_t = {name: 0.5 * sum(float(row[f"{name}_2045_t"]) for row in rows) for name in ("onshore", "offshore")}
    assert magnet_t == pytest.approx({"onshore": 262 * 0.070, "offshore": 220 * 0.106}, abs=0.1)


def test_the_planners_rows_are_marked_as_made_up() -> None:
    for name in ("sites", "hubs", "refineries"):
        with (PLANNER / "shikoku" / f"{name}.csv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                assert "made up" in row["name"]
                assert "架空" in row["name_ja"]
                assert row["confidence"] == "low"


@pytest.mark.heavy
@pytest.mark.parametrize("module", MODULES)
def test_examples_in_docstrings_hold(module: str) -> None:
    result = doctest.testmod(importlib.import_module(module))
    assert result.attempted
    assert not result.failed


@pytest.mark.heavy
def test_the_alliance_is_a_scenario_that_sends_the_agreed_grade_abroad() -> None:
    plan = hubspoke.solve(hubspoke.read(EXAMPLES / "japan_eu", changes={"scenario": "contract"}))
    sent = plan.flows[plan.flows["refinery_id"] == "eu-antwerp"]
    assert set(sent["grade"]) == {"nmc"}
    assert sent["mass_t"].sum() == pytest.approx(10000)
    assert (sent["ferry_km"] > 19000).all()
    assert plan.imports["country"].tolist() == ["European Union"]
    told = (EXAMPLES / "japan_eu" / "README.md").read_text(encoding="utf-8")
    assert f"10,000 t in the EU | {plan.cost_jpy / 1e9:.3f} |" in told
