"""The MILP in PuLP: the full problem, with the rows that make its relaxation strong.

Names inside the model are indices only; `Handles` says what they stand for. Every call is one that PuLP 3.3 and 4
share.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pulp

from hubspoke.engine.milp.handles import Handles
from hubspoke.engine.milp.prices import price_terms
from hubspoke.engine.milp.rows import add_count_rows, add_cover, require, sum_terms
from hubspoke.engine.presolve.room import cap_room
from hubspoke.engine.problem.limits import largest_group_output, largest_output

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubspoke.engine.milp.rows import Terms, Variables
    from hubspoke.engine.problem.counts import Counts
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.problem.steps import Steps

ALIKE = 0.5
"""Share of the most that a hub of a group can send, above which the hubs of the group share rows."""


def build_model(problem: Problem, *, strong: bool = True, grouped: bool = True) -> tuple[pulp.LpProblem, Handles]:
    """State a problem as a PuLP model.

    Parameters
    ----------
    problem : Problem
    strong : bool
        Add the rows no textbook model has but every bound needs: a lane only to an open hub, a flow only to an open
        refinery, and cover rows (open capacity at least the supply).
    grouped : bool
        Among them, link the flows of all hubs of a group to each refinery together; no certificate has prices of these.

    Returns
    -------
    (LpProblem, Handles)
    """
    problem = cap_room(problem)
    model = pulp.LpProblem("hubspoke", pulp.LpMinimize)
    handles = _make_variables(model, problem)
    _add_service(model, problem, handles)
    _add_echelon_rows(model, problem, handles)
    model.setObjective(sum_terms([(variable, cost) for _, _, variable, cost in price_terms(problem, handles)]))
    _add_sharing(model, problem, handles)
    _add_counts(model, problem.hub_counts, handles.hub_size, problem.hub_state, "hub")
    _add_counts(model, problem.refinery_counts, handles.refinery_size, problem.refinery_state, "refinery")
    weightless = problem.mass <= 0
    _add_lane_links(model, problem, handles, np.ones_like(weightless) if strong else weightless)
    if strong:
        _add_flow_links(model, problem, handles, grouped=grouped)
        _add_covers(model, problem, handles)
    return model, handles


def _make_variables(model: pulp.LpProblem, problem: Problem) -> Handles:
    sites, hubs = np.nonzero(np.isfinite(problem.collection_cost) & (problem.hub_state >= 0))
    category = pulp.LpBinary if problem.single_sourcing else pulp.LpContinuous
    assign: Variables = {
        (i, h): model.add_variable(f"x_{i}_{h}", 0, 1, category)
        for i, h in zip(sites.tolist(), hubs.tolist(), strict=True)
    }
    hub_size = _size_variables(model, "y", problem.hubs, problem.hub_state)
    refinery_size = _size_variables(model, "w", problem.refineries, problem.refinery_state)
    open_lanes = np.isfinite(problem.transfer_cost)
    open_lanes &= (problem.hub_state >= 0)[:, None, None] & (problem.refinery_state >= 0)[None, :, None]
    flows = np.argwhere(open_lanes).tolist()
    flow: Variables = {(h, r, b): model.add_variable(f"f_{h}_{r}_{b}", 0) for h, r, b in flows}
    skippable = np.flatnonzero(np.isfinite(problem.skip_cost)).tolist()
    skip: Variables = {(i,): model.add_variable(f"u_{i}", 0, 1, category) for i in skippable}
    saving = problem.on_shared_ground[:, None] & (problem.shared_saving > 0)
    shared: Variables = {
        (h, k): model.add_variable(f"z_{h}_{k}", 0, 1) for h, k in np.argwhere(saving).tolist() if (h, k) in hub_size
    }
    return Handles(assign, hub_size, flow, refinery_size, skip, shared)


def _size_variables(model: pulp.LpProblem, letter: str, steps: Steps, state: NDArray[np.int64]) -> Variables:
    keys = np.argwhere(steps.exists & (state >= 0)[:, None]).tolist()
    return {(j, k): model.add_variable(f"{letter}_{j}_{k}", 0, 1, pulp.LpBinary) for j, k in keys}


def _add_service(model: pulp.LpProblem, problem: Problem, handles: Handles) -> None:
    """Serve every site, or skip it at its price."""
    served: list[Terms] = [[] for _ in range(problem.n_sites)]
    for variables in (handles.assign, handles.skip):
        for (i, *_), variable in variables.items():
            served[i].append((variable, 1.0))
    for i, terms in enumerate(served):
        require(model, terms, "==", 1.0, f"serve_{i}")


def _add_echelon_rows(model: pulp.LpProblem, problem: Problem, handles: Handles) -> None:
    """Balance black mass at every hub, and keep both echelons within capacity."""
    mass = problem.mass.tolist()
    into_hub: list[Terms] = [[] for _ in range(problem.n_hubs)]
    for (i, h), x in handles.assign.items():
        into_hub[h].append((x, mass[i]))
    handles.hub_load.update(_add_capacity(model, problem.hubs, into_hub, handles.hub_size, "hub"))
    _add_floors(model, problem.hub_floor, into_hub, handles.hub_size, "hub")
    if not problem.n_refineries:
        return
    output = np.einsum("ip,hpb->ihb", problem.supply, problem.yields).tolist()
    leaving: dict[tuple[int, int], Terms] = {(h, b): [] for h in range(problem.n_hubs) for b in range(problem.n_grades)}
    into_refinery: list[Terms] = [[] for _ in range(problem.n_refineries)]
    for (i, h), x in handles.assign.items():
        for b, tonnes in enumerate(output[i][h]):
            if tonnes:
                leaving[h, b].append((x, tonnes))
    for (h, r, b), f in handles.flow.items():
        leaving[h, b].append((f, -1.0))
        into_refinery[r].append((f, 1.0))
    for (h, b), terms in leaving.items():
        require(model, terms, "==", 0.0, f"balance_{h}_{b}")
    loads = _add_capacity(model, problem.refineries, into_refinery, handles.refinery_size, "refinery")
    handles.refinery_load.update(loads)
    _add_floors(model, problem.refinery_floor, into_refinery, handles.refinery_size, "refinery")


def _add_capacity(
    model: pulp.LpProblem,
    steps: Steps,
    load: list[Terms],
    sizes: Variables,
    name: str,
) -> Variables:
    """Bound each plant's load by its chosen size; where tonnes cost by size, split the load over the sizes.

    Returns the loads that are split.
    """
    split: Variables = {}
    capacity, variable = steps.capacity.tolist(), steps.variable.tolist()
    chosen: list[list[tuple[int, pulp.LpVariable]]] = [[] for _ in capacity]
    for (j, k), y in sizes.items():
        chosen[j].append((k, y))
    for j, options in enumerate(chosen):
        if options:
            require(model, [(y, 1.0) for _, y in options], "<=", 1.0, f"{name}_one_size_{j}")
        rates = {variable[j][k] for k, _ in options}
        if rates <= {0.0}:
            require(model, load[j] + [(y, -capacity[j][k]) for k, y in options], "<=", 0.0, f"{name}_capacity_{j}")
            continue
        parts = [(model.add_variable(f"{name[0]}q_{j}_{k}", 0), k, y) for k, y in options]
        require(model, load[j] + [(q, -1.0) for q, _, _ in parts], "==", 0.0, f"{name}_load_{j}")
        for q, k, y in parts:
            require(model, [(q, 1.0), (y, -capacity[j][k])], "<=", 0.0, f"{name}_capacity_{j}_{k}")
        split |= {(j, k): q for q, k, _ in parts}
    return split


def _add_floors(
    model: pulp.LpProblem, floor: NDArray[np.float64], load: list[Terms], sizes: Variables, name: str
) -> None:
    """Ask for the least tonnes of every plant that is open."""
    closed = _open_terms(sizes, len(floor))
    for j in np.flatnonzero(floor > 0).tolist():
        least = float(floor[j])
        require(model, load[j] + [(y, value * least) for y, value in closed[j]], ">=", 0.0, f"{name}_floor_{j}")


def _add_sharing(model: pulp.LpProblem, problem: Problem, handles: Handles) -> None:
    """Let a hub save at its size, while a refinery beside it is open."""
    at_ground: dict[int, Terms] = {}
    for (h, k), z in handles.shared.items():
        require(model, [(z, 1.0), (handles.hub_size[h, k], -1.0)], "<=", 0.0, f"shared_{h}_{k}")
        at_ground.setdefault(h, []).append((z, 1.0))
    closed = _open_terms(handles.refinery_size, problem.n_refineries)
    for h, terms in at_ground.items():
        beside = [term for r in np.flatnonzero(problem.beside[h]).tolist() for term in closed[r]]
        require(model, terms + beside, "<=", 0.0, f"ground_{h}")


def _add_counts(model: pulp.LpProblem, counts: Counts, sizes: Variables, state: NDArray[np.int64], name: str) -> None:
    by_plant: dict[int, Terms] = {int(j): [] for j in range(len(state))}
    for (j, _), y in sizes.items():
        by_plant[j].append((y, 1.0))
    for j in np.flatnonzero(state > 0).tolist():
        require(model, by_plant[j], "==", 1.0, f"{name}_forced_{j}")
    for g, (fewest, most) in enumerate(zip(counts.fewest.tolist(), counts.most.tolist(), strict=True)):
        members = np.flatnonzero(counts.group == g).tolist()
        add_count_rows(model, [term for j in members for term in by_plant[j]], fewest, most, f"{name}_count_{g}")
    everyone = [term for terms in by_plant.values() for term in terms]
    add_count_rows(model, everyone, counts.fewest_in_total, counts.most_in_total, f"{name}_total")


def _add_lane_links(model: pulp.LpProblem, problem: Problem, handles: Handles, linked: NDArray[np.bool_]) -> None:
    """Allow a lane only to an open hub; capacity says so only for sites that weigh something."""
    open_hub = _open_terms(handles.hub_size, problem.n_hubs)
    wanted = linked.tolist()
    for (i, h), x in handles.assign.items():
        if wanted[i]:
            require(model, [(x, 1.0), *open_hub[h]], "<=", 0.0, f"link_{i}_{h}")


def _add_flow_links(model: pulp.LpProblem, problem: Problem, handles: Handles, *, grouped: bool) -> None:
    """Allow flows only to an open refinery, and no more than its size holds: by group of hubs, and by hub.

    The row of a group is stronger where its hubs exclude each other: half a site at each of two asks for a whole plant.
    There each flow counts by the most that its hub can send, and hubs that send much alike need no rows of their own.
    """
    room: list[Terms] = [[] for _ in range(problem.n_refineries)]
    for (r, k), w in handles.refinery_size.items():
        room[r].append((w, float(problem.refineries.capacity[r, k])))
    largest, of_group = largest_output(problem).tolist(), largest_group_output(problem).tolist()
    group, excluding = problem.hub_counts.group.tolist(), (problem.hub_counts.most <= 1).tolist()
    together: dict[tuple[int, int, int], dict[int, pulp.LpVariable]] = {}
    for (h, r, b), f in handles.flow.items():
        together.setdefault((group[h], r, b), {})[h] = f
    for (g, r, b), flows in together.items():
        alone = list(flows)
        if grouped and len(flows) > 1:
            top, factor = of_group[g][b], 1.0
            joint: Terms = [(f, 1.0) for f in flows.values()]
            if excluding[g] and (most := max(largest[h][b] for h in flows)) > 0:
                alike = [h for h in flows if largest[h][b] > ALIKE * most]
                top, factor = most, most / min(largest[h][b] for h in alike)
                joint = [(flows[h], most / largest[h][b]) for h in alike]
                alone = [h for h in flows if 0 < largest[h][b] <= ALIKE * most]
            terms = [(w, -min(top, capacity * factor)) for w, capacity in room[r]]
            require(model, [*joint, *terms], "<=", 0.0, f"group_link_{g}_{r}_{b}")
        for h in alone:
            terms = [(w, -min(largest[h][b], capacity)) for w, capacity in room[r]]
            require(model, [(flows[h], 1.0), *terms], "<=", 0.0, f"link_{h}_{r}_{b}")


def _open_terms(sizes: Variables, plants: int) -> list[Terms]:
    terms: list[Terms] = [[] for _ in range(plants)]
    for (j, _), y in sizes.items():
        terms[j].append((y, -1.0))
    return terms


def _add_covers(model: pulp.LpProblem, problem: Problem, handles: Handles) -> None:
    """Open at least as much capacity as must be served, and at least as many plants as that takes."""
    must = ~np.isfinite(problem.skip_cost)
    supply = float(problem.mass[must].sum())
    add_cover(model, problem.hubs, handles.hub_size, supply, "hub")
    if problem.n_refineries:
        least_yield = problem.yields.sum(axis=2).min(axis=0, initial=np.inf)
        black_mass = float((problem.supply[must] @ np.where(np.isfinite(least_yield), least_yield, 0.0)).sum())
        add_cover(model, problem.refineries, handles.refinery_size, black_mass, "refinery")
