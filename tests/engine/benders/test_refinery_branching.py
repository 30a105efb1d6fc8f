"""All plans divided by their largest refinery: every plan is in one box, and no box is missing."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from brute_force import agree_with_brute_force, faults
from choices import as_parts, choices, divided
from hubspoke.base.status import Status
from hubspoke.engine.benders.branch_and_cut import solve_by_branch_and_cut
from hubspoke.engine.benders.cuts import CutGenerator
from hubspoke.engine.benders.master import Master
from hubspoke.engine.benders.refinery_branching import refinery_boxes
from hubspoke.engine.benders.subproblem import Subproblem
from hubspoke.engine.optimize import optimize
from hubspoke.engine.problem.problem import Problem
from small_problems import problems
from trials import examples
from tuning import tuned

if TYPE_CHECKING:
    from typing import Any

MANY = settings(deadline=None, derandomize=True, max_examples=examples(5), suppress_health_check=list(HealthCheck))
TWO_ECHELONS = problems().filter(lambda problem: problem.n_sites > 0 and problem.n_refineries > 0)
SKIPS = st.lists(st.sampled_from([0.0, 1.0, 4.0, 9.0, 30.0]), min_size=4, max_size=4)


def optional(problem: Problem, drawn: list[float]) -> Problem:
    """Let every site be left out at a drawn cost per tonne."""
    return replace(problem, skip_cost=np.resize(np.array(drawn), problem.n_sites) * (1 + problem.mass))


@pytest.mark.heavy
@MANY
@given(TWO_ECHELONS, st.one_of(st.none(), SKIPS))
def test_every_plan_lies_in_exactly_one_box(problem: Problem, drawn: list[float] | None) -> None:
    """With refineries that are forced open and without, with sites that may be left out and without."""
    problem = divided(problem if drawn is None else optional(problem, drawn))
    cutter = CutGenerator(problem)
    master = Master(cutter, 1.0)
    boxes = refinery_boxes(cutter, master)
    for h, r, cost in choices(problem):
        if math.isfinite(cost):
            point = master.place(as_parts(problem.hubs, h), as_parts(problem.refineries, r))
            held = [((point >= box.low) & (point <= box.high)).all() for box in boxes]
            assert sum(held) == 1


@pytest.mark.heavy
@MANY
@given(TWO_ECHELONS, SKIPS)
def test_with_no_refinery_open_a_cut_leaves_out_all_that_leave_black_mass(problem: Problem, drawn: list[float]) -> None:
    problem = optional(divided(problem), drawn)
    leaves = np.einsum("ip,hpb->ih", problem.supply, problem.yields) > 0
    assume(leaves.all() and not (problem.refinery_state > 0).any())
    subproblem, none = Subproblem(problem), np.zeros(problem.refineries.fixed.shape)
    for h, r, cost in choices(problem):
        if max(r) < 0:
            point = subproblem.evaluate(as_parts(problem.hubs, h), none)
            assert point is not None
            assert point.cut.at(point.hub, none) == pytest.approx(cost, rel=1e-7, abs=1e-6)


@MANY
@given(TWO_ECHELONS, SKIPS)
def test_the_engine_by_cuts_is_that_of_brute_force_where_all_sites_may_be_left_out(
    problem: Problem, drawn: list[float]
) -> None:
    asked = optional(problem, drawn)
    agree_with_brute_force(asked, optimize(asked, gap=0, parameters=tuned(choice={"direct_lanes": -1})))


def two_echelons(**changes: Any) -> Problem:
    """Draw twelve sites and four hubs on a map, and four refineries each of which holds everything."""
    random = np.random.default_rng(7)
    sites, hubs, refineries = (random.uniform(0, 100, (count, 2)) for count in (12, 4, 4))
    mass = random.uniform(1, 9, len(sites))
    near = np.linalg.norm(sites[:, None] - hubs[None], axis=2)
    far = np.linalg.norm(hubs[:, None] - refineries[None], axis=2)
    given: dict[str, Any] = {
        "supply": mass,
        "collection_cost": mass[:, None] * near,
        "hub_capacity": np.tile(mass.sum() * np.array([0.4, 0.8]), (4, 1)),
        "hub_fixed": np.tile(mass.sum() * np.array([6.0, 9.0]), (4, 1)),
        "yields": 0.5,
        "transfer_cost": far,
        "refinery_capacity": np.full(4, mass.sum()),
        "refinery_fixed": np.full(4, 15 * mass.sum()),
    }
    return Problem.build(**given | changes)


@pytest.mark.parametrize(
    "changes",
    [{}, {"skip_cost": 150.0}, {"skip_cost": 400.0}, {"refinery_state": [0, 1, 0, 0]}],
    ids=["all served", "few worth serving", "most worth serving", "one refinery forced open"],
)
def test_boxes_prove_what_the_full_model_finds(changes: dict[str, Any]) -> None:
    problem = two_echelons(**changes)
    boxes = refinery_boxes(cutter := CutGenerator(problem), Master(cutter, 1.0))
    assert len(boxes) == 4 + ("skip_cost" in changes)
    answer, whole = solve_by_branch_and_cut(problem, gap=1e-6), optimize(problem, gap=1e-6, solver="highs")
    assert answer.status is Status.OPTIMAL
    assert answer.objective == pytest.approx(whole.objective, rel=3e-6)
    assert faults(problem, answer) == []
