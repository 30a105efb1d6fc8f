"""Two measures of the same plans: a problem and what else each of its plans is measured by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.presolve.merge import merge_captive_sites
from hubspoke.engine.problem.steps import Steps

if TYPE_CHECKING:
    from hubspoke.engine.problem.problem import Problem


@dataclass(frozen=True, eq=False)
class Pair:
    """A problem stated twice, with other costs.

    Attributes
    ----------
    cost : Problem
        What plans cost.
    other : Problem
        The same problem, with another measure in place of every cost; both are to be small.
    """

    cost: Problem
    other: Problem

    def __post_init__(self) -> None:
        """Refuse problems that do not have the same plans."""
        one, two = self.cost, self.other
        if one.collection_cost.shape != two.collection_cost.shape or one.transfer_cost.shape != two.transfer_cost.shape:
            raise ValueError("the two problems have other sites or plants")
        same = (
            (np.isfinite(one.collection_cost), np.isfinite(two.collection_cost)),
            (np.isfinite(one.transfer_cost), np.isfinite(two.transfer_cost)),
            (np.isfinite(one.skip_cost), np.isfinite(two.skip_cost)),
            (one.supply, two.supply),
            *((getattr(one, kind).exists, getattr(two, kind).exists) for kind in ("hubs", "refineries")),
            *((getattr(one, kind).capacity, getattr(two, kind).capacity) for kind in ("hubs", "refineries")),
        )
        if not all(np.array_equal(*arrays) for arrays in same):
            raise ValueError("the two problems differ in more than costs")

    @property
    def all_variables(self) -> Problem:
        """The problem with every variable that either measure needs: tonnes by size where they count by size."""

        def needed(one: Steps, two: Steps) -> Steps:
            return Steps(one.capacity, one.fixed, np.maximum(np.abs(one.variable), np.abs(two.variable)))

        return self.cost.derive(
            hubs=needed(self.cost.hubs, self.other.hubs),
            refineries=needed(self.cost.refineries, self.other.refineries),
        )

    def merged(self) -> Pair:
        """Return the pair with sites made one that go to the same hub in every plan."""
        one, two = merge_captive_sites(self.cost), merge_captive_sites(self.other)
        return self if one.problem is self.cost else Pair(one.problem, two.problem)

    def weigh(self, cost: float, other: float) -> Problem:
        """Return the problem in which the sum of both measures, each times a weight of 0 or more, is the cost.

        Parameters
        ----------
        cost, other : float
        """
        one, two = self.cost, self.other

        def add(first: Steps, second: Steps) -> Steps:
            fixed = np.where(first.exists, cost * np.where(first.exists, first.fixed, 0.0), np.inf)
            fixed += np.where(first.exists, other * np.where(second.exists, second.fixed, 0.0), 0.0)
            return Steps(first.capacity, fixed, cost * first.variable + other * second.variable)

        def join(first: np.ndarray, second: np.ndarray) -> np.ndarray:
            there = np.isfinite(first)
            return np.where(there, cost * np.where(there, first, 0.0) + other * np.where(there, second, 0.0), np.inf)

        return one.derive(
            collection_cost=join(one.collection_cost, two.collection_cost),
            transfer_cost=join(one.transfer_cost, two.transfer_cost),
            skip_cost=join(one.skip_cost, two.skip_cost),
            hubs=add(one.hubs, two.hubs),
            refineries=add(one.refineries, two.refineries),
            shared_saving=cost * one.shared_saving + other * two.shared_saving,
        )
