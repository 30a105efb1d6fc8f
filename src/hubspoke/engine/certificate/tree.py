"""Check a bound from a tree of decisions with prices at its leaves: plain NumPy, nothing of the search that found it.

A tree is a list of nodes, each followed by all of its first part and then all of its second part. A node is a leaf, or
a question that every plan answers by yes or no: is this hub open, are at most so many open, does this site go there?
So every plan is in one leaf, whatever the list says; and the prices of a leaf bound all plans in it, whatever they are
(`check.py`). The least of these bounds holds for every plan. `docs/engine.md`, "The certificate", has the format.
"""

from __future__ import annotations

from dataclasses import replace
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.certificate.check import check_bound
from hubspoke.engine.certificate.rule_out import rule_out

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from numpy.typing import NDArray

    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.problem.steps import Steps

ROUNDING = 1e-9
"""Share of a bound that its sums may lose, before whole costs are rounded up."""


class Question(IntEnum):
    """What a node asks: its first number in `division`; the two behind it say of what."""

    LEAF = 0
    """Nothing. The second number says which row of the prices it has."""
    HUB = 1
    """Is hub a open?"""
    REFINERY = 2
    """Is refinery a open?"""
    HUBS = 3
    """Are at most a hubs open?"""
    REFINERIES = 4
    """Are at most a refineries open?"""
    HUB_SIZE = 5
    """Is hub a closed, or of size b or one before it?"""
    REFINERY_SIZE = 6
    """Is refinery a closed, or of size b or one before it?"""
    LANE = 7
    """Does site a go to hub b? Asked of whole sites alone."""
    RULE_OUT = 8
    """Nothing either: what prices of row a rule out at `limit` is left out. One part follows, not two."""


def check_tree(problem: Problem, certificate: Mapping[str, NDArray[Any]]) -> float:
    """Compute a lower bound on the cost of every plan from a tree of decisions and the prices of its leaves.

    Parameters
    ----------
    problem : Problem
    certificate : mapping
        `division` int (N, 3): the nodes, as `Question` tells them, each before its two parts. `leaf_site_price` (L, S),
        `leaf_gate_price` (L, H, B) and `leaf_ground_price` (L, H): prices, by row, as in `check_bound`. `limit` (1,):
        what a plan may cost that is not ruled out.

    Returns
    -------
    float
        No plan costs less; where all costs are whole numbers, rounded up to one. Infinite where no leaf has a plan.

    Raises
    ------
    ValueError
        The list is no tree, a question has no answer, or prices are missing.
    """
    least = min(float(check_leaves(problem, certificate).min()), _limit_of(certificate))
    if not np.isfinite(least) or not has_whole_costs(problem):
        return least
    return float(np.ceil(least - max(ROUNDING * abs(least), ROUNDING)))


def check_leaves(problem: Problem, certificate: Mapping[str, NDArray[Any]]) -> NDArray[np.float64]:
    """Compute what every plan of each leaf costs at least, in the order of the tree, shape (leaves,).

    Parameters
    ----------
    problem : Problem
    certificate : mapping
        As in `check_tree`.

    Raises
    ------
    ValueError
        As in `check_tree`.
    """
    if "division" not in certificate:
        raise ValueError("the certificate holds no division")
    nodes = np.asarray(certificate["division"])
    if nodes.ndim != 2 or nodes.shape[1] != 3 or not len(nodes):
        raise ValueError("division must have a row of three numbers for every node")
    bounds: list[float] = []
    waiting = [problem]
    for kind, a, b in nodes.tolist():
        if not waiting:
            raise ValueError("the tree ends before its list of nodes")
        box = waiting.pop()
        if kind == Question.LEAF:
            bounds.append(check_bound(box, _prices_of(certificate, int(a))))
        elif kind == Question.RULE_OUT:
            waiting.append(rule_out(box, _prices_of(certificate, int(a)), _limit_of(certificate)))
        else:
            yes, no = divide(box, Question(kind), int(a), int(b))
            waiting += [no, yes]
    if waiting:
        raise ValueError("the list of nodes ends before the tree")
    return np.array(bounds)


