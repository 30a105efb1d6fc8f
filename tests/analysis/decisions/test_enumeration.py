"""What analyses say of one region is what plain sums over every pair of hub and refinery say."""

from __future__ import annotations

import json
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import hubspoke as hs
from builders import write_folder
from hubspoke.analysis.decisions.alternatives.alternatives import find_alternatives_of
from hubspoke.analysis.decisions.disruption.disruption import find_disruption
from hubspoke.analysis.decisions.robust.state import read_scenario
from hubspoke.analysis.study.memory import KEPT, PARTS_FOLDER
from hubspoke.planning.request import Request
from light_runs import leave_charts_empty, write_bare_runs

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.api.plan import Plan
    from hubspoke.base.arrays import Floats
    from hubspoke.engine.problem.problem import Problem

ASKED: dict[str, Any] = {"policy": "regional", "regions": ("kanto",), "gap": 0.0}
POWER = "energy.power_jpy_per_kwh"


def least(fixed: Floats, variable: Floats, capacity: Floats, load: float) -> float:
    """Give the least that a plant costs at a load, over its sizes; infinite where none holds it."""
    cost = np.where(capacity >= load * (1 - 1e-9), fixed + variable * load, np.inf)
    return float(cost.min())


def pair_cost(problem: Problem, hub: int, refinery: int) -> float:
    """Give what all sites cost at one hub and one refinery."""
    made = np.einsum("ip,pb->b", problem.supply, problem.yields[hub])
    shared = problem.shared_saving[hub] if problem.beside[hub, refinery] else 0.0
    hubs, refineries = problem.hubs, problem.refineries
    mass = float(problem.mass.sum())
    return (
        float(problem.collection_cost[:, hub].sum())
        + least(hubs.fixed[hub] - shared, hubs.variable[hub], hubs.capacity[hub], mass)
        + float(made @ problem.transfer_cost[hub, refinery])
        + least(refineries.fixed[refinery], refineries.variable[refinery], refineries.capacity[refinery], made.sum())
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(tmp_path_factory.mktemp("enumeration") / "in")


@cache
def every_pair(folder: Path, power: float | None = None, supply: str = "") -> dict[frozenset[str], float]:
    """Give what each pair of plants costs, by their ids."""
    changes = {POWER: power, "supply.scenario": supply or None}
    network = hs.read(folder, changes={key: value for key, value in changes.items() if value is not None})
    one = read_scenario(network, Request(**ASKED))
    hubs, refineries = (list(table["id"]) for table in (one.task.network.hubs, one.task.network.refineries))
    found = {}
    for (h, hub), (r, refinery) in product(enumerate(hubs), enumerate(refineries)):
        cost = pair_cost(one.form.problem, h, r)
        if np.isfinite(cost):
            found[frozenset({hub, refinery})] = cost
    return found


@pytest.fixture(scope="module")
def plan(folder: Path) -> Plan:
    made: Plan = hs.solve(hs.read(folder), **ASKED)
    return made


def test_the_plan_and_the_loss_of_each_of_its_plants(folder: Path, plan: Plan) -> None:
    pairs = every_pair(folder)
    assert len(pairs) == 4
    assert plan.cost_jpy == pytest.approx(min(pairs.values()))
    for row in find_disruption(plan, hs.read(folder), survive=False).plants.to_dict("records"):
        others = min(cost for pair, cost in pairs.items() if row["id"] not in pair)
        assert row["more_jpy"] == pytest.approx(others - plan.cost_jpy, abs=1.0)
    for table in (plan.hubs, plan.refineries):
        for row in table.to_dict("records"):
            if row["state"] == "open":
                others = min(cost for pair, cost in pairs.items() if row["id"] not in pair)
                assert row["closing_more_jpy"] == pytest.approx(others - plan.cost_jpy, abs=1.0)
            else:
                mine = min(cost for pair, cost in pairs.items() if row["id"] in pair)
                assert row["opening_more_jpy"] >= mine - plan.cost_jpy - 1.0


@pytest.mark.parametrize("within", [0.02, 0.2, 0.9])
def test_sets_of_plants_that_cost_little_more(folder: Path, plan: Plan, within: float) -> None:
    pairs = every_pair(folder)
    found = find_alternatives_of(plan, hs.read(folder), within=within)
    fitting = sorted(cost for cost in pairs.values() if cost <= min(pairs.values()) * (1 + within))
    assert found.is_complete
    assert found.number == len(fitting)
    assert found.sets["cost_jpy"].tolist() == pytest.approx(fitting)


@pytest.mark.heavy
def test_cases_of_a_sweep(folder: Path, tmp_path: Path) -> None:
    asked = {**ASKED, "regions": ["kanto"]}
    solved = hs.sweep(folder, out=tmp_path / "sweep", vary={POWER: [5.0, 60.0]}, **asked)
    costs = solved.cases.set_index("case")["cost_jpy"]
    assert costs["base"] == pytest.approx(min(every_pair(folder).values()))
    for power in (5.0, 60.0):
        case = next(name for name in costs.index if name.endswith(f"={power:g}"))
        assert costs[case] == pytest.approx(min(every_pair(folder, power).values()))


@pytest.mark.heavy
def test_robust_plans_of_scenarios_with_the_same_tonnes(folder: Path) -> None:
    scenarios = {"cheap": {POWER: 5.0}, "dear": {POWER: 60.0}}
    cheap, dear = every_pair(folder, 5.0), every_pair(folder, 60.0)
    best = min(cheap.values()), min(dear.values())
    assert all(dear[pair] > cheap[pair] for pair in cheap)
    for measure, expected in (
        ("expected", min(0.25 * cheap[pair] + 0.75 * dear[pair] for pair in cheap)),
        ("worst", min(max(cheap[pair], dear[pair]) for pair in cheap)),
        ("regret", min(max(cheap[pair] - best[0], dear[pair] - best[1]) for pair in cheap)),
        # the dearest nine tenths: all of what is dear, and 0.15 of what is not
        ("cvar", min((0.75 * dear[pair] + 0.15 * cheap[pair]) / 0.9 for pair in cheap)),
    ):
        found = hs.robust(folder, scenarios=scenarios, weights=[1, 3], measure=measure, alpha=0.1, **ASKED)
        assert found.value_jpy == pytest.approx(expected, rel=1e-6, abs=10.0)
        assert found.scenarios["alone_jpy"].tolist() == pytest.approx(best)
        if measure == "expected":
            told = found.information
            assert told.evpi_jpy == pytest.approx(expected - 0.25 * best[0] - 0.75 * best[1], abs=10.0)
            # costs are linear in the price of power, so that the mean scenario has the mean cost of every pair
            assert told.vss_jpy == pytest.approx(0.0, abs=10.0)


@pytest.mark.heavy
def test_parts_of_a_study(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_bare_runs(monkeypatch)
    leave_charts_empty(monkeypatch)
    futures, pairs = ("mizuho", "late"), every_pair(folder)
    answers = hs.study(
        folder,
        out=tmp_path / "study",
        analyses=["plan", "alternatives", "disruption", "futures", "front"],
        supply=list(futures),
        alternatives={"within": 0.9},
        disruption={"survive": False},
        front={"against": ["longest-haul"]},
        plan={"maps": False},
        **{**ASKED, "regions": ["kanto"]},
    )
    assert answers.failures == {}

    def facts(name: str) -> Any:
        return json.loads((answers.folder / PARTS_FOLDER / name / KEPT).read_text(encoding="utf-8"))["facts"]

    least = min(pairs.values())
    assert facts("plan")["cost_jpy"] == pytest.approx(least)
    assert facts("alternatives")["number"] == sum(cost <= 1.9 * least for cost in pairs.values())
    for row in facts("disruption")["plants"]:
        others = min(cost for pair, cost in pairs.items() if row["id"] not in pair)
        assert row["more_jpy"] == pytest.approx(others - least, abs=1.0)
    for name, future in zip(futures, facts("futures")["futures"], strict=True):
        expected = every_pair(folder, None, name)
        assert future["cost_jpy"] == pytest.approx(min(expected.values()))
        assert frozenset(future["plants"]) == min(expected, key=lambda pair: expected[pair])
    (front,) = facts("front")["fronts"]
    assert front["points"][0]["cost_jpy"] == pytest.approx(least)


def test_the_front_of_cost_and_longest_haul(folder: Path) -> None:
    network = hs.read(folder)
    one = read_scenario(network, Request(**ASKED))
    hubs = list(one.task.network.hubs["id"])
    far = {hub: float(one.lanes.distance_km[:, h].max()) for h, hub in enumerate(hubs)}
    cheapest = {hub: min(cost for pair, cost in every_pair(folder).items() if hub in pair) for hub in hubs}
    expected = [
        (far[hub], cost)
        for hub, cost in sorted(cheapest.items(), key=lambda item: item[1])
        if not any(far[other] <= far[hub] and cheapest[other] <= cost for other in hubs if other != hub)
    ]
    found = hs.front(network, against="longest-haul", policy="regional", regions=["kanto"], gap=0.0)
    told = list(zip(found.points[found.measure.column], found.points["cost_jpy"], strict=True))
    assert [haul for haul, _ in told] == pytest.approx([haul for haul, _ in expected], abs=0.01)
    assert [cost for _, cost in told] == pytest.approx([cost for _, cost in expected])
