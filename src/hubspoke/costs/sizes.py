"""Derive the sizes that a plant can be built at, and what each of them costs in a year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.settings.plants import Plant

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from hubspoke.base.arrays import Floats
    from hubspoke.settings.plants import Finance, SharedGround, Technology


@dataclass(frozen=True, eq=False)
class PlantSteps:
    """Capacity steps of n plants, K columns; float arrays of shape (n, K), 0 in unused trailing columns.

    Attributes
    ----------
    capacity : t that may enter per year; 0 marks an unused column
    capital : yen per year, annuity of the capital
    maintenance : yen per year
    labour : yen per year
    given : yen per year, fixed cost of sizes that the planner gives, which have no other term
    variable : yen per t that enters, of sizes that the planner gives; 0 elsewhere
    has_given : bool array, shape (n,)
        Plants whose sizes the planner gives, to which the cost per tonne of their technology does not apply.
    """

    capacity: Floats
    capital: Floats
    maintenance: Floats
    labour: Floats
    given: Floats
    variable: Floats
    has_given: NDArray[np.bool_]

    @property
    def fixed(self) -> Floats:
        """Yen per year of each size, infinite in unused columns, shape (n, K)."""
        total = self.capital + self.maintenance + self.labour + self.given
        return np.where(self.capacity > 0, total, np.inf)

    def shared(self, terms: SharedGround) -> Floats:
        """Return the yen per year that a hub of each size saves by sharing its ground with a refinery, shape (n, K).

        Nothing is saved of sizes that the planner gives.
        """
        saved: Floats = (
            float(terms.capital_share) * self.capital
            + float(terms.maintenance_share) * self.maintenance
            + float(terms.labour_share) * self.labour
        )
        return saved

    def free(self) -> PlantSteps:
        """Return the same sizes at no cost."""
        none = np.zeros_like(self.capacity)
        return PlantSteps(self.capacity, none, none, none, none, none, self.has_given)


def plant_steps(
    plants: pd.DataFrame,
    technologies: Sequence[Technology],
    step_sizes: Sequence[float],
    finance: Finance,
    given_sizes: pd.DataFrame,
    *,
    rates: Floats,
) -> PlantSteps:
    """Derive the sizes of each plant from the cost curve of its technology, or take those the planner gives.

    A plant can be built at every general size up to its own limit `max_t` and that of its technology. Where that limit
    is below the largest general size, it is a size too. What stands anyway, as an electric furnace does, has only its
    largest size, at no cost.

    Parameters
    ----------
    plants : DataFrame
        The n rows of `hubs` or `refineries`.
    technologies : sequence of Technology
        That of each plant.
    step_sizes : sequence of float
        General sizes, t per year, ascending.
    finance : Finance
    given_sizes : DataFrame
        Sizes that the planner gives, of any plants; they replace all others of those plants.
    rates : float array, shape (n,)
        Yen per t by technology, for given sizes that state no cost per tonne.

    Returns
    -------
    PlantSteps
    """
    given = {str(plant): rows for plant, rows in given_sizes.groupby("plant_id")}
    ids = plants["id"].astype(str).tolist()
    limits = [
        min(limit, float(technology.largest_t_per_yr or np.inf))
        for limit, technology in zip(plants["max_t"].astype(float).tolist(), technologies, strict=True)
    ]
    sizes = [
        np.sort(given[plant]["capacity_t"].to_numpy(np.float64)) if plant in given else sizes_up_to(step_sizes, limit)
        for plant, limit in zip(ids, limits, strict=True)
    ]
    stands = [not isinstance(technology, Plant) for technology in technologies]
    sizes = [steps[-1:] if fixed else steps for steps, fixed in zip(sizes, stands, strict=True)]
    shape = len(ids), max((len(steps) for steps in sizes), default=0) or 1
    made = _no_steps(shape, np.array([plant in given for plant in ids], np.bool_))
    for row, (plant, technology) in enumerate(zip(ids, technologies, strict=True)):
        used = row, slice(len(sizes[row]))
        made.capacity[used] = sizes[row]
        if plant in given:
            rows = given[plant].sort_values("capacity_t")
            variable = rows["variable_jpy_per_t"].to_numpy(np.float64)
            made.given[used] = rows["fixed_jpy_per_yr"].to_numpy(np.float64)
            made.variable[used] = np.where(np.isnan(variable), rates[row], variable)
        elif isinstance(technology, Plant):
            terms = yearly_cost(technology, finance, sizes[row])
            made.capital[used], made.maintenance[used], made.labour[used] = terms
    return made


def _no_steps(shape: tuple[int, int], has_given: NDArray[np.bool_]) -> PlantSteps:
    none = np.zeros((6, *shape))
    return PlantSteps(none[0], none[1], none[2], none[3], none[4], none[5], has_given)


def sizes_up_to(step_sizes: Sequence[float], limit_t: float) -> Floats:
    """Return the sizes that a plant with this limit can be built at, ascending; none for a limit of 0."""
    below = [float(step) for step in step_sizes if step <= limit_t]
    own = [limit_t] if 0 < limit_t < max(step_sizes) and limit_t not in below else []
    return np.array(below + own)


def yearly_cost(plant: Plant, finance: Finance, capacity_t: Floats) -> tuple[Floats, Floats, Floats]:
    """Return capital, maintenance and labour in yen per year, each of the shape of `capacity_t`.

    Capital and staff grow with (capacity / reference) to an exponent below 1, the six-tenths rule of chemical
    engineering; capital is paid as a level annuity.
    """
    scale = capacity_t / float(plant.reference_t_per_yr)
    capital_jpy = float(plant.capital_jpy) * scale ** float(plant.capital_exponent)
    persons = float(plant.labour_persons) * scale ** float(plant.labour_exponent)
    return (
        finance.capital_recovery_per_yr * capital_jpy,
        float(plant.maintenance_share_per_yr) * capital_jpy,
        float(finance.wage_jpy_per_yr) * persons,
    )
