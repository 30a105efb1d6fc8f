"""The nucleolus: the coalition that gains least by staying gains most, then the next, and so on.

Schmeidler (1969), by one linear program after the other. In each the least gain is made most; coalitions whose row has
a price cannot gain more in any best division, so that theirs is settled. A row that only happens to be tight settles
nothing, which is the usual mistake (Guajardo and Jörnsten 2015).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linprog

if TYPE_CHECKING:
    from hubspoke.analysis.decisions.collaboration.game import Game
    from hubspoke.base.arrays import Floats

PRICED = 1e-7
"""Price of a row above which it is settled; all prices together make 1."""


def find_nucleolus(game: Game) -> Floats | None:
    """Return the nucleolus of a game of costs, shape (N,).

    No member pays more than alone, unless all together cost more than each alone: then no division has that, and
    the prenucleolus comes back. Coalitions without a plan cannot leave, and ask for nothing.

    Parameters
    ----------
    game : Game

    Returns
    -------
    float array, or None
        None where those that have a plan do not settle what every member pays.
    """
    members, unit = game.members, _unit(game)
    rows, limit = game.inside[game.parts].astype(float), game.cost[game.parts] / unit
    everyone, total = np.ones((1, members)), game.together / unit
    fair = game.alone.sum() >= game.together or not np.isfinite(game.alone).all()
    most = np.where(np.isfinite(game.alone) & fair, game.alone / unit, np.inf)
    bounds = [(None, None if np.isinf(one) else float(one)) for one in most]
    settled, value = everyone, np.array([total])
    free = np.ones(len(rows), bool)
    while np.linalg.matrix_rank(settled) < members:
        free &= ~_follows(rows, settled)
        if not free.any():
            return None
        answer = linprog(
            c=[*np.zeros(members), -1.0],
            A_ub=np.hstack([rows[free], np.ones((int(free.sum()), 1))]),
            b_ub=limit[free],
            A_eq=np.hstack([settled, np.zeros((len(settled), 1))]),
            b_eq=value,
            bounds=[*bounds, (None, None)],
            method="highs",
        )
        if answer.status != 0:  # no limit to what those with a plan gain
            return None
        priced = np.flatnonzero(free)[answer.ineqlin.marginals < -PRICED]
        for row in priced:
            if not _follows(rows[[row]], settled)[0]:
                settled = np.vstack([settled, rows[row]])
                value = np.append(value, limit[row] - answer.x[-1])
    share = np.linalg.lstsq(settled, value, rcond=None)[0]
    return np.asarray(share * unit)


def find_least_core(game: Game) -> float:
    """Return the most by which every coalition with a plan can be made to gain by staying; below 0, the core is empty.

    Parameters
    ----------
    game : Game

    Returns
    -------
    float
        In the unit of the costs; infinite where nothing limits it.
    """
    members, unit, parts = game.members, _unit(game), game.parts
    if not len(parts):
        return np.inf
    answer = linprog(
        c=[*np.zeros(members), -1.0],
        A_ub=np.hstack([game.inside[parts].astype(float), np.ones((len(parts), 1))]),
        b_ub=game.cost[parts] / unit,
        A_eq=[[*np.ones(members), 0.0]],
        b_eq=[game.together / unit],
        bounds=[(None, None)] * (members + 1),
        method="highs",
    )
    return float(answer.x[-1] * unit) if answer.status == 0 else np.inf


def _unit(game: Game) -> float:
    return float(np.abs(game.cost[np.isfinite(game.cost)]).max()) or 1.0


def _follows(rows: Floats, settled: Floats) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return which rows are sums of settled ones, so that what they pay is settled, too."""
    basis = np.linalg.lstsq(settled.T, rows.T, rcond=None)[0]
    return np.asarray(np.abs(settled.T @ basis - rows.T).max(axis=0) < 1e-9)
