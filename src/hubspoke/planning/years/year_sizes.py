"""The sizes of plants as the engine gets them for each year, and what plants pay for at least."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.cases.take_or_pay import TakeOrPay
from hubspoke.engine.problem.steps import Steps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubspoke.costs.sizes import PlantSteps
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.planning.formulation.formulate import Formulation
    from hubspoke.planning.years.growth import Growth
    from hubspoke.planning.years.plants import Plants


def limit_sizes(form: Formulation, plants: Sequence[Plants], at: int) -> Problem:
    """Return the problem of a year with the sizes that plants may have in it.

    Parameters
    ----------
    form : Formulation
        Of the year.
    plants : sequence of two Plants
        Hubs and refineries.
    at : int
        Position of the year.
    """
    problem, (hubs, refineries) = form.problem, plants
    saving = np.zeros((problem.n_hubs, hubs.intervals.line.shape[1]))
    saving[: len(hubs.intervals.line)] = np.where(
        hubs.intervals.line >= 0,
        np.take_along_axis(form.terms.shared, np.maximum(hubs.intervals.line, 0), axis=1),
        0.0,
    )
    return problem.derive(
        hubs=state_steps(problem.hubs, form.terms.hubs, hubs, at),
        refineries=state_steps(problem.refineries, form.terms.refineries, refineries, at),
        shared_saving=np.hstack([saving] * (2 if hubs.growth.runs_in else len(hubs.dip.blocks(at)))),
    )


def state_steps(steps: Steps, lines: PlantSteps, plants: Plants, at: int) -> Steps:
    """Return the sizes of a year, block by block.

    Parameters
    ----------
    steps : Steps
        Of the year; those behind the plants are others.
    lines : PlantSteps
        Sizes of the plants in that year.
    plants : Plants
    at : int
        Position of the year.
    """
    intervals, found = plants.intervals, list[Steps]()
    sizes, charge = intervals.line.shape[1], plants.charge_jpy_per_t[at]
    for block, there in enumerate(plants.dip.blocks(at)):
        stated = intervals.state(steps, lines, at, charge[:, block * sizes : (block + 1) * sizes])
        made = _limit_steps(stated, plants.growth, at)
        if block:  # others behind have one size
            there_too = np.zeros(made.fixed.shape, bool)
            there_too[: len(intervals.line)] = there
            fixed = np.where(there_too, made.fixed, np.inf)
            made = Steps(np.where(np.isfinite(fixed), made.capacity, 0.0), fixed, made.variable)
        found.append(made)
    if len(found) == 1:
        return found[0]
    return Steps(*(np.hstack([getattr(one, name) for one in found]) for name in ("capacity", "fixed", "variable")))


def _limit_steps(steps: Steps, growth: Growth, at: int) -> Steps:
    """Return sizes without those that are not allowed; those of plants in their first years stand behind the others."""
    plants = len(growth.standing)
    allowed, share = np.ones(steps.capacity.shape, bool), np.ones(steps.capacity.shape)
    allowed[:plants], share[:plants] = growth.allowed[at], growth.first_share[at]
    standing = np.zeros(allowed.shape, bool)
    standing[:plants] = growth.standing
    usual, first = np.where(standing, share, 1.0), np.where(standing, 1.0, share)
    capacity = np.where(allowed, steps.capacity, 0.0)
    fixed = np.where(allowed, steps.fixed, np.inf)
    if not growth.runs_in:
        return Steps(capacity, fixed, steps.variable)
    return Steps(
        np.hstack([capacity * usual, capacity * first]), np.hstack([fixed, fixed]), np.hstack([steps.variable] * 2)
    )


def owe_lower_ends(plants: Plants, shape: tuple[int, int]) -> TakeOrPay | None:
    """Return that open plants of a kind pay for the lower ends of their sizes; a single year has no need of it.

    Parameters
    ----------
    plants : Plants
    shape : (N, K)
        Of their sizes in the engine.
    """
    intervals, count = plants.intervals, len(plants.steps)
    if count == 1:
        return None
    sizes = intervals.line.shape[1]
    charge = np.concatenate([plants.charge_jpy_per_t] * (2 if plants.growth.runs_in else 1), axis=2)
    blocks = charge.shape[2] // sizes
    free = np.concatenate([intervals.at_low | (intervals.line < 0)] * blocks, axis=2)
    rate = np.zeros((count, *shape))
    rate[:, : len(intervals.line)] = np.where(free, 0.0, charge)
    tonnes = np.zeros(shape)
    tonnes[: len(intervals.line)] = np.hstack([intervals.low] * blocks)
    return TakeOrPay.build(rate.shape, tonnes, rate) if (rate * tonnes).any() else None
