"""Sums and rows of a PuLP model, in calls that PuLP 3.3 and 4 share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pulp

from hubspoke.engine.problem.limits import fewest_plants

if TYPE_CHECKING:
    from collections.abc import Callable

    from hubspoke.engine.problem.steps import Steps

Variables = dict[tuple[int, ...], pulp.LpVariable]
Terms = list[tuple[pulp.LpVariable, float]]
sum_terms: Callable[[Terms], pulp.LpAffineExpression] = getattr(  # PuLP 4, PuLP 3
    pulp.LpAffineExpression, "from_list", pulp.LpAffineExpression
)


def require(model: pulp.LpProblem, terms: Terms, sense: str, right: float, name: str) -> None:
    """Add a row to a model.

    Parameters
    ----------
    model : pulp.LpProblem
    terms : list of (variable, factor)
    sense : str
        `<=`, `>=` or `==`.
    right : float
    name : str
    """
    left = sum_terms(terms)
    row = left <= right if sense == "<=" else left >= right if sense == ">=" else left == right
    model.addConstraint(row, name)


def add_count_rows(model: pulp.LpProblem, terms: Terms, fewest: int, most: int, name: str) -> None:
    """Limit a number of plants, where the limits can bind.

    Parameters
    ----------
    model : pulp.LpProblem
    terms : list of (variable, factor)
        One for every size of the plants that are counted.
    fewest, most : int
    name : str
    """
    if fewest > 0:
        require(model, terms, ">=", float(fewest), f"{name}_fewest")
    if most < len(terms):
        require(model, terms, "<=", float(most), f"{name}_most")


def add_cover(model: pulp.LpProblem, steps: Steps, sizes: Variables, tonnes: float, name: str) -> None:
    """Open at least as much capacity as `tonnes`, and at least as many plants as that takes.

    Parameters
    ----------
    model : pulp.LpProblem
    steps : Steps
    sizes : dict
        Variable of every (plant, size).
    tonnes : float
    name : str
    """
    if tonnes <= 0 or not sizes:
        return
    capacity = np.minimum(steps.capacity, tonnes).tolist()
    require(model, [(y, capacity[j][k]) for (j, k), y in sizes.items()], ">=", tonnes * (1 - 1e-9), f"{name}_cover")
    fewest = fewest_plants(np.where(steps.exists, steps.capacity, 0.0).max(axis=1), tonnes)
    require(model, [(y, 1.0) for y in sizes.values()], ">=", float(fewest), f"{name}_cover_count")
