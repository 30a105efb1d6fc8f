"""Plans at several choices of hubs near the relaxed one: sites fitted into each, and renewed a few hubs at a time.

Where few sites go to a hub, what a choice costs is decided by how well whole sites fill its hubs, which neither its
bound nor one plan tells: the plan that sites fitted by tabu search give may cost a hundredth more than the one that
neighbourhoods of it lead to at the same hubs. So many choices are drawn, those with the lowest bounds are fitted and
renewed in small neighbourhoods, and the best of these in larger ones.

Choices are what the knapsack of hubs opens when their values are a little otherwise than they are, with some more room
than is needed: with none to spare whole sites do not fit, or only at great cost. How much is right differs from problem
to problem, so that several amounts are tried. Repeated construction from perturbed costs: I. Charon, O. Hudry, "The
noising method", Operations Research Letters 14, 1993; small neighbourhoods first, larger ones then: P. Hansen, N.
Mladenović, "Variable neighborhood search", European Journal of Operational Research 130, 2001.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from hubspoke.base.threads import spread
from hubspoke.engine.lagrangian.bound import bound_at, choose_hubs
from hubspoke.engine.lagrangian.branching import make_root, raise_bound, slice_node
from hubspoke.engine.lagrangian.large_neighbourhood import search_among
from hubspoke.engine.lagrangian.nodes import make_relaxed, make_stack
from hubspoke.engine.lagrangian.primal_heuristic import cost_plan
from hubspoke.engine.parameters_of_whole_sites import LargeNeighbourhoodParameters

if TYPE_CHECKING:
    from collections.abc import Callable

    from hubspoke.base.arrays import Floats, Ints
    from hubspoke.engine.lagrangian.generalized_assignment import FixedHubs
    from hubspoke.engine.lagrangian.nodes import Data, Node
    from hubspoke.engine.parameters_of_whole_sites import ChoicesParameters
    from hubspoke.engine.problem.problem import Problem

    Solve = Callable[[Problem, Ints], Ints]

STEP, PATIENCE = 0.1, 8
"""First level of the ascent at a choice, as a share of the way to the limit, and prices before it comes nearer."""

DEARER = 0.05
"""Limit of that ascent above the bound that it begins with, as a share of this: more is not worth a look."""


class _Choice(NamedTuple):
    """Hubs that are open, which amount of room to spare they were drawn for, a bound on what they cost, and a plan."""

    opened: Ints
    spare: int
    bound: float = -np.inf
    plan: Ints | None = None
    cost: float = np.inf

    @property
    def promise(self) -> float:
        """Judge what its best plan costs: half way from its bound to the plan there is, or by the bound alone.

        Either alone tells less: the plan of a choice depends on where its search began.
        """
        return self.bound if self.plan is None else (self.bound + self.cost) / 2.0


class ChoicesOfHubs:
    """Draws choices of hubs, fits the sites into the best of them, and goes on where it ended when called again.

    Parameters
    ----------
    leaf : FixedHubs
        Divides and fits the sites of a choice.
    price : float array, shape (S,)
        Prices of the sites that the bound of all choices is raised to.
    solve : callable
        Gives, for a part of the problem and hubs of its sites, hubs that cost no more.
    parameters : ChoicesParameters
    """

    def __init__(self, leaf: FixedHubs, price: Floats, solve: Solve, parameters: ChoicesParameters) -> None:
        self.leaf = leaf
        self.price: Floats = price.copy()
        self.solve = solve
        self.parameters = parameters
        self.generator: np.random.Generator = np.random.default_rng(parameters.seed)
        self.seen: set[bytes] = set()
        self.waiting: list[list[_Choice]] = [[] for _ in parameters.stages]
        """Choices that wait for each stage: for sites to be fitted into them first, then for larger neighbourhoods."""

    def search(self, plan: Ints, plan_cost: Floats) -> None:
        """Draw some choices, fit the sites into those that promise most, and keep the best plan found so.

        Parameters
        ----------
        plan : int array, shape (S,)
            Hub of every site in the best plan; changed when a better one is found.
        plan_cost : float array, shape (1,)
            Its cost, changed with it.
        """
        stages, drawn = self.parameters.stages, self._draw()
        for at in range(0, len(drawn), self.parameters.side_by_side):
            if self.leaf.stop.is_due:
                return
            self.waiting[0] += spread(self._bound, drawn[at : at + self.parameters.side_by_side])
        for at, (_, number) in enumerate(stages):
            spares = range(len(self.parameters.spare)) if at == 0 else (None,)
            left = number if at == 0 else number - 1  # one has gone ahead
            best = [one for spare in spares for one in self._take_best(self.waiting[at], left, spare)]
            self._renew_all(at, sorted(best, key=_promise), plan, plan_cost)
            if at == 0:
                self._lead(plan, plan_cost)

    def _lead(self, plan: Ints, plan_cost: Floats) -> None:
        """Renew the choice that promises most through all later stages before the others: time may not last for all."""
        for at in range(1, len(self.waiting)):
            ahead = self._take_best(self.waiting[at], 1)
            self._renew_all(at, ahead, plan, plan_cost, abreast=self.parameters.side_by_side)

    def _draw(self) -> list[_Choice]:
        """Draw choices; for each amount of room to spare take those that cost least at the prices of the root."""
        data, given = self.leaf.data, self.parameters
        root, relaxed = _root(data, self.price), make_relaxed(*data.cost.shape)
        chosen = np.zeros(len(data.largest), np.uint8)
        bound = abs(float(bound_at(data, root, self.price, relaxed)))
        drawn = []
        for at, spare in enumerate(given.spare):
            roomy = data._replace(tonnes=data.tonnes * (1.0 + spare))
            found: list[tuple[float, int, Ints]] = []
            for _ in range(given.draws):
                noise = given.noise * bound * self.generator.random() * self.generator.standard_normal(len(chosen))
                if not np.isfinite(choose_hubs(roomy, root, relaxed.value + noise, -1, 0, chosen)):
                    continue
                if (key := chosen.tobytes()) not in self.seen:
                    self.seen.add(key)
                    opened = np.flatnonzero(chosen)
                    found.append((float(relaxed.value[opened].sum()), len(found), opened))
            drawn += [_Choice(opened, at) for *_, opened in sorted(found)[: given.bounded]]
        return drawn

    def _take_best(self, choices: list[_Choice], number: int, spare: int | None = None) -> list[_Choice]:
        """Take the choices that promise most, of all or of those drawn for an amount of room, out of a list."""
        best = sorted((one for one in choices if spare in {None, one.spare}), key=_promise)[:number]
        choices[:] = [one for one in choices if not any(one is other for other in best)]
        return best

    def _renew_all(self, at: int, choices: list[_Choice], plan: Ints, plan_cost: Floats, *, abreast: int = 1) -> None:
        """Renew choices of a stage, some at a time, as far as they may hold a better plan; they wait for the next one.

        The best plan of them is kept.
        """
        renew = partial(self._renew, self.parameters.stages[at][0], abreast=abreast)
        for first in range(0, len(choices), self.parameters.side_by_side):
            if self.leaf.stop.is_due:
                break
            batch = [one for one in choices[first : first + self.parameters.side_by_side] if one.bound < plan_cost[0]]
            for one in spread(renew, batch):
                if one.plan is None:
                    continue
                if at + 1 < len(self.waiting):
                    self.waiting[at + 1].append(one)
                if one.cost < plan_cost[0]:
                    plan[:], plan_cost[0] = one.plan, one.cost

    def _bound(self, one: _Choice) -> _Choice:
        """Bound a choice of hubs from the prices of the root."""
        data = self.leaf.data
        node, relaxed = decide_hubs(data, self.price, one.opened), make_relaxed(*data.cost.shape)
        first = float(bound_at(data, node, self.price, relaxed))
        limit = first + DEARER * abs(first)
        return one._replace(bound=raise_bound(data, node, relaxed, limit, self.parameters.rounds, STEP, PATIENCE))

    def _renew(self, hubs: int, one: _Choice, *, abreast: int = 1) -> _Choice:
        """Fit the sites into a choice of hubs, or take the plan that there is, and renew it in neighbourhoods."""
        leaf, data, plan = self.leaf, self.leaf.data, one.plan
        if plan is None:
            plan, cost = np.zeros(len(self.price), np.int64), np.full(1, np.inf)
            leaf.beside(make_relaxed(*data.cost.shape)).fit(decide_hubs(data, self.price, one.opened), plan, cost)
            if not np.isfinite(cost[0]):
                return one
        around = LargeNeighbourhoodParameters(first_hubs=hubs, most_hubs=hubs, side_by_side=abreast)
        plan = search_among(leaf.problem, plan, one.opened, self.solve, leaf.stop, around)
        return one._replace(plan=plan, cost=float(cost_plan(data, plan)))


def _promise(one: _Choice) -> float:
    return one.promise


def _root(data: Data, price: Floats) -> Node:
    """Return a node in which nothing is decided."""
    stack = make_stack(1, *data.cost.shape)
    make_root(data, stack, np.full(1, -np.inf), price)
    return slice_node(stack, 0)


def decide_hubs(data: Data, price: Floats, opened: Ints) -> Node:
    """Return a node with these hubs open and all others closed.

    Parameters
    ----------
    data : Data
    price : float array, shape (S,)
        First prices of its sites.
    opened : int array
    """
    node, is_open = _root(data, price), np.isin(np.arange(len(data.largest)), opened)
    node.state[:] = np.where(is_open, 1, -1)
    node.banned[~is_open] = 1
    return node
