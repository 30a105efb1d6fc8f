"""Black mass from abroad: bought at a port there, shipped to a port here, taken on by truck to a refinery.

To the optimiser a source abroad is a site with a hub of its own that gives back what it takes in, costs nothing, is
always open, and counts as no plant of any region. Ports have no limits, so each way from a source to a refinery takes
its cheapest port, and that choice needs no variable.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.problem.problem import FORCED_OPEN
from hubspoke.engine.problem.steps import Steps

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.base.arrays import Floats
    from hubspoke.costs.overseas import Overseas
    from hubspoke.engine.problem.problem import Problem


def choose_ports(overseas: Overseas, landing_cost: Floats, transfer_cost: Floats) -> NDArray[np.int64]:
    """Return the port by which each source abroad reaches each refinery at least cost; of equal ports, the first.

    Parameters
    ----------
    overseas : Overseas
    landing_cost : float array, shape (O, N)
        Cost per tonne from the source to the port; infinite where no ship goes.
    transfer_cost : float array, shape (N, R, B)
        Cost per tonne from the port to the refinery; infinite where there is no lane.

    Returns
    -------
    int array, shape (O, R)
        Rows of the ports in the network's table.
    """
    if not len(overseas.mass_t):
        return np.zeros((0, transfer_cost.shape[1]), np.int64)
    return np.asarray(np.argmin(_by_port(overseas, landing_cost, transfer_cost), axis=1), np.int64)


def _by_port(overseas: Overseas, landing_cost: Floats, transfer_cost: Floats) -> Floats:
    """Return the cost per tonne from each source by way of each port to each refinery, shape (O, N, R)."""
    by_truck = np.moveaxis(transfer_cost[:, :, overseas.grade], 2, 0)
    total: Floats = landing_cost[:, :, None] + by_truck
    return total


def join_overseas(
    problem: Problem, overseas: Overseas, landing_cost: Floats, transfer_cost: Floats, *, purchase: Floats
) -> Problem:
    """Add each source abroad to a problem, as a site and a hub of its own behind those already there.

    Every source goes to every refinery by its cheapest port, the one that `choose_ports` names.

    Parameters
    ----------
    problem : Problem
        Without sources abroad.
    overseas : Overseas
    landing_cost : float array, shape (O, N)
        Cost per tonne from the source to the port; infinite where no ship goes.
    transfer_cost : float array, shape (N, R, B)
        Cost per tonne from the port to the refinery; infinite where there is no lane.
    purchase : float array, shape (O,)
        Cost per tonne bought from the source.

    Returns
    -------
    Problem
        With S + O sites and H + O hubs.
    """
    number, every = len(overseas.mass_t), np.arange(len(overseas.mass_t))
    sites, hubs, classes, grades = (*problem.collection_cost.shape, *problem.yields.shape[1:])
    supply = np.zeros((number, classes))
    supply[every, overseas.pack_class] = overseas.mass_t
    cost = np.full((sites + number, hubs + number), np.inf)
    cost[:sites, :hubs] = problem.collection_cost
    cost[sites + every, hubs + every] = overseas.mass_t * purchase
    whole = np.zeros((number, classes, grades))
    whole[every, overseas.pack_class, overseas.grade] = 1.0
    onward = np.full((number, problem.n_refineries, grades), np.inf)
    onward[every, :, overseas.grade] = _by_port(overseas, landing_cost, transfer_cost).min(axis=1)
    return replace(
        problem,
        supply=np.vstack([problem.supply, supply]),
        collection_cost=cost,
        hubs=_add_sources(problem.hubs, overseas.mass_t),
        yields=np.concatenate([problem.yields, whole]),
        transfer_cost=np.concatenate([problem.transfer_cost, onward]),
        hub_counts=replace(
            problem.hub_counts, group=np.concatenate([problem.hub_counts.group, np.zeros(number, np.int64)])
        ).leave_uncounted(np.arange(hubs + number) >= hubs, always_open=number),
        hub_state=np.concatenate([problem.hub_state, np.full(number, FORCED_OPEN)]),
        skip_cost=np.concatenate([problem.skip_cost, np.full(number, np.inf)]),
        hub_floor=np.concatenate([problem.hub_floor, np.zeros(number)]),
        beside=np.vstack([problem.beside, np.zeros((number, problem.n_refineries), bool)]),
        shared_saving=np.vstack([problem.shared_saving, np.zeros((number, problem.shared_saving.shape[1]))]),
    )


def _add_sources(hubs: Steps, mass_t: Floats) -> Steps:
    """Return the sizes of the hubs, followed by a hub for each source that is just large enough and costs nothing."""
    shape = (len(mass_t), hubs.capacity.shape[1])
    capacity, fixed, variable = np.zeros(shape), np.full(shape, np.inf), np.zeros(shape)
    capacity[:, 0], fixed[:, 0] = mass_t, 0.0
    return Steps(
        np.vstack([hubs.capacity, capacity]),
        np.vstack([hubs.fixed, fixed]),
        np.vstack([hubs.variable, variable]),
    )


def land(overseas: Overseas, ports: NDArray[np.int64], flow: Floats, number: int) -> tuple[Floats, Floats]:
    """Lead the flows from sources abroad to refineries by way of their ports.

    Parameters
    ----------
    overseas : Overseas
    ports : int array, shape (O, R)
        The port of each source and refinery, as `choose_ports` returns it.
    flow : float array, shape (O, R, B)
        Tonnes per year of each grade from source to refinery.
    number : int
        Number of ports, N.

    Returns
    -------
    landed : float array, shape (O, N)
        Tonnes per year from source to port.
    onward : float array, shape (N, R, B)
        Tonnes per year of each grade from port to refinery.
    """
    landed, onward = np.zeros((len(overseas.mass_t), number)), np.zeros((number, *flow.shape[1:]))
    source, refinery, grade = np.nonzero(flow > 0)
    np.add.at(landed, (source, ports[source, refinery]), flow[source, refinery, grade])
    np.add.at(onward, (ports[source, refinery], refinery, grade), flow[source, refinery, grade])
    return landed, onward
