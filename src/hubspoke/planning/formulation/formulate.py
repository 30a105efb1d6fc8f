"""Turn network, lanes, costs and rules into a numeric problem."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.problem.counts import NO_LIMIT, Counts
from hubspoke.engine.problem.problem import FORCED_CLOSED, FORCED_OPEN, FREE, Problem
from hubspoke.engine.problem.steps import Steps
from hubspoke.lanes.borders import allowed_lanes
from hubspoke.lanes.destinations import admissible_grades
from hubspoke.planning.formulation.objective import ObjectiveTerms, objective_terms
from hubspoke.planning.formulation.overseas import choose_ports, join_overseas

if TYPE_CHECKING:
    from collections.abc import Collection

    import pandas as pd
    from numpy.typing import NDArray

    from hubspoke.costs.costs import Costs
    from hubspoke.costs.sizes import PlantSteps
    from hubspoke.inputs.network import Network
    from hubspoke.lanes.lanes import Lanes
    from hubspoke.settings.rules import Limits, Rules
    from hubspoke.settings.settings import Settings


@dataclass(frozen=True, eq=False)
class Formulation:
    """A planning task as arrays, in the order of the network's tables; O sources abroad, R refineries.

    Attributes
    ----------
    problem : Problem
        The whole task; sources abroad stand behind the sites and hubs of the tables.
    domestic : Problem
        The task without sources abroad; the same object where there are none.
    terms : ObjectiveTerms
        What is minimised, before any rule forbids a lane.
    ports : int array, shape (O, R)
        The port by which each source abroad reaches each refinery at least cost.
    """

    problem: Problem
    domestic: Problem
    terms: ObjectiveTerms
    ports: NDArray[np.int64]


def formulate(
    network: Network,
    lanes: Lanes,
    costs: Costs,
    rules: Rules,
    *,
    opened: Collection[str] = (),
    closed: Collection[str] = (),
    grade: NDArray[np.int64] | None = None,
) -> Formulation:
    """State a planning task as arrays.

    Parameters
    ----------
    network : Network
    lanes : Lanes
    costs : Costs
        Of the year to be planned.
    rules : Rules
    opened, closed : collections of str
        Identifiers of plants that must, or must not, be open.
    grade : int array, shape (B,), optional
        Grade of the settings that each grade of the problem is, where it has others.

    Returns
    -------
    Formulation
    """
    terms = objective_terms(costs, rules)
    taken = admissible_grades(network.refineries, network.settings)
    transfer = _transfer_costs(network, lanes, rules, terms.transfer)
    transfer[:, ~(taken if grade is None else taken[:, grade])] = np.inf
    at_home, at_port = transfer[: len(network.hubs)], transfer[len(network.hubs) :]
    domestic = _formulate_domestic(
        network, lanes, costs, rules, terms=terms, transfer=at_home, opened=opened, closed=closed
    )
    ports = choose_ports(costs.overseas, terms.landing, at_port)
    if not len(network.overseas):
        return Formulation(domestic, domestic, terms, ports)
    joined = join_overseas(domestic, costs.overseas, terms.landing, at_port, purchase=terms.purchase)
    return Formulation(joined, domestic, terms, ports)


def let_idle_stay(form: Formulation) -> Formulation:
    """Return the task in which sites that send nothing need not be served; the same object where there are none.

    Such a site is otherwise served as any other, at no cost, but it must not keep others from being planned.

    Parameters
    ----------
    form : Formulation

    Returns
    -------
    Formulation
    """
    if (form.domestic.mass > 0).all():
        return form
    domestic, problem = (
        problem.derive(skip_cost=np.where(problem.mass > 0, problem.skip_cost, 0.0))
        for problem in (form.domestic, form.problem)
    )
    return replace(form, domestic=domestic, problem=domestic if form.problem is form.domestic else problem)


def _formulate_domestic(
    network: Network,
    lanes: Lanes,
    costs: Costs,
    rules: Rules,
    *,
    terms: ObjectiveTerms,
    transfer: NDArray[np.float64],
    opened: Collection[str],
    closed: Collection[str],
) -> Problem:
    """Return the problem without sources abroad; `transfer` has shape (H, R, B)."""
    regions = {name: index for index, name in enumerate(network.regions)}
    site, hub, refinery = (
        np.asarray(table["region"].map(regions), np.int64)
        for table in (network.sites, network.hubs, network.refineries)
    )
    collection = np.where(allowed_lanes(lanes, site, hub, rules), terms.collection, np.inf)
    state, furnaces = _states(network.refineries, opened, closed), network.furnaces
    barred = _barred_sizes(network.settings, terms.refineries)
    state = np.where(furnaces & barred.any(axis=1), FORCED_CLOSED, state)
    standing = furnaces & (state != FORCED_CLOSED)  # they stand anyway, at no cost
    sends = np.isin(np.arange(len(regions)), site[costs.supply_t.sum(axis=1) > 0])  # others need no plant of their own
    return Problem(
        supply=costs.supply_t,
        collection_cost=collection,
        hubs=_steps(terms.hubs, terms.hub_beyond),
        yields=costs.yields,
        transfer_cost=transfer,
        refineries=_leave_out(_steps(terms.refineries, terms.refinery_beyond), barred),
        single_sourcing=rules.single_sourcing,
        hub_counts=_counts(hub, sends, rules.hubs_per_region, rules.hubs_in_total),
        refinery_counts=_counts(
            refinery, sends, rules.refineries_per_region, rules.refineries_in_total
        ).leave_uncounted(furnaces, always_open=int(standing.sum())),
        hub_state=_states(network.hubs, opened, closed),
        refinery_state=np.where(standing, FORCED_OPEN, state),
        skip_cost=np.where(sends[site] | rules.packs_cross_borders, terms.skip, 0.0),
        hub_floor=np.full(len(hub), rules.hub_floor_t),
        refinery_floor=np.where(furnaces, 0.0, rules.refinery_floor_t),
        beside=costs.beside,
        shared_saving=terms.shared,
    )


def _transfer_costs(network: Network, lanes: Lanes, rules: Rules, per_t: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the cost per tonne from hubs and ports to refineries, infinite where not allowed, shape (H + N, R, B)."""
    allowed = lanes.transfer_reachable
    if not rules.black_mass_crosses_borders:
        home = network.origins["region"].to_numpy(object), network.refineries["region"].to_numpy(object)
        allowed = allowed & (home[0][:, None] == home[1][None, :])
    return np.where(allowed[:, :, None], per_t, np.inf)


