"""Prices for the plans of a box, and the question that divides it best.

Where sites go whole to one echelon, prices come from the subgradient ascent of the search (`lagrangian/`), else from
the duals of the strong linear relaxation (`milp/relaxation.py`). Where that has no solution, sites may be left out at a
price that no plan wanted costs: the prices then say why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.certificate.tree import Question
from hubspoke.engine.certify.priced import Priced
from hubspoke.engine.certify.whole_sites import price_whole_sites
from hubspoke.engine.milp.model import build_model
from hubspoke.engine.milp.relaxation import price_relaxed
from hubspoke.engine.milp.solve import cost_unit, scale_costs

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats
    from hubspoke.engine.certify.priced import Prices
    from hubspoke.engine.milp.rows import Variables
    from hubspoke.engine.problem.problem import Problem

    Asked = tuple[Question, int, int]

WHOLE = 0.02
"""How far from a whole number a relaxed choice may be and count as one."""


def price_box(box: Problem, prices: Prices, target: float) -> Priced:
    """Look for prices that prove a box dear.

    Parameters
    ----------
    box : Problem
    prices : dict
        Those of the box around it.
    target : float
        What they are to prove.
    """
    if box.single_sourcing and not box.n_refineries and not np.isfinite(box.skip_cost).any():
        return price_whole_sites(box, prices, target)
    priced = _price_by_relaxation(box)
    if priced is None:
        penalty = 2.0 * abs(target) + 1.0
        priced = _price_by_relaxation(box.derive(skip_cost=np.minimum(box.skip_cost, penalty)))
    shapes = box.hubs.fixed.shape, box.refineries.fixed.shape, box.collection_cost.shape
    return priced if priced is not None else Priced(prices, *(np.zeros(shape) for shape in shapes))


def _price_by_relaxation(box: Problem) -> Priced | None:
    """Return the duals of the strong relaxation with its answer; None where it has none."""
    unit = cost_unit(box)
    model, handles = build_model(scale_costs(box, 1 / unit), grouped=False)
    prices = price_relaxed(model, box, unit)
    if not prices:
        return None

    def read(variables: Variables, shape: tuple[int, ...]) -> Floats:
        values = np.zeros(shape)
        for key, variable in variables.items():
            values[key] = variable.varValue or 0.0
        return values

    return Priced(
        prices,
        read(handles.hub_size, box.hubs.fixed.shape),
        read(handles.refinery_size, box.refineries.fixed.shape),
        read(handles.assign, box.collection_cost.shape),
    )


def ask(box: Problem, priced: Priced) -> Asked | None:
    """Return the question whose answer the relaxed choice leaves open most; None where all is whole.

    Plants come before sites, and of them those that cost most.

    Parameters
    ----------
    box : Problem
    priced : Priced
    """
    best, question = WHOLE, None
    echelons = (
        (box.hubs.fixed, priced.hubs, box.hub_state, Question.HUB, Question.HUB_SIZE),
        (box.refineries.fixed, priced.refineries, box.refinery_state, Question.REFINERY, Question.REFINERY_SIZE),
    )
    dearest = max(*(float(np.abs(fixed[np.isfinite(fixed)]).max(initial=0.0)) for fixed, *_ in echelons), 1e-300)
    for fixed, part, state, whether, size in echelons:
        opened = part.sum(axis=1)
        weight = 0.1 + np.abs(np.where(np.isfinite(fixed), fixed, 0.0)).max(axis=1, initial=0.0) / dearest
        doubt = np.minimum(opened, 1 - opened) * (state == 0)
        sizes = np.cumsum(part, axis=1)[:, :-1]  # up to each size; the last one is the whole plant
        among = np.minimum(sizes, opened[:, None] - sizes).max(axis=1, initial=0.0)
        for j in np.flatnonzero(np.maximum(doubt, among) > WHOLE).tolist():
            for value, asked in ((doubt[j], (whether, j, 0)), (0.5 * among[j], (size, j, -1))):
                if value * weight[j] > best * (1.0 if question else 0.1) and value > WHOLE:
                    at = int(np.argmin(np.abs(sizes[j] - opened[j] / 2))) if asked[2] < 0 else 0
                    best, question = value * weight[j], (asked[0], j, at)
    if question is None:
        question = _ask_of_undecided(box, priced)
    if question is not None or not box.single_sourcing:
        return question
    return _ask_of_site(box, priced.share)


def _ask_of_undecided(box: Problem, priced: Priced) -> Asked | None:
    """Ask of a plant, or of its size, that the relaxed choice is sure of and the box is not: bounds tell most there."""
    echelons = (
        (box.hubs, priced.hubs, box.hub_state, Question.HUB, Question.HUB_SIZE),
        (box.refineries, priced.refineries, box.refinery_state, Question.REFINERY, Question.REFINERY_SIZE),
    )
    for steps, part, state, whether, _ in echelons:
        free = np.flatnonzero((state == 0) & steps.exists.any(axis=1))
        if len(free):
            return whether, int(free[np.abs(part.sum(axis=1)[free] - 0.5).argmin()]), 0
    for steps, _, state, _, size in echelons:
        several = np.flatnonzero((state > 0) & (steps.exists.sum(axis=1) > 1))
        if len(several):
            return size, int(several[0]), int(steps.exists[several[0]].argmax())
    return None


def _ask_of_site(box: Problem, share: Floats) -> Asked | None:
    """Ask whether the heaviest site that has no clear hub goes to its likeliest."""
    reach = np.isfinite(box.collection_cost) & (box.hub_state >= 0)
    likely = np.where(reach, share, -1.0)
    hub = likely.argmax(axis=1)
    clear = likely.max(axis=1)
    several = reach.sum(axis=1) + np.isfinite(box.skip_cost) > 1
    if not several.any():
        return None
    score = np.where(several, (box.mass + 1e-9 * box.mass.sum()) * (1.05 - np.clip(clear, 0.0, 1.0)), -1.0)
    site = int(score.argmax())
    return Question.LANE, site, int(hub[site])
