"""Put answers together: two of one problem, those of merged grades, those of parts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.status import Status
from hubspoke.engine.certificate.carry import join_prices, with_prices
from hubspoke.engine.solution.construct import construct_solution, no_solution, with_proof
from hubspoke.engine.solution.evaluate import rounding_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.engine.presolve.components import Component
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.solution.solution import Solution


def better(one: Solution, other: Solution, gap: float) -> Solution:
    """Return the cheaper plan of two answers with the higher bound.

    Parameters
    ----------
    one, other : Solution
        Of one problem.
    gap : float
        Relative gap at which the plan counts as proven.
    """
    if Status.INFEASIBLE in {one.status, other.status}:
        return one if one.status is Status.INFEASIBLE else other
    bound = max(one.bound, other.bound)
    best = one if one.objective <= other.objective else other
    best = replace(best, certificate=one.certificate or other.certificate)
    return (
        with_proof(best, objective=best.objective, bound=bound, gap=gap)
        if best.has_plan
        else replace(best, bound=bound)
    )


def with_grades(problem: Problem, answer: Solution, gap: float) -> Solution:
    """Split the flows of a merged answer into grades again."""
    plan = (
        None
        if not answer.has_plan
        else construct_solution(
            problem,
            answer.site,
            answer.hub,
            answer.share,
            answer.hub_size,
            answer.refinery_size,
            bound=answer.bound,
            gap=gap,
        )
    )
    if plan is None:
        plan = no_solution(problem, Status.UNKNOWN if answer.has_plan else answer.status, answer.bound)
    prices = answer.certificate
    return (
        with_prices(plan, problem, prices["site_price"], prices["gate_price"][:, 0], prices["ground_price"])
        if prices
        else plan
    )


def join_parts(problem: Problem, parts: Sequence[Component], answers: Sequence[Solution], gap: float) -> Solution:
    """Put the answers of the parts into one for the whole."""
    if any(answer.status is Status.INFEASIBLE for answer in answers):
        return no_solution(problem, Status.INFEASIBLE, np.inf)
    bound = float(sum(answer.bound for answer in answers))
    prices = join_prices(problem, parts, answers)
    if not all(answer.has_plan for answer in answers):
        return replace(no_solution(problem, Status.UNKNOWN, bound), certificate=prices)
    whole = replace(no_solution(problem, Status.FEASIBLE, bound), certificate=prices)
    for part, answer in zip(parts, answers, strict=True):
        whole.hub_size[part.hubs] = answer.hub_size
        whole.refinery_size[part.refineries] = answer.refinery_size
        whole.flow[np.ix_(part.hubs, part.refineries)] = answer.flow
    pairs = list(zip(parts, answers, strict=True))
    site = np.concatenate([whole.site, *(part.sites[answer.site] for part, answer in pairs)])
    hub = np.concatenate([whole.hub, *(part.hubs[answer.hub] for part, answer in pairs)])
    share = np.concatenate([whole.share, *(answer.share for answer in answers)])
    order = np.lexsort((hub, site))
    whole = replace(whole, site=site[order], hub=hub[order], share=share[order])
    objective, rounding = float(sum(answer.objective for answer in answers)), rounding_of(problem, whole)
    return with_proof(whole, objective=objective, bound=bound, gap=gap, rounding=rounding)