def divide(problem: Problem, question: Question, a: int, b: int) -> tuple[Problem, Problem]:
    """Return a problem with the plans that say yes to a question, and one with those that say no.

    Parameters
    ----------
    problem : Problem
    question : Question
        Any but `LEAF` and `RULE_OUT`.
    a, b : int
        Of what it is asked.

    Raises
    ------
    ValueError
        There is no such plant, site or lane, or the question does not divide the plans.
    """
    hubs = question in {Question.HUB, Question.HUBS, Question.HUB_SIZE}
    if question is Question.LANE:
        return _divide_by_lane(problem, a, b)
    name = "hub" if hubs else "refinery"
    plants = problem.n_hubs if hubs else problem.n_refineries
    if question in {Question.HUBS, Question.REFINERIES}:
        counts = problem.hub_counts if hubs else problem.refinery_counts
        few = replace(counts, most_in_total=min(counts.most_in_total, a))
        many = replace(counts, fewest_in_total=max(counts.fewest_in_total, a + 1))
        return problem.derive(**{f"{name}_counts": few}), problem.derive(**{f"{name}_counts": many})
    if not 0 <= a < plants:
        raise ValueError(f"there is no {name} {a}")
    state = problem.hub_state if hubs else problem.refinery_state
    opened, closed = state.copy(), state.copy()
    opened[a], closed[a] = 1, -1
    if question in {Question.HUB, Question.REFINERY}:
        return problem.derive(**{f"{name}_state": opened}), problem.derive(**{f"{name}_state": closed})
    steps, these = (problem.hubs, "hubs") if hubs else (problem.refineries, "refineries")
    number = np.arange(steps.fixed.shape[1])
    small = problem.derive(**{these: _without(steps, a, number > b)})
    return small, problem.derive(**{these: _without(steps, a, number <= b), f"{name}_state": opened})


def has_whole_costs(problem: Problem) -> bool:
    """Return whether every plan costs a whole number: whole sites, one echelon, costs that are whole.

    Parameters
    ----------
    problem : Problem
    """
    if not problem.single_sourcing or problem.n_refineries or problem.hubs.variable.any():
        return False
    costs = (problem.collection_cost, problem.hubs.fixed, problem.skip_cost)
    finite = [values[np.isfinite(values)] for values in costs]
    return all(bool((values == np.round(values)).all()) for values in finite)


def _divide_by_lane(problem: Problem, site: int, hub: int) -> tuple[Problem, Problem]:
    """Return the problem with a whole site at a hub, and without that lane."""
    if not problem.single_sourcing:
        raise ValueError("sites that may be divided go to no hub alone")
    if not (0 <= site < problem.n_sites and 0 <= hub < problem.n_hubs):
        raise ValueError(f"there is no lane from site {site} to hub {hub}")
    lanes, skip = problem.collection_cost.copy(), problem.skip_cost.copy()
    lanes[site], skip[site] = np.inf, np.inf
    lanes[site, hub] = problem.collection_cost[site, hub]
    without = problem.collection_cost.copy()
    without[site, hub] = np.inf
    return problem.derive(collection_cost=lanes, skip_cost=skip), problem.derive(collection_cost=without)


def _without(steps: Steps, plant: int, gone: NDArray[np.bool_]) -> Steps:
    """Return steps without some sizes of a plant."""
    fixed, capacity = steps.fixed.copy(), steps.capacity.copy()
    fixed[plant, gone], capacity[plant, gone] = np.inf, 0.0
    return replace(steps, fixed=fixed, capacity=capacity)


def _limit_of(certificate: Mapping[str, NDArray[Any]]) -> float:
    """Return what plans may cost that are ruled out at least; infinite where none are."""
    if not (np.asarray(certificate["division"])[:, 0] == Question.RULE_OUT).any():
        return float("inf")
    limit = np.asarray(certificate.get("limit", ()), float)
    if limit.shape != (1,):
        raise ValueError("limit must be one number where plans are ruled out")
    return float(limit[0])


def _prices_of(certificate: Mapping[str, NDArray[Any]], row: int) -> dict[str, NDArray[Any]]:
    """Return the prices of a leaf."""
    prices: dict[str, NDArray[Any]] = {}
    for name in ("site_price", "gate_price", "ground_price"):
        rows = certificate.get(f"leaf_{name}")
        if rows is not None:
            if not 0 <= row < len(rows):
                raise ValueError(f"there is no row {row} of leaf_{name}")
            prices[name] = rows[row]
    return prices
