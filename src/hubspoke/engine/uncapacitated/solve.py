"""From a problem to a network of lanes in order of cost, and from the hubs that open to a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.search_log import log_search
from hubspoke.base.status import Status
from hubspoke.engine.certificate.carry import with_prices
from hubspoke.engine.parameters import DEFAULTS
from hubspoke.engine.problem.problem import FORCED_CLOSED, FORCED_OPEN
from hubspoke.engine.solution.construct import construct_solution, no_solution
from hubspoke.engine.uncapacitated.bound import CLOSED, OPEN, UNDECIDED
from hubspoke.engine.uncapacitated.network import lay_out
from hubspoke.engine.uncapacitated.tree import OpeningTree

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.base.stop import Stop
    from hubspoke.engine.parameters import EngineParameters
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.solution.solution import Solution


def solve_by_openings(problem: Problem, *, gap: float, stop: Stop, parameters: EngineParameters = DEFAULTS) -> Solution:
    """Solve a problem for which `suits_openings` holds.

    Parameters
    ----------
    problem : Problem
    gap : float
    stop : Stop
    parameters : EngineParameters

    Returns
    -------
    Solution
    """
    size = np.where(problem.hubs.exists.any(axis=1), problem.hubs.exists.argmax(axis=1), -1)
    rows = np.arange(problem.n_hubs)
    state = _states(problem, size)
    fixed = np.where(size >= 0, problem.hubs.fixed[rows, size], 0.0)
    cost = problem.collection_cost + problem.mass[:, None] * np.where(size >= 0, problem.hubs.variable[rows, size], 0.0)
    cost[:, state == CLOSED] = np.inf
    if (np.isinf(cost).all(axis=1) & np.isinf(problem.skip_cost)).any():
        return no_solution(problem, Status.INFEASIBLE, np.inf)
    most_paid, penalty = _dearest(problem, cost, fixed, state)
    base = np.where(np.isinf(problem.skip_cost), penalty, problem.skip_cost)
    fewest, most = problem.hub_counts.in_total
    network = lay_out(cost, base, fixed, fewest, most)
    for hub in np.flatnonzero(state == OPEN).tolist():
        base = np.minimum(base, cost[:, hub])
    tree = OpeningTree(
        network, state, base, gap, _grain(problem, cost, fixed), most_paid, stop, parameters.uncapacitated
    )
    tree.solve()
    log_search(tree.cost, tree.bound, int((tree.plan > 0).sum()), "%d nodes", tree.nodes)
    return _answer(problem, tree, cost, most_paid, gap, np.where(tree.plan > 0, size, -1))


def _states(problem: Problem, size: Ints) -> Ints:
    state = np.full(problem.n_hubs, UNDECIDED, np.int64)
    state[problem.hub_state == FORCED_OPEN] = OPEN
    state[(problem.hub_state == FORCED_CLOSED) | (size < 0)] = CLOSED
    return state


def _dearest(problem: Problem, cost: Floats, fixed: Floats, state: Ints) -> tuple[float, float]:
    """Return what no plan costs more than, and what leaving out a site that must be served is to cost."""
    usable = state != CLOSED
    lanes = np.where(np.isfinite(cost), cost, -np.inf).max(axis=1)
    skipped = np.where(np.isfinite(problem.skip_cost), problem.skip_cost, -np.inf)
    dearest = np.maximum(lanes, skipped)
    least = np.minimum(cost.min(axis=1), problem.skip_cost)
    most_paid = float(dearest.sum() + np.maximum(fixed[usable], 0.0).sum())
    least_paid = float(least.sum() + np.minimum(fixed[usable], 0.0).sum())
    return most_paid, (most_paid - least_paid) * 1.01 + abs(most_paid) * 1e-3 + 1.0 + float(dearest.max())


def _grain(problem: Problem, cost: Floats, fixed: Floats) -> float:
    """Return 1 where the costs of all plans are whole numbers, 0 otherwise."""
    parts = (cost[np.isfinite(cost)], fixed, problem.skip_cost[np.isfinite(problem.skip_cost)])
    return float(all((part == np.round(part)).all() for part in parts))


def _answer(  # noqa: PLR0917 - what an answer is made of
    problem: Problem, tree: OpeningTree, cost: Floats, most_paid: float, gap: float, hub_size: Ints
) -> Solution:
    """Return the plan of the best choice; where even that leaves out who must be served, there is none."""
    opened = np.flatnonzero(hub_size >= 0)
    bound = tree.bound
    least = cost[:, opened].min(axis=1, initial=np.inf)
    served = least <= problem.skip_cost
    if not np.isfinite(tree.cost) or (np.isinf(least) & np.isinf(problem.skip_cost)).any():
        none = bound > most_paid  # no plan that leaves nobody out costs so much
        return no_solution(problem, Status.INFEASIBLE if none else Status.UNKNOWN, np.inf if none else bound)
    site = np.flatnonzero(served & np.isfinite(least))
    hub = opened[cost[np.ix_(site, opened)].argmin(axis=1)] if len(site) else site
    plan = construct_solution(
        problem, site, hub, np.ones(len(site)), hub_size, np.empty(0, np.int64), bound=bound, gap=gap
    )
    if plan is None:
        return no_solution(problem, Status.UNKNOWN, bound)
    price = np.minimum(tree.price, problem.skip_cost)
    return with_prices(plan, problem, price, np.zeros(problem.n_hubs))
