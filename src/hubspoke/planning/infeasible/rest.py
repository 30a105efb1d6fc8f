"""Explain what plain sums do not: solve with a price on leaving sites unserved, and name those that are left over."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.stop import Stop
from hubspoke.engine.milp.solve import solve_directly
from hubspoke.engine.problem.steps import Steps
from hubspoke.planning.infeasible.echelons import begin_with, list_names
from hubspoke.words.commodity import in_commodity_words

if TYPE_CHECKING:
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.solution.solution import Solution
    from hubspoke.inputs.network import Network
    from hubspoke.settings.rules import Rules

TIME_LIMIT_S = 20.0
NUMBERS = "the limits on numbers of plants cannot all be met at once"
CONTRADICT = "the rules contradict each other"
FLOORS = "no choice of plants gives each open one its least throughput"
FULL = 0.999
"""Share of its capacity from which a plant counts as full."""


def explain_rest(network: Network, problem: Problem, rules: Rules) -> list[str]:
    """Name the sites that find no place even where nothing costs anything, and the plants that are full."""
    free = price_unserved(problem)
    best = solve_directly(free, gap=1e-3, stop=Stop(TIME_LIMIT_S))
    if not best.has_plan:
        keys = "policy.hubs_per_region, policy.refineries_per_region, policy.hubs_in_total, policy.refineries_in_total"
        return [f"{NUMBERS}; loosen one of {keys}"]
    unserved = np.ones(problem.n_sites, np.bool_)
    unserved[best.site] = False
    if not unserved.any() and problem.has_floors:
        keys = "policy.min_throughput_hub_t_per_yr or policy.min_throughput_refinery_t_per_yr"
        return [f"{FLOORS}; lower {keys}, or ask for fewer plants"]
    if not unserved.any():
        return [f"{CONTRADICT}, though neither tonnes nor numbers say where; loosen one at a time"]
    full = _list_full(network, problem, best)
    cure = "allow more plants (policy.hubs_per_region, policy.refineries_per_region)"
    cure = f"{full[1]}, or {cure}" if full[1] else f"{cure}, or add a lane in lanes.csv to a plant that has room"
    if rules.single_sourcing and _fits_divided(free):
        cure = f"let sites be divided (--set policy.sourcing=split), or {cure}"
    packs = in_commodity_words("packs", network.settings, "en")
    reasons = []
    for region in network.regions:
        here = unserved & (network.sites["region"] == region).to_numpy(bool)
        if here.any():
            names = network.sites["id"].to_numpy(object)[here]
            reasons.append(
                f"{begin_with(region)}at best {problem.mass[here].sum():,.0f} t/yr of {packs} from {len(names):,} "
                f"site{'s' if len(names) > 1 else ''} ({list_names(names)}) find no place{full[0]}; {cure}"
            )
    return reasons


def names_no_place(reasons: str) -> bool:
    """Return whether reasons only say that rules contradict each other, and not where.

    Parameters
    ----------
    reasons : str
        Of `explain_infeasible`.
    """
    return reasons.startswith((NUMBERS, CONTRADICT, FLOORS))


def price_unserved(problem: Problem) -> Problem:
    """Return the problem without costs or least throughputs, in which leaving a site unserved costs its tonnes."""

    def free(steps: Steps) -> Steps:
        return Steps(steps.capacity, np.where(steps.exists, 0.0, np.inf), np.zeros_like(steps.variable))

    mass = problem.mass
    return replace(
        problem,
        collection_cost=np.where(np.isfinite(problem.collection_cost), 0.0, np.inf),
        hubs=free(problem.hubs),
        transfer_cost=np.where(np.isfinite(problem.transfer_cost), 0.0, np.inf),
        refineries=free(problem.refineries),
        skip_cost=np.maximum(mass, 1e-3 * max(float(mass.max(initial=0.0)), 1.0)),
        hub_floor=np.zeros(problem.n_hubs),
        refinery_floor=np.zeros(problem.n_refineries),
        shared_saving=np.zeros_like(problem.shared_saving),
    )


def _fits_divided(free: Problem) -> bool:
    divided = solve_directly(replace(free, single_sourcing=False), gap=1e-3, stop=Stop(TIME_LIMIT_S))
    return divided.has_plan and divided.objective <= 1e-6 * max(float(free.mass.sum()), 1.0)


def _list_full(network: Network, problem: Problem, best: Solution) -> tuple[str, str]:
    """Return the end of a reason that names the plants that are full, and what would give them more room."""
    carried = problem.mass[best.site] * best.share
    loads = (np.bincount(best.hub, carried, problem.n_hubs), best.flow.sum(axis=(0, 2)))
    names: list[object] = []
    capped = False
    for table, steps, load in zip(
        (network.hubs, network.refineries), (problem.hubs, problem.refineries), loads, strict=True
    ):
        largest = np.where(steps.exists, steps.capacity, 0.0).max(axis=1, initial=0.0)
        filled = (load > 0) & (load >= FULL * largest)
        names += table["id"].to_numpy(object)[filled].tolist()
        capped |= bool((table["max_t"].to_numpy(np.float64) <= largest * (1 + 1e-9))[filled].any())
    if not names:
        return "", ""
    return f"; full: {list_names(names)}", "raise max_t of these plants" if capped else "add a larger size to `sizes`"
