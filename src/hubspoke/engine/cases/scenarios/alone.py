"""One scenario alone, and the mean of all: the plans that scenarios are held against."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.problem.steps import Steps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.base.arrays import Bools, Floats
    from hubspoke.engine.cases.cases import Cases
    from hubspoke.engine.cases.plant_paths import PlantPaths
    from hubspoke.engine.problem.problem import Problem


def take_case(cases: Cases, case: int) -> Cases:
    """Return one scenario alone, its cost counted once, as if it were known that it comes.

    Parameters
    ----------
    cases : Cases
        Scenarios.
    case : int
    """
    return _alone(cases, cases.problems[case], case)


def mean_case(cases: Cases) -> tuple[Cases | None, tuple[int, ...]]:
    """Return the one scenario of which every number is the weighted mean of all, none where there is no such thing.

    A lane that one scenario lacks is lacking. Plants that must be open, or closed, in some scenarios only have no mean.

    Parameters
    ----------
    cases : Cases
        Scenarios, with weights that add up to more than 0.

    Returns
    -------
    cases : Cases or None
    odd : tuple of int
        Scenarios whose sites, plants or limits differ from those of the first, so that there is no mean.
    """
    first = cases.problems[0]
    odd = tuple(t for t, problem in enumerate(cases.problems) if not _is_like(first, problem))
    if odd:
        return None, odd
    share = cases.weights / cases.weights.sum()

    def mean(values: Sequence[Floats]) -> Floats:
        total = np.zeros(values[0].shape)
        for one, weight in zip(values, share.tolist(), strict=True):
            total += np.where(np.isfinite(one), np.where(np.isfinite(one), one, 0.0) * weight, one)
        return total

    def mean_steps(steps: Sequence[Steps]) -> Steps:
        return Steps(
            mean([one.capacity for one in steps]),
            mean([one.fixed for one in steps]),
            mean([one.variable for one in steps]),
        )

    problems = cases.problems
    # who sends nothing in a scenario pays for no lane in it, and need not have one
    nothing: list[Bools] = [np.asarray(~problem.supply.any(axis=1)) for problem in problems]
    problem = replace(
        first,
        supply=mean([problem.supply for problem in problems]),
        collection_cost=mean(
            [
                np.where(none[:, None], 0.0, problem.collection_cost)
                for problem, none in zip(problems, nothing, strict=True)
            ]
        ),
        hubs=mean_steps([problem.hubs for problem in problems]),
        yields=mean([problem.yields for problem in problems]),
        transfer_cost=mean([problem.transfer_cost for problem in problems]),
        refineries=mean_steps([problem.refineries for problem in problems]),
        skip_cost=mean(
            [np.where(none, 0.0, problem.skip_cost) for problem, none in zip(problems, nothing, strict=True)]
        ),
        hub_floor=mean([problem.hub_floor for problem in problems]),
        refinery_floor=mean([problem.refinery_floor for problem in problems]),
        shared_saving=mean([problem.shared_saving for problem in problems]),
    )
    return _alone(cases, problem, 0), ()


def _is_like(first: Problem, other: Problem) -> bool:
    """Return whether the mean of two problems makes sense."""
    return (
        first.n_sites == other.n_sites
        and np.array_equal(first.hub_state, other.hub_state)
        and np.array_equal(first.refinery_state, other.refinery_state)
        and np.array_equal(first.hubs.exists, other.hubs.exists)
        and np.array_equal(first.refineries.exists, other.refineries.exists)
        and np.array_equal(first.beside, other.beside)
    )


def _alone(cases: Cases, problem: Problem, idle_of: int) -> Cases:
    """Return a problem as the only scenario; plants are decided as they are for all."""
    one = np.ones(1)
    return replace(
        cases,
        problems=(problem,),
        weights=one,
        one_time_factor=cases.one_time_factor[:1],
        hubs=_first(cases.hubs, idle_of),
        refineries=_first(cases.refineries, idle_of),
        sites=replace(cases.sites, least_tonnes=0 * one, least_sites=0 * one),
        budget=cases.budget[:1],
        measure=None,
    )


def _first(paths: PlantPaths, idle_of: int) -> PlantPaths:
    """Return what plants may do in the first case, standing idle at the cost of another."""
    at_first = ("opening_cost", "reopening_cost", "resize_cost", "closing_cost", "fewest_openings", "most_openings")
    return replace(paths, **{name: getattr(paths, name)[:1] for name in at_first}, idle_cost=paths.idle_cost[[idle_of]])
