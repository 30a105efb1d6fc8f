"""The front of one choice of plants, where all that is left to choose is divided freely.

It is the lower left edge of a convex set, so that weighted sums find all of its vertices: whenever a sum that two
neighbours share has a smaller value elsewhere, a vertex lies there (Aneja and Nair 1979).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.engine.fronts.model import PairModel

    Corner = tuple[Floats, Floats]

FREE = np.array([np.inf, np.inf])
COST, OTHER = np.array([1.0, 0.0]), np.array([0.0, 1.0])
DEEPEST = 2_000
"""Vertices of a front at most."""


def trace_slice(model: PairModel, whole: Ints, slack: Floats) -> list[Corner]:
    """Return the vertices of a choice of plants, from the least of the other measure on; empty where there are none.

    Parameters
    ----------
    model : PairModel
    whole : int array
        Values of the whole columns.
    slack : float array, shape (2,)
        Differences of both measures that count as none.

    Returns
    -------
    list of (measures, columns)
        In units of the model; the other measure rises, the cost falls.
    """
    cheap = least_of(model, whole, COST, OTHER, slack)
    small = least_of(model, whole, OTHER, COST, slack)
    if cheap is None or small is None:
        return []
    if cheap[0][0] >= small[0][0] - slack[0] or small[0][1] >= cheap[0][1] - slack[1]:
        return [cheap if cheap[0][1] <= small[0][1] + slack[1] else small]
    made = [small]
    waiting = [(small, cheap)]
    while waiting:
        left, right = waiting.pop()
        middle = _find_between(model, whole, left[0], right[0], slack) if len(made) < DEEPEST else None
        if middle is None:
            made.append(right)
        else:
            waiting += [(middle, right), (left, middle)]
    return made


def least_of(model: PairModel, whole: Ints, first: Floats, second: Floats, slack: Floats) -> Corner | None:
    """Return the plan with the least of one measure, and of those the one with the least of the other.

    Parameters
    ----------
    model : PairModel
    whole : int array
    first, second : float array, shape (2,)
        Weights of both measures.
    slack : float array, shape (2,)
    """
    least = model.relax(whole, first, FREE)
    if least is None:
        return None
    kept = np.where(first > 0, least[0] + slack / 10, np.inf)
    return model.relax(whole, second, kept) or least


def _find_between(model: PairModel, whole: Ints, left: Floats, right: Floats, slack: Floats) -> Corner | None:
    """Return a vertex below the line of two others; None where there is none."""
    run, fall = right[1] - left[1], left[0] - right[0]
    if run <= 2 * slack[1] or fall <= 2 * slack[0]:
        return None
    weights = np.array([1.0, fall / run])
    found = model.relax(whole, weights, FREE)
    if found is None or weights @ found[0] >= weights @ left - max(slack[0], 1e-12 * abs(weights @ left)):
        return None
    inside = left[1] < found[0][1] < right[1] and right[0] < found[0][0] < left[0]
    return found if inside else None
