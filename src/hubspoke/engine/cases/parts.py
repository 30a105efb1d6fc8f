"""Split cases into parts that share nothing in any case: with closed borders every region is a part of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from hubspoke.base.status import Status
from hubspoke.engine.cases.cases import Cases, SiteRules
from hubspoke.engine.cases.full import with_bound
from hubspoke.engine.cases.solution import CasesSolution, PlantPlan
from hubspoke.engine.presolve.components import extract, label_parts
from hubspoke.engine.solution.construct import no_solution

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.base.arrays import Ints
    from hubspoke.engine.cases.plant_paths import PlantPaths
    from hubspoke.engine.solution.solution import Solution


@dataclass(frozen=True, eq=False)
class Part:
    """A part of all cases, and where its sites (case by case), hubs and refineries stand in the whole."""

    cases: Cases
    sites: tuple[Ints, ...]
    hubs: Ints
    refineries: Ints


def split_cases(cases: Cases) -> tuple[Part, ...]:
    """Return the independent parts of cases.

    Plants hang together where they do in any one case; all of them where a budget or a coverage counts them together,
    those of an echelon where its openings are limited. A measure of all costs keeps them together.

    Parameters
    ----------
    cases : Cases
    """
    hubs, refineries = cases.hubs.shape[1], cases.refineries.shape[1]
    if cases.limits_budget or cases.sites.any or cases.measure is not None or not hubs:
        return (_whole(cases),)
    labels = [label_parts(problem) for problem in cases.problems]
    # one node for each hub and refinery, shared by all cases, then the labels of every case
    nodes, tails, heads = hubs + refineries, [], []
    for problem, label in zip(cases.problems, labels, strict=True):
        tails.append(np.arange(hubs + refineries))
        heads.append(label[problem.n_sites : problem.n_sites + hubs + refineries] + nodes)
        nodes += int(label.max(initial=-1)) + 1
    for paths, first in ((cases.hubs, 0), (cases.refineries, hubs)):
        if paths.limits_openings.any():
            tails.append(np.arange(paths.shape[1]) + first)
            heads.append(np.full(paths.shape[1], nodes))
            nodes += 1
    tail, head = np.concatenate(tails), np.concatenate(heads)
    joined = connected_components(coo_array((np.ones(len(tail)), (tail, head)), shape=(nodes, nodes)), directed=False)[
        1
    ]
    site_part, first = [], hubs + refineries
    for problem, label in zip(cases.problems, labels, strict=True):
        site_part.append(joined[label[: problem.n_sites] + first])
        first += int(label.max(initial=-1)) + 1
    parts = np.unique(np.concatenate([joined[: hubs + refineries], *site_part]))
    if len(parts) == 1:
        return (_whole(cases),)
    return tuple(
        _extract(
            cases,
            tuple(np.flatnonzero(of_sites == part) for of_sites in site_part),
            np.flatnonzero(joined[:hubs] == part),
            np.flatnonzero(joined[hubs : hubs + refineries] == part),
        )
        for part in parts.tolist()
    )


def _whole(cases: Cases) -> Part:
    hubs, refineries = np.arange(cases.hubs.shape[1]), np.arange(cases.refineries.shape[1])
    return Part(cases, tuple(np.arange(problem.n_sites) for problem in cases.problems), hubs, refineries)


def _extract(cases: Cases, sites: tuple[Ints, ...], hubs: Ints, refineries: Ints) -> Part:
    problems = tuple(
        extract(problem, here, hubs, refineries).problem for problem, here in zip(cases.problems, sites, strict=True)
    )
    none = np.zeros(cases.count)
    part = replace(
        cases,
        problems=problems,
        hubs=_take(cases.hubs, hubs),
        refineries=_take(cases.refineries, refineries),
        sites=SiteRules(none, none, stays_collected=False, switching_cost=np.zeros(problems[0].n_sites)),
        take_or_pay=None if cases.take_or_pay is None else cases.take_or_pay.take(refineries),
        hub_take_or_pay=None if cases.hub_take_or_pay is None else cases.hub_take_or_pay.take(hubs),
    )
    return Part(part, sites, hubs, refineries)


def _take(paths: PlantPaths, plants: Ints) -> PlantPaths:
    by_case = {
        name: getattr(paths, name)[:, plants]
        for name in ("opening_cost", "reopening_cost", "resize_cost", "closing_cost", "idle_cost")
    }
    by_plant = {
        name: getattr(paths, name)[plants]
        for name in ("lead_time", "earliest", "latest", "standing", "standing_until", "life")
    }
    return replace(paths, **by_case, **by_plant, investment=paths.investment[plants])


def join_answers(cases: Cases, parts: Sequence[Part], answers: Sequence[CasesSolution], gap: float) -> CasesSolution:
    """Put the answers of the parts into one for all.

    Parameters
    ----------
    cases : Cases
    parts : sequence of Part
    answers : sequence of CasesSolution
        One for each part.
    gap : float
        At which the whole counts as proven.
    """
    if any(answer.status is Status.INFEASIBLE for answer in answers):
        return CasesSolution(Status.INFEASIBLE, np.inf, np.inf)
    bound = float(sum(answer.bound for answer in answers))
    plans = [(answer.hubs, answer.refineries) for answer in answers]
    if not all(answer.has_plan for answer in answers) or any(h is None or r is None for h, r in plans):
        return CasesSolution(Status.UNKNOWN, np.inf, bound)
    hubs = _join_plants(cases.hubs, [(part.hubs, h) for part, (h, _) in zip(parts, plans, strict=True) if h])
    refineries = _join_plants(
        cases.refineries, [(part.refineries, r) for part, (_, r) in zip(parts, plans, strict=True) if r]
    )
    return with_bound(cases, _join_cases(cases, parts, answers), hubs, refineries, bound=bound, gap=gap)


def _join_plants(paths: PlantPaths, plans: Sequence[tuple[Ints, PlantPlan]]) -> PlantPlan:
    shape = paths.shape[:2]
    whole = PlantPlan(
        np.zeros(shape, np.int64), np.full(shape, -1), np.zeros(shape), np.zeros(shape), np.zeros(shape, bool)
    )
    for plants, plan in plans:
        for name in ("stage", "size", "one_time_cost", "idle_cost", "opens"):
            getattr(whole, name)[:, plants] = getattr(plan, name)
    return whole


def _join_cases(cases: Cases, parts: Sequence[Part], answers: Sequence[CasesSolution]) -> list[Solution]:
    joined = []
    for case, problem in enumerate(cases.problems):
        whole = no_solution(problem, Status.FEASIBLE, -np.inf)
        sites, hubs, shares = [], [], []
        cost = 0.0
        for part, answer in zip(parts, answers, strict=True):
            plan = answer.cases[case]
            whole.hub_size[part.hubs] = plan.hub_size
            whole.refinery_size[part.refineries] = plan.refinery_size
            whole.flow[np.ix_(part.hubs, part.refineries)] = plan.flow
            sites.append(part.sites[case][plan.site])
            hubs.append(part.hubs[plan.hub])
            shares.append(plan.share)
            cost += plan.objective
        site, hub = np.concatenate(sites), np.concatenate(hubs)
        order = np.lexsort((hub, site))
        share = np.concatenate(shares)[order]
        joined.append(replace(whole, site=site[order], hub=hub[order], share=share, objective=cost))
    return joined
