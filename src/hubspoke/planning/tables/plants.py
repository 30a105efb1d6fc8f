"""The tables of hubs and of refineries."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.sums import count_by_key, sum_by_key
from hubspoke.costs.sizes import subsidies_paid
from hubspoke.plan.columns import given_columns
from hubspoke.plan.firmness import rate_firmness
from hubspoke.plan.proven import rate_proven
from hubspoke.plan.states import FURNACE, added_t
from hubspoke.planning.tables.columns import add_terms, measured, ratio, where

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from hubspoke.base.arrays import Floats
    from hubspoke.costs.costs import Costs
    from hubspoke.costs.sizes import PlantSteps
    from hubspoke.engine.closing import PlantClosing
    from hubspoke.engine.solution.solution import Solution
    from hubspoke.inputs.network import Network
    from hubspoke.planning.tables.columns import Columns
    from hubspoke.settings.firmness import Firmness
    from hubspoke.settings.plants import Technology
    from hubspoke.settings.settings import Settings


def tabulate_hubs(
    network: Network,
    costs: Costs,
    solution: Solution,
    *,
    closed: NDArray[np.bool_],
    tables: tuple[Columns, Columns],
) -> Columns:
    """Return the table of hubs: state, capacity, load, sites and cost by term."""
    assignments, flows = tables
    hubs = _plants(network.hubs, "hubs")
    ids = hubs["id"].tolist()
    load = sum_by_key(assignments, "hub_id", ["mass_t"], ids)[:, 0]
    hubs["technology"] = _technologies(hubs, solution.hub_size >= 0, costs.at_hubs.names, costs.hub_technology)
    hubs["state"] = _states(solution.hub_size, load, closed)
    hubs["size_t"] = _chosen(costs.hub_steps.size, solution.hub_size)
    hubs["load_t"] = load
    hubs["capacity_t"] = _capacity(costs.hub_steps, solution.hub_size, load, network.settings)
    hubs["added_t"] = added_t(hubs)
    hubs |= rate_proven(hubs, network.settings)
    hubs["utilisation"] = ratio(hubs["load_t"], hubs["capacity_t"])
    hubs["subsidy_jpy"] = _subsidies(
        network.hubs, hubs, costs.hub_steps.has_given, network.settings.hub_technologies, 1.0
    )
    hubs["black_mass_t"] = sum_by_key(flows, "hub_id", ["mass_t"], ids)[:, 0]
    hubs["sites"] = np.array(count_by_key(assignments, "hub_id", "site_id", ids), np.int64)
    shares = costs.shares_ground(solution.refinery_size >= 0)[solution.hub_size >= 0]
    _add_step_terms(hubs, solution.hub_size, partial(costs.hub_step_terms, shares=shares))
    hubs["co2_kg"] = measured(load * costs.hub_co2_kg_per_t)
    return hubs


def tabulate_refineries(
    network: Network, costs: Costs, solution: Solution, shut: NDArray[np.bool_], flows: Columns
) -> Columns:
    """Return the table of refineries: state, capacity, load, hubs and cost by term."""
    refineries = _plants(network.refineries, "refineries")
    ids = refineries["id"].tolist()
    load = sum_by_key(flows, "refinery_id", ["mass_t"], ids)[:, 0]
    refineries["technology"] = _technologies(
        refineries, solution.refinery_size >= 0, costs.at_refineries.names, costs.refinery_technology
    )
    state = _states(solution.refinery_size, load, shut)
    stands = network.furnaces
    refineries["state"] = np.where(stands & (state == "open"), FURNACE, state)
    refineries["size_t"] = _chosen(costs.refinery_steps.size, solution.refinery_size)
    refineries["load_t"] = load
    built_for = _capacity(costs.refinery_steps, solution.refinery_size, load, network.settings)
    at_works = _chosen(costs.refinery_capacity, solution.refinery_size)
    refineries["capacity_t"] = np.where(stands, at_works, built_for)
    refineries["added_t"] = np.where(stands, 0.0, added_t(refineries, costs.refining_scale))  # never extended
    refineries |= rate_proven(refineries, network.settings)
    refineries["utilisation"] = ratio(refineries["load_t"], refineries["capacity_t"])
    refineries["subsidy_jpy"] = _subsidies(
        network.refineries,
        refineries,
        costs.refinery_steps.has_given,
        network.settings.refinery_technologies,
        costs.refining_scale,
    )
    from_hubs = where(flows, flows["from_kind"] == "hub", "refinery_id", "hub_id")
    refineries["hubs"] = np.array(count_by_key(from_hubs, "refinery_id", "hub_id", ids), np.int64)
    _add_step_terms(refineries, solution.refinery_size, costs.refinery_step_terms)
    refineries["co2_kg"] = measured(load * costs.refinery_co2_kg_per_t)
    return refineries


def _subsidies(
    known: pd.DataFrame,
    plants: Columns,
    has_given: NDArray[np.bool_],
    technologies: Mapping[str, Technology],
    scale: float,
) -> NDArray[np.float64]:
    """Return what subsidies pay for the plants that are built, at the size that their load asks for."""
    built = np.where(has_given | (plants["load_t"] <= 0), 0.0, plants["capacity_t"] * scale)
    return subsidies_paid(known, built, plants["technology"].tolist(), technologies)


def add_closing(plants: Columns, closing: PlantClosing, regions: Columns, limits: Firmness) -> None:
    """Append what closing each plant would cost, and how firm that makes it.

    Parameters
    ----------
    plants : dict of str to array
    closing : PlantClosing
        In the order of `plants`; what stands behind them is no plant.
    regions : dict of str to array
        With `here_jpy` of every region.
    limits : Firmness
    """
    ids = plants["id"].tolist()
    rows = slice(len(ids))
    low, high = np.round(closing.low[rows], 0), np.round(closing.high[rows], 0)
    spent = dict(zip(regions["region"].tolist(), regions["here_jpy"].tolist(), strict=True))
    cost = [spent.get(region, np.nan) for region in plants["region"].tolist()]
    rated = [rate_firmness(*row, limits=limits) for row in zip(low.tolist(), high.tolist(), cost, strict=True)]
    opened = ["; ".join(ids[at] for at in opens.tolist()) for opens in closing.opens[rows]]
    plants["closing_more_low_jpy"] = np.where(np.isfinite(low), low, np.nan)
    plants["closing_more_jpy"] = high
    plants["closing_opens"], plants["firmness"] = np.array(opened, object), np.array(rated, object)


def _plants(known: pd.DataFrame, table: str) -> Columns:
    """Return what a table of plants repeats of the input."""
    given = {column.name: known[name].to_numpy() for column, name in given_columns(table, table)}
    return {"id": known["id"].to_numpy()} | given


def _technologies(
    plants: Columns, built: NDArray[np.bool_], names: Sequence[str], technology: NDArray[np.int64]
) -> NDArray[np.object_]:
    """Return the technology that each plant is built with; of others, all that they may be built with."""
    chosen = np.array([*names, ""], object)[technology]
    return np.where(built, chosen, plants["technologies"])


def _states(size: NDArray[np.int64], load: NDArray[np.float64], barred: NDArray[np.bool_]) -> NDArray[np.object_]:
    """Return the state of each plant: open, idle (open with nothing to do), not_chosen or closed."""
    state = np.where(barred, "closed", "not_chosen")
    return np.where(size >= 0, np.where(load > 0, "open", "idle"), state).astype(object)


def _capacity(
    steps: PlantSteps, size: NDArray[np.int64], load_t: NDArray[np.float64], settings: Settings
) -> NDArray[np.float64]:
    """Return what each plant is built for: a given size, or as much as its load asks for at the usual availability."""
    built = np.where(size >= 0, load_t / float(settings.sizes.availability), 0.0)
    return np.where(steps.has_given, _chosen(steps.capacity, size), built)


def _chosen(by_size: NDArray[np.float64], size: NDArray[np.int64]) -> NDArray[np.float64]:
    value = np.zeros(len(size))
    plants = np.flatnonzero(size >= 0)
    value[plants] = by_size[plants, size[plants]]
    return value


def _add_step_terms(
    table: Columns,
    size: NDArray[np.int64],
    terms_of: Callable[[NDArray[np.int64], NDArray[np.int64], Floats], dict[str, Floats]],
) -> None:
    """Append the yearly cost of the chosen size by term; closed plants cost nothing."""
    plants = np.flatnonzero(size >= 0)
    terms = {}
    for name, values in terms_of(plants, size[plants], table["load_t"][plants]).items():
        terms[name] = np.zeros(len(size))
        terms[name][plants] = values
    add_terms(table, terms)
