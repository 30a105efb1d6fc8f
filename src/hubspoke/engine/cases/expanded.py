"""All cases as one problem, side by side: sites, hubs and refineries of every case, with no lane between cases.

The full model of all cases is the full model of this problem, with the rows that tie plants and sites together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.linalg import block_diag

from hubspoke.engine.problem.counts import Counts
from hubspoke.engine.problem.problem import Problem
from hubspoke.engine.problem.steps import Steps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.base.arrays import Floats
    from hubspoke.engine.cases.cases import Cases


def expand(cases: Cases) -> Problem:
    """Return the problem of all cases side by side, with weighted costs, but without limits of plants in total.

    Site i of case t is site number (sites of the cases before) + i; hub h is t x H + h, refinery r is t x R + r.

    Parameters
    ----------
    cases : Cases
    """
    problems = [
        weigh(problem, float(weight)) for problem, weight in zip(cases.problems, cases.own_weights, strict=True)
    ]
    return Problem(
        supply=np.concatenate([problem.supply for problem in problems]),
        collection_cost=_apart([problem.collection_cost for problem in problems]),
        hubs=_stack([problem.hubs for problem in problems]),
        yields=np.concatenate([problem.yields for problem in problems]),
        transfer_cost=np.stack(
            [
                _apart([problem.transfer_cost[:, :, grade] for problem in problems])
                for grade in range(problems[0].n_grades)
            ],
            axis=2,
        ),
        refineries=_stack([problem.refineries for problem in problems]),
        single_sourcing=problems[0].single_sourcing,
        hub_counts=_groups_apart([problem.hub_counts for problem in problems]),
        refinery_counts=_groups_apart([problem.refinery_counts for problem in problems]),
        hub_state=np.concatenate([problem.hub_state for problem in problems]),
        refinery_state=np.concatenate([problem.refinery_state for problem in problems]),
        skip_cost=np.concatenate([problem.skip_cost for problem in problems]),
        hub_floor=np.concatenate([problem.hub_floor for problem in problems]),
        refinery_floor=np.concatenate([problem.refinery_floor for problem in problems]),
        beside=block_diag(*[problem.beside for problem in problems]).astype(bool),
        shared_saving=np.concatenate([problem.shared_saving for problem in problems]),
    )


def weigh(problem: Problem, weight: float) -> Problem:
    """Return a problem with its costs times a weight; what is forbidden stays so at a weight of 0.

    Parameters
    ----------
    problem : Problem
    weight : float
    """

    def scale(cost: Floats) -> Floats:
        return np.where(np.isfinite(cost), np.where(np.isfinite(cost), cost, 0.0) * weight, cost)

    def scale_steps(steps: Steps) -> Steps:
        return Steps(steps.capacity, scale(steps.fixed), steps.variable * weight)

    return problem.derive(
        collection_cost=scale(problem.collection_cost),
        hubs=scale_steps(problem.hubs),
        transfer_cost=scale(problem.transfer_cost),
        refineries=scale_steps(problem.refineries),
        skip_cost=scale(problem.skip_cost),
        shared_saving=problem.shared_saving * weight,
    )


def _apart(costs: Sequence[Floats]) -> Floats:
    """Put tables of lanes into one, corner to corner, with no lane elsewhere."""
    rows, columns = (np.cumsum([0, *[cost.shape[axis] for cost in costs]]) for axis in (0, 1))
    whole = np.full((rows[-1], columns[-1]), np.inf)
    for t, cost in enumerate(costs):
        whole[rows[t] : rows[t + 1], columns[t] : columns[t + 1]] = cost
    return whole


def _stack(steps: Sequence[Steps]) -> Steps:
    return Steps(
        np.concatenate([step.capacity for step in steps]),
        np.concatenate([step.fixed for step in steps]),
        np.concatenate([step.variable for step in steps]),
    )


def _groups_apart(counts: Sequence[Counts]) -> Counts:
    first = np.cumsum([0, *[len(count.fewest) for count in counts]])
    return Counts(
        np.concatenate([count.group + start for count, start in zip(counts, first[:-1], strict=True)]),
        np.concatenate([count.fewest for count in counts]),
        np.concatenate([count.most for count in counts]),
    )
