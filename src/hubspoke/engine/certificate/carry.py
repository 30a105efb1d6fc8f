"""Carry the prices that certify a bound from where they arise to the whole problem; `check.py` checks them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.base.arrays import Floats
    from hubspoke.engine.presolve.components import Component
    from hubspoke.engine.presolve.merge import Merged
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.solution.solution import Solution


def with_prices(
    solution: Solution, problem: Problem, site_price: Floats, gate_price: Floats, ground_price: Floats | None = None
) -> Solution:
    """Attach its certificate to a solution.

    Parameters
    ----------
    solution : Solution
    problem : Problem
        The one that the prices belong to.
    site_price : (S,)
    gate_price : (H,) or (H, B)
        One price for all grades where it has no second dimension.
    ground_price : (H,), optional
        Of a refinery beside each hub; 0 when left out.
    """
    gate = gate_price if gate_price.ndim == 2 else np.repeat(gate_price[:, None], problem.n_grades, axis=1)
    ground = np.zeros(problem.n_hubs) if ground_price is None else ground_price
    return replace(solution, certificate={"site_price": site_price, "gate_price": gate, "ground_price": ground})


def join_prices(problem: Problem, parts: Sequence[Component], answers: Sequence[Solution]) -> dict[str, Floats]:
    """Put the prices of parts together; empty unless every part has some.

    A part without refineries has no price of black mass. Where the whole has refineries, its hubs may make none, so
    black mass is priced there above all that it could save.

    Parameters
    ----------
    problem : Problem
        The whole.
    parts : sequence of Component
    answers : sequence of Solution
        One for each part, with its certificate.
    """
    if not all(answer.certificate for answer in answers):
        return {}
    site = np.zeros(problem.n_sites)
    gate, ground = np.zeros((problem.n_hubs, problem.n_grades)), np.zeros(problem.n_hubs)
    for part, answer in zip(parts, answers, strict=True):
        site[part.sites] = answer.certificate["site_price"]
        gate[part.hubs] = answer.certificate["gate_price"]
        ground[part.hubs] = answer.certificate["ground_price"]
    for part in parts:
        if problem.n_refineries and not len(part.refineries) and len(part.sites):
            made = np.einsum("ip,hpb->ihb", problem.supply[part.sites], problem.yields[part.hubs])
            most = np.abs(site[part.sites]).max(initial=0.0) + np.abs(_finite(part.problem.collection_cost)).max()
            gate[part.hubs] = (most + 1.0) / made[made > 0].min(initial=1.0)
    return {"site_price": site, "gate_price": gate, "ground_price": ground}


def spread_prices(problem: Problem, merged: Merged, solution: Solution) -> Solution:
    """Divide the prices of merged sites among the sites they stand for.

    Each site gets what its lane costs at the hub that all of them share, and of the rest a part by its tonnes: so the
    knapsack of that hub gains no less from the sites apart than together.

    Parameters
    ----------
    problem : Problem
        With every site.
    merged : Merged
        How its sites were merged.
    solution : Solution
        With prices of the merged sites.
    """
    if not solution.certificate or len(merged.site_of) == merged.problem.n_sites:
        return solution
    together, gate = solution.certificate["site_price"], solution.certificate["gate_price"]
    own = np.zeros(problem.n_sites)
    rows = np.flatnonzero(np.isfinite(problem.collection_cost[solution.site, solution.hub]))
    site, hub = solution.site[rows], solution.hub[rows]
    lane = problem.collection_cost[site, hub]
    if problem.n_refineries:
        lane = lane + np.einsum("ap,apb,ab->a", problem.supply[site], problem.yields[hub], gate[hub])
    np.add.at(own, site, lane * solution.share[rows])
    count = np.bincount(merged.site_of)[merged.site_of]
    tonnes = np.bincount(merged.site_of, problem.mass)[merged.site_of]
    share = np.where(tonnes > 0, problem.mass / np.where(tonnes > 0, tonnes, 1.0), 1.0 / count)
    rest = together - np.bincount(merged.site_of, own, merged.problem.n_sites)
    price = np.where(count > 1, own + share * rest[merged.site_of], together[merged.site_of])
    return replace(solution, certificate={**solution.certificate, "site_price": price})


def _finite(values: Floats) -> Floats:
    kept: Floats = values[np.isfinite(values)]
    return kept if kept.size else np.zeros(1)
