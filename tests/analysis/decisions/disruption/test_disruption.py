"""Each plant of a plan is lost in turn, and plants are found that survive the loss of any one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from typer.testing import CliRunner

import hubspoke as hs
from builders import tiny_tables, write_folder
from hubspoke.analysis.decisions.disruption.disruption import find_disruption
from hubspoke.analysis.decisions.disruption.survivor import find_survivor
from hubspoke.analysis.decisions.disruption.words import tell_disruption
from hubspoke.base.errors import UsageError
from hubspoke.base.stop import Stop
from hubspoke.cli import app as cli
from hubspoke.planning.request import Request
from light_runs import write_bare_runs

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.heavy
def test_losses_cost_what_planning_anew_costs_and_survivors_survive(tmp_path: Path) -> None:
    network = hs.read(write_folder(tmp_path / "in"))
    plan = hs.solve(network, policy="open", gap=1e-6)
    found = find_disruption(plan, network)
    built = {
        *plan.hubs.loc[plan.hubs["state"] == "open", "id"],
        *plan.refineries.loc[plan.refineries["state"] == "open", "id"],
    }
    assert set(found.plants["id"]) == built
    for row in found.plants.to_dict("records"):
        again = hs.solve(network, policy="open", closed=[row["id"]], gap=1e-6)
        assert row["more_jpy"] == pytest.approx(again.cost_jpy - plan.cost_jpy, abs=1.0)
        assert 0 <= row["least_jpy"] <= row["more_jpy"] + 1.0
        assert row["no_home_t"] == 0
    assert found.plants["more_jpy"].is_monotonic_decreasing
    survivor = found.survivor
    assert survivor is not None
    assert survivor.outcome == "plan"
    assert survivor.plants is not None
    kept = set(survivor.plants["id"])
    every = {*network.hubs["id"], *network.refineries["id"]}
    assert survivor.cost_jpy >= survivor.least_jpy
    for lost in kept:  # by the package's own plans of one case
        assert hs.solve(network, policy="open", closed=sorted((every - kept) | {lost})).cost_jpy > 0
    hubs = survivor.plants.loc[survivor.plants["kind"] == "hub", "size_t"]
    refineries = survivor.plants.loc[survivor.plants["kind"] == "refinery", "size_t"]
    assert hubs.sum() - hubs.max() >= plan.regions["mass_t"].sum() * (1 - 1e-6)
    assert refineries.sum() - refineries.max() >= plan.flows["mass_t"].sum() * (1 - 1e-6)
    assert "whichever one fails" in tell_disruption(found)


@pytest.mark.heavy
def test_survivors_within_a_limit_cost_more_the_narrower_it_is_and_none_are_found_below_the_least(
    tmp_path: Path,
) -> None:
    network, request = hs.read(write_folder(tmp_path / "in")), Request(policy="open", gap=1e-6)
    free = find_survivor(network, request, Stop())
    wide, none = (find_survivor(network, request, Stop(), share) for share in (5.0, 0.0))
    assert wide.cost_jpy == pytest.approx(free.cost_jpy, rel=1e-6)
    assert wide.worst_jpy > wide.cost_jpy
    assert none.outcome == "infeasible"
    assert none.worst_jpy > none.limit_jpy == pytest.approx(none.least_jpy)
    least = none.worst_jpy / none.least_jpy - 1
    before = wide.cost_jpy
    for share in (wide.worst_jpy / wide.least_jpy - 1 - 1e-6, least * (1 + 1e-6)):
        kept = find_survivor(network, request, Stop(), share)
        if kept.outcome == "plan":
            assert kept.worst_jpy <= kept.limit_jpy * (1 + 1e-6)
            assert kept.cost_jpy >= before * (1 - 1e-6)
            before = kept.cost_jpy
        else:
            assert kept.worst_jpy > kept.limit_jpy
    with pytest.raises(UsageError, match="0 or more"):
        find_survivor(network, request, Stop(), -0.1)


@pytest.mark.heavy
def test_tonnes_without_a_home_are_counted_and_rank_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tables = tiny_tables()
    tables["kanto/hubs"] = tables["kanto/hubs"][:1]
    write_bare_runs(monkeypatch)
    plan = hs.solve(hs.read(write_folder(tmp_path / "in", tables)), policy="regional")
    plan.save(tmp_path / "out")
    asked: tuple[Any, ...] = ("disruption", tmp_path / "out", "-o", tmp_path / "losses.csv")
    told = CliRunner().invoke(cli.app, [str(word) for word in (*asked, "--json")])
    assert told.exit_code == 0, told.output
    rows = json.loads(told.stdout)["plants"]
    lost = {row["id"]: row for row in rows}
    kanto = plan.regions.set_index("region").loc["kanto", "mass_t"]
    assert lost["hk1"]["outcome"] == "infeasible"
    assert lost["hk1"]["no_home_t"] == pytest.approx(kanto)
    assert rows[0]["outcome"] == "infeasible"
    assert pd.read_csv(tmp_path / "losses.csv")["id"].tolist() == [row["id"] for row in rows]
    assert json.loads(told.stdout)["survivor"]["outcome"] == "infeasible"
