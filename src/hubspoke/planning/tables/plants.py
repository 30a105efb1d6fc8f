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
from hubspoke.planning.tables.columns import add_terms, measured, ratio

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from hubspoke.costs.costs import Costs
    from hubspoke.costs.sizes import PlantSteps
    from hubspoke.engine.closing import PlantClosing
    from hubspoke.engine.solution.solution import Solution
    from hubspoke.inputs.network import Network
    from hubspoke.settings.firmness import Firmness
    from hubspoke.settings.plants import Technology
    from hubspoke.settings.settings import Settings


def tabulate_hubs(
    network: Network,
    costs: Costs,
    solution: Solution,
    *,
    closed: NDArray[np.bool_],
    tables: tuple[pd.DataFrame, pd.DataFrame],
) -> pd.DataFrame:
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
    hubs = hubs.join(rate_proven(hubs, network.settings))
    hubs["utilisation"] = ratio(hubs["load_t"], hubs["capacity_t"])
    hubs["subsidy_jpy"] = _subsidies(
        network.hubs, hubs, costs.hub_steps.has_given, network.settings.hub_technologies, 1.0
    )
    hubs["black_mass_t"] = sum_by_key(flows, "hub_id", ["mass_t"], ids)[:, 0]
    hubs["sites"] = np.array(count_by_key(assignments, "hub_id", "site_id", ids), np.int64)
    shares = costs.shares_ground(solution.refinery_size >= 0)[solution.hub_size >= 0]
    hubs = _add_step_terms(hubs, solution.hub_size, partial(costs.hub_step_terms, shares=shares))
    hubs["co2_kg"] = measured(hubs["load_t"].to_numpy(float) * costs.hub_co2_kg_per_t)
    return hubs


def tabulate_refineries(
    network: Network, costs: Costs, solution: Solution, shut: NDArray[np.bool_], flows: pd.DataFrame
) -> pd.DataFrame:
    """Return the table of refineries: state, capacity, load, hubs and cost by term."""
    refineries = _plants(network.refineries, "refineries")
    ids = refineries["id"].tolist()
    load = sum_by_key(flows, "refinery_id", ["mass_t"], ids)[:, 0]
    refineries["technology"] = _technologies(
        refineries, solution.refinery_size >= 0, costs.at_refineries.names, costs.refinery_technology
    )
    state = _states(solution.refinery_size, load, shut)
    refineries["state"] = np.where(network.furnaces & (state == "open"), FURNACE, state)
    refineries["size_t"] = _chosen(costs.refinery_steps.size, solution.refinery_size)
    refineries["load_t"] = load
    refineries["capacity_t"] = _capacity(costs.refinery_steps, solution.refinery_size, load, network.settings)
    stands = network.furnaces
    refineries.loc[stands, "capacity_t"] = _chosen(costs.refinery_capacity, solution.refinery_size)[stands]
    refineries["added_t"] = added_t(refineries, costs.refining_scale).mask(stands, 0.0)  # furnaces are never extended
    refineries = refineries.join(rate_proven(refineries, network.settings))
    refineries["utilisation"] = ratio(refineries["load_t"], refineries["capacity_t"])
    refineries["subsidy_jpy"] = _subsidies(
        network.refineries,
        refineries,
        costs.refinery_steps.has_given,
        network.settings.refinery_technologies,
        costs.refining_scale,
    )
    from_hubs = flows[flows["from_kind"] == "hub"]
    refineries["hubs"] = np.array(count_by_key(from_hubs, "refinery_id", "hub_id", ids), np.int64)
    refineries = _add_step_terms(refineries, solution.refinery_size, costs.refinery_step_terms)
    refineries["co2_kg"] = measured(refineries["load_t"].to_numpy(float) * costs.refinery_co2_kg_per_t)
    return refineries


def _subsidies(
    known: pd.DataFrame,
    plants: pd.DataFrame,
    has_given: NDArray[np.bool_],
    technologies: Mapping[str, Technology],
    scale: float,
) -> NDArray[np.float64]:
    """Return what subsidies pay for the plants that are built, at the size that their load asks for."""
    built = np.where(has_given | (plants["load_t"] <= 0), 0.0, plants["capacity_t"].to_numpy(float) * scale)
    return subsidies_paid(known, built, plants["technology"].tolist(), technologies)


def add_closing(plants: pd.DataFrame, closing: PlantClosing, regions: pd.DataFrame, limits: Firmness) -> pd.DataFrame:
    """Return the table of plants with what closing each of them would cost, and how firm that makes it.

    Parameters
    ----------
    plants : DataFrame
    closing : PlantClosing
        In the order of `plants`; what stands behind them is no plant.
    regions : DataFrame
        With `cost_jpy` of every region.
    limits : Firmness
    """
    ids, rows = plants["id"].tolist(), slice(len(plants))
    low, high = np.round(closing.low[rows], 0), np.round(closing.high[rows], 0)
    cost = plants["region"].map(regions.set_index("region")["cost_jpy"]).to_numpy(float)
    rated = [rate_firmness(*row, limits=limits) for row in zip(low.tolist(), high.tolist(), cost.tolist(), strict=True)]
    return plants.assign(
        closing_more_low_jpy=np.where(np.isfinite(low), low, np.nan),
        closing_more_jpy=high,
        closing_opens=["; ".join(ids[at] for at in opens.tolist()) for opens in closing.opens[rows]],
        firmness=np.array(rated, object),
    )


def _plants(known: pd.DataFrame, table: str) -> pd.DataFrame:
    """Return what a table of plants repeats of the input."""
    given = dict(given_columns(table, table))
    frame = known[["id", *given.values()]].reset_index(drop=True)
    return frame.set_axis(["id", *(column.name for column in given)], axis=1)


def _technologies(
    plants: pd.DataFrame, built: NDArray[np.bool_], names: Sequence[str], technology: NDArray[np.int64]
) -> NDArray[np.object_]:
    """Return the technology that each plant is built with; of others, all that they may be built with."""
    chosen = np.array([*names, ""], object)[technology]
    return np.where(built, chosen, plants["technologies"].to_numpy(object))


def _states(size: NDArray[np.int64], load: NDArray[np.float64], barred: NDArray[np.bool_]) -> NDArray[np.str_]:
    """Return the state of each plant: open, idle (open with nothing to do), not_chosen or closed."""
    state = np.where(barred, "closed", "not_chosen")
    return np.where(size >= 0, np.where(load > 0, "open", "idle"), state)


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
    frame: pd.DataFrame,
    size: NDArray[np.int64],
    terms_of: Callable[[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]], dict[str, NDArray[np.float64]]],
) -> pd.DataFrame:
    """Append the yearly cost of the chosen size by term; closed plants cost nothing."""
    plants = np.flatnonzero(size >= 0)
    terms = {}
    for name, values in terms_of(plants, size[plants], frame["load_t"].to_numpy(float)[plants]).items():
        terms[name] = np.zeros(len(frame))
        terms[name][plants] = values
    return add_terms(frame, terms)
