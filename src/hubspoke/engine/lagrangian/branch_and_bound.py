"""Branch and bound over whole sites at single hubs: small, tight problems of one echelon, solved to the end.

Nodes are worked on and divided in `branching.py`: first down to single sites, which is quick where little is left
open; then, if that takes too many nodes, down to hubs only. Each choice of hubs is then a generalised assignment
problem, settled in `generalized_assignment.py`.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.status import Status
from hubspoke.engine.certificate.carry import with_prices
from hubspoke.engine.lagrangian.branching import make_root, slice_node
from hubspoke.engine.lagrangian.generalized_assignment import FixedHubs, keep_lanes
from hubspoke.engine.lagrangian.large_neighbourhood import search_neighbourhoods
from hubspoke.engine.lagrangian.layout import lay_out_problem, mass_grain, smallest_sizes
from hubspoke.engine.lagrangian.nodes import make_relaxed
from hubspoke.engine.lagrangian.plans.choices import ChoicesOfHubs, decide_hubs
from hubspoke.engine.lagrangian.plans.diving import dive
from hubspoke.engine.lagrangian.plans.first_plan import likely_hubs
from hubspoke.engine.lagrangian.plans.hub_exchanges import exchange_hubs
from hubspoke.engine.lagrangian.plans.kernel import rank_hubs
from hubspoke.engine.lagrangian.search_tree import BranchAndBound
from hubspoke.engine.parameters import DEFAULTS, EngineParameters
from hubspoke.engine.solution.construct import construct_solution, no_solution

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from hubspoke.base.arrays import Ints
    from hubspoke.base.stop import Stop
    from hubspoke.engine.parameters_of_whole_sites import BranchAndBoundParameters
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.solution.solution import Solution

MOST_NODES = 1_000_000_000
"""Nodes up to which allowances grow from one round to the next: more than any limit of time leaves room for."""


def solve_by_branch_and_bound(
    problem: Problem, *, gap: float, stop: Stop, nodes: int, parameters: EngineParameters = DEFAULTS
) -> tuple[Solution, Problem]:
    """Solve a problem that `suits_branch_and_bound`.

    Parameters
    ----------
    problem : Problem
    gap : float
    stop : Stop
        When to end.
    nodes : int
        Nodes allowed for the first aim, and more for later ones if it needs few; the answer then has the bound proven
        so far.
    parameters : EngineParameters

    Returns
    -------
    Solution
        The answer, with the bound proven so far.
    Problem
        The problem without what no better plan can hold.
    """
    data = lay_out_problem(problem)
    tree = BranchAndBound(data, mass_grain(problem), gap, stop, parameters.branch_and_bound)

    def certify(answer: Solution) -> Solution:
        return with_prices(answer, problem, tree.price, np.zeros(problem.n_hubs))

    _begin(problem, tree, nodes, parameters)
    _settle(problem, tree, nodes, parameters)
    if not np.isfinite(tree.plan_cost[0]):
        if np.isposinf(tree.bound):
            return no_solution(problem, Status.INFEASIBLE, np.inf), problem
        return certify(no_solution(problem, Status.UNKNOWN, tree.bound)), problem
    site = np.arange(problem.n_sites)
    size = smallest_sizes(problem, tree.plan)
    plan = construct_solution(
        problem, site, tree.plan.copy(), np.ones(len(site)), size, np.empty(0, np.int64), bound=tree.bound, gap=gap
    )
    answer = certify(no_solution(problem, Status.UNKNOWN, tree.bound) if plan is None else plan)
    return answer, keep_lanes(problem, *tree.narrowed())


def _begin(problem: Problem, tree: BranchAndBound, nodes: int, parameters: EngineParameters) -> None:
    """Bound the root and make plans; of small problems, aim by single sites as far as the nodes suffice."""
    given, data = tree.parameters, tree.data
    if data.cost.size > given.dived:
        _plan_first(problem, tree, parameters)
        if not np.isfinite(tree.plan_cost[0]):
            tree.search(min(nodes, max(given.first_work // data.cost.size, 1)), aims=given.aims)
    elif data.grain > 0 and np.median(data.largest) < parameters.fixed_hubs.solved_sites * data.mass.mean():
        tree.search(min(nodes, given.few_nodes), aims=given.aims, work=given.little_work)
    else:
        tree.search(nodes, aims=given.aims)
    tree.fall_back()


def _settle(problem: Problem, tree: BranchAndBound, nodes: int, parameters: EngineParameters) -> None:
    """Renew the plan and settle choices of hubs, turn by turn, as long as that tells, or until time is up."""
    large, choices = tree.data.cost.size > tree.parameters.exchanged, None
    if large and np.isfinite(tree.bound) and not tree.is_done():
        choices = _choices_of_hubs(problem, tree, parameters)
        if tree.stop.time_limit is not None:
            first = max(tree.parameters.turn_work // tree.data.cost.size, 1)
            tree.parameters = replace(tree.parameters, hub_nodes=first)
    _draw_choices(tree, choices)
    _renew(problem, tree, parameters)
    steps = tree.parameters.leaf_aims
    for most, aims in zip(tree.parameters.solver_nodes, (steps, steps if large else ()), strict=True):
        if not tree.is_done():
            tree.search(nodes, _fixed_hubs(problem, tree, parameters, most), aims=aims)
        if _draw_choices(tree, choices):
            _renew(problem, tree, parameters)
    if not tree.is_done() and (large or tree.data.grain > 0 or not _has_last_word(problem, tree, parameters)):
        _go_on(problem, tree, parameters, choices)


def _plan_first(problem: Problem, tree: BranchAndBound, parameters: EngineParameters) -> None:
    """Bound the root, fit the sites whole into the likeliest hubs, dive, and keep the hubs of a kernel."""
    tree.bound_root()
    if tree.is_done() or not np.isfinite(tree.bound):
        return
    often = tree.relaxed.mean_chosen.copy()
    make_root(tree.data, tree.stack, tree.bounds, tree.price)
    ranked = rank_hubs(tree.data, slice_node(tree.stack, 0), tree.relaxed, often)
    leaf = _fixed_hubs(problem, tree, parameters, 0)
    dives = tree.parameters.dives
    choices = likely_hubs(tree.data, often, tree.parameters.first_choices)
    for opened in choices:
        if tree.stop.is_due:
            return
        leaf.fit(decide_hubs(tree.data, tree.price, opened), tree.plan, tree.plan_cost)
    large = tree.data.cost.size > tree.parameters.exchanged
    drawn = large and np.isfinite(tree.plan_cost[0]) and choices  # choices of hubs that are drawn come to more then
    if drawn and len(tree.plan) < tree.parameters.dived_sites * len(choices[0]):
        dives = ()
    for share, rounds in dives:
        if choices and not tree.is_done():
            make_root(tree.data, tree.stack, tree.bounds, tree.price)
            tree.relaxed.mean_chosen[:] = often
            dive(leaf, slice_node(tree.stack, 0), share, rounds, tree.plan, tree.plan_cost)
    likely = ranked[: int(tree.parameters.kernel * len(choices[0]))] if choices else ranked
    if large:
        tree.kernel = np.union1d(tree.plan, likely)
    elif np.isfinite(tree.plan_cost[0]):
        tree.likely = likely
        _exchange(tree)


def _exchange(tree: BranchAndBound) -> bool:
    """Open, close and exchange hubs of the best plan; return whether that gains."""
    known = float(tree.plan_cost[0])
    if tree.likely is not None and not tree.is_done():
        exchange_hubs(tree.data, tree.plan, tree.plan_cost, tree.likely, tree.parameters.exchange_turns, tree.stop)
    return bool(tree.plan_cost[0] < known)


def _fixed_hubs(problem: Problem, tree: BranchAndBound, parameters: EngineParameters, solver_nodes: int) -> FixedHubs:
    """Return what makes plans at given hubs, and settles them in so many nodes of a solver."""
    return FixedHubs(
        problem,
        tree.data,
        tree.relaxed,
        gap=tree.gap,
        stop=tree.stop,
        solver_nodes=solver_nodes,
        parameters=parameters,
    )


def _choices_of_hubs(problem: Problem, tree: BranchAndBound, parameters: EngineParameters) -> ChoicesOfHubs:
    """Return what draws choices of hubs near the relaxed answer of the root."""
    leaf = _fixed_hubs(problem, tree, parameters, 0).beside(make_relaxed(*tree.data.cost.shape))
    return ChoicesOfHubs(leaf, tree.price, _neighbourhood_solver(tree), parameters.choices)


def _draw_choices(tree: BranchAndBound, choices: ChoicesOfHubs | None) -> bool:
    """Fit the sites into some choices of hubs; return whether one of them gives the best plan.

    If not, the tree gets more nodes for its next aim.
    """
    if choices is None or tree.is_done():
        return False
    known = float(tree.plan_cost[0])
    choices.search(tree.plan, tree.plan_cost)
    if tree.plan_cost[0] < known:
        return True
    tree.parameters = replace(tree.parameters, hub_nodes=min(4 * tree.parameters.hub_nodes, MOST_NODES))
    return False


def _renew(problem: Problem, tree: BranchAndBound, parameters: EngineParameters) -> None:
    """Renew the best plan a neighbourhood at a time: with the hubs of a kernel first, if there is one, then all."""
    solve = _neighbourhood_solver(tree)
    kernels = [None] if tree.kernel is None else [tree.kernel, None]
    tree.kernel = None
    for kernel in kernels:
        if not tree.is_done() and np.isfinite(tree.plan_cost[0]):
            found = search_neighbourhoods(problem, tree.plan, solve, tree.stop, parameters.large_neighbourhood, kernel)
            tree.start_from(found)
            if _exchange(tree):
                kernels.append(None)


def _has_last_word(problem: Problem, tree: BranchAndBound, parameters: EngineParameters) -> bool:
    """Return whether what is left of the lanes goes to the full model."""
    lanes, _ = tree.narrowed()
    return bool((lanes & np.isfinite(problem.collection_cost.T)).sum() <= parameters.choice.fallback_lanes)


def _go_on(
    problem: Problem, tree: BranchAndBound, parameters: EngineParameters, choices: ChoicesOfHubs | None
) -> None:  # fmt: skip
    """Use the time left: larger neighbourhoods, then choices of hubs with more nodes, and again until it is up."""
    most, turn = tree.parameters.solver_nodes[-1], 0
    while not tree.is_done() and tree.stop.time_limit is not None:
        turn += 1
        most_hubs = parameters.large_neighbourhood.most_hubs + 4 * turn
        wider = replace(parameters.large_neighbourhood, first_hubs=most_hubs, most_hubs=most_hubs)
        tree.parameters = replace(
            tree.parameters,
            neighbourhood_nodes=min(2 * tree.parameters.neighbourhood_nodes, MOST_NODES),
            leaves=min(4 * tree.parameters.leaves, MOST_NODES),
        )
        _renew(problem, tree, replace(parameters, large_neighbourhood=wider))
        most = min(10 * most, MOST_NODES)
        if not tree.is_done():
            tree.search(1, _fixed_hubs(problem, tree, parameters, most), aims=tree.parameters.leaf_aims)
        _draw_choices(tree, choices)


def _neighbourhood_solver(tree: BranchAndBound) -> Callable[[Problem, Ints], Ints]:
    """Return what finds hubs of a part's sites that cost no more than given ones."""
    return partial(_solve_neighbourhood, gap=tree.gap, stop=tree.stop, parameters=tree.parameters)


def _solve_neighbourhood(
    problem: Problem, hub: NDArray[np.int64], *, gap: float, stop: Stop, parameters: BranchAndBoundParameters
) -> NDArray[np.int64]:
    """Return hubs of whole sites (S,) that cost no more than the given ones, found in a few nodes."""
    alone = replace(parameters, subtrees=1, other_prices=())
    tree = BranchAndBound(lay_out_problem(problem), mass_grain(problem), gap, stop, alone)
    tree.start_from(hub)
    tree.search(parameters.neighbourhood_nodes, aims=parameters.aims, work=0)
    return tree.plan
