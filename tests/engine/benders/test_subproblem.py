"""What a choice of plants costs, where room of refineries is priced and where it is shared exactly."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brute_force import cheapest, tell_no_lie
from choices import as_parts, choices, divided
from hubspoke.base.status import Status
from hubspoke.engine.benders.branch_and_cut import solve_by_branch_and_cut
from hubspoke.engine.benders.subproblem import Subproblem
from hubspoke.engine.problem.limits import counts_cannot_be_met
from small_problems import problems
from trials import examples
from tuning import tuned

if TYPE_CHECKING:
    from hubspoke.engine.problem.problem import Problem

MANY = settings(deadline=None, derandomize=True, max_examples=examples(5), suppress_health_check=list(HealthCheck))
TWO_ECHELONS = problems().filter(lambda problem: problem.n_sites > 0 and problem.n_refineries > 0)


def lanes_less(problem: Problem, fewer: int) -> int:
    """Count the lanes, less some."""
    return max(int((np.isfinite(problem.collection_cost) & (problem.hub_state >= 0)).sum()) - fewer, 0)


@MANY
@given(TWO_ECHELONS)
def test_priced_room_bounds_a_choice_and_shared_room_is_exact(problem: Problem) -> None:
    problem = divided(problem)
    subproblem = Subproblem(problem, parameters=tuned(subproblem={"joint_lanes": lanes_less(problem, 1)}))
    for h, r, cost in choices(problem):
        point = subproblem.evaluate(as_parts(problem.hubs, h), as_parts(problem.refineries, r))
        usable = subproblem.cutter.assignment.usable(subproblem.cutter.worth(as_parts(problem.refineries, r)))
        if point is None or not math.isfinite(cost) or not usable[np.array(h) >= 0].all():
            continue
        assert point.cost <= cost + 1e-6
        if point.balanced:
            must = np.isinf(problem.skip_cost)
            assert (point.assigned.left_out[must] > 1e-9).any() or point.cost == pytest.approx(cost, rel=1e-7, abs=1e-6)
            continue
        balanced = subproblem.balance(point)
        if balanced is not None and not (balanced.assigned.left_out[np.isinf(problem.skip_cost)] > 1e-9).any():
            assert balanced.cost == pytest.approx(cost, rel=1e-7, abs=1e-6)
            assert balanced.cut.at(point.hub, point.refinery) == pytest.approx(cost, rel=1e-7, abs=1e-6)


@MANY
@given(TWO_ECHELONS, st.integers(0, 3))
def test_the_search_with_priced_room_tells_the_truth(problem: Problem, fewer: int) -> None:
    if counts_cannot_be_met(problem) or not np.isfinite(problem.collection_cost).any():
        return
    given = tuned(subproblem={"joint_lanes": lanes_less(problem, fewer), "aggregated_lanes": 0})
    answer, least = solve_by_branch_and_cut(problem, gap=0.0, parameters=given), cheapest(problem)
    if answer.has_plan:
        tell_no_lie(problem, answer, least)
    elif math.isfinite(least):
        assert answer.status is Status.UNKNOWN
        assert answer.bound <= least + 1e-6 + 1e-7 * abs(least)
