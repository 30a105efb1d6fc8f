"""Cuts where refineries are open in parts and sites go by prices of black mass."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from choices import as_parts, choices, divided
from hubspoke.engine.benders.refinery_parts import RefineryParts, price_black_mass
from hubspoke.engine.benders.subproblem import Subproblem
from hubspoke.engine.problem.limits import largest_output
from hubspoke.instances.generate import generate_problem
from small_problems import problems
from trials import examples
from tuning import tuned

if TYPE_CHECKING:
    from hubspoke.engine.problem.problem import Problem

MANY = settings(deadline=None, derandomize=True, max_examples=examples(5), suppress_health_check=list(HealthCheck))
TWO_ECHELONS = problems().filter(lambda problem: problem.n_sites > 0 and problem.n_refineries > 0)


@pytest.mark.heavy
@MANY
@given(TWO_ECHELONS, st.integers(0, 1000))
def test_no_cut_at_parts_exceeds_any_choice(problem: Problem, seed: int) -> None:
    problem, rng = divided(problem), np.random.default_rng(seed)
    subproblem = Subproblem(problem, parameters=tuned(subproblem={"joint_lanes": -1, "aggregated_lanes": 0}))
    parts = RefineryParts(subproblem, rounds=4, progress=0.0)
    for _ in range(3):
        at = [rng.random(steps.fixed.shape) / steps.fixed.shape[1] for steps in (problem.hubs, problem.refineries)]
        cut = parts.cut(at[0] * subproblem.cutter.hub_sizes, at[1] * subproblem.cutter.refinery_sizes)
        if cut is None:
            continue
        for h, r, cost in choices(problem):
            if math.isfinite(cost):
                told = cut.at(as_parts(problem.hubs, h), as_parts(problem.refineries, r))
                assert told <= cost + 1e-6 + 1e-7 * abs(cost)


@pytest.mark.parametrize("grouped_from", [0, 100_000])
def test_prices_come_near_the_linear_program_of_sites_and_flows(grouped_from: int) -> None:
    problem = generate_problem(60, 8, 4, seed=2)
    few = tuned(subproblem={"joint_lanes": 0, "aggregated_lanes": grouped_from})
    priced = Subproblem(problem, parameters=few)
    joint = Subproblem(problem)
    assert joint.follows
    assert not priced.follows
    parts, rng = RefineryParts(priced, rounds=4, progress=1e-6), np.random.default_rng(0)
    for _ in range(4):
        hub = np.where(joint.cutter.hub_sizes, 0.8 / joint.cutter.hub_sizes.sum(axis=1, keepdims=True), 0.0)
        weight = rng.random(problem.refineries.fixed.shape) * joint.cutter.refinery_sizes
        refinery = 1.5 * weight / weight.sum()
        refinery = np.minimum(refinery, 1.0)
        exact, cut = joint.evaluate(hub, refinery), parts.cut(hub, refinery)
        assert exact is not None
        assert cut is not None
        assert cut.at(hub, refinery) <= exact.cost * (1 + 1e-6)
        assert cut.at(hub, refinery) >= exact.cost * (1 - 2e-3)


def test_black_mass_costs_what_the_last_tonne_costs() -> None:
    problem = generate_problem(20, 3, 2, seed=5)
    loads = np.full((problem.n_hubs, problem.n_grades), 1.0)
    most = largest_output(problem)
    one = np.zeros(problem.refineries.fixed.shape)
    one[0, 0] = 1.0
    free = price_black_mass(problem, one, loads * 1e-6, most)
    assert free is not None
    lanes = problem.transfer_cost[:, 0, :] + problem.refineries.variable[0, 0]
    assert free == pytest.approx(lanes)
    assert price_black_mass(problem, np.zeros_like(one), loads, most) is None
