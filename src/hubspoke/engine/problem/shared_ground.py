"""Fixed cost that a hub shares with a refinery on its ground.

A hub that is open at a size saves `shared_saving` while a refinery beside it is open. That is a product of two choices;
z[h,k] <= y[h,k] and sum over k of z[h,k] <= sum of the open refineries beside h make it linear, and exact for whole
choices. Cuts and the certificate price the second row: at any price t[h] of 0 or more

    saving <= sum over k of max(saving[h,k] - t[h], 0) y[h,k] + t[h] x (open refineries beside h),

so each side of a pair is valued alone. docs/engine.md has the proof.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.base.arrays import Floats
    from hubspoke.engine.problem.problem import Problem


def saving_of(problem: Problem, hub_size: NDArray[np.int64], refinery_size: NDArray[np.int64]) -> Floats:
    """Return what every hub saves at chosen sizes (-1 closed), shape (H,).

    Parameters
    ----------
    problem : Problem
    hub_size : int array, shape (H,)
    refinery_size : int array, shape (R,)
    """
    saves = (hub_size >= 0) & problem.beside[:, refinery_size >= 0].any(axis=1)
    return np.where(saves, problem.shared_saving[np.arange(problem.n_hubs), np.maximum(hub_size, 0)], 0.0)


def ground_price(problem: Problem, hub: Floats, refinery: Floats) -> Floats:
    """Return the price of a refinery beside every hub at which the saving is least overstated at a choice, shape (H,).

    Parameters
    ----------
    problem : Problem
    hub : (H, K)
        Part to which each hub size is open.
    refinery : (R, L)
        Part to which each refinery size is open.
    """
    price = np.zeros(problem.n_hubs)
    if problem.shares:
        rows = np.flatnonzero(problem.on_shared_ground)
        saving = problem.shared_saving[rows]
        # convex in the price and linear between savings; of equal ones the highest, which rules out other sizes
        trial = -np.sort(-np.pad(saving, ((0, 0), (0, 1))), axis=1)
        above = np.maximum(saving[:, None, :] - trial[:, :, None], 0.0)
        opened = problem.beside[rows] @ refinery.sum(axis=1)
        stated = (above * hub[rows][:, None, :]).sum(axis=2) + trial * opened[:, None]
        price[rows] = trial[np.arange(len(rows)), stated.argmin(axis=1)]
    return price


def most_saved(problem: Problem, hub: Floats, refinery: Floats) -> float:
    """Return what a choice saves: exact where it is whole, no less than that between choices.

    Parameters
    ----------
    problem : Problem
    hub : float array, shape (H, K)
        Part to which each size is open.
    refinery : float array, shape (R, L)
    """
    if not problem.shares:
        return 0.0
    of_hub, of_refinery = share_value(problem, ground_price(problem, hub, refinery))
    return float((of_hub * hub).sum() + of_refinery @ refinery.sum(axis=1))


def share_value(problem: Problem, price: Floats) -> tuple[Floats, Floats]:
    """Return what the price (H,) takes off the value of every hub size (H, K) and of every refinery (R,).

    Parameters
    ----------
    problem : Problem
    price : float array, shape (H,)
        Price of a refinery beside each hub, as `ground_price` returns it.
    """
    above = np.maximum(problem.shared_saving - price[:, None], 0.0)
    return np.where(problem.on_shared_ground[:, None], above, 0.0), price @ problem.beside
