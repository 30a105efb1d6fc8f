"""Other sets of plants that cost little more than those of a plan, as people and programs see them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from typer.testing import CliRunner

import hubspoke as hs
from builders import write_folder
from hubspoke.analysis.decisions.alternatives.alternatives import find_alternatives_of
from hubspoke.analysis.decisions.alternatives.words import tell_alternatives
from hubspoke.cli import app as cli
from light_runs import write_bare_runs

if TYPE_CHECKING:
    from pathlib import Path


def run(*words: object) -> Any:
    return CliRunner().invoke(cli.app, [str(word) for word in words])


@pytest.mark.heavy
def test_sets_are_counted_told_and_cost_what_they_cost(tmp_path: Path) -> None:
    network = hs.read(write_folder(tmp_path / "in"))
    plan = hs.solve(network, policy="regional")
    found = find_alternatives_of(plan, network, within=0.5)
    assert found.is_complete
    assert len(found.sets) > 1
    assert found.best_jpy == pytest.approx(plan.cost_jpy)
    second = found.sets.iloc[1]
    asked = {"opened": second["opens"].split(), "closed": second["closes"].split()}
    assert hs.solve(network, policy="regional", **asked).cost_jpy == pytest.approx(second["cost_jpy"])
    assert f"{len(found.sets)} sets of plants" in tell_alternatives(found)
    assert f"施設の組は{len(found.sets)}通り" in tell_alternatives(found, "ja")
    assert "In all of them" in tell_alternatives(found) or not (found.plants["proven"] == "all").any()
    few = find_alternatives_of(plan, network, within=0.5, most=1)
    assert tell_alternatives(few).startswith("At least 1 set")
    with pytest.raises(hs.UsageError, match="within"):
        find_alternatives_of(plan, network, within=0.0)
    with pytest.raises(hs.UsageError, match="co2"):
        find_alternatives_of(hs.solve(network, objective="co2"), network)


@pytest.mark.heavy
def test_the_command_writes_what_it_tells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_bare_runs(monkeypatch)
    hs.solve(hs.read(write_folder(tmp_path / "in")), policy="regional").save(tmp_path / "out")
    table = tmp_path / "sets.csv"
    told = run("alternatives", tmp_path / "out", "--within", "0.3", "-o", table, "--json")
    assert told.exit_code == 0, told.output
    sets = json.loads(told.stdout)["sets"]
    assert pd.read_csv(table)["cost_jpy"].tolist() == pytest.approx([row["cost_jpy"] for row in sets])
