"""The compiled loops of the bound: every lane is there, and threads change nothing."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import linprog

from hubspoke.engine.assignment.assignment import Paid
from hubspoke.engine.benders import hub_values as kernels
from hubspoke.engine.benders.cuts import CutGenerator
from hubspoke.engine.problem.problem import Problem
from hubspoke.instances.generate import generate_problem


@pytest.mark.parametrize(("hubs", "grades"), [(1, 1), (16, 1), (40, 2)])
def test_lanes_stand_by_hub_and_site(hubs: int, grades: int) -> None:
    random = np.random.default_rng(hubs)
    cost = random.uniform(1.0, 9.0, (50, hubs))
    cost[random.random(cost.shape) < 0.3] = np.inf
    state = np.where(random.random(hubs) < 0.2, -1, 0)
    mass, rate = random.uniform(1.0, 2.0, 50), random.uniform(0.0, 3.0, hubs)
    yields = random.uniform(0.1, 0.4, (hubs, 1, grades))
    problem = Problem.build(
        mass, cost, np.full(hubs, 999.0), np.ones(hubs), yields=yields, transfer_cost=np.ones((hubs, 1, grades)),
        refinery_capacity=np.full(1, 999.0), refinery_fixed=np.ones(1), hub_state=state, hub_variable=rate,
    )  # fmt: skip
    cutter = CutGenerator(problem)
    hub, site = np.nonzero((np.isfinite(cost) & (state >= 0)).T)
    assert cutter.pointer.tolist() == np.searchsorted(hub, np.arange(hubs + 1)).tolist()
    assert cutter.lane_site.tolist() == site.tolist()
    assert cutter.lane_cost == pytest.approx(cost[site, hub] + mass[site] * rate[hub])
    assert cutter.lane_out == pytest.approx(mass[site] * yields[hub, 0].T)


@pytest.mark.parametrize("hubs", [1, 2, 23])
def test_values_of_hubs_do_not_depend_on_threads(monkeypatch: pytest.MonkeyPatch, hubs: int) -> None:
    """Divided among threads or not, every hub has the same value to the last bit; hubs without lanes, too."""
    problem = generate_problem(60, hubs, 2, longest_km=300.0)
    cutter = CutGenerator(problem)
    price = np.random.default_rng(0).uniform(0.5, 3.0, 60) * problem.collection_cost.min(axis=1)
    monkeypatch.setattr("os.cpu_count", lambda: 3)
    alone = cutter.cut(price, np.full((hubs, 1), 8000.0))
    monkeypatch.setattr(kernels, "PARALLEL_LANES", 1)
    divided = cutter.cut(price, np.full((hubs, 1), 8000.0))
    assert np.array_equal(alone.hub, divided.hub)
    assert np.isfinite(alone.hub).any()


def test_first_tonnes_are_worth_what_the_cheapest_lanes_cost() -> None:
    random = np.random.default_rng(3)
    for _ in range(20):
        mass, cost = random.integers(1, 6, 5).astype(float), random.integers(0, 9, (5, 1)).astype(float)
        problem = Problem.build(mass, cost, [[7.0, 14.0]], [[1.0, 2.0]], hub_variable=[[3.0, 2.0]])
        paid = Paid(np.array([[4.0, float(random.integers(1, 12))]]), np.array([[0.0, 5.0]]))
        price = random.integers(0, 60, 5).astype(float)
        value = CutGenerator(problem, paid=paid).cut(price, np.zeros((1, 1))).hub[0]
        for size, (room, fixed, rate) in enumerate([(7.0, 1.0, 3.0), (14.0, 2.0, 2.0)]):
            gain = np.append(cost[:, 0] + mass * rate - price, -paid.rate[0, size])  # last: tonnes that have been paid
            rows = [[*mass, 0.0], [*-mass, 1.0]]
            found = linprog(gain, A_ub=rows, b_ub=[room, 0.0], bounds=[*[(0.0, 1.0)] * 5, (0.0, paid.tonnes[0, size])])
            assert value[size] == pytest.approx(fixed + found.fun)
