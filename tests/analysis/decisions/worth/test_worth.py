"""What rules, tonnes, room and plants are worth, against planning under other input."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

import hubspoke as hs
from builders import write_folder
from hubspoke.analysis.decisions.worth.plant import _find, _scale, find_break_even, price_room
from hubspoke.analysis.decisions.worth.rules import price_rules
from hubspoke.analysis.decisions.worth.site import price_tonne
from hubspoke.analysis.decisions.worth.worth import tell_worth
from hubspoke.cli import app as cli
from hubspoke.engine.optimize import optimize
from hubspoke.plan.states import is_built
from light_runs import write_bare_runs

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.api.plan import Plan

SECONDS = 60.0


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(tmp_path_factory.mktemp("worth") / "in")


@pytest.fixture(scope="module")
def network(folder: Path) -> hs.Network:
    return hs.read(folder)


@pytest.fixture(scope="module")
def plan(network: hs.Network) -> Plan:
    return hs.solve(network, policy="regional", gap=0.0)


def run(*words: object) -> Any:
    return CliRunner().invoke(cli.app, [str(word) for word in words])


@pytest.mark.heavy
def test_a_rule_costs_what_the_plan_without_it_saves(folder: Path, network: hs.Network, plan: Plan) -> None:
    """Without the limit of one hub a region the network costs what `solve` finds under a wider limit."""
    found = {one.rule.key: one.difference for one in price_rules(plan, network, seconds=SECONDS, borders=True)}
    wider = hs.solve(hs.read(folder, changes={"policy.hubs_per_region": [1, 99]}), policy="regional", gap=0.0)
    assert found["most_hubs_per_region"].jpy == pytest.approx(wider.cost_jpy - plan.cost_jpy, abs=1.0)
    assert all(one.jpy <= 1.0 for one in found.values())
    assert all(one.least - 1.0 <= one.jpy <= one.most + 1.0 for one in found.values())
    regions = network.regions
    assert f"border {regions[0]} {regions[1]}" in found
    assert found[f"border {regions[0]} {regions[1]}"].jpy <= found["packs_stay"].jpy + 1.0  # two regions are all


@pytest.mark.heavy
def test_a_plant_is_chosen_just_below_its_break_even_and_left_just_above(network: hs.Network, plan: Plan) -> None:
    """At a little less than the factor that is told a plan with the plant is the cheapest, at a little more none is."""
    tried = 0
    for table in (plan.hubs, plan.refineries):
        for plant in table.loc[~is_built(table), "id"]:
            even = find_break_even(plan, network, plant, seconds=SECONDS)
            assert even is not None
            standing, kind, at = _find(plan, network, plant, SECONDS)
            best = standing.solution.objective
            if even.chosen_to > 0:
                below = optimize(_scale(standing.year.problem, kind, at, even.chosen_to * (1 - 1e-4)), gap=0.0)
                assert below.objective <= best * (1 + 1e-7)
                tried += 1
            above = optimize(_scale(standing.year.problem, kind, at, max(even.left_from, 0.0) * 1.001 + 1e-3), gap=0.0)
            assert above.bound > best
            assert even.chosen_to <= even.left_from + 1e-9
    assert tried


@pytest.mark.heavy
def test_a_tonne_costs_what_planning_with_it_costs_more(network: hs.Network, plan: Plan) -> None:
    """A site with a tonne more makes the plan dearer by what is told."""
    site = str(plan.assignments["site_id"].iloc[0])
    found = price_tonne(plan, network, site, seconds=SECONDS)
    assert found is not None
    sites = network.sites.copy()
    columns = [name for name in sites if str(name).endswith(f"_{plan.year}_t")]
    at = sites.index[sites["id"] == site][0]
    grown = float(sites.loc[at, columns].to_numpy(float).sum())
    sites.loc[at, columns] = sites.loc[at, columns].astype(float) * (1 + found.step_t / grown)
    more = hs.solve(network.replace(sites=sites), policy="regional", gap=0.0)
    assert found.difference.jpy == pytest.approx(more.cost_jpy - plan.cost_jpy, rel=1e-3, abs=10.0)
    assert found.difference.jpy > 0


@pytest.mark.heavy
def test_room_is_worth_what_a_larger_plant_saves(network: hs.Network) -> None:
    """At a plant that cannot grow, more room saves what planning with a larger limit saves; nothing at others."""
    free = hs.solve(network, policy="open", gap=0.0)
    hub = free.hubs[is_built(free.hubs)].sort_values("load_t").iloc[-1]
    hubs = network.hubs.copy()
    hubs.loc[hubs["id"] == hub["id"], "max_t"] = 0.9 * float(hub["load_t"])
    tight = network.replace(hubs=hubs)
    plan = hs.solve(tight, policy="open", gap=0.0)
    found = price_room(plan, tight, str(hub["id"]), seconds=SECONDS)
    assert found.difference.jpy <= 0.0
    assert found.difference.jpy >= free.cost_jpy - plan.cost_jpy - 1.0
    loose = price_room(free, network, str(hub["id"]), seconds=SECONDS)
    assert loose.difference.jpy == pytest.approx(0.0, abs=1.0)


@pytest.mark.heavy
def test_the_command_tells_more_when_asked(tmp_path: Path, plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    """The worth stands below the reasons, in both languages and as data; flags that tell nothing are refused."""
    write_bare_runs(monkeypatch)
    plan.save(tmp_path / "out")
    built = str(plan.hubs.loc[is_built(plan.hubs), "id"].iloc[0])
    other = str(plan.hubs.loc[~is_built(plan.hubs), "id"].iloc[0])
    site = str(plan.assignments["site_id"].iloc[0])
    for name, key, english, japanese in (
        (None, "rules", "What each rule costs", "規則ごと"),
        (built, "room", "more room there", "処理能力が"),
        (other, "break_even", "would", "採用"),
        (site, "tonne", "A tonne a year more", "年1 t増える"),
    ):
        lines, data = tell_worth(plan, plan.network, name, seconds=SECONDS)
        assert english in "\n".join(lines)
        assert key in data
        assert japanese in "\n".join(tell_worth(plan, plan.network, name, seconds=SECONDS, lang="ja")[0])
    told = run("explain", tmp_path / "out", other, "--deeper", "--json")
    assert json.loads(told.stdout)["deeper"]["break_even"]["plans"] > 0
    assert "年1 t増える" in run("explain", tmp_path / "out", site, "--deeper", "--lang", "ja").output
    assert run("explain", tmp_path / "out", "--borders").exit_code == 2
    with pytest.raises(hs.UsageError, match="--input"):
        tell_worth(plan, None, None, seconds=1.0)
