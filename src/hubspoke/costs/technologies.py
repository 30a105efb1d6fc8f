"""What a tonne costs, emits and loses in sales at plants of each technology."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.settings.technologies import split_technologies

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.costs.sizes import PlantSteps


@dataclass(frozen=True, eq=False)
class PerTonne:
    """What each tonne that enters a plant brings about, by technology; T technologies of one kind of plant.

    Attributes
    ----------
    names : tuple of str
        Keys of the technologies.
    rates_jpy_per_t : mapping of str to float array, shape (T,)
        By cost term.
    co2_kg_per_t : float array, shape (T,)
    """

    names: tuple[str, ...]
    rates_jpy_per_t: Mapping[str, Floats]
    co2_kg_per_t: Floats

    def jpy_per_t(self, steps: PlantSteps, carbon_jpy_per_kg: float) -> Floats:
        """Return what a tonne costs at each plant with each technology, besides the sizes' own cost, shape (n, T).

        Where the planner gives the sizes they cover all but the price of CO2.
        """
        rates: Floats = np.sum(list(self.rates_jpy_per_t.values()), axis=0)
        own = ~steps.has_given
        total: Floats = np.multiply.outer(own.astype(np.float64), rates) + carbon_jpy_per_kg * self.co2_kg_per_t
        return total

    def kg_per_t(self, steps: PlantSteps) -> Floats:
        """Return the CO2 of a tonne at each plant with each technology, shape (n, T)."""
        return np.repeat(self.co2_kg_per_t[None], len(steps.capacity), axis=0)

    def find(self, cells: Iterable[str], usual: Ints) -> Ints:
        """Return the technology of each plant, of several the first, shape (plants,).

        Parameters
        ----------
        cells : iterable of str
            As in the tables of hubs and refineries.
        usual : int array, shape (plants,)
            Technology of those whose cell names none that is known.
        """
        place = {name: at for at, name in enumerate(self.names)}
        first = (next(iter(split_technologies(cell)), "") for cell in cells)
        return np.array([place.get(name, at) for name, at in zip(first, usual.tolist(), strict=True)], np.int64)


def beyond(per_t: Floats, steps: PlantSteps, technology: Ints) -> Floats:
    """Return by how much a tonne at each size exceeds one with the technology that a plant is reckoned by.

    Parameters
    ----------
    per_t : float array, shape (n, T)
        Amount per tonne at each plant with each technology.
    steps : PlantSteps
    technology : int array, shape (n,)
        That by which each plant is reckoned.

    Returns
    -------
    float array, shape (n, K)
        0 in unused columns, and at plants of one technology.
    """
    at_size = np.take_along_axis(per_t, np.maximum(steps.technology, 0), axis=1)
    at_plant = per_t[np.arange(len(per_t)), technology][:, None]
    return np.where(steps.technology >= 0, at_size - at_plant, 0.0)


def least_technologies(per_t: Floats, steps: PlantSteps, usual: Ints) -> Ints:
    """Return of each plant the technology with the least amount per tonne among its sizes, shape (n,).

    Parameters
    ----------
    per_t : float array, shape (n, T)
        Amount per tonne at each plant with each technology.
    steps : PlantSteps
    usual : int array, shape (n,)
        Technology of plants without any size.
    """
    used = steps.technology >= 0
    at_size = np.where(used, np.take_along_axis(per_t, np.maximum(steps.technology, 0), axis=1), np.inf)
    best = steps.technology[np.arange(len(usual)), at_size.argmin(axis=1)]
    return np.where(used.any(axis=1), best, usual).astype(np.int64)


def chosen_technologies(steps: PlantSteps, size: Ints, usual: Ints) -> Ints:
    """Return the technology of each plant by the size that it is open at, shape (n,).

    Parameters
    ----------
    steps : PlantSteps
    size : int array, shape (n,)
        -1 where a plant is closed.
    usual : int array, shape (n,)
        Technology of closed plants.
    """
    rows = np.arange(len(size))
    return np.where(size >= 0, steps.technology[rows, np.maximum(size, 0)], usual).astype(np.int64)
