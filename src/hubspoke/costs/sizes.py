"""Derive what plants may take in and what that costs in a year, from cost lines or sizes that the planner gives."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.costs.cost_lines import Subsidy, draw_lines
from hubspoke.settings.plants import Plant
from hubspoke.settings.technologies import split_technologies

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.costs.cost_lines import Lines
    from hubspoke.settings.plants import SharedGround, Technology
    from hubspoke.settings.settings import Settings


@dataclass(frozen=True, eq=False)
class PlantSteps:
    """Sizes of n plants, K columns; float arrays of shape (n, K), 0 in unused trailing columns.

    What a plant costs at a size is a sum of yen per year and yen per tonne that enters.

    Attributes
    ----------
    capacity : t that may enter per year at that size; 0 marks an unused column
    size : t per year, the general size whose line it is; the capacity of sizes that the planner gives
    capital, maintenance, labour, overhead : yen per year
        Capital is an annuity, without what is sunk; overhead is a share of maintenance and labour.
    given : yen per year, fixed cost of sizes that the planner gives, which have no other term
    capital_per_t, maintenance_per_t, labour_per_t, overhead_per_t, given_per_t : yen per t that enters
    capital_at_size, maintenance_at_size, labour_at_size : yen per year of a plant that is just of that size
    technology : int array, shape (n, K), position of the technology of that size among all; -1 in unused columns
    has_given : bool array, shape (n,)
        Plants whose sizes the planner gives, to which the cost per tonne of their technology does not apply.
    """

    capacity: Floats
    size: Floats
    capital: Floats
    maintenance: Floats
    labour: Floats
    overhead: Floats
    given: Floats
    capital_per_t: Floats
    maintenance_per_t: Floats
    labour_per_t: Floats
    overhead_per_t: Floats
    given_per_t: Floats
    capital_at_size: Floats
    maintenance_at_size: Floats
    labour_at_size: Floats
    technology: Ints
    has_given: NDArray[np.bool_]

    @property
    def fixed(self) -> Floats:
        """Yen per year of each size, infinite in unused columns, shape (n, K)."""
        total = self.capital + self.maintenance + self.labour + self.overhead + self.given
        return np.where(self.capacity > 0, total, np.inf)

    @property
    def variable(self) -> Floats:
        """Yen per t that enters at each size, shape (n, K)."""
        return self.capital_per_t + self.maintenance_per_t + self.labour_per_t + self.overhead_per_t + self.given_per_t

    def find(self, size_t: Floats, load_t: Floats, technology: Ints) -> Ints:
        """Return the size of each plant by its technology and size class, -1 where it has none such, shape (n,).

        Of two lines of one class, as a plant beyond what stands may have, it is the cheaper one that holds the load.

        Parameters
        ----------
        size_t : float array, shape (n,)
            Size class, t per year; 0 for plants that are not built.
        load_t : float array, shape (n,)
        technology : int array, shape (n,)
            Position of the technology that each plant is built with.
        """
        same = (self.technology == technology[:, None]) & (np.abs(self.size - size_t[:, None]) <= SAME * self.size)
        holds = same & (self.capacity * (1 + SAME) >= load_t[:, None])
        cost = np.where(same, np.where(holds, 0.0, np.finfo(float).max), np.inf)
        cost = np.where(holds, self.fixed + self.variable * load_t[:, None], cost)
        return np.where(same.any(axis=1), cost.argmin(axis=1), -1).astype(np.int64)

    def shared(self, terms: SharedGround) -> Floats:
        """Return the yen per year that a hub of each size saves by sharing its ground with a refinery, shape (n, K).

        It is the share of what a plant of just that size costs, and no more than the yearly part of its line. Nothing
        is saved of sizes that the planner gives.
        """
        saved: Floats = (
            float(terms.capital_share) * self.capital_at_size
            + float(terms.maintenance_share) * self.maintenance_at_size
            + float(terms.labour_share) * self.labour_at_size
        )
        return np.minimum(saved, self.capital + self.maintenance + self.labour)

    def free(self) -> PlantSteps:
        """Return the same sizes at no cost."""
        none: dict[str, Any] = dict.fromkeys(
            (name for name in self.__dataclass_fields__ if name not in KEPT), np.zeros_like(self.size)
        )
        return replace(self, **none)


KEPT = ("capacity", "size", "technology", "has_given")
"""What sizes keep where they cost nothing."""
SAME = 1e-9
"""Relative difference of tonnages that are the same."""


def plant_steps(
    plants: pd.DataFrame,
    technologies: Mapping[str, Technology],
    step_sizes: Sequence[float],
    settings: Settings,
    given_sizes: pd.DataFrame,
    *,
    rates: Floats,
    scale: float = 1.0,
) -> PlantSteps:
    """Derive the sizes of each plant from the cost curves of its technologies, or take those the planner gives.

    A plant that may be built with several technologies has the sizes of each of them, and is built with one.

    A plant is as large as it has to be, up to the largest general size; `availability` of its size may enter in a year.
    Its limit `max_t` and that of its technology cap what may enter and change no cost, so that a tighter limit never
    makes a plan cheaper. Capital is charged for what is added to what stands, all else for the whole plant; what stands
    is of `existing_technology`, and built anew with another. What stands anyway, as an electric furnace does, costs
    nothing up to its limit.

    Parameters
    ----------
    plants : DataFrame
        The n rows of `hubs` or `refineries`.
    technologies : mapping of str to Technology
        All of their kind, T of them.
    step_sizes : sequence of float
        General sizes, t per year, ascending.
    settings : Settings
        For `sizes.availability` and `finance`.
    given_sizes : DataFrame
        Sizes that the planner gives, of any plants; they replace all others of those plants. One without a technology
        is of the first of its plant.
    rates : float array, shape (T,)
        Yen per t by technology, for given sizes that state no cost per tonne.
    scale : float
        Tonnes that sizes, limits and costs are stated for, per tonne that enters; 1 at hubs, see `refining_scale`.

    Returns
    -------
    PlantSteps
    """
    given = {str(plant): rows.sort_values("capacity_t") for plant, rows in given_sizes.groupby("plant_id")}
    availability = float(settings.sizes.availability)
    place = {name: at for at, name in enumerate(technologies)}
    told = (plants[name] for name in ("max_t", "existing_t", "existing_technology", "sunk_share"))
    subsidies = read_subsidies(plants)
    rows: list[dict[str, Floats]] = []
    for plant, cell, max_t, standing_t, standing, sunk_share, subsidy in zip(
        plants["id"].astype(str), plants["technology"], *told, subsidies, strict=True
    ):
        names, parts = split_technologies(cell), []
        if plant in given:
            limit = min(float(max_t), float(technologies[names[0]].largest_t_per_yr or np.inf))
            rows.append(_rescale(_given_row(given[plant], names[0], rates / scale, place, limit), scale))
            continue
        for name in names:
            technology = technologies[name]
            limit = min(float(max_t), float(technology.largest_t_per_yr or np.inf))
            if isinstance(technology, Plant):
                stands = float(standing_t) if name == standing else 0.0
                lines = draw_lines(technology, settings.finance, step_sizes, stands, float(sunk_share), subsidy=subsidy)
                part = _rescale(_row_of(lines, limit, availability, float(technology.overhead_share)), scale)
            else:
                most = np.array([min(limit, step_sizes[-1])]) if limit > 0 else np.empty(0)
                part = {"capacity": most, "size": most}
            parts.append({**part, "technology": np.full(len(part["capacity"]), float(place[name]))})
        rows.append(parts[0] if len(parts) == 1 else _join_rows(parts))
    shape = len(rows), max((len(made["capacity"]) for made in rows), default=0) or 1
    columns = [name for name in PlantSteps.__dataclass_fields__ if name != "has_given"]
    columns_of = {name: np.full(shape, -1.0 if name == "technology" else 0.0) for name in columns}
    for at, made in enumerate(rows):
        for name, values in made.items():
            columns_of[name][at, : len(values)] = values
    technology_of = columns_of.pop("technology").astype(np.int64)
    has_given = plants["id"].astype(str).isin(set(given)).to_numpy(bool)
    return PlantSteps(**columns_of, technology=technology_of, has_given=has_given)


def read_subsidies(plants: pd.DataFrame) -> list[Subsidy | None]:
    """Return the subsidy of each plant; None where it gets none.

    Parameters
    ----------
    plants : DataFrame
        With `subsidy_share` and `subsidy_cap_jpy`, NaN for no cap.
    """
    cells = zip(plants["subsidy_share"].tolist(), plants["subsidy_cap_jpy"].tolist(), strict=True)
    return [Subsidy(share, np.inf if np.isnan(cap) else cap) if share > 0 else None for share, cap in cells]


def subsidies_paid(
    plants: pd.DataFrame, size_t: Floats, technology: Sequence[str], technologies: Mapping[str, Technology]
) -> Floats:
    """Return what subsidies pay for plants of some size, yen, shape (n,); nothing where some of the plant stands today.

    Parameters
    ----------
    plants : DataFrame
        The n rows of `hubs` or `refineries`.
    size_t : float array, shape (n,)
        t per year, in the tonnes that sizes are stated for; 0 where nothing is built, or the planner gives the sizes.
    technology : sequence of str, length n
    technologies : mapping of str to Technology
    """
    paid = np.zeros(len(plants))
    stands = np.where(plants["existing_technology"].to_numpy(object) == technology, plants["existing_t"], 0.0)
    for at, subsidy in enumerate(read_subsidies(plants)):
        known = technologies.get(technology[at])
        if subsidy is not None and isinstance(known, Plant) and not stands[at] > 0:
            paid[at] = subsidy.pays(known, float(size_t[at]))
    return paid


def _join_rows(parts: Sequence[Mapping[str, Floats]]) -> dict[str, Floats]:
    """Return the columns of a plant that has those of several technologies, in ascending order of capacity."""
    names = dict.fromkeys(name for part in parts for name in part)
    whole = {name: np.concatenate([part.get(name, np.zeros(len(part["size"]))) for part in parts]) for name in names}
    order = np.argsort(whole["capacity"], kind="stable")
    return {name: values[order] for name, values in whole.items()}


def _given_row(
    sizes: pd.DataFrame, first: str, rates: Floats, place: Mapping[str, int], limit_t: float
) -> dict[str, Floats]:
    """Return the columns of a plant whose sizes the planner gives; those without a technology are of the first.

    No more than its limit may enter, whatever its size.
    """
    capacity = sizes["capacity_t"].to_numpy(np.float64)
    per_t = sizes["variable_jpy_per_t"].to_numpy(np.float64)
    technology = np.array([place[name or first] for name in sizes["technology"].tolist()], np.int64)
    return {
        "capacity": np.minimum(capacity, limit_t),
        "size": capacity,
        "given": sizes["fixed_jpy_per_yr"].to_numpy(np.float64),
        "given_per_t": np.where(np.isnan(per_t), rates[technology], per_t),
        "technology": technology.astype(np.float64),
    }


def _rescale(row: dict[str, Floats], scale: float) -> dict[str, Floats]:
    """Return the columns of a plant by the tonnes that enter, from those that its sizes are stated for."""
    if scale == 1:
        return row
    tonnes = {name: row[name] / scale for name in ("capacity", "size")}
    return row | tonnes | {name: scale * values for name, values in row.items() if name.endswith("_per_t")}


def _row_of(lines: Lines, limit_t: float, availability: float, overhead_share: float) -> dict[str, Floats]:
    """Return the columns of a plant: the lines up to the one that reaches its limit."""
    usable = availability * lines.upto
    kept = slice(0, int(np.searchsorted(usable, limit_t)) + 1 if limit_t > 0 else 0)
    made = {"capacity": np.minimum(usable[kept], limit_t), "size": lines.size[kept]}
    for term, name in enumerate(("capital", "maintenance", "labour")):
        made[name] = lines.at_zero[term, kept]
        made[f"{name}_per_t"] = lines.slope[term, kept] / availability
        made[f"{name}_at_size"] = made[name] + lines.slope[term, kept] * lines.size[kept]
    for end in ("", "_per_t"):
        made[f"overhead{end}"] = overhead_share * (made[f"maintenance{end}"] + made[f"labour{end}"])
    return made
