"""Bounds on parts of all plans from prices that are known, at hardly any work: what `check.py` computes, kept ready."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.certificate.check import at_price, least_output, price_room, value_plants

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.engine.problem.counts import Counts
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.problem.steps import Steps

    Echelon = tuple[Steps, Floats, Ints, Counts, float]
    """Sizes, what each costs at the prices, states, counts, and tonnes for which room must be open."""


class PlantsAtPrices:
    """What plants cost at the prices of a certificate.

    Parameters
    ----------
    problem : Problem
    certificate : mapping
        As in `check_bound`.

    Raises
    ------
    ValueError
        A price is missing, not finite, or of the wrong shape.
    """

    def __init__(self, problem: Problem, certificate: Mapping[str, NDArray[np.float64]]) -> None:
        site_price, hub_value, refinery_value = value_plants(problem, certificate, exactly=False)
        must = ~np.isfinite(problem.skip_cost)
        reach = np.isfinite(problem.collection_cost) & (problem.hub_state >= 0)
        self._sites = float(site_price.sum())
        self._hubs: Echelon = (
            problem.hubs,
            hub_value,
            problem.hub_state,
            problem.hub_counts,
            float(problem.mass[must].sum()),
        )
        self._refineries: Echelon | None = None
        if problem.n_refineries:
            tonnes = least_output(problem, reach, must)
            self._refineries = (
                problem.refineries,
                refinery_value,
                problem.refinery_state,
                problem.refinery_counts,
                tonnes,
            )
        self._room = [0.0 if one is None else _at_best_price(one, one[2])[1] for one in (self._hubs, self._refineries)]

    def bound(self, hub_state: Ints, refinery_state: Ints) -> float:
        """Return a lower bound on the cost of every plan in which some more plants are open, or closed.

        Parameters
        ----------
        hub_state, refinery_state : int arrays, shape (H,), (R,)
            1 for open, -1 for closed, 0 for what is free.
        """
        total = self._sites
        both = zip((self._hubs, self._refineries), (hub_state, refinery_state), self._room, strict=True)
        for echelon, state, price in both:
            if echelon is not None:
                total += max(_bound(echelon, state, one) for one in {0.0, price})
        return total

    def without(self, hubs: Ints, refineries: Ints) -> tuple[Floats, Floats]:
        """Return a lower bound on the cost of every plan that has one plant closed, plant by plant.

        Parameters
        ----------
        hubs, refineries : int arrays
            Plants to close, each alone.

        Returns
        -------
        hub_bound, refinery_bound : float arrays
            In the order of `hubs` and `refineries`; infinite where nothing can replace the plant.
        """
        all_hubs = _at_best_price(self._hubs, self._hubs[2])[0]
        of_hubs = [_at_best_price(self._hubs, _close(self._hubs[2], hub))[0] for hub in hubs.tolist()]
        if self._refineries is None:
            return np.array(of_hubs) + self._sites, np.zeros(len(refineries)) + all_hubs + self._sites
        state = self._refineries[2]
        all_refineries = _at_best_price(self._refineries, state)[0]
        of_refineries = [_at_best_price(self._refineries, _close(state, one))[0] for one in refineries.tolist()]
        return (
            np.array(of_hubs) + all_refineries + self._sites,
            np.array(of_refineries) + all_hubs + self._sites,
        )


def _close(state: Ints, plant: int) -> Ints:
    without = state.copy()
    without[plant] = -1
    return without


def _at_best_price(echelon: Echelon, state: Ints) -> tuple[float, float]:
    """Return the bound at the price of room at which it is highest, and that price."""
    steps, value, _, counts, tonnes = echelon
    return price_room(steps, np.where((state >= 0)[:, None], value, np.inf), state, counts, tonnes)


def _bound(echelon: Echelon, state: Ints, price: float) -> float:
    steps, value, _, counts, tonnes = echelon
    return at_price(steps, np.where((state >= 0)[:, None], value, np.inf), state, counts, tonnes, price)
