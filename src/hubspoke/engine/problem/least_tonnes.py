"""The least that plants take: of sites that must be served, and of the coverage that is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from hubspoke.base.arrays import Bools, Floats
    from hubspoke.engine.problem.problem import Problem

SLACK = 1e-9
"""Share by which rounding may miss the coverage that is asked for."""


def least_tonnes(problem: Problem, *, tonnes: float = 0.0, sites: float = 0.0) -> tuple[float, float]:
    """Return the least tonnes that hubs take, and the least black mass that they send on.

    Parameters
    ----------
    problem : Problem
    tonnes, sites : float
        Coverage that is asked for: tonnes, and number of sites.
    """
    yields = problem.yields.sum(axis=2).min(axis=0, initial=np.inf)
    sent = np.asarray(problem.supply @ np.where(np.isfinite(yields), yields, 0.0))
    must = np.isinf(problem.skip_cost)
    asked = ((problem.mass, tonnes), (np.ones(problem.n_sites), sites))
    mass, black_mass = (
        max(_least_of(one, worth, must, least) for worth, least in asked) for one in (problem.mass, sent)
    )
    return mass, black_mass


def _least_of(tonnes: Floats, worth: Floats, must: Bools, least: float) -> float:
    """Return the least tonnes of sites that are worth enough together, the last one in part: a continuous knapsack."""
    missing = least * (1 - SLACK) - float(worth[must].sum())
    may = np.flatnonzero(~must & (worth > 0))
    order = may[np.argsort(tonnes[may] / worth[may], kind="stable")]
    before = np.cumsum(worth[order]) - worth[order]
    part = np.clip((missing - before) / worth[order], 0.0, 1.0)
    return float(tonnes[must].sum() + tonnes[order] @ part)
