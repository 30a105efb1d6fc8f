"""Grow a tree of decisions whose leaves have prices that prove a bound, by the checker's own arithmetic."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.certificate.check import check_bound
from hubspoke.engine.certificate.rule_out import rule_out
from hubspoke.engine.certificate.tree import Question, divide, has_whole_costs
from hubspoke.engine.certify.box import ask, price_box
from hubspoke.engine.presolve.room import cap_room

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from numpy.typing import NDArray

    from hubspoke.base.stop import Stop
    from hubspoke.engine.certify.priced import Prices
    from hubspoke.engine.problem.problem import Problem

MOST_NODES = 5_000
"""Nodes of a tree; what it leaves open then stays with the prices that it has."""

SHAVED = 1e-9
"""Share of the bound by which a leaf may miss it: rounding of the sums."""


def grow_tree(
    problem: Problem, bound: float, certificate: Mapping[str, NDArray[Any]], stop: Stop, most: int = MOST_NODES
) -> dict[str, NDArray[Any]]:
    """Return a tree for `check_tree` that proves a bound, or as much of it as time allows.

    The tree is grown depth first, and each leaf is checked as it will be checked: so nothing of the search that found
    the bound is needed, or believed. Leaves that fall short of the bound stay as they are, and the check says so.

    Parameters
    ----------
    problem : Problem
    bound : float
        What is to be proven.
    certificate : mapping
        Prices to start from, as in `check_bound`; may be empty.
    stop : Stop
        When to end.
    most : int
        Most nodes.
    """
    target = bound - SHAVED * abs(bound)
    if has_whole_costs(problem):
        target = math.ceil(target) - 1 + 1e-3  # more than the next whole number below is enough
    names = ("site_price", "gate_price", "ground_price")
    shapes = ((problem.n_sites,), (problem.n_hubs, problem.n_grades), (problem.n_hubs,))
    start: Prices = {name: np.zeros(shape) for name, shape in zip(names, shapes, strict=True)}
    start |= {name: np.asarray(certificate[name], float) for name in names if name in certificate}
    nodes: list[tuple[int, int, int]] = []
    rows: list[Prices] = []
    waiting = [(cap_room(problem), start, bool(certificate))]
    most = 1 if problem.has_floors else most  # prices know nothing of least tonnages: no tree would end
    while waiting:
        box, prices, good = waiting.pop()
        least = check_bound(box, prices)
        question = None
        if least < target and len(nodes) + len(waiting) < most and not stop.is_due:
            priced = price_box(box, prices if good else {}, target)
            raised = check_bound(box, priced.prices)
            if raised > least or not good:
                least, prices = raised, priced.prices
            if least < target and (fewer := rule_out(box, priced.prices, target)) is not box:
                nodes.append((Question.RULE_OUT, len(rows), 0))
                rows.append(priced.prices)
                box = fewer
            question = ask(box, priced) if least < target else None
        if question is None:
            nodes.append((Question.LEAF, len(rows), 0))
            rows.append(prices)
        else:
            yes, no = divide(box, *question)
            nodes.append(question)
            waiting += [(no, prices, True), (yes, prices, True)]
    leaves = {f"leaf_{name}": np.array([row[name] for row in rows]) for name in names}
    return {"division": np.array(nodes, np.int64), "limit": np.array([target]), **leaves}