def _steps(sizes: PlantSteps, beyond: NDArray[np.float64]) -> Steps:
    """Return the sizes with what a tonne costs at each; those of all technologies of a plant are choices alike."""
    return Steps(sizes.capacity, sizes.fixed, sizes.variable + beyond)


def _barred_sizes(settings: Settings, sizes: PlantSteps) -> NDArray[np.bool_]:
    """Return the sizes whose technology recovers less than the policy asks for, shape (R, L).

    Where it does so in all years the tables hold none any more.
    """
    barred = [at for at, name in enumerate(settings.takers) if name in settings.barred_takers]
    return np.isin(sizes.technology, barred) & (sizes.technology >= 0)


def _leave_out(steps: Steps, sizes: NDArray[np.bool_]) -> Steps:
    """Return steps without some of their sizes."""
    if not sizes.any():
        return steps
    return Steps(np.where(sizes, 0.0, steps.capacity), np.where(sizes, np.inf, steps.fixed), steps.variable)


def _counts(group: NDArray[np.int64], sends: NDArray[np.bool_], each: Limits, total: Limits) -> Counts:
    """Return the limits on numbers of plants; a region that sends nothing need not open any."""
    regions = len(sends)
    most = NO_LIMIT if each[1] is None else each[1]
    return Counts(
        group=group,
        fewest=np.where(sends, each[0], 0).astype(np.int64),
        most=np.full(regions, most, np.int64),
        fewest_in_total=total[0],
        most_in_total=int(NO_LIMIT if total[1] is None else total[1]),
    )


def _states(plants: pd.DataFrame, opened: Collection[str], closed: Collection[str]) -> NDArray[np.int64]:
    ids = plants["id"]
    state = np.where(ids.isin(list(opened)).to_numpy(bool), FORCED_OPEN, FREE)
    shut = ids.isin(list(closed)) | ((plants["status"] == "closed") & ~ids.isin(list(opened)))
    return np.where(shut.to_numpy(bool), FORCED_CLOSED, state).astype(np.int64)
