"""Settle a choice of plants for whole sites: what reduced costs leave of its lanes goes to a solver.

The prices of its answer bound every plan of a whole choice: each site at its cheapest hub, room included, less what the
room is worth. A site sent elsewhere adds what that hub asks more. So below a limit most sites keep one hub, where they
are merged, and the few others are a small program in PuLP, cut off at the limit.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.benders.evaluation import opening_cost
from hubspoke.engine.milp.solve import solve_directly
from hubspoke.engine.parameters import DEFAULTS, EngineParameters
from hubspoke.engine.presolve.components import extract
from hubspoke.engine.presolve.merge import merge_decided_sites
from hubspoke.engine.problem.choice import CLOSED, chosen_sizes
from hubspoke.engine.problem.steps import Steps
from hubspoke.engine.solution.construct import construct_solution

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.base.arrays import Floats
    from hubspoke.base.stop import Stop
    from hubspoke.engine.benders.cuts import CutGenerator
    from hubspoke.engine.benders.evaluation import Evaluation
    from hubspoke.engine.presolve.components import Component
    from hubspoke.engine.solution.solution import Solution


SLACK = 1e-9
"""Share by which limits are widened, against rounding."""


@dataclass(frozen=True, eq=False)
class RestrictedAnswer:
    """What is known of the whole-site plans of a choice: none costs less than the bound; the plan is one within it."""

    bound: float
    plan: Solution | None


def solve_restricted(
    cutter: CutGenerator,
    point: Evaluation,
    *,
    limit: float,
    gap: float,
    stop: Stop,
    parameters: EngineParameters = DEFAULTS,
) -> RestrictedAnswer | None:
    """Look for the cheapest plan of a choice that costs less than a limit, or prove that there is none.

    Parameters
    ----------
    cutter : CutGenerator
    point : Evaluation
        A whole choice, answered site by site.
    limit : float
        Infinite for none.
    gap : float
        Relative gap at which the solver may stop.
    stop : Stop
    parameters : EngineParameters

    Returns
    -------
    RestrictedAnswer or None
        None where the prices do not bound every plan of the choice, or tell too little.
    """
    opened = (point.hub > CLOSED).any(axis=1)
    if not cutter.assignment.usable(point.worth)[opened].all():
        return None  # such a hub is no sink, yet may serve sites that leave no black mass
    bound, more = _price(cutter, point)
    if bound >= limit or np.isposinf(bound):
        return RestrictedAnswer(bound, None)
    aim = min(limit, bound + _widest(more, parameters.plan_search.restricted_lanes))
    kept = np.isfinite(more) & (more <= aim - bound + SLACK * abs(aim))
    if kept.sum() > len(kept) + 2 * parameters.plan_search.restricted_lanes:
        return None  # too many that ask the same
    part = _only(cutter, point, kept)
    merged = merge_decided_sites(part.problem)
    answer = solve_directly(
        merged.problem,
        gap=gap,
        nodes=parameters.plan_search.restricted_nodes,
        cutoff=aim + SLACK * abs(aim),
        stop=stop,
        parameters=parameters.full_model,
    )
    known = max(bound, min(answer.bound, aim))
    if not answer.has_plan:
        return RestrictedAnswer(known, None)
    whole = merged.expand(answer)
    hub_size, refinery_size = chosen_sizes(point.hub), chosen_sizes(point.refinery)
    site, hub = part.sites[whole.site], part.hubs[whole.hub]
    plan = construct_solution(cutter.problem, site, hub, whole.share, hub_size, refinery_size, bound=-np.inf, gap=gap)
    return RestrictedAnswer(known, plan)


def _price(cutter: CutGenerator, point: Evaluation) -> tuple[float, Floats]:
    """Bound all plans of a choice by its prices.

    Return what each lane asks above the best for its site, shape (S, n).
    """
    problem, sinks, room_price = cutter.problem, point.sinks, point.assigned.room_price
    lanes = cutter.assignment.lane_cost(point.worth, sinks.hub)
    asked = lanes + problem.mass[:, None] * (sinks.rate + room_price)[None, :]
    best = np.minimum(asked.min(axis=1, initial=np.inf), problem.skip_cost)
    open_refinery = point.refinery > CLOSED
    sends = np.zeros(problem.n_hubs, bool)
    sends[sinks.hub] = True
    worth = np.where(sends[:, None] & np.isfinite(point.worth), point.worth, -np.inf)
    drawn = cutter.value_refineries(worth)[open_refinery] - problem.refineries.fixed[open_refinery]
    opened = opening_cost(problem, point.hub, point.refinery)
    bound = float(best.sum() - (room_price * sinks.room).sum() + opened + drawn.sum())
    with np.errstate(invalid="ignore"):
        return bound, np.where(np.isfinite(asked), asked - best[:, None], np.inf)


def _widest(more: Floats, lanes: int) -> float:
    """Return what a lane may ask above the best for its site so that there are not too many, `more` being (S, n)."""
    most = len(more) + lanes
    return float(np.partition(more, most, axis=None)[most]) if more.size > most else np.inf


def _only(cutter: CutGenerator, point: Evaluation, kept: NDArray[np.bool_]) -> Component:
    """Cut out the open plants at their sizes, all of them open, with the lanes that are kept, shape (S, n)."""
    problem, hubs = cutter.problem, point.sinks.hub
    refineries = np.flatnonzero((point.refinery > CLOSED).any(axis=1))
    part = extract(problem, np.arange(problem.n_sites), hubs, refineries)
    fits = kept & (problem.mass[:, None] <= point.sinks.room[None, :] * (1 + SLACK))
    only = part.problem.derive(
        collection_cost=np.where(fits, part.problem.collection_cost, np.inf),
        hubs=_at_size(part.problem.hubs, point.hub[hubs]),
        refineries=_at_size(part.problem.refineries, point.refinery[refineries]),
        hub_state=np.ones(len(hubs), np.int64),
        refinery_state=np.ones(len(refineries), np.int64),
    )
    return replace(part, problem=only)


def _at_size(steps: Steps, chosen: Floats) -> Steps:
    """Leave plants the size they are open at."""
    return Steps(steps.capacity, np.where(chosen > CLOSED, steps.fixed, np.inf), steps.variable)
