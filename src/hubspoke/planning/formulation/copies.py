"""Most profit, or least CO2 with that of ores, where the metals recovered depend on the technology of a refinery.

What a tonne of black mass sells for less at one technology than at another depends on the packs that it comes from, so
that it is no cost of a size. To the optimiser each refinery then stands once for each of its technologies, and each
class of packs makes a grade of its own. That is a relaxation: no plan may build two copies of one refinery, and black
mass of one grade leaves a hub mixed, whatever packs it comes from.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import numpy as np

from hubspoke.engine.problem.problem import FORCED_OPEN, FREE
from hubspoke.planning.formulation.formulate import formulate
from hubspoke.settings.technologies import split_technologies

if TYPE_CHECKING:
    from collections.abc import Collection

    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.costs.costs import Costs
    from hubspoke.costs.sizes import PlantSteps
    from hubspoke.engine.problem.problem import Problem
    from hubspoke.engine.solution.solution import Solution
    from hubspoke.inputs.network import Network
    from hubspoke.planning.formulation.formulate import Formulation
    from hubspoke.settings.rules import Rules

SAME = 1e-9
"""Relative difference up to which two worths count as equal, since rounding leaves as much."""


@dataclass(frozen=True, eq=False)
class RefineryCopies:
    """A planning task in which refineries stand once for each technology; C copies of R refineries, P classes.

    Attributes
    ----------
    problem : Problem
        With copies as refineries and classes as grades.
    plant, technology : int arrays, shape (C,)
        Refinery that each is a copy of, and its technology among all takers of black mass.
    lost : float array, shape (C, P)
        Sales lost by a tonne of each class's black mass, or CO2 of ore for the metal that it loses.
    grade : int array, shape (P,)
        Grade that each class gives.
    n_grades : int
    ports : int array, shape (O, R)
        The port by which each source abroad reaches each refinery.
    n_ports : int
    """

    problem: Problem
    plant: Ints
    technology: Ints
    lost: Floats
    grade: Ints
    n_grades: int
    ports: Ints
    n_ports: int

    def with_two_copies(self, solution: Solution) -> Ints:
        """Return the refineries of which a solution opens more than one copy."""
        plants, count = np.unique(self.plant[solution.refinery_size >= 0], return_counts=True)
        return np.asarray(plants[count > 1], np.int64)

    def copies_of(self, plant: int) -> Ints:
        """Return the copies of a refinery."""
        return np.flatnonzero(self.plant == plant).astype(np.int64)

    def mixing_cost(self, solution: Solution) -> float:
        """Return by how much more sales a solution loses because black mass of one grade is mixed where it leaves.

        Each refinery gets of every class the same share as of the grade, as `hold_metals` has it.
        """
        sources = len(self.ports)
        at_hubs, abroad = np.split(solution.flow, [len(solution.flow) - sources])
        landed = np.zeros((self.n_ports, *at_hubs.shape[1:]))
        source, copy, kind = np.nonzero(abroad > 0)
        np.add.at(landed, (self.ports[source, self.plant[copy]], copy, kind), abroad[source, copy, kind])
        flow = np.concatenate([at_hubs, landed])
        made = flow.sum(axis=1)  # by origin and class
        mixed = np.zeros_like(flow)
        for grade in range(self.n_grades):
            own = self.grade == grade
            sent = flow[:, :, own].sum(axis=2)
            total = sent.sum(axis=1, keepdims=True)
            share = np.divide(sent, total, out=np.zeros_like(sent), where=total > 0)
            mixed[:, :, own] = share[:, :, None] * made[:, None, own]
        return float(((mixed - flow) * self.lost[None]).sum())

    def unmixed(self, solution: Solution) -> Problem:
        """Return the problem in which each hub sends each grade where a solution sends most of it, and only there."""
        allowed = np.zeros_like(solution.flow, dtype=bool)
        for grade in range(self.n_grades):
            own = self.grade == grade
            sent = solution.flow[:, :, own].sum(axis=2)
            most = np.where(sent.sum(axis=1) > 0, sent.argmax(axis=1), -1)
            allowed[:, :, own] = ((most[:, None] < 0) | (np.arange(sent.shape[1])[None] == most[:, None]))[:, :, None]
        sends_several = ((solution.flow.sum(axis=2) > 0).sum(axis=1) > 1)[:, None, None]
        cost = np.where(allowed | ~sends_several, self.problem.transfer_cost, np.inf)
        return self.problem.derive(transfer_cost=cost)

    def join(self, solution: Solution, n_refineries: int) -> Solution:
        """Return a solution that opens one copy at most in terms of the refineries and grades of the network."""
        size = np.full(n_refineries, -1, np.int64)
        built = np.flatnonzero(solution.refinery_size >= 0)
        size[self.plant[built]] = solution.refinery_size[built]
        flow = np.zeros((len(solution.flow), n_refineries, self.n_grades))
        hub, copy, kind = np.nonzero(solution.flow > 0)
        np.add.at(flow, (hub, self.plant[copy], self.grade[kind]), solution.flow[hub, copy, kind])
        return replace(solution, refinery_size=size, flow=flow, certificate={})


def needs_copies(network: Network, costs: Costs, rules: Rules) -> bool:
    """Return whether what refineries lose counts in the objective, and is no cost of a size and a grade.

    Parameters
    ----------
    network : Network
    costs : Costs
    rules : Rules

    Returns
    -------
    bool
        True where a refinery has technologies that lose different sales, and where classes of one grade lose different
        sales at one; the same of CO2 of ore where that counts. Electric furnaces play no part at most profit:
        `check_worth` refuses what they make ambiguous.
    """
    if rules.objective != "profit" and not rules.counts_ores:
        return False
    there = np.union1d(np.flatnonzero((costs.supply_t > 0).any(axis=0)), costs.overseas.pack_class)
    lost = (costs.ore_kg_per_t if rules.counts_ores else costs.lost_jpy_per_t)[:, there]
    plants = network.refineries if rules.counts_ores else network.refineries.loc[~network.furnaces]
    grade = _grades(network)[there]
    names = list(costs.at_refineries.names)
    for cell in plants["technology"].unique():
        rows = lost[[names.index(name) for name in split_technologies(cell)]]
        if not np.allclose(rows, rows[:1], rtol=SAME, atol=SAME):
            return True
        for one in np.unique(grade):
            same = rows[:, grade == one]
            if not np.allclose(same, same[:, :1], rtol=SAME, atol=SAME):
                return True
    return False


def copy_refineries(
    network: Network, costs: Costs, rules: Rules, form: Formulation, closed: Collection[str]
) -> RefineryCopies:
    """State a task of most profit, or least CO2 with ores, with a copy of each refinery for each of its technologies.

    Parameters
    ----------
    network : Network
    costs : Costs
    rules : Rules
    form : Formulation
        The same task without copies.
    closed : collection of str
        Identifiers of plants that must not be open.

    Returns
    -------
    RefineryCopies
        Refineries that must be open are free where they have several copies.
    """
    names = list(costs.at_refineries.names)
    pairs = [
        (at, names.index(name))
        for at, cell in enumerate(network.refineries["technology"])
        for name in split_technologies(cell)
    ]
    plant, technology = np.array(pairs, np.int64).reshape(-1, 2).T
    apart = _stand_apart(network, plant, [names[at] for at in technology.tolist()])
    columns = ("distance_km", "ferry_km", "hours", "truck", "jpy_per_t", "co2_kg_per_t", "reachable")
    taken = {f"transfer_{name}": getattr(costs.lanes, f"transfer_{name}")[:, plant] for name in columns}
    ways = replace(costs.lanes, **taken)
    classes = costs.supply_t.shape[1]
    by_class = np.zeros((len(network.hubs), classes, classes))
    by_class[:, np.arange(classes), np.arange(classes)] = costs.yields.sum(axis=2)
    split = replace(
        costs,
        lanes=ways,
        refinery_steps=_sizes_of(costs.refinery_steps, plant, technology),
        beside=costs.beside[:, plant],
        yields=by_class,
        overseas=replace(costs.overseas, grade=costs.overseas.pack_class),
    ).choose(costs.hub_technology, technology)
    made = formulate(apart, ways, split, rules, closed=closed, grade=_grades(network)).problem
    several = np.bincount(plant, minlength=len(network.refineries))[plant] > 1
    state = form.problem.refinery_state[plant]
    return RefineryCopies(
        made.derive(
            hub_state=form.problem.hub_state,
            refinery_state=np.where(several & (state == FORCED_OPEN), FREE, state),
        ),
        plant,
        technology,
        (costs.ore_kg_per_t if rules.counts_ores else costs.lost_jpy_per_t)[technology],
        _grades(network),
        len(network.settings.grades),
        form.ports,
        len(network.ports),
    )


def _stand_apart(network: Network, plant: Ints, technology: list[str]) -> Network:
    """Return a network whose refineries are copies, unchecked: what is made of one that is checked needs no check."""
    rows = network.refineries.iloc[plant].assign(technology=technology).reset_index(drop=True)
    names = ("sites", "hubs", "ports", "overseas", "regions", "origins", "settings")
    kept = {name: getattr(network, name) for name in names}
    return cast("Network", SimpleNamespace(**kept, refineries=rows, furnaces=network.furnaces[plant]))


def _grades(network: Network) -> Ints:
    """Return the grade that each class gives, shape (P,)."""
    grades = list(network.settings.grades)
    return np.array([grades.index(pack.grade) for pack in network.settings.classes.values()], np.int64)


def _sizes_of(steps: PlantSteps, plant: Ints, technology: Ints) -> PlantSteps:
    """Return the sizes of each copy: those of its refinery that are of its technology, in the same columns."""
    taken = {name: getattr(steps, name)[plant] for name in steps.__dataclass_fields__}
    own = taken["technology"] == technology[:, None]
    kept = {name: np.where(own, values, 0.0) for name, values in taken.items() if values.ndim == 2}
    return replace(steps, **taken | kept | {"technology": np.where(own, taken["technology"], -1)})
