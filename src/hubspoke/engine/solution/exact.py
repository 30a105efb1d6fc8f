"""Recount a plan in fractions: what it breaks, and what it costs, without a rounded sum.

Double numbers are fractions, so that sums of them are exact here. It is slow, and made for small problems.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.engine.problem.counts import Counts
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.problem.steps import Steps
    from hubspoke.engine.solution.solution import Solution

    Loads = dict[int, Fraction]

SOLVER_TOLERANCE = Fraction(1, 10**6)
"""Share by which a plan may miss a limit: far above what solvers call feasible, far below what changes a plan."""

GRAM = Fraction(1, 10**6)
"""Tonnes by which plans may fall short of a least tonnage (`construct.py`)."""


def find_fault(problem: Problem, plan: Solution, tolerance: Fraction = SOLVER_TOLERANCE) -> str | None:
    """Return what a plan breaks, in words, or None where it keeps everything.

    Parameters
    ----------
    problem : Problem
    plan : Solution
        With a plan.
    tolerance : Fraction
        Share by which a limit may be missed.
    """
    if not np.isfinite(problem.collection_cost[plan.site, plan.hub]).all():
        return "a site goes to a hub that it does not reach"
    served: Loads = {}
    for i, share in zip(plan.site.tolist(), plan.share.tolist(), strict=True):
        served[i] = served.get(i, Fraction(0)) + Fraction(share)
    must = ~np.isfinite(problem.skip_cost)
    for i in range(problem.n_sites):
        part = served.get(i, Fraction(0))
        if part > 1 + tolerance or (must[i] and part < 1 - tolerance):
            return f"site {i} is served {float(part):g} times"
    if problem.single_sourcing and (len(served) < len(plan.site) or (plan.share != 1.0).any()):
        return "a site is divided that must go whole"
    loads, made = _take_in(problem, plan)
    return (
        _find_overload(problem.hubs, plan.hub_size, loads, problem.hub_floor, "hub", tolerance)
        or _find_miscount(problem.hub_counts, problem.hub_state, plan.hub_size, "hubs")
        or _find_lost(problem, plan, made, tolerance)
        or _find_overload(
            problem.refineries, plan.refinery_size, _received(plan), problem.refinery_floor, "refinery", tolerance
        )
        or _find_miscount(problem.refinery_counts, problem.refinery_state, plan.refinery_size, "refineries")
    )


def exact_cost(problem: Problem, plan: Solution) -> Fraction:
    """Return what a plan costs, as `evaluate` counts it, without rounding.

    Parameters
    ----------
    problem : Problem
    plan : Solution
        With a plan.
    """
    total = Fraction(0)
    left_out = {int(i): Fraction(1) for i in np.flatnonzero(np.isfinite(problem.skip_cost))}
    lanes = problem.collection_cost[plan.site, plan.hub]
    for i, lane, share in zip(plan.site.tolist(), lanes.tolist(), plan.share.tolist(), strict=True):
        total += Fraction(lane) * Fraction(share)
        if i in left_out:
            left_out[i] -= Fraction(share)
    total += sum(Fraction(float(problem.skip_cost[i])) * max(part, Fraction(0)) for i, part in left_out.items())
    for h, r, b in np.argwhere(plan.flow > 0).tolist():
        total += Fraction(float(problem.transfer_cost[h, r, b])) * Fraction(float(plan.flow[h, r, b]))
    total += _cost_of_sizes(problem.hubs, plan.hub_size, _take_in(problem, plan)[0])
    total += _cost_of_sizes(problem.refineries, plan.refinery_size, _received(plan))
    beside = problem.beside[:, plan.refinery_size >= 0].any(axis=1)
    for h in np.flatnonzero((plan.hub_size >= 0) & beside).tolist():
        total -= Fraction(float(problem.shared_saving[h, plan.hub_size[h]]))
    return total


def _take_in(problem: Problem, plan: Solution) -> tuple[Loads, dict[tuple[int, int], Fraction]]:
    """Return the tonnes that every hub takes in, and those of each grade that it makes of them."""
    loads: Loads = {}
    made: dict[tuple[int, int], Fraction] = {}
    for i, h, share in zip(plan.site.tolist(), plan.hub.tolist(), plan.share.tolist(), strict=True):
        for p, tonnes in enumerate(problem.supply[i].tolist()):
            amount = Fraction(tonnes) * Fraction(share)
            loads[h] = loads.get(h, Fraction(0)) + amount
            for b, part in enumerate(problem.yields[h, p].tolist()):
                made[h, b] = made.get((h, b), Fraction(0)) + amount * Fraction(part)
    return loads, made


def _received(plan: Solution) -> Loads:
    """Return the tonnes that every refinery takes in."""
    received: Loads = {}
    for h, r, b in np.argwhere(plan.flow > 0).tolist():
        received[r] = received.get(r, Fraction(0)) + Fraction(float(plan.flow[h, r, b]))
    return received


def _find_overload(  # noqa: PLR0917 - an echelon, what it takes in, and its name
    steps: Steps, size: Ints, loads: Loads, floor: Floats, name: str, tolerance: Fraction
) -> str | None:
    """Return which plant takes in more than it holds, or less than it must."""
    for j, load in loads.items():
        if size[j] < 0 or not steps.exists[j, size[j]]:
            return f"{name} {j} takes in {float(load):g} tonnes and is closed"
        room = float(steps.capacity[j, size[j]])
        if np.isfinite(room) and load > Fraction(room) * (1 + tolerance):
            return f"{name} {j} takes in {float(load):g} of {room:g} tonnes"
    for j in np.flatnonzero((size >= 0) & (floor > 0)).tolist():
        if loads.get(j, Fraction(0)) < Fraction(float(floor[j])) * (1 - tolerance) - GRAM:
            return f"{name} {j} takes in less than {floor[j]:g} tonnes"
    return None


def _find_miscount(counts: Counts, state: Ints, size: Ints, name: str) -> str | None:
    """Return whether plants are open or closed against their states, or too many or too few."""
    is_open = size >= 0
    if (is_open & (state < 0)).any() or (~is_open & (state > 0)).any():
        return f"{name} are open that must be closed, or closed that must be open"
    return None if counts.allows(is_open) else f"{int(is_open.sum())} {name} are open, against the counts"


def _find_lost(
    problem: Problem, plan: Solution, made: dict[tuple[int, int], Fraction], tolerance: Fraction
) -> str | None:
    """Return where a hub sends away more or less than it makes, or along a lane that does not exist."""
    if not problem.n_refineries:
        return None
    sent: dict[tuple[int, int], Fraction] = {}
    for h, r, b in np.argwhere(plan.flow != 0).tolist():
        if not np.isfinite(problem.transfer_cost[h, r, b]) or plan.flow[h, r, b] < 0:
            return f"hub {h} sends what it cannot to refinery {r}"
        sent[h, b] = sent.get((h, b), Fraction(0)) + Fraction(float(plan.flow[h, r, b]))
    everything = sum(made.values(), Fraction(0))
    for key in made.keys() | sent.keys():
        if abs(made.get(key, Fraction(0)) - sent.get(key, Fraction(0))) > tolerance * everything:
            return f"hub {key[0]} sends other tonnes than it makes"
    return None


def _cost_of_sizes(steps: Steps, size: Ints, loads: Loads) -> Fraction:
    """Return what the open sizes cost at their loads."""
    total = Fraction(0)
    for j in np.flatnonzero(size >= 0).tolist():
        at = int(size[j])
        total += Fraction(float(steps.fixed[j, at]))
        total += Fraction(float(steps.variable[j, at])) * loads.get(j, Fraction(0))
    return total
