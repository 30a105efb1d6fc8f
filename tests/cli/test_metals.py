"""`hubspoke metals`: the metals of a plan in words and as data, of one year and of several."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

import hubspoke as hs
from hubspoke.cli import app as cli
from hubspoke.outputs.runs import years_folder
from light_runs import write_bare_runs
from years_plan import years_plan

if TYPE_CHECKING:
    from pathlib import Path


def run(*words: object) -> Any:
    return CliRunner().invoke(cli.app, ["metals", *map(str, words)])


@pytest.mark.heavy
def test_metals_are_told_in_both_languages_and_as_data(tiny_run: Path) -> None:
    told = run(tiny_run).stdout
    for words in ("Where the metal goes", "Demand of new batteries", "Duties on the whole plan", "Avoided:", "leave"):
        assert words in told
    assert "EUの回収率" in run(tiny_run, "--lang", "ja").stdout
    data = json.loads(run(tiny_run, "--json").stdout)
    plan = hs.load(tiny_run)
    assert data == json.loads(json.dumps(plan.metals_account()))
    assert len(data["ledger"]) == len(plan.metals_ledger())
    by_site = json.loads(run(tiny_run, "--json", "--by-site").stdout)
    assert len(by_site["ledger"]) == len(plan.metals_ledger(by_site=True)) > len(data["ledger"])
    assert [row["share"] for row in by_site["shares"]] == pytest.approx([row["share"] for row in data["shares"]])


@pytest.mark.heavy
def test_demand_and_duties_are_changed_without_solving(tiny_run: Path) -> None:
    changes = "--set", "demand.cars.by_year.2040=1000", "--set", "duties.eu_recovery_2031.recovery_t_per_t.lithium=0.9"
    data = json.loads(run(tiny_run, *changes, "--json").stdout)
    assert data["shares"][0]["share"] > 1
    missed = [row for row in data["duties"] if row["duty"] == "eu_recovery_2031" and row["met"] == "missed"]
    assert {row["metal"] for row in missed} == {"lithium"}


@pytest.mark.parametrize(
    ("words", "code", "reason"),
    [
        (["nowhere"], 2, "is no run folder"),
        (["OUT", "--set", "carbon.power_kg_per_kwh=1"], 2, "the plan rests on it"),
        (["OUT", "--set", "demand.class_share.nmx.by_year.2040=1"], 3, "class_share"),
    ],
)
def test_what_cannot_be_told_is_refused(words: list[str], code: int, reason: str, tiny_run: Path) -> None:
    result = run(*(tiny_run if word == "OUT" else word for word in words))
    assert result.exit_code == code
    assert reason in result.stderr


@pytest.mark.heavy
def test_every_year_of_several_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_bare_runs(monkeypatch)
    monkeypatch.setattr(years_folder, "write_years_report", lambda *_, **__: "")
    plan = years_plan()
    years_folder.write_years(plan, tmp_path / "years", maps=False)
    data = json.loads(run(tmp_path / "years", "--json").stdout)
    assert list(data["years"]) == [str(year) for year in plan.years]
    for year in plan.years:
        assert data["years"][str(year)] == json.loads(json.dumps(plan.plans[year].metals_account()))
    assert run(tmp_path / "years").stdout.count("Where the metal goes") == len(plan.years)
