"""From cases to the data of the tree over openings, and from its answer to a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.status import Status
from hubspoke.engine.cases.cases import Linking
from hubspoke.engine.cases.expanded import weigh
from hubspoke.engine.cases.full import plan_at, with_bound
from hubspoke.engine.cases.network import echelons, plant_arcs
from hubspoke.engine.cases.plant_paths import Stage
from hubspoke.engine.cases.solution import CasesSolution, write_plan
from hubspoke.engine.cases.uncapacitated.bound import Data
from hubspoke.engine.cases.uncapacitated.tree import OpeningSearch
from hubspoke.engine.problem.limits import least_room

if TYPE_CHECKING:
    from hubspoke.base.arrays import Bools, Floats, Ints
    from hubspoke.base.stop import Stop
    from hubspoke.engine.cases.cases import Cases
    from hubspoke.engine.cases.network import Arc
    from hubspoke.engine.parameters import EngineParameters
    from hubspoke.engine.problem.problem import Problem


def suits_tree(cases: Cases) -> bool:
    """Return whether cases are of the kind that the tree over openings solves.

    One echelon of hubs of one size that take all they are sent, open once for good, in any number or in given numbers
    by case; sites that are only ever added, and free to change their hub.

    Parameters
    ----------
    cases : Cases
    """
    paths, rules = cases.hubs, cases.sites
    hubs, sizes = paths.shape[1:]
    if cases.count < 2 or cases.refineries.shape[1] or sizes != 1 or not hubs or cases.linking is not Linking.YEARS:
        return False
    free = not paths.limits_openings.any()
    given = bool((paths.fewest_openings == paths.most_openings).all())
    stays = (
        np.isinf(paths.closing_cost).all()
        and np.isinf(paths.idle_cost).all()
        and not paths.lead_time.any()
        and (paths.standing < 0).all()
        and (paths.life >= cases.count).all()
    )
    plain = not cases.owes and not cases.limits_budget and not rules.prices_switching and not rules.least_tonnes.any()
    added = rules.stays_collected or all(map(_serves_all, cases.problems))
    alike = len({problem.n_sites for problem in cases.problems}) == 1 and cases.problems[0].n_sites > 0
    return bool((free or given) and stays and plain and added and alike) and all(map(_takes_all, cases.problems))


def _serves_all(problem: Problem) -> bool:
    """Return whether every site of a case that has a lane must be served."""
    return bool((np.isinf(problem.skip_cost) | np.isinf(problem.collection_cost).all(axis=1)).all())


def _takes_all(problem: Problem) -> bool:
    """Return whether every hub of a case takes all that can come, and nothing else limits hubs or sites."""
    steps, counts = problem.hubs, problem.hub_counts
    reach = np.isfinite(problem.collection_cost)
    roomy = (steps.capacity[:, 0] >= least_room(problem.mass @ reach)).all()
    unlimited = (
        (counts.fewest <= 0).all()
        and (counts.most >= np.bincount(counts.group, minlength=len(counts.most))).all()
        and counts.fewest_in_total <= 0
        and counts.most_in_total >= problem.n_hubs
    )
    free = (problem.hub_state == 0).all() and steps.exists.all()
    return bool(roomy and unlimited and free) and not problem.has_floors


def solve_by_openings(cases: Cases, *, gap: float, stop: Stop, parameters: EngineParameters) -> CasesSolution:
    """Solve cases for which `suits_tree` holds.

    Parameters
    ----------
    cases : Cases
    gap : float
    stop : Stop
    parameters : EngineParameters
    """
    arcs, opening, allowed = _openings(cases)
    data, constant = _data(cases, opening)
    search = OpeningSearch(data, allowed, gap, stop, parameters.cases.openings, constant)
    answer = search.solve()
    bound = answer.bound + constant
    if not np.isfinite(answer.cost):
        status = Status.INFEASIBLE if np.isposinf(answer.bound) else Status.UNKNOWN
        return CasesSolution(status, np.inf, bound)
    paths = [_path(cases, options, int(case)) for options, case in zip(arcs, answer.opens, strict=True)]
    hubs, none = write_plan(cases.count, paths), write_plan(cases.count, [])
    plans = []
    for case, problem in enumerate(cases.problems):
        site = np.flatnonzero(answer.start <= case)
        is_open = answer.opens <= case
        lanes = np.where(is_open[None, :], data.cost[case].T[site], np.inf)
        size = np.where(is_open, 0, -1)
        nobody: Ints = np.empty(0, np.int64)
        plan = plan_at(problem, size, nobody, site, lanes.argmin(axis=1), np.ones(len(site)))
        if plan is None:  # hubs take all they are sent, so rounding alone can lose a plan
            return CasesSolution(Status.UNKNOWN, np.inf, bound)
        plans.append(plan)
    return with_bound(cases, plans, hubs, none, bound=bound, gap=gap)


def _openings(cases: Cases) -> tuple[list[list[Arc]], Floats, Bools]:
    """Return the arcs of every hub, what opening it in a case costs to the end, and where it may."""
    hubs = cases.hubs.shape[1]
    once = np.full((hubs, cases.count), np.inf)
    arcs = []
    for hub in range(hubs):
        found = plant_arcs(cases, echelons(cases)[0], hub)[1]
        for arc in found:
            if arc.opens:
                once[hub, arc.case] = arc.cost
        arcs.append(found)
    yearly = np.array([weigh(p, float(w)).hubs.fixed[:, 0] for p, w in zip(cases.problems, cases.weights, strict=True)])
    to_the_end = np.cumsum(yearly[::-1], axis=0)[::-1].T
    allowed = np.isfinite(once)
    return arcs, np.where(allowed, once + to_the_end, np.inf), allowed


def _data(cases: Cases, opening: Floats) -> tuple[Data, float]:
    """Return the data of the tree, and the cost of leaving every site out for good."""
    sites = cases.problems[0].n_sites
    cost, constant = [], 0.0
    latest = np.full(sites, cases.count)
    for case, (problem, weight) in enumerate(zip(cases.problems, cases.weights, strict=True)):
        weighed = weigh(problem, float(weight))
        lanes = weighed.collection_cost + problem.mass[:, None] * weighed.hubs.variable[None, :, 0]
        must = np.isinf(weighed.skip_cost)
        skip = np.where(must, 0.0, weighed.skip_cost)
        latest = np.where(must, np.minimum(latest, case), latest)
        cost.append((lanes - skip[:, None]).T)
        constant += float(skip.sum())
    exact = not cases.hubs.limits_openings.any()
    openings = np.full(cases.count, -1) if exact else cases.hubs.fewest_openings
    return Data(np.ascontiguousarray(cost), opening, openings, cases.sites.least_sites, latest), constant


def _path(cases: Cases, arcs: list[Arc], opens: int) -> list[Arc]:
    """Return the path of a hub that opens in a case, T for never."""
    path = []
    for case in range(cases.count):
        stage = Stage.OPEN if case >= opens else Stage.ABSENT
        path.append(next(a for a in arcs if a.case == case and a.head.stage is stage and a.opens == (case == opens)))
    return path
