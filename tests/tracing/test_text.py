"""A trace reads the same as its numbers, in both languages, and on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from hubspoke.api.trace import PlanTrace
from hubspoke.cli.app import app
from hubspoke.outputs.runs.folder import write_run
from redrawn_plan import two_years
from small_plan import mixed_plan, small_plan

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_tables_tell_the_kg_of_the_paths(lang: str) -> None:
    plan = mixed_plan()
    taker = str(plan.flows["refinery_id"].iloc[0])
    trace = plan.trace(taker, custody="segregated")
    told = trace.summary(lang)  # type: ignore[arg-type]
    sold = trace.paths[trace.paths["end_step"].isin(["product", "alloy"])]
    assert sold["kg"].sum() > 0
    for metal in ("nickel", "cobalt"):
        kg = sold.loc[sold["metal"] == metal, "kg"].sum()
        assert f"{kg:,.0f}" in told
    assert ("segregated" if lang == "en" else "分別") in told
    assert ("planned flows" if lang == "en" else "計画値") in told
    assert "LCE" not in told
    assert taker in told


@pytest.mark.heavy
def test_the_whole_plan_is_told_with_its_hubs_together() -> None:
    told = small_plan().trace().summary()
    assert "the whole plan" in told
    assert "scrap of all hubs" in told
    assert repr(small_plan().trace()).startswith("Trace(")
    assert "<pre" in small_plan().trace()._repr_html_()


@pytest.mark.heavy
def test_years_stand_in_a_column_of_their_own() -> None:
    told = PlanTrace.of(two_years(small_plan()), None, custody="mass_balance", period_yr=10).summary()
    assert "closed over 10 yr" in told


@pytest.mark.heavy
def test_the_command_tells_and_gives_json(tmp_path: Path) -> None:
    plan = small_plan()
    write_run(plan, tmp_path / "plan", maps=False)
    site = str(plan.assignments["site_id"].iloc[0])
    ran = CliRunner().invoke(app, ["trace", str(tmp_path / "plan"), site, "--custody", "mass-balance", "--json"])
    assert ran.exit_code == 0, ran.output
    record = json.loads(ran.output)
    assert (record["kind"], record["id"], record["custody"]) == ("site", site, "mass_balance")
    kg = sum(row["kg"] for row in record["ends"])
    assert kg == pytest.approx(plan.trace(site).paths["kg"].sum())
    assert record["plans"][str(plan.year)]["input_sha256"] == dict(plan.hashes)
    ran = CliRunner().invoke(app, ["trace", str(tmp_path / "plan"), "nosuch"])
    assert ran.exit_code == 2
